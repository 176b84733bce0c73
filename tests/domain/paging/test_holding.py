"""Acknowledgement, time and everybody's moves in any order, with replays after a crash, against a small reference."""

import copy
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.core.fact import Fact
from bot.domain.paging import ack_timeout, acknowledgement
from bot.domain.paging import escalation as ladders
from bot.domain.paging.ack_timeout import PATIENCE, Verdict
from bot.domain.paging.acknowledgement_facts import AckWithdrawn, EscalationPaused, ReassignmentAccepted
from bot.domain.paging.facts import PageAcknowledged
from storage.models import Escalation, Incident, Page, PageState
from tests.domain.paging.test_escalation import NOW, policy, resolve

HOUR = timedelta(hours=1)


def incident(status: str = "investigating") -> Incident:
    return Incident(
        number=1, title="t", severity="SEV-1", status=status, declared_by="ana", started_at=NOW, detected_at=NOW,
        declared_at=NOW,
    )  # fmt: skip


def acknowledged(**more: object) -> Escalation:
    snapshot = policy("person:ana", "person:bo") | {"ack_timeout": 3600}
    return Escalation(id=1, policy_name="p", policy=snapshot, started_at=NOW, state="acknowledged",
                      acknowledged_by="ana", acknowledged_at=NOW, confirmed_at=NOW, **more)  # fmt: skip


@pytest.mark.parametrize(
    ("status", "asked_at", "progress", "after", "late", "verdict"),
    [
        ("investigating", None, None, HOUR, False, Verdict.ASK),
        ("triage", None, None, HOUR, False, Verdict.ASK),
        ("investigating", None, timedelta(minutes=30), HOUR, False, Verdict.PROGRESS),
        ("investigating", None, timedelta(0), HOUR, False, Verdict.ASK),
        ("monitoring", None, None, HOUR, False, Verdict.WATCHED),
        ("resolved", None, None, HOUR, False, Verdict.OVER),
        ("cancelled", None, None, HOUR, False, Verdict.OVER),
        ("investigating", HOUR, None, HOUR + PATIENCE, False, Verdict.GIVE_UP),
        ("investigating", HOUR, None, HOUR + PATIENCE / 2, False, Verdict.WAIT),
        ("investigating", HOUR, None, HOUR * 3, True, Verdict.WAIT),
        ("investigating", HOUR, HOUR + PATIENCE / 2, HOUR + PATIENCE, False, Verdict.PROGRESS),
    ],
)
def test_what_the_clock_does_with_whoever_holds_it(
    status: str,
    asked_at: timedelta | None,
    progress: timedelta | None,
    after: timedelta,
    late: bool,
    verdict: Verdict,
) -> None:
    row = acknowledged(asked_at=NOW + asked_at if asked_at else None)
    at = NOW + progress if progress is not None else None
    assert ack_timeout.judge(row, incident(status), at, NOW + after, late=late) is verdict


@pytest.mark.parametrize(("chosen", "level"), [(None, 1), (0, 0), (1, 1)])
def test_paging_begins_anew_at_the_level_that_was_chosen(chosen: int | None, level: int) -> None:
    row = acknowledged(level=1)
    row.policy = row.policy | {"ack_timeout_from": chosen}
    assert ack_timeout.start_level(row) == level


def test_a_policy_without_a_timeout_never_asks() -> None:
    row = acknowledged()
    row.policy = row.policy | {"ack_timeout": None}
    assert ack_timeout.next_check(row) is None
    assert ack_timeout.judge(row, incident(), None, NOW + HOUR * 99) is Verdict.OVER


