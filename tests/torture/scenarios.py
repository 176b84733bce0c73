"""What people do in a trial, and the ways by which each page must reach them: the judge's table, not the bot's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = dict[str, Any]

EVERY = ("slack", "email", "sms", "phone", "push", "pagerduty", "opsgenie", "webhook")
LEVELS = ("schedule:primary-oncall", "schedule:secondary-oncall", "team:platform", "person:eve")

WAIT = 300
"""Seconds for which each level may stay silent."""


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


@dataclass(frozen=True)
class Scenario:
    """`via` are the ways that every level asks for, `contact` the rules of every person.

    `ways`: by these a page must have come before anybody answers. `broken`: what is out of order beyond Slack for the
    whole trial; `failing`: ways that may therefore end with a stored reason. `facts` must be in the journal.
    """

    play: Callable[[People], None]
    ways: tuple[str, ...]
    via: tuple[str, ...] = ()
    contact: tuple[Json, ...] = ({"via": "slack"},)
    broken: tuple[Json, ...] = ()
    failing: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    policy: Json = field(default_factory=dict)

    def levels(self) -> Json:
        """The policy, as tocsin.yml has it."""
        levels = [{"to": [target], "via": list(self.via), "wait": f"{WAIT}s"} for target in LEVELS]
        return {"repeat": 3, "levels": levels, **self.policy}


def ladder(people: People) -> None:
    """Nobody answers for five minutes; the second level does."""
    people.declare()
    people.rest()
    people.forward(301)
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
    """Acknowledged and silent for an hour, asked and silent for ten minutes: paged anew, and answered again."""
    people.declare()
    people.rest()
    people.answer()
    people.forward(3601)
    people.rest()
    people.until_somebody_is_asked(601)
    people.answer()


TWO = ({"via": "slack"}, {"via": "email"})
SCENARIOS = {
    "ladder": Scenario(ladder, ("slack", "sms", "webhook"), via=("slack", "webhook"),
                       contact=({"via": "slack"}, {"via": "sms"}, {"via": "phone", "after": "2m"})),
    "everywhere": Scenario(everywhere, EVERY, via=EVERY),
    "fallback": Scenario(fallback, ("slack", "webhook", "phone"), via=("slack", "webhook"),
                         contact=({"via": "slack"}, {"via": "webhook"}, {"via": "phone", "after": "10m"}),
                         broken=({"path": "/hook", "status": 403, "times": 10**6},), failing=("webhook",),
                         facts=("paging.method_failed", "paging.method_tried")),
    "decline": Scenario(decline, ("slack", "email"), contact=TWO, facts=("paging.page_declined",)),
    "handover": Scenario(handover, ("slack", "email"), contact=TWO,
                         facts=("paging.reassignment_offered", "paging.reassignment_accepted")),
    "repage": Scenario(repage, ("slack", "email"), contact=TWO, facts=("paging.ack_questioned", "paging.ack_withdrawn"),
                       policy={"ack_timeout": "1h"}),
}  # fmt: skip
