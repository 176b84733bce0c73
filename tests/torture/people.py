"""The people of a trial: they type and press, and do it again when the bot was not there to hear them."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from tests.stories.world import actions, words
from tests.torture.replicas import Stuck

if TYPE_CHECKING:
    from tests.torture.trial import Trial

Json = dict[str, Any]

TRIES = 12
REFERENCE = re.compile(r"INC-\d+")
UP = re.compile(r"Tocsin is up: (http://\S+)")


class Crowd:
    """Everybody at once; see `scenarios.People`."""

    def __init__(self, trial: "Trial") -> None:
        self._trial, self._found, self._plan = trial, trial.found, trial.plan
        self._terminated = self._stepped = False
        self._held: tuple[str, str] = "", ""

    def rest(self) -> None:
        self._trial.rest()

    def forward(self, seconds: float) -> None:
        self._trial.do("clock", advance=seconds)

    def declare(self) -> None:
        """Types the command until it is acknowledged; a person words it anew each time."""
        for attempt in range(1, TRIES + 1):
            self._trial.seats.standing()
            title = f"Checkout is down, attempt {attempt}"
            said = self._types("dee", f"declare sev1 {title} --service checkout")
            done = bool(said.get("ok")) and "is declared" in str(said.get("response"))
            self._found.declares[title] = done
            self._interfere()
            if done:
                return
            if attempt > 2 and self._announced(title):
                return
        raise Stuck(f"{TRIES} declares in a row were refused, the last with {said}")

    def _announced(self, title: str) -> bool:
        """On a busy machine no answer comes in time; people look whether it was heard all the same."""
        self.rest()
        return any(title in words(one) for one in self._trial.look("messages/incidents"))

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
            user, channel, message = asking[0]
            self._trial.seats.standing()
            said = self._trial.do("click", user=user, channel=channel, ts=message["ts"], action_id="page.ack")
            self._answered(_page(message), bool(said.get("ok")))
            self._held = user, _reference(message)
            self.rest()
        raise Stuck(f"pages still ask after {TRIES} presses")

    def until_somebody_is_asked(self, seconds: float) -> None:
        for _ in range(TRIES):
            self.forward(seconds)
            self.rest()
            if self._asking():
                return
        raise Stuck("nobody is asked again")

    def answer_by_link(self) -> None:
        """Whoever is still asked follows the link of the newest mail."""
        for _ in range(TRIES):
            asking = {_page(message) for _, _, message in self._asking()}
            if not asking:
                return
            mails = [one for one in self._trial.arrived("email") if asking & set(one["pages"])]
            if not mails:
                raise Stuck(f"pages {sorted(asking)} came without a mail")
            page = next(iter(asking & set(mails[-1]["pages"])))
            self._answered(page, self._follows(mails[-1]["tokens"][0]))
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
            raise Stuck("nobody is asked")
        user, _, message = asking[0]
        mine = _page(message)
        self._insists(user, f"decline {_reference(message)} busy elsewhere",
                      lambda: mine not in {_page(one) for _, _, one in self._asking()})  # fmt: skip

    def hand_over(self) -> None:
        """Whoever acknowledged last offers it to somebody else."""
        giver, ref = self._held
        self._insists(giver, f"handover {ref} @{'cy' if giver == 'U01EVE' else 'eve'}", lambda: bool(self._asking()))

    def _insists(self, user: str, command: str, heard: Callable[[], bool]) -> None:
        """Types until it is acknowledged, or seen to be heard."""
        for attempt in range(1, TRIES + 1):
            self._trial.seats.standing()
            if self._types(user, command).get("ok"):
                return
            if attempt > 2:
                self.rest()
                if heard():
                    return
        raise Stuck(f"{command} was not heard {TRIES} times")

    def _types(self, user: str, command: str) -> Json:
        return self._trial.do("command", user=user, channel="general", text=f"/incident {command}")

    def _answered(self, page: int, done: bool) -> None:
        self._found.presses[page] = self._found.presses.get(page, False) or done

    def _asking(self) -> list[tuple[str, str, Json]]:
        """(user, channel, message) of every page that waits for an answer."""
        found = []
        for channel in self._trial.look("state")["channels"]:
            if not channel["id"].startswith("D"):
                continue
            user = next(one for one in channel["members"] if not self._trial.bot(one))
            listed = self._trial.look(f"messages/{channel['id']}")
            found += [(user, channel["id"], message) for message in listed if "page.ack" in actions(message)]
        return found


def _reference(message: Json) -> str:
    return str(REFERENCE.findall(words(message))[0])


def _page(message: Json) -> int:
    return int(message["metadata"]["event_payload"]["key"].split(":")[1])
