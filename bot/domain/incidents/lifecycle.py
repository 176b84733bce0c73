"""Rules of an incident's life: each changes the record in memory and returns the facts that became true.

A rule raises a DomainError when the step is not possible and returns no facts when nothing changes, so that a second
press of the same button is harmless.
"""

from datetime import datetime, timedelta

from bot.domain.core.errors import (
    AlreadyThat,
    EmptyText,
    EmptyTitle,
    NotDeclaredByYou,
    NotOpen,
    OrderOfTimes,
    UndoIsOver,
)
from bot.domain.core.fact import Fact
from bot.domain.core.typed_text import says_something
from bot.domain.incidents.facts import (
    DeclarationCorrected,
    IncidentCancelled,
    IncidentClosed,
    IncidentDeclared,
    IncidentReopened,
    IncidentResolved,
    NoteAdded,
    SeverityChanged,
    StatusChanged,
)
from bot.domain.incidents.states import Merged, Step, move, other_reference, require
from storage.models import Incident, IncidentStatus

MAX_TITLE = 250


MAX_TEXT = 3000
UNDO_WITHIN = timedelta(minutes=1)
PICKED = timedelta(minutes=1)
"""A form's picker knows no parts of a minute: a moment this little before the start is the start."""
UNDONE = "undone"


DRILL = "🎭 DRILL · "


def titled(incident: Incident) -> str:
    """Its title as it is shown: a drill says so wherever it is named."""
    return f"{DRILL}{incident.title}" if incident.drill else incident.title


def is_open(incident: Incident) -> bool:
    return incident.status in IncidentStatus.OPEN


def require_open(incident: Incident, ref: str, what: str) -> None:
    """Raises NotOpen for one that is over, and Merged for one that goes on elsewhere."""
    if incident.status == IncidentStatus.MERGED:
        raise Merged(ref=ref, into=other_reference(incident, ref))
    if not is_open(incident):
        raise NotOpen(ref=ref, status=incident.status, what=what)


