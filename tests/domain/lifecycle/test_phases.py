"""Phase, process clock and checklists: each a pure function of what is recorded."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.core.errors import OrderOfTimes
from bot.domain.incidents import lifecycle
from bot.domain.lifecycle import checklists, phases
from bot.domain.lifecycle.checklists import State
from storage.models import Incident, IncidentStatus

START = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


def declared(severity: str = "SEV-1", *, drill: bool = False) -> Incident:
    incident, _ = lifecycle.declare(
        number=1, title="Checkout returns 5xx", severity=severity, now=START, by="U01ANA", drill=drill
    )
    return incident


@pytest.mark.parametrize(
    ("status", "mitigated", "phase"),
    [
        ("triage", False, "Detection"),
        ("investigating", False, "Response"),
        ("investigating", True, "Resolution"),
        ("identified", False, "Mitigation"),
        ("identified", True, "Resolution"),
        ("monitoring", True, "Resolution"),
        ("resolved", True, "Postmortem"),
        ("closed", True, "Postmortem"),
        ("cancelled", False, None),
        ("merged", False, None),
    ],
)
def test_the_phase_follows_from_status_and_clocks(status: str, mitigated: bool, phase: str | None) -> None:
    incident = declared()
    incident.status = IncidentStatus(status)
    incident.mitigated_at = START if mitigated else None
    assert phases.phase(incident) == phase


def test_each_step_of_the_gravest_ones_is_on_time_or_late_by_so_much() -> None:
    incident = declared()
    incident.identified_at = START + timedelta(minutes=9)
    evidence = phases.Evidence(paged_at=START + timedelta(seconds=5), updated_at=None)
    shown = {one.label: one.late(START + timedelta(minutes=12)) for one in phases.process(incident, evidence)}
    assert shown == {
        "On call paged": None, "War room open": timedelta(minutes=10), "First update": timedelta(minutes=10),
        "Declared": None, "Cause found": timedelta(minutes=4), "Traffic restored": None, "Resolved": None,
        "Closed, with its postmortem": None,
    }  # fmt: skip


def test_others_and_drills_have_no_such_clock() -> None:
    assert phases.process(declared(), phases.Evidence())
    assert not phases.process(declared("SEV-2"), phases.Evidence())
    assert not phases.process(declared(drill=True), phases.Evidence())


def test_the_lists_have_as_many_items_as_the_source() -> None:
    assert [len(one.items) for one in checklists.LISTS] == [7, 5, 4, 4, 8]
    assert len(checklists.ITEMS) == 28, "no key stands for two items"


def states(incident: Incident, **ticked: str) -> dict[str, State]:
    return checklists.states(incident, ticked, postmortem=True, held=False)


def test_items_tick_themselves_from_the_records() -> None:
    incident = declared()
    assert [key for key, state in states(incident).items() if state == State.DONE] == ["ticket", "timeline"]
    incident.acknowledged_at = incident.ic_assigned_at = START
    incident.impact, incident.announcement_ts = "22 % of checkouts", "1.1"
    assert all(states(incident)[one.key] == State.DONE for one in checklists.RESPONSE.items)
    assert states(incident, commander="open")["commander"] == State.OPEN, "what a person says comes first"


def test_a_block_of_criteria_ticks_its_item_and_what_does_not_apply_is_no_obstacle() -> None:
    incident = declared()
    assert [one.key for one in checklists.missing(states(incident))] == list(checklists.BEFORE)
    ticked = {one.key: "done" for one in checklists.HEALTH.items} | {"latency": "none"}
    assert [one.key for one in checklists.missing(states(incident, **ticked))] == ["customers_fine", "no_secondary"]
    by_hand = states(incident, **ticked, customers_fine="done", no_secondary="none")
    assert not checklists.missing(by_hand)


@pytest.mark.parametrize("seconds", [0, 0.4, 59, 60, 3600])
def test_an_end_picked_without_parts_of_a_minute_is_no_end_before_the_start(seconds: float) -> None:
    incident = declared()
    ended = START - timedelta(seconds=seconds)
    later = START + timedelta(minutes=5)
    if seconds < 60:
        lifecycle.resolve(incident, now=later, ref="INC-1", resolution="rolled back", mitigated_at=ended)
        assert incident.mitigated_at == START
    else:
        with pytest.raises(OrderOfTimes):
            lifecycle.resolve(incident, now=later, ref="INC-1", resolution="rolled back", mitigated_at=ended)
