"""The brief of a hand-off: what whoever takes command over has to know, in the order in which they need it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from bot.domain.core.line import person
from bot.domain.incidents.lifecycle import tidy
from bot.domain.links.links import label
from storage.models import (
    Action,
    ActionState,
    Incident,
    IncidentLink,
    Mitigation,
    MitigationState,
    Ruling,
    RulingState,
)

LAST = 3
"""So many decisions are told, the newest."""
TAKEN = (RulingState.DECIDED, RulingState.PROPOSED, RulingState.OBJECTED)
RESULTS = {
    MitigationState.RUNNING: "⏳ running", MitigationState.WORKED: "✅ worked", MitigationState.PARTLY: "partly worked",
    MitigationState.FAILED: "didn't work",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the records say beside the incident itself."""

    severity: str
    decisions: Sequence[Ruling] = ()
    actions: Sequence[Action] = ()
    mitigations: Sequence[Mitigation] = ()
    links: Sequence[IncidentLink] = ()
    waiting: Sequence[str] = field(default_factory=tuple)
    zone: tzinfo = UTC


def written(incident: Incident, known: Known, now: datetime) -> str:
    """The brief, one thing to a line."""
    return "\n".join(_lines(incident, known, now))


def _lines(incident: Incident, known: Known, now: datetime) -> Iterator[str]:
    minutes = int((now - incident.started_at).total_seconds()) // 60
    focus = f". {tidy(incident.focus, 300)}" if incident.focus else ""
    yield f"State: {known.severity}, {incident.status}, open for {minutes} min{focus}"
    yield f"Impact: {tidy(incident.impact, 300) or 'not described yet'}"
    taken = [one for one in known.decisions if one.state in TAKEN][-LAST:]
    yield from _listed("Decisions", (f"D{one.number} {tidy(one.text, 120)}{_doubt(one)}" for one in taken))
    pending = [one for one in known.decisions if one.state == RulingState.PENDING]
    yield from _listed("Still to decide", (f"D{one.number} {tidy(one.text, 120)}{_by(one, known)}" for one in pending))
    tried = (f"M{one.number} {tidy(one.text, 120)}: {RESULTS.get(one.state, one.state)}" for one in known.mitigations)
    yield from _listed("Tried", tried)
    todo = [one for one in known.actions if one.state == ActionState.OPEN]
    yield from _listed("Open actions", (_action(one, known) for one in todo))
    yield from _listed("No answer yet from", dict.fromkeys(map(person, known.waiting)))
    if incident.next_update_at:
        late = " (overdue)" if incident.next_update_at < now else ""
        yield f"Next update due: {_clock(incident.next_update_at, known)}{late}"
    yield from _listed("Links", (f"{label(one)} {one.url}" for one in known.links))


def _listed(label: str, parts: Iterable[str]) -> Iterator[str]:
    found = list(parts)
    if found:
        yield f"{label}: {'; '.join(found)}"


def _action(one: Action, known: Known) -> str:
    box = f" (by {_clock(one.due_at, known)})" if one.due_at else ""
    return f"A{one.number} {person(one.owner)}: {tidy(one.text, 120)}{box}"


def _doubt(one: Ruling) -> str:
    if one.state == RulingState.OBJECTED and one.objector:
        return f" (objection by {person(one.objector)})"
    return " (open to objections)" if one.state == RulingState.PROPOSED else ""


def _by(one: Ruling, known: Known) -> str:
    when = f" by {_clock(one.due_at, known)}" if one.due_at else ""
    return f"{when}{f', if {tidy(one.condition, 120)}' if one.condition else ''}"


def _clock(at: datetime, known: Known) -> str:
    return at.astimezone(known.zone).strftime("%H:%M %Z")