def tidy(text: str, limit: int) -> str:
    """One line without surplus blanks; what is over `limit` characters is cut with a visible mark."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def declare(
    *,
    number: int,
    title: str,
    severity: str,
    now: datetime,
    by: str,
    service: str | None = None,
    description: str = "",
    source: str = "manual",
    drill: bool = False,
    private: bool = False,
    triage: bool = False,
    origin_channel: str | None = None,
    detection: str | None = None,
    started_at: datetime | None = None,
) -> tuple[Incident, list[Fact]]:
    """A new incident, being investigated; in triage when no one is sure yet whether it is one.

    A title over 250 characters is cut; the whole text is kept as the description. Raises OrderOfTimes for a start that
    is still to come.
    """
    if started_at is not None and started_at > now:
        raise OrderOfTimes(later="Now", earlier="the start of the trouble")
    short = tidy(title, MAX_TITLE)
    if not says_something(short):
        raise EmptyTitle()
    if short.endswith("…") and not description:
        description = title.strip()[:MAX_TEXT]
    incident = Incident(
        number=number,
        title=short,
        description=description,
        severity=severity,
        source=source,
        service=service,
        drill=drill,
        private=private,
        declared_by=by,
        status=IncidentStatus.TRIAGE if triage else IncidentStatus.INVESTIGATING,
        unaccepted=triage,
        origin_channel=origin_channel,
        detection=detection,
        started_at=started_at or now,
        detected_at=now,
        declared_at=now,
    )
    fact = IncidentDeclared(
        title=short, severity=severity, service=service, source=source, drill=drill, private=private, triage=triage
    )
    return incident, [fact]


def set_status(incident: Incident, new: IncidentStatus, *, now: datetime, ref: str, reason: str = "") -> list[Fact]:
    """Moves an open incident between investigating, identified and monitoring; monitoring sets `mitigated_at`."""
    require(incident, Step.SET_STATUS, ref)
    if incident.status == new:
        return []
    old = incident.status
    move(incident, Step.SET_STATUS, new)
    incident.mitigated_at = now if new == IncidentStatus.MONITORING else None
    if new == IncidentStatus.IDENTIFIED:
        incident.identified_at = incident.identified_at or now
    return [StatusChanged(old=old, new=new, reason=reason)]


def acknowledge(incident: Incident, now: datetime) -> None:
    """The first acknowledgement of the incident is kept."""
    incident.acknowledged_at = incident.acknowledged_at or now


def set_severity(incident: Incident, new: str, *, ref: str, reason: str = "") -> list[Fact]:
    require_open(incident, ref, "a change of severity")
    if incident.severity == new:
        raise AlreadyThat(ref=ref, what=new)
    old, incident.severity = incident.severity, new
    return [SeverityChanged(old=old, new=new, reason=reason)]


def note(
    incident: Incident,
    text: str,
    *,
    at: datetime,
    source_key: str | None = None,
    link: str | None = None,
    mark: str = "",
) -> list[Fact]:
    """A line for the timeline. Closed incidents take notes too: facts are often remembered late."""
    clean = text.strip()
    if not clean:
        raise EmptyText(what="note", example="/incident note restarted the gateway")
    return [NoteAdded(text=clean[:MAX_TEXT], at=at, source_key=source_key, link=link, mark=mark)]


def resolve(
    incident: Incident,
    *,
    now: datetime,
    ref: str,
    resolution: str,
    impact: str = "",
    mitigated_at: datetime | None = None,
    owner: str | None = None,
    update: str = "",
    hold: timedelta = timedelta(0),
    early: str = "",
) -> list[Fact]:
    """Ends the incident. The end of the impact is `mitigated_at`, else what was recorded, else now.

    What is left of the stability `hold` is left out for a reason: `early`, else what fixed it.
    """
    require(incident, Step.RESOLVE, ref)
    if not resolution.strip():
        raise EmptyText(what="say what fixed it", example="/incident resolve rolled back checkout 4812")
    ended = mitigated_at or incident.mitigated_at or now
    if timedelta(0) < incident.started_at - ended < PICKED:
        ended = incident.started_at
    if ended < incident.started_at:
        raise OrderOfTimes(later="The end of the impact", earlier="its start")
    if ended > now:
        raise OrderOfTimes(later="Now", earlier="the end of the impact")
    left_out = hold_left(incident, hold, now)
    move(incident, Step.RESOLVE, IncidentStatus.RESOLVED)
    incident.resolved_at, incident.mitigated_at = now, ended
    incident.resolution = resolution.strip()[:MAX_TEXT]
    incident.impact = impact.strip()[:MAX_TEXT] or incident.impact
    incident.postmortem_owner = owner or incident.postmortem_owner
    incident.next_update_at = None
    return [
        IncidentResolved(
            resolution=incident.resolution,
            impact=incident.impact,
            mitigated_at=ended,
            update=update.strip()[:MAX_TEXT],
            left_out=int(left_out.total_seconds()),
            early=early.strip()[:MAX_TEXT],
        )
    ]


def hold_left(incident: Incident, hold: timedelta, now: datetime) -> timedelta:
    """What is left of the time for which the cure is watched; all of it where it was not watched at all."""
    if incident.status != IncidentStatus.MONITORING or incident.mitigated_at is None:
        return hold
    return max(timedelta(0), incident.mitigated_at + hold - now)


def reopen(incident: Incident, *, ref: str, reason: str = "") -> list[Fact]:
    """Back to investigating. What was resolved stays in the journal."""
    require(incident, Step.REOPEN, ref)
    move(incident, Step.REOPEN, IncidentStatus.INVESTIGATING)
    incident.resolved_at = incident.closed_at = incident.mitigated_at = None
    return [IncidentReopened(reason=reason.strip()[:MAX_TEXT])]


def close(incident: Incident, *, now: datetime, ref: str) -> list[Fact]:
    require(incident, Step.CLOSE, ref)
    move(incident, Step.CLOSE, IncidentStatus.CLOSED)
    incident.closed_at = now
    return [IncidentClosed()]


def cancel(incident: Incident, *, now: datetime, ref: str, reason: str = "") -> list[Fact]:
    """It was not an incident: paging stops, metrics leave it out."""
    require(incident, Step.CANCEL, ref)
    move(incident, Step.CANCEL, IncidentStatus.CANCELLED)
    incident.closed_at, incident.next_update_at = now, None
    return [IncidentCancelled(reason=reason.strip()[:MAX_TEXT])]


def can_be_undone(incident: Incident, *, now: datetime, by: str) -> bool:
    """Whether `undo` by this person would take the declaration back."""
    fresh = now - incident.declared_at <= UNDO_WITHIN
    return is_open(incident) and by == incident.declared_by and fresh


def undo(incident: Incident, *, now: datetime, ref: str, by: str, declarer: str) -> list[Fact]:
    """Takes a declaration back that was a mistake. Raises UndoIsOver after a minute, AlreadyThat when it was done, and
    NotDeclaredByYou: whoever else writes "undo" may mean what they did last. `declarer` is a name."""
    if incident.status == IncidentStatus.CANCELLED:
        raise AlreadyThat(ref=ref, what="cancelled")
    if by != incident.declared_by:
        raise NotDeclaredByYou(ref=ref, declarer=declarer)
    if now - incident.declared_at > UNDO_WITHIN:
        raise UndoIsOver(ref=ref)
    return cancel(incident, now=now, ref=ref, reason=UNDONE)


def correct(incident: Incident, *, title: str, service: str | None, ref: str, drill: bool | None = None) -> list[Fact]:
    """Another title or service than was declared, or a drill that is none; no facts when all stands there already."""
    require_open(incident, ref, "a change")
    short = tidy(title, MAX_TITLE)
    if not says_something(short):
        raise EmptyTitle()
    before, was = incident.title, incident.service
    other = drill if drill not in (None, incident.drill) else None
    if (short, service) == (before, was) and other is None:
        return []
    incident.title, incident.service = short, service
    incident.drill = incident.drill if other is None else other
    return [DeclarationCorrected(title=short, service=service, was_title=before, was_service=was, drill=other)]


ORDER = ("SEV-1", "SEV-2", "SEV-3", "SEV-4")


def is_worse(a: str, b: str) -> bool:
    """Is `a` more severe than `b`?"""
    return ORDER.index(a) < ORDER.index(b)


def sooner(promised: datetime | None, planned: datetime | None) -> datetime | None:
    """When the next update is due after a change of severity: what was promised is kept, and a shorter cadence brings
    it forward."""
    return min((at for at in (promised, planned) if at), default=None)


def next_update(now: datetime, cadence: timedelta | None) -> datetime | None:
    """When the next update is due; None where the severity asks for none."""
    return now + cadence if cadence else None
