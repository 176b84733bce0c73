"""The catch-up: an incident in five lines for whoever comes late, each with the facts it rests on. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.command.brief import RESULTS
from bot.domain.core.line import moment, person
from bot.domain.incidents.lifecycle import is_open, tidy, titled
from bot.domain.incidents.visibility import was_public
from storage.models import (
    Incident,
    Mitigation,
    Page,
    PageState,
    RoleAssignment,
    Ruling,
    RulingState,
    StatusUpdate,
    TimelineEntry,
)

LAST = 3
"""So many mitigations, decisions and people are named, the newest; the others are counted."""
OPEN = (RulingState.PROPOSED, RulingState.OBJECTED, RulingState.PENDING)
ROLES = {"ic": "IC", "tech": "Tech", "comms": "Comms"}


@dataclass(frozen=True)
class Said:
    """One of the five lines. `rests` are the facts behind it, each as short as its number and its time."""

    label: str
    text: str
    rests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the records say beside the incident itself; everything oldest first. `acknowledged_by` has its page."""

    severity: str
    updates: Sequence[StatusUpdate] = ()
    decisions: Sequence[Ruling] = ()
    mitigations: Sequence[Mitigation] = ()
    roles: Sequence[RoleAssignment] = ()
    pages: Sequence[Page] = ()
    note: TimelineEntry | None = None
    acknowledged_by: str | None = None


def written(incident: Incident, known: Known, age: str) -> list[Said]:
    """What it is, whom it hurts, what was tried, what is being decided, and who is on it. `age` is how long it is open,
    or was."""
    return [
        _what(incident, known, age),
        _impact(incident, known),
        _tried(known),
        _deciding(known, open_=is_open(incident)),
        _who(incident, known),
    ]


def _what(incident: Incident, known: Known, age: str) -> Said:
    state = f"{known.severity}, {incident.status}, {'open for' if is_open(incident) else 'after'} {age}"
    now = incident.resolution if incident.resolved_at else "" if was_public(incident) else incident.focus
    told = f" {'What fixed it' if incident.resolved_at else 'Now'}: {tidy(now, 300)}" if now else ""
    rests = [f"declared {moment(incident.declared_at)} by {person(incident.declared_by)}", *_update(known.updates)]
    return Said("What", f"{tidy(titled(incident), 200)} ({state}).{told}", tuple(rests))


def _update(updates: Sequence[StatusUpdate]) -> list[str]:
    return [f"update {updates[-1].number}, {moment(updates[-1].at)}"] if updates else []


def _impact(incident: Incident, known: Known) -> Said:
    told = "" if was_public(incident) else tidy(incident.impact, 300)
    rests = _update([one for one in known.updates if one.impact]) if told else []
    if incident.complaint_count:
        rests.append(f"{incident.complaint_count} complaint{'' if incident.complaint_count == 1 else 's'}")
    return Said("Impact", told or "not described yet", tuple(rests))


def _tried(known: Known) -> Said:
    shown = known.mitigations[-LAST:]
    if shown:
        said = (f"M{one.number} {tidy(one.text, 120)}: {RESULTS.get(one.state, one.state)}" for one in shown)
        rests = tuple(f"M{one.number} {moment(one.started_at)} by {person(one.owner)}" for one in shown)
        return Said("Tried", f"{_listed(said, len(known.mitigations))}", rests)
    if note := known.note:
        rests = (f"note {moment(note.at)} by {person(note.actor)}",)
        return Said("Tried", f"no mitigation is noted. The last note: {tidy(note.text, 200)}", rests)
    return Said("Tried", "nothing is noted yet")


def _deciding(known: Known, *, open_: bool) -> Said:
    waiting = [one for one in known.decisions if one.state in OPEN] if open_ else []
    shown = waiting[-LAST:]
    if shown:
        return Said("Deciding", _listed(map(_ruling, shown), len(waiting)), tuple(map(_made, shown)))
    taken = [one for one in known.decisions if one.state == RulingState.DECIDED]
    if taken:
        return Said("Deciding", f"nothing is open. Decided last: D{taken[-1].number} {tidy(taken[-1].text, 120)}",
                    (_made(taken[-1]),))  # fmt: skip
    return Said("Deciding", "nothing is open")


def _ruling(one: Ruling) -> str:
    how = {RulingState.PROPOSED: "open to objections", RulingState.OBJECTED: "objected to"}.get(one.state, "pending")
    by = f" until {moment(one.due_at)}" if one.due_at else ""
    condition = f", if {tidy(one.condition, 80)}" if one.condition else ""
    return f"D{one.number} {tidy(one.text, 120)} ({how}{by}{condition})"


def _made(one: Ruling) -> str:
    return f"D{one.number} {moment(one.at)} by {person(one.by)}"


def _who(incident: Incident, known: Known) -> Said:
    held = {one.role: one for one in known.roles}
    said = [f"{label} {person(held[key].person)}" for key, label in ROLES.items() if key in held]
    if "ic" not in held:
        said.insert(0, "no one commands" if is_open(incident) else "no one commanded")
    rests = [f"{ROLES[key]} since {moment(one.since)}" for key, one in held.items() if key in ROLES]
    if known.acknowledged_by:
        said.append(f"{person(known.acknowledged_by)} acknowledged")
    waiting = list(dict.fromkeys(one.person for one in known.pages if one.state in PageState.WAITING))
    if waiting:
        said.append(f"no answer yet from {_listed(map(person, waiting[:LAST]), len(waiting), ', ')}")
    asked = len({one.person for one in known.pages})
    rests += [f"{asked} {'person' if asked == 1 else 'people'} paged"] if asked else []
    return Said("Who", "; ".join(said), tuple(rests))


def _listed(parts: Iterable[str], total: int, between: str = "; ") -> str:
    """Those that are told, and how many more there are."""
    shown = list(parts)
    more = total - len(shown)
    return between.join([*shown, *([f"and {more} more"] if more > 0 else [])])