class Held(RuleBasedStateMachine):
    """The reference knows four things: who has it, since when unproven, whether it is paused, whether it is over."""

    @initialize(levels=st.lists(st.sampled_from(["person:ana", "person:bo", "team:both", "schedule:empty"]), min_size=1,
                                max_size=3), repeat=st.integers(0, 2))  # fmt: skip
    def begin(self, levels: list[str], repeat: int) -> None:
        self.now: datetime = NOW
        self.row = Escalation(id=1, policy_name="p", started_at=NOW,
                              policy=policy(*levels, repeat=repeat) | {"ack_timeout": 3600})  # fmt: skip
        self.pages: list[Page] = []
        self.repeat = repeat
        self.holder: str | None = None
        self.over = False
        self.asked: set[tuple[int, int, str]] = set()
        self.incident = incident()
        self.take(ladders.begin(self.row, self.now, resolve))

    def take(self, step: ladders.Step) -> None:
        for one in step.asked:
            name = (self.row.cycle, self.row.level, one.person)
            assert name not in self.asked, "nobody is owed the same page twice"
            self.asked.add(name)
            self.pages.append(Page(id=len(self.pages) + 1, escalation=1, cycle=name[0], level=name[1], person=name[2],
                                   why="", owed_at=self.now, state="sent"))  # fmt: skip

    def twice(self, act: Callable[[], list[Fact]]) -> list[Fact]:
        """A crash after the commit: the same act is carried out once more, and nothing may follow from it."""
        facts = act()
        if facts:
            before = copy.deepcopy(self.row.model_dump())
            again = [fact for fact in act() if not isinstance(fact, EscalationPaused)]
            assert [fact for fact in again if not isinstance(fact, type(facts[0]))] == []
            assert self.row.model_dump() == before
        return facts

    @rule(person=st.sampled_from(["ana", "bo", "stranger"]))
    def somebody_acknowledges(self, person: str) -> None:
        facts = self.twice(lambda: ladders.acknowledge(self.row, self.pages, person=person, now=self.now))
        could = self.holder is None and not self.over
        assert bool(facts) == could
        assert all(isinstance(fact, PageAcknowledged) for fact in facts)
        if could:
            self.holder = person

    @rule(by=st.sampled_from(["holder", "bo", "tocsin"]))
    def it_is_given_back(self, by: str) -> None:
        holder = self.holder
        who = holder or "ana" if by == "holder" else by
        facts = self.twice(lambda: acknowledgement.withdraw(self.row, self.pages, by=who, reason="r", now=self.now))
        assert bool(facts) == (holder is not None)
        if not facts:
            return
        assert isinstance(facts[0], AckWithdrawn)
        self.holder = None
        left_out = [holder] if holder and who == holder else []
        step = ladders.again(
            self.row, self.pages, self.now, resolve, level=self.row.level, reason="", left_out=left_out
        )
        assert not set(left_out) & {one.person for one in step.asked}, "whoever gave it back is not asked at once"
        self.take(step)

    @rule(person=st.sampled_from(["ana", "bo", "cy"]))
    def it_is_handed_over(self, person: str) -> None:
        facts = self.twice(
            lambda: acknowledgement.take_over(self.row, self.pages, person=person, offer=2, now=self.now)
        )
        assert bool(facts) == (self.holder not in (None, person))
        if facts:
            assert isinstance(facts[0], ReassignmentAccepted)
            self.holder = person

    @rule(minutes=st.sampled_from([5, 15, 60, 200]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        due = ack_timeout.next_check(self.row)
        if self.row.state == "running":
            self.take(ladders.advance(self.row, self.pages, self.now, resolve, "no answer"))
        elif self.row.state == "paused" and self.row.paused_until and self.row.paused_until <= self.now:
            assert acknowledgement.wake(self.row, reason="over")
            self.take(ladders.advance(self.row, self.pages, self.now, resolve, "", self.row.level))
        elif due is not None and due <= self.now:
            self.clock_looks()

    def clock_looks(self) -> None:
        verdict = ack_timeout.judge(self.row, self.incident, None, self.now)
        if self.over:
            assert verdict is Verdict.OVER
        elif self.row.asked_at is None:
            assert verdict is Verdict.ASK
            self.twice(lambda: acknowledgement.question(self.row, self.now))
        else:
            assert verdict is Verdict.GIVE_UP
            self.it_is_given_back("tocsin")

    @rule()
    def the_holder_confirms(self) -> None:
        facts = acknowledgement.confirm(self.row, self.now, said=True)
        assert bool(facts) == (self.holder is not None)
        assert self.row.asked_at is None or not facts

    @rule(minutes=st.sampled_from([15, 60]))
    def somebody_pauses(self, minutes: int) -> None:
        until = self.now + timedelta(minutes=minutes)
        running = self.row.state in ("running", "paused")
        facts = self.twice(lambda: acknowledgement.pause(self.row, by="bo", until=until))
        assert bool(facts) == running

    @rule(level=st.integers(0, 2))
    def somebody_escalates(self, level: int) -> None:
        if self.row.state == "running" and level < len(self.row.policy["levels"]):
            self.take(ladders.advance(self.row, self.pages, self.now, resolve, "asked for", level))

    @rule()
    def it_ends(self) -> None:
        self.twice(lambda: ladders.stop(self.row, self.pages, reason="resolved", now=self.now))
        if self.holder is None:
            self.over = True

    @invariant()
    def the_records_say_what_the_reference_says(self) -> None:
        if not hasattr(self, "row"):
            return
        assert (self.row.state == "acknowledged") == (self.holder is not None)
        assert self.row.acknowledged_by == (self.holder or None)
        assert (self.row.state == "stopped") == self.over

    @invariant()
    def nobody_is_kept_waiting_by_what_has_ended(self) -> None:
        if hasattr(self, "row") and self.row.state in ("acknowledged", "stopped"):
            assert self.row.next_at is None
            assert not [page for page in self.pages if page.state in PageState.WAITING]

    @invariant()
    def repeats_never_exceed_what_the_policy_allows(self) -> None:
        if hasattr(self, "row"):
            assert 0 <= self.row.cycle - self.row.first_cycle <= self.repeat

    @invariant()
    def what_still_asks_has_a_time_at_which_it_goes_on(self) -> None:
        if hasattr(self, "row"):
            assert (self.row.state == "running") == (self.row.next_at is not None)
            assert (self.row.state == "paused") == (self.row.paused_until is not None)
            assert (ack_timeout.next_check(self.row) is not None) == (self.holder is not None)


Held.TestCase.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
TestHeld = Held.TestCase
