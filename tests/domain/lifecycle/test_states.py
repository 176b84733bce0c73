"""The life of an incident against a small model: no step but those of the table, and each has its effect once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.core.errors import DomainError
from bot.domain.core.fact import Fact
from bot.domain.incidents import lifecycle
from bot.domain.incidents.states import MOVES, Merged, Step, require
from bot.domain.lifecycle import clocks, holding, merging, triage
from storage.models import Incident, IncidentStatus

START = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
LEADS: dict[str, dict[str, str]] = {
    "accept": {"triage": "investigating"},
    "reject": {"triage": "cancelled"},
    "investigating": dict.fromkeys(("investigating", "identified", "monitoring"), "investigating"),
    "identified": dict.fromkeys(("investigating", "identified", "monitoring"), "identified"),
    "monitoring": dict.fromkeys(("investigating", "identified", "monitoring"), "monitoring"),
    "resolve": dict.fromkeys(("investigating", "identified", "monitoring"), "resolved"),
    "reopen": dict.fromkeys(("resolved", "closed", "cancelled"), "investigating"),
    "close": {"resolved": "closed"},
    "cancel": dict.fromkeys(("triage", "investigating", "identified", "monitoring"), "cancelled"),
    "merge": dict.fromkeys(("triage", "investigating", "identified", "monitoring"), "merged"),
}
"""What the requirements say, written a second time: verb -> from -> to. Everything else is refused."""


def declared(number: int = 1, *, triaged: bool = False) -> Incident:
    incident, _ = lifecycle.declare(
        number=number, title="Checkout returns 5xx", severity="SEV-1", now=START, by="U01ANA", triage=triaged
    )
    return incident


class Life(RuleBasedStateMachine):
    """One incident, every verb in any order, and the time that passes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.incident = declared()
        self.status = "investigating"

    @initialize(triaged=st.booleans())
    def begin(self, triaged: bool) -> None:
        self.incident = declared(triaged=triaged)
        self.status = "triage" if triaged else "investigating"

    @rule(minutes=st.integers(1, 90))
    def later(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(verb=st.sampled_from(sorted(LEADS)))
    def step(self, verb: str) -> None:
        wanted = LEADS[verb].get(self.status)
        before = self.incident.model_dump()
        try:
            facts = self._take(verb)
        except DomainError as refusal:
            self._refused(verb, wanted, str(refusal), before)
            return
        assert wanted is not None, f"{verb} was carried out in {self.status}"
        assert bool(facts) == (wanted != self.status), "what is so already has no effect"
        self.status = wanted

    def _refused(self, verb: str, wanted: str | None, said: str, before: dict[str, object]) -> None:
        assert wanted is None, f"{verb} was refused in {self.status}: {said}"
        assert "INC-1" in said
        assert self.incident.model_dump() == before, "a refusal changes nothing"

    @rule(verb=st.sampled_from(sorted(set(LEADS) - {"investigating", "identified", "monitoring"})))
    def press_twice(self, verb: str) -> None:
        """The second of two presses finds it done, and is told so; nothing but `reopen` can follow on itself."""
        if self.status in LEADS[verb]:
            self.step(verb)
            with pytest.raises(DomainError):
                self._take(verb)

    @rule(hours=st.integers(1, 100))
    def hold(self, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        try:
            facts = holding.hold(self.incident, until=until, reason="the vendor", now=self.now, ref="INC-1")
        except DomainError:
            assert self.status not in LEADS["resolve"]
            return
        assert self.status in LEADS["resolve"]
        assert facts or self.incident.held_until == until
        assert self.incident.next_update_at is None

    @rule()
    def hold_is_over(self) -> None:
        was = self.incident.held_until
        facts = holding.end(self.incident, now=self.now, ref="INC-1", cadence=timedelta(minutes=30), by_itself=True)
        assert bool(facts) == (was is not None and self.now >= was)

    @rule(key=st.sampled_from(sorted(clocks.BY_KEY)), minutes=st.integers(-300, 300))
    def correct_a_clock(self, key: str, minutes: int) -> None:
        before = self.incident.model_dump()
        try:
            clocks.correct(self.incident, {key: START + timedelta(minutes=minutes)}, now=self.now, ref="INC-1")
        except DomainError:
            assert self.incident.model_dump() == before

    def _take(self, verb: str) -> list[Fact]:
        one, now, ref = self.incident, self.now, "INC-1"
        match verb:
            case "accept":
                return triage.accept(one, now=now, ref=ref, cadence=None)
            case "reject":
                return triage.decline(one, now=now, ref=ref)
            case "resolve":
                return lifecycle.resolve(one, now=now, ref=ref, resolution="rolled back")
            case "reopen":
                facts = lifecycle.reopen(one, ref=ref)
                if one.unaccepted:
                    triage.begin(one, now=now, cadence=None)
                return facts
            case "close":
                return lifecycle.close(one, now=now, ref=ref)
            case "cancel":
                return lifecycle.cancel(one, now=now, ref=ref)
            case "merge":
                return merging.merge(one, declared(2), now=now, ref=ref, other="INC-2")[0]
        return lifecycle.set_status(one, IncidentStatus(verb), now=now, ref=ref)

    @invariant()
    def it_is_where_the_model_is(self) -> None:
        assert self.incident.status == self.status

    @invariant()
    def what_stands_there_fits_the_state(self) -> None:
        one = self.incident
        assert one.unaccepted == (self.status == "triage") or self.status in ("cancelled", "merged")
        assert (one.resolved_at is not None) == (self.status in ("resolved", "closed"))
        assert (one.merged_into is not None) == (self.status == "merged")
        assert one.held_until is None or self.status in LEADS["resolve"]
        assert one.mitigated_at is not None or self.status not in ("resolved", "closed")
        if self.status not in ("triage", *LEADS["resolve"]):
            assert one.next_update_at is None

    @invariant()
    def the_clocks_lie_in_order(self) -> None:
        known = [at for key in clocks.ORDERED if (at := getattr(self.incident, clocks.BY_KEY[key].field))]
        assert known == sorted(known)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("status", list(IncidentStatus))
def test_every_cell_of_the_table_is_allowed_or_refused_by_name(step: Step, status: IncidentStatus) -> None:
    incident = declared()
    incident.status, incident.merged_into = status, 7 if status == IncidentStatus.MERGED else None
    if status in MOVES[step][0]:
        require(incident, step, "INC-1")
        return
    with pytest.raises(DomainError, match="INC-1"):
        require(incident, step, "INC-1")


def test_a_merged_one_names_where_it_goes_on_in_the_installations_own_spelling() -> None:
    incident = declared()
    incident.status, incident.merged_into = IncidentStatus.MERGED, 12
    with pytest.raises(Merged, match="use OPS-12"):
        require(incident, Step.RESOLVE, "OPS-1")


@pytest.mark.parametrize(
    ("minutes", "left"), [(None, 30), (0, 30), (10, 20), (29, 1), (30, 0), (31, 0), (600, 0)]
)  # fmt: skip
def test_what_is_left_of_the_hold(minutes: int | None, left: int) -> None:
    incident = declared()
    if minutes is not None:
        lifecycle.set_status(incident, IncidentStatus.MONITORING, now=START, ref="INC-1")
    now = START + timedelta(minutes=minutes or 0)
    assert lifecycle.hold_left(incident, timedelta(minutes=30), now) == timedelta(minutes=left)
    [resolved] = lifecycle.resolve(incident, now=now, ref="INC-1", resolution="it is back", hold=timedelta(minutes=30))
    assert resolved.left_out == left * 60
