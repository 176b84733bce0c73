"""Five lines in every state of an incident, each with the facts behind it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.command.catchup import Known, written
from storage.models import (
    Incident,
    IncidentStatus,
    Mitigation,
    MitigationState,
    Page,
    PageState,
    RoleAssignment,
    Ruling,
    RulingState,
    StatusUpdate,
    TimelineEntry,
)

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)


def incident(**more: Any) -> Incident:
    given = {"number": 1, "title": "Checkout is down", "severity": "SEV-1", "declared_by": "U1", "declared_at": AT,
             "started_at": AT, "detected_at": AT}  # fmt: skip
    return Incident(**given | more)


def mitigation(number: int, state: MitigationState = MitigationState.FAILED) -> Mitigation:
    return Mitigation(incident=1, number=number, text=f"step {number}", owner="U2", started_at=LATER, state=state)


def ruling(state: RulingState, **more: Any) -> Ruling:
    return Ruling(incident=1, number=1, text="roll back", by="U2", at=LATER, state=state, **more)


def page(person: str, state: PageState) -> Page:
    return Page(escalation=1, incident=1, cycle=0, level=0, person=person, why="", owed_at=AT, state=state)


NOTE = TimelineEntry(incident=1, at=LATER, recorded_at=LATER, actor="U3", kind="note", text="the pool is full")
UPDATE = StatusUpdate(incident=1, number=2, status=IncidentStatus.IDENTIFIED, text="x", by="U2", at=LATER, impact="all")
IC = RoleAssignment(incident=1, role="ic", person="U2", since=LATER)
CASES: list[tuple[str, Incident, dict[str, Any], str, str, tuple[str, ...]]] = [
    ("a new one", incident(), {}, "What", "Checkout is down (SEV-1, investigating, open for 5 min).",
     ("declared {time:2026-11-02T03:00Z} by {person:U1}",)),
    ("a drill", incident(drill=True), {}, "What", "🎭 DRILL · Checkout is down (SEV-1, investigating, open for 5 min).",
     ("declared {time:2026-11-02T03:00Z} by {person:U1}",)),
    ("with an update", incident(focus="rolling back"), {"updates": [UPDATE]}, "What",
     "Checkout is down (SEV-1, investigating, open for 5 min). Now: rolling back",
     ("declared {time:2026-11-02T03:00Z} by {person:U1}", "update 2, {time:2026-11-02T03:05Z}")),
    ("over", incident(status=IncidentStatus.RESOLVED, resolved_at=LATER, resolution="rolled back"), {}, "What",
     "Checkout is down (SEV-1, resolved, after 5 min). What fixed it: rolled back",
     ("declared {time:2026-11-02T03:00Z} by {person:U1}",)),
    ("no impact", incident(), {"updates": [UPDATE]}, "Impact", "not described yet", ()),
    ("an impact", incident(impact="all of them", complaint_count=1), {"updates": [UPDATE]}, "Impact", "all of them",
     ("update 2, {time:2026-11-02T03:05Z}", "1 complaint")),
    ("went private", incident(impact="all", private=True, announcement_channel="C1"), {}, "Impact",
     "not described yet", ()),
    ("nothing tried", incident(), {}, "Tried", "nothing is noted yet", ()),
    ("a note", incident(), {"note": NOTE}, "Tried", "no mitigation is noted. The last note: the pool is full",
     ("note {time:2026-11-02T03:05Z} by {person:U3}",)),
    ("tried", incident(), {"mitigations": [mitigation(1)], "note": NOTE}, "Tried", "M1 step 1: didn't work",
     ("M1 {time:2026-11-02T03:05Z} by {person:U2}",)),
    ("much tried", incident(), {"mitigations": [mitigation(n) for n in range(1, 6)]}, "Tried",
     "M3 step 3: didn't work; M4 step 4: didn't work; M5 step 5: didn't work; and 2 more",
     tuple(f"M{n} {{time:2026-11-02T03:05Z}} by {{person:U2}}" for n in (3, 4, 5))),
    ("nothing to decide", incident(), {}, "Deciding", "nothing is open", ()),
    ("proposed", incident(), {"decisions": [ruling(RulingState.PROPOSED, due_at=LATER)]}, "Deciding",
     "D1 roll back (open to objections until {time:2026-11-02T03:05Z})",
     ("D1 {time:2026-11-02T03:05Z} by {person:U2}",)),
    ("pending", incident(), {"decisions": [ruling(RulingState.PENDING, condition="it lags")]}, "Deciding",
     "D1 roll back (pending, if it lags)", ("D1 {time:2026-11-02T03:05Z} by {person:U2}",)),
    ("decided", incident(), {"decisions": [ruling(RulingState.DECIDED)]}, "Deciding",
     "nothing is open. Decided last: D1 roll back", ("D1 {time:2026-11-02T03:05Z} by {person:U2}",)),
    ("over and pending", incident(status=IncidentStatus.RESOLVED, resolved_at=LATER),
     {"decisions": [ruling(RulingState.PENDING)]}, "Deciding", "nothing is open", ()),
    ("no one", incident(), {}, "Who", "no one commands", ()),
    ("a commander", incident(), {"roles": [IC]}, "Who", "IC {person:U2}", ("IC since {time:2026-11-02T03:05Z}",)),
    ("paged", incident(), {"pages": [page("ana", PageState.SENT), page("bo", PageState.ACKNOWLEDGED)],
                           "acknowledged_by": "bo"}, "Who",
     "no one commands; {person:bo} acknowledged; no answer yet from {person:ana}", ("2 people paged",)),
]  # fmt: skip


@pytest.mark.parametrize(("of", "known", "label", "text", "rests"), [one[1:] for one in CASES],
                         ids=[one[0] for one in CASES])  # fmt: skip
def test_each_line_says_what_is_known_and_why(
    of: Incident, known: dict[str, Any], label: str, text: str, rests: tuple[str, ...]
) -> None:
    lines = written(of, Known("SEV-1", **known), "5 min")
    assert [one.label for one in lines] == ["What", "Impact", "Tried", "Deciding", "Who"]
    [line] = [one for one in lines if one.label == label]
    assert (line.text, line.rests) == (text, rests)
