"""The escalation: a table of ladders, and a state machine against a small reference."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.paging import escalation as rules
from bot.domain.paging.escalation import Asked
from bot.domain.paging.facts import EscalationExhausted, LevelReached, LevelSkipped, PageAcknowledged
from storage.models import Escalation, Page, PageState

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PEOPLE = {"person:ana": "ana", "person:bo": "bo", "person:cy": "cy"}


def resolve(target: str) -> Sequence[Asked]:
    if target == "team:both":
        return [Asked("ana", "U1", ""), Asked("bo", "U2", "")]
    return [Asked(PEOPLE[target], "U", "")] if target in PEOPLE else []


def policy(*levels: str, wait: float | None = 300, repeat: int = 0) -> dict[str, Any]:
    return {"levels": [{"to": level.split(), "via": [], "wait": wait} for level in levels], "repeat": repeat}


def begun(snapshot: dict[str, Any]) -> tuple[Escalation, rules.Step]:
    escalation = Escalation(id=1, policy_name="p", policy=snapshot, started_at=NOW)
    return escalation, rules.begin(escalation, NOW, resolve)


def pages_of(escalation: Escalation, step: rules.Step, start: int = 1) -> list[Page]:
    return [
        Page(id=start + n, escalation=1, cycle=escalation.cycle, level=escalation.level, person=one.person, why="",
             owed_at=NOW, state="sent")
        for n, one in enumerate(step.asked)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "asked", "level", "skipped"),
    [
        (["person:ana", "person:bo"], ["ana"], 0, 0),
        (["schedule:empty", "person:bo"], ["bo"], 1, 1),
        (["schedule:empty team:gone", "schedule:empty", "person:cy"], ["cy"], 2, 2),
        (["person:ana person:bo"], ["ana", "bo"], 0, 0),
        (["person:ana team:both"], ["ana", "bo"], 0, 0),
        (["person:ana person:ana"], ["ana"], 0, 0),
    ],
)
def test_the_first_level_that_has_somebody_is_asked(
    levels: list[str], asked: list[str], level: int, skipped: int
) -> None:
    escalation, step = begun(policy(*levels))
    assert [one.person for one in step.asked] == asked
    assert escalation.level == level
    assert escalation.next_at == NOW + timedelta(minutes=5)
    assert sum(isinstance(fact, LevelSkipped) for fact in step.facts) == skipped


@pytest.mark.parametrize("levels", [[], ["schedule:empty"], ["schedule:empty", "team:gone"]])
@pytest.mark.parametrize("repeat", [0, 3])
def test_a_policy_that_reaches_nobody_says_so_at_once(levels: list[str], repeat: int) -> None:
    escalation, step = begun(policy(*levels, repeat=repeat))
    assert escalation.state == "exhausted"
    assert step.asked == []
    assert [fact.reason for fact in step.facts if isinstance(fact, EscalationExhausted)] == ["no one could be paged"]
    assert sum(isinstance(fact, LevelSkipped) for fact in step.facts) == len(levels), "each level is named once"


def test_the_ladder_is_walked_repeat_times_more_and_then_ends() -> None:
    escalation, step = begun(policy("person:ana", "person:bo", repeat=2))
    walked = [(fact.cycle, fact.level) for fact in step.facts if isinstance(fact, LevelReached)]
    pages: list[Page] = pages_of(escalation, step)
    for _ in range(10):
        step = rules.advance(escalation, pages, NOW, resolve, "no answer")
        walked += [(fact.cycle, fact.level) for fact in step.facts if isinstance(fact, LevelReached)]
        pages += pages_of(escalation, step, len(pages) + 1)
    assert walked == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]
    assert escalation.state == "exhausted"


def test_a_last_level_without_a_wait_keeps_the_rhythm_of_the_first() -> None:
    snapshot = policy("person:ana", "person:bo", wait=600, repeat=1)
    snapshot["levels"][1]["wait"] = None
    escalation, step = begun(snapshot)
    rules.advance(escalation, pages_of(escalation, step), NOW, resolve, "")
    assert escalation.next_at == NOW + timedelta(minutes=10)


def test_a_page_that_was_never_sent_stays_owed_when_the_next_level_is_asked() -> None:
    escalation, step = begun(policy("person:ana", "person:bo"))
    pages = pages_of(escalation, step)
    pages[0].state = "owed"
    rules.advance(escalation, pages, NOW, resolve, "")
    assert pages[0].state == "owed"


class Ladder(RuleBasedStateMachine):
    """Acknowledging, declining, time and stopping in any order, against what a person would expect."""

    @initialize(shape=st.lists(st.sampled_from(["person:ana", "person:bo", "team:both", "schedule:empty"]), max_size=4),
                repeat=st.integers(0, 2))  # fmt: skip
    def begin(self, shape: list[str], repeat: int) -> None:
        self.escalation, step = begun(policy(*shape, repeat=repeat))
        self.levels, self.repeat = len(shape), repeat
        self.pages: list[Page] = []
        self.acknowledged = 0
        self.ended = False
        self.take(step)

    def take(self, step: rules.Step) -> None:
        declined = {page.person for page in self.pages if page.state == "declined"}
        assert not declined & {one.person for one in step.asked}, "whoever declined is not asked again"
        self.pages += pages_of(self.escalation, step, len(self.pages) + 1)

    @rule()
    def time_passes(self) -> None:
        before = (self.escalation.cycle, self.escalation.level)
        running = self.escalation.state == "running"
        step = rules.advance(self.escalation, self.pages, NOW, resolve, "no answer")
        self.take(step)
        if not running:
            assert step.asked == []
            assert step.facts == []
        elif self.escalation.state == "running":
            assert (self.escalation.cycle, self.escalation.level) > before

    @rule(person=st.sampled_from(["ana", "bo", "stranger"]))
    def somebody_acknowledges(self, person: str) -> None:
        could = self.escalation.state in ("running", "exhausted")
        facts = rules.acknowledge(self.escalation, self.pages, person=person, now=NOW)
        assert any(isinstance(fact, PageAcknowledged) for fact in facts) == could
        self.acknowledged += bool(facts)

    @precondition(lambda self: self.pages)
    @rule(data=st.data())
    def somebody_declines(self, data: st.DataObject) -> None:
        page = data.draw(st.sampled_from(self.pages))
        waiting = page.state in PageState.WAITING
        assert bool(rules.decline(page, reason="", now=NOW)) == waiting
        if self.escalation.state == "running" and rules.nobody_left(self.escalation, self.pages):
            self.take(rules.advance(self.escalation, self.pages, NOW, resolve, "declined"))

    @rule()
    def the_incident_ends(self) -> None:
        rules.stop(self.escalation, self.pages, reason="resolved", now=NOW)
        assert self.escalation.state in ("stopped", "acknowledged")

    @invariant()
    def acknowledged_at_most_once(self) -> None:
        assert getattr(self, "acknowledged", 0) <= 1

    @invariant()
    def nobody_waits_on_a_policy_that_is_over(self) -> None:
        if hasattr(self, "escalation") and self.escalation.state in ("acknowledged", "stopped"):
            assert self.escalation.next_at is None
            assert not [page for page in self.pages if page.state in PageState.WAITING]

    @invariant()
    def a_running_policy_has_a_time_and_somebody_to_wait_for_or_a_level_ahead(self) -> None:
        if hasattr(self, "escalation") and self.escalation.state == "running":
            assert self.escalation.next_at is not None
            assert self.escalation.cycle <= self.repeat
            assert self.escalation.level < self.levels


Ladder.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestLadder = Ladder.TestCase
