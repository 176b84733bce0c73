"""The people of a trial: they type and press, and do it again when the bot was not there to hear them."""

import re
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from tests.torture.checker import unfinished
from tests.torture.owed import Deed
from tests.torture.replicas import Stuck
from tests.torture.rota import person_at
from tests.torture.scenarios import QUIET
from tests.torture.sights import REFERENCE, Shown
from tests.torture.ways import DISTURBED, disturbances, pages_of

if TYPE_CHECKING:
    from tests.torture.trial import Trial

Json = dict[str, Any]

TRIES = 12
GLANCE = 0.25
LEAP = 30.0
"""Seconds by which the clock must have run ahead of real time for it to have been pushed."""
UP = re.compile(r"Tocsin is up: (http://\S+)")


class Crowd:
    """Everybody at once; see `scenarios.People`. Whatever they do is written down as a deed."""

    def __init__(self, trial: "Trial") -> None:
        self._trial, self._found, self._plan = trial, trial.found, trial.plan
        self._terminated = self._stepped = False
        self._held: tuple[str, str] = "", ""

    def rest(self) -> None:
        """Until the bot has nothing left to do; again, if the clock was pushed meanwhile.

        What a failure or a rate limit put off is not due, and the bot rests beside it. People wait for that.
        """
        while True:
            since, began = self._now()
            self._trial.rest()
            asking = frozenset((one.person, title) for one, title in self._asking())
            until, ended = self._now()
            self._found.deeds.append(Deed("rest", since, until, began, ended, asking=asking))
            if until - since - (ended - began) > LEAP:
                continue
            if not self._plan.is_patient or ended - self._waited_since() > DISTURBED or not self._missing():
                return
            self._found.deeds.pop()
            time.sleep(GLANCE)

    def _waited_since(self) -> float:
        """When people did something last."""
        return max(self._found.deeds[-2].ended if len(self._found.deeds) > 1 else 0.0, *disturbances(self._found), 0.0)

    def _missing(self) -> bool:
        """Is anybody still to be reached, as far as can be seen?"""
        self._trial.look_around()
        unseen = [title for title, heard in self._found.declares.items() if heard and not self._found.announced(title)]
        pages = pages_of(self._found)
        return bool(unseen) or any(any((*one.lost(), *one.unanswerable())) for one in pages)

    def forward(self, seconds: float) -> None:
        self._trial.forward(seconds)

    def quiet(self) -> None:
        """Long enough for everybody to be asked once more, if the bot had not heard that someone has it."""
        self.forward(QUIET)
        self.rest()
        began = time.time()
        while self._plan.is_patient and time.time() - began < DISTURBED:
            self._trial.look_around()
            if not any(unfinished(self._found)):
                return
            time.sleep(GLANCE)
            self._trial.rest()

    def declare(self) -> None:
        """Types the command until it is acknowledged; a person words it again each time."""
        for attempt in range(1, TRIES + 1):
            self._trial.seats.standing()
            title = f"Checkout is down, attempt {len(self._found.declares) + 1:02}"
            moment = self._now()
            said = self._types("dee", f"declare sev1 {title} --service checkout")
            done = bool(said.get("ok")) and "is declared" in str(said.get("response"))
            self._found.declares[title] = done
            self._did("declare", moment, title=title, person=person_at("U01DEE"), done=done)
            self._interfere()
            if done:
                return
            if attempt > 2 and self._announced(title):
                return
        raise Stuck(f"{TRIES} declares in a row were refused, the last with {said}")

    def _announced(self, title: str) -> bool:
        """On a busy machine no answer comes in time; people look whether it was heard all the same."""
        self.rest()
        return title in self._trial.incidents()

    def _interfere(self) -> None:
        """What the plan wants right after the declare."""
        if self._plan.terminate and not self._terminated:
            self._terminated = True
            self._trial.seats.terminate()
        if self._plan.step and not self._stepped:
            self._stepped = True
            self.forward(self._plan.step)

    def answer(self) -> None:
        """Whoever sees a page presses its button, until no page asks any more."""
        for _ in range(TRIES):
            asking = self._asking()
            if not asking:
                return
            page, title = asking[0]
            self._trial.seats.standing()
            moment = self._now()
            said = self._trial.do("click", user=page.person, channel=page.place, ts=page.ts, action_id="page.ack")
            self._did("answer", moment, title=title, person=page.person, done=bool(said.get("ok")))
            self._held = page.person, page.reference
            self.rest()
        raise Stuck(f"pages still ask after {TRIES} presses")

    def until_somebody_is_asked(self, seconds: float) -> None:
        moment = self._now()
        for _ in range(TRIES):
            self.forward(seconds)
            self._trial.rest()
            if self._asking():
                self._did("again", moment)
                return self.rest()
        raise Stuck("no one is asked again")

    def answer_by_link(self) -> None:
        """Whoever is still asked follows the link of the newest mail about it."""
        for _ in range(TRIES):
            asking = self._asking()
            if not asking:
                return
            page, title = asking[0]
            mails = [
                one
                for one in self._trial.arrived("email")
                if one["tokens"]
                and person_at(one["to"]) == page.person
                and page.reference in REFERENCE.findall(one["told"])
            ]
            if not mails:
                raise Stuck(f"{page.person} is asked about {page.reference} and has no mail with a link")
            moment = self._now()
            done = self._follows(mails[-1]["tokens"][0])
            self._did("answer", moment, title=title, person=page.person, done=done)
            self.rest()
        raise Stuck(f"pages still ask after {TRIES} links")

    def _follows(self, token: str) -> bool:
        """Looks, which changes nothing, and then presses; False when there was no good answer."""
        self._trial.seats.standing()
        press = uuid4().hex
        for log in self._trial.seats.logs():
            up = UP.findall(log.read_text(encoding="utf-8", errors="replace"))
            if not up:
                continue  # it has not come so far yet; the link of the other one works as well
            url = up[-1]
            try:
                with httpx.Client(trust_env=False, timeout=20) as client:
                    seen = client.get(f"{url}/ack/{token}")
                    done = client.post(f"{url}/ack/{token}", data={"press": press})
            except httpx.HTTPError:
                continue
            if (seen.status_code, done.status_code) == (200, 200):
                return True
        return False

    def decline(self) -> None:
        """Whoever is asked first cannot take it."""
        asking = self._asking()
        if not asking:
            raise Stuck("no one is asked")
        page, title = asking[0]
        moment = self._now()
        self._insists(page.person, f"decline {page.reference} busy elsewhere",
                      lambda: page.ts not in {one.ts for one, _ in self._asking()})  # fmt: skip
        self._did("decline", moment, title=title, person=page.person)

    def hand_over(self) -> None:
        """Whoever acknowledged last offers it to someone else."""
        giver, ref = self._held
        taker = "cy" if giver == "U01EVE" else "eve"
        title = next((one for one, reference in self._trial.incidents().items() if reference == ref), "")
        moment = self._now()
        self._insists(giver, f"pass {ref} @{taker}", lambda: bool(self._asking()))
        self._did("offer", moment, title=title, person=person_at(f"{taker}@acme.example"))

    def says(self, verb: str, text: str) -> None:
        """Writes something about every incident there is, each time in other words."""
        for title, ref in self._trial.incidents().items():
            for attempt in range(1, TRIES + 1):
                self._trial.seats.standing()
                said, moment = f"{text}, {ref} told {attempt:02}", self._now()
                done = _is_answered(self._types("dee", f"{verb} {ref} {said}"))
                self._did(verb, moment, title=title, text=said, done=done)
                if done:
                    break

    def resolve(self) -> None:
        for title, ref in self._trial.incidents().items():
            moment = self._now()
            self._insists("dee", f"resolve {ref} the till is green", partial(self._is_over, title))
            self._did("resolve", moment, title=title)
        self.rest()

    def _is_over(self, title: str) -> bool:
        return any("Resolved" in one.words for one in self._trial.shown() if title in one.words and not one.person)

    def timelines(self) -> None:
        """Reads each incident's timeline, as anybody can."""
        for title, ref in self._trial.incidents().items():
            for _ in range(TRIES):
                self._trial.seats.standing()
                said = self._types("dee", f"timeline {ref}")
                if said.get("ok"):
                    self._found.timelines[title] = str(said.get("response"))
                    break

    def _insists(self, user: str, command: str, heard: Callable[[], bool]) -> None:
        """Types until it is acknowledged, or seen to be heard."""
        for attempt in range(1, TRIES + 1):
            self._trial.seats.standing()
            if _is_answered(self._types(user, command)):
                return
            if attempt > 2:
                self.rest()
                if heard():
                    return
        raise Stuck(f"{command} was not heard {TRIES} times")

    def _types(self, user: str, command: str) -> Json:
        return self._trial.do("command", user=user, channel="general", text=f"/incident {command}")

    def _now(self) -> tuple[float, float]:
        """The clock that everybody lives by, and real time."""
        return self._trial.clock(), time.time()

    def _did(self, kind: str, moment: tuple[float, float], **more: Any) -> None:
        until, ended = self._now()
        self._found.deeds.append(Deed(kind, moment[0], until, moment[1], ended, **more))

    def _asking(self) -> list[tuple[Shown, str]]:
        """Every page that waits for an answer, and what it is about."""
        titles = self._found.declares
        return [(one, next((title for title in titles if title in one.words), ""))
                for one in self._trial.shown() if one.person and one.asks]  # fmt: skip


def _is_answered(said: Json) -> bool:
    """Whether Slack shows an answer. What came late is taken without one, and the person hears that it was not done."""
    return bool(said.get("ok")) and bool(said.get("response"))
