"""What people do in a trial, and the ways by which each page must reach them: the judge's table, not the bot's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = dict[str, Any]

EVERY = ("slack", "email", "sms", "phone", "push", "pagerduty", "opsgenie", "webhook")
LEVELS = ("schedule:primary-oncall", "schedule:secondary-oncall", "team:platform", "person:eve")

WAIT, REPEATS = 300, 3
"""Seconds for which each level may stay silent; how often all of them are asked again."""
QUIET = 1300
"""Seconds in which every level would be asked once more, if the answer had not been heard."""


class People(Protocol):
    """What can be done in a trial. Each call ends when it was acknowledged, however often that takes."""

    def declare(self) -> None: ...

    def rest(self) -> None: ...

    def forward(self, seconds: float) -> None: ...

    def until_somebody_is_asked(self, seconds: float) -> None: ...

    def answer(self) -> None: ...

    def answer_by_link(self) -> None: ...

    def decline(self) -> None: ...

    def hand_over(self) -> None: ...

    def says(self, verb: str, text: str) -> None: ...

    def resolve(self) -> None: ...


@dataclass(frozen=True)
class Scenario:
    """`via` are the ways that every level asks for, `contact` the rules of every person.

    `ways`: by these each page must come, so many seconds after its level fell due. `broken`: what is out of order
    beyond Slack for the whole trial; `failing`: ways that nothing can come by, therefore. `facts` must be in the
    journal too. `withdrawn_after`: seconds of silence after which an answer counts no more.
    """

    play: Callable[[People], None]
    ways: Mapping[str, int]
    via: tuple[str, ...] = ()
    contact: tuple[Json, ...] = ({"via": "slack"},)
    broken: tuple[Json, ...] = ()
    failing: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    policy: Json = field(default_factory=dict)
    withdrawn_after: int = 0

    def levels(self) -> Json:
        """The policy, as tocsin.yml has it."""
        levels = [{"to": [target], "via": list(self.via), "wait": f"{WAIT}s"} for target in LEVELS]
        return {"repeat": REPEATS, "levels": levels, **self.policy}


def ladder(people: People) -> None:
    """No one answers for five minutes, so that the phone rings too; the second level answers."""
    people.declare()
    people.rest()
    people.forward(121)
    people.rest()
    people.forward(180)
    people.rest()
    people.answer()


def everywhere(people: People) -> None:
    """A page by every way at once, answered by the link of the e-mail."""
    people.declare()
    people.rest()
    people.answer_by_link()


def fallback(people: People) -> None:
    """The webhook refuses the page, so the phone rings now and not in ten minutes."""
    people.declare()
    people.rest()
    people.answer()


def decline(people: People) -> None:
    """The first cannot take it; the second is asked at once and does."""
    people.declare()
    people.rest()
    people.decline()
    people.rest()
    people.answer()


def handover(people: People) -> None:
    """Whoever has it hands it on, and the other takes it."""
    people.declare()
    people.rest()
    people.answer()
    people.hand_over()
    people.rest()
    people.answer()


def repage(people: People) -> None:
    """Acknowledged and silent for an hour, asked and silent for ten minutes: paged again, and answered again."""
    people.declare()
    people.rest()
    people.answer()
    people.forward(3601)
    people.rest()
    people.until_somebody_is_asked(601)
    people.answer()


def course(people: People) -> None:
    """Two incidents from beginning to end: a note, an update, and resolved before anybody has answered."""
    people.declare()
    people.declare()
    people.rest()
    people.says("note", "the till is red")
    people.says("update", "someone looks at the till")
    people.rest()
    people.resolve()


def at_once(*ways: str) -> dict[str, int]:
    return dict.fromkeys(ways, 0)


TWO = ({"via": "slack"}, {"via": "email"})
SCENARIOS = {
    "ladder": Scenario(ladder, {**at_once("slack", "sms", "webhook"), "phone": 120}, via=("slack", "webhook"),
                       contact=({"via": "slack"}, {"via": "sms"}, {"via": "phone", "after": "2m"})),
    "everywhere": Scenario(everywhere, at_once(*EVERY), via=EVERY),
    "fallback": Scenario(fallback, at_once("slack", "phone"), via=("slack", "webhook"),
                         contact=({"via": "slack"}, {"via": "webhook"}, {"via": "phone", "after": "10m"}),
                         broken=({"path": "/hook", "status": 403, "times": 10**6},), failing=("webhook",),
                         facts=("paging.method_failed", "paging.method_tried")),
    "decline": Scenario(decline, at_once("slack", "email"), contact=TWO, facts=("paging.page_declined",)),
    "handover": Scenario(handover, at_once("slack", "email"), contact=TWO,
                         facts=("paging.reassignment_offered", "paging.reassignment_accepted")),
    "repage": Scenario(repage, at_once("slack", "email"), contact=TWO, policy={"ack_timeout": "1h"},
                       facts=("paging.ack_questioned", "paging.ack_withdrawn"), withdrawn_after=3600 + 600),
    "course": Scenario(course, at_once("slack", "email"), contact=TWO),
}  # fmt: skip
