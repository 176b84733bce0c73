"""What a noun says of a reminder about an incident, and how it is given: by a timer row, at most so many times.

How often it was given is read from the journal: no restart and no second replica gives it once too often. Nobody is
reminded while the incident is held; what falls due then comes when the hold ends.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.core.effect import Arm, Disarm
from bot.domain.core.fact import Fact, stored_names
from bot.domain.incidents import lifecycle
from bot.domain.incidents.facts import (
    IncidentDeclared,
    IncidentReopened,
    NudgeGiven,
    NudgeSnoozed,
    RoleAssigned,
    RoleReleased,
    SeverityChanged,
)
from bot.domain.lifecycle import holding
from bot.domain.lifecycle.facts import TriageAccepted
from bot.services.core import incident as incidents
from bot.services.core.clockwork import TimerKind, Timers
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries

STARTS: tuple[type[Fact], ...] = (IncidentDeclared, TriageAccepted, SeverityChanged, IncidentReopened)
"""What begins an incident, or changes what it asks of people."""
_ROLES = stored_names([RoleAssigned, RoleReleased])
_GIVEN = stored_names([NudgeGiven])


@dataclass(frozen=True, kw_only=True)
class Nudge:
    """One reminder to one person about an open incident. Its name is the kind of its timer, for good."""

    #: How long the incident is left alone first, from when it began, reopened or changed its severity; None: for good.
    after: Callable[[Work, Incident], timedelta | None]
    #: Asked when it falls due: whether there is still something to remind of.
    wanted: Callable[[Work, Incident], bool]
    #: Asked when it falls due: what has happened last of that which it misses, from when `after` is counted anew.
    since: Callable[[Work, Incident], datetime | None] = lambda w, incident: None
    #: Whom it is said to.
    to: Callable[[Work, Incident], str]
    #: The template. It is given `nudge`, `last`, and `until` once it was put off; its buttons stand in it.
    message: str
    #: How long until it is said again, `at_most` so many times in all; None: it is said once, until it starts anew.
    every: timedelta | None = None
    at_most: int = 1
    #: From the last of these on is counted how often it was said, and from when somebody was given `role`, or left it.
    starts: tuple[type[Fact], ...] = STARTS
    role: str = ""
    #: The fact that is recorded instead of `NudgeGiven`, for a reminder that has a line of its own in the timeline.
    fact: Callable[[Work, Incident, str], Fact] | None = None


Nudges = Mapping[str, Nudge]


def start(w: Work, incident: Incident, nudges: Nudges) -> None:
    """Arms each of them, or disarms it where this incident gets none."""
    for name, row in nudges.items():
        at, subject = _first(w, incident, name, row), _subject(incident)
        w.carry_out(Arm(name, subject, at) if at else Disarm(name, subject))


def _first(w: Work, incident: Incident, name: str, row: Nudge) -> datetime | None:
    """When it is asked for next. What counts from another moment than this one goes on counting from there."""
    wait = row.after(w, incident)
    if not wait:
        return None
    since = row.since(w, incident) if incident.declared_at < w.now else None  # nothing has happened before it began
    due = since + wait + _given(w, incident, name, row) * (row.every or timedelta(0)) if since else w.now
    return due if due > w.now else w.now + wait


def timers(nudges: Nudges) -> Timers:
    """A kind of timer for each of them."""
    return {name: TimerKind(_lock, partial(_due, name, row)) for name, row in nudges.items()}


def snooze(w: Work, incident: Incident, name: str, row: Nudge, by: timedelta) -> None:
    """Puts it off, counted from now. Raises NotOpen."""
    lifecycle.require_open(incident, incidents.ref(w, incident), "a reminder")
    fact = NudgeSnoozed(nudge=name, message=row.message, until=w.now + by)
    w.record([fact], incident=incident)


def _subject(incident: Incident) -> str:
    return f"incident:{incident.number}"


def _lock(w: Work, number: int) -> None:
    w.lock(Incident, number)


def _due(name: str, row: Nudge, w: Work, number: int, due_at: datetime) -> None:
    """Says it, waits until it really falls due, or ends it. What happened meanwhile is asked for only now, so that
    nothing else has to know of reminders."""
    incident = incidents.find(w, number)
    if not lifecycle.is_open(incident):
        return
    if later := holding.asked_at(incident, w.now):
        w.carry_out(Arm(name, _subject(incident), later))
        return
    wait = row.after(w, incident)
    if not wait or not row.wanted(w, incident):
        return
    since = row.since(w, incident)
    if since and since + wait > w.now:
        w.carry_out(Arm(name, _subject(incident), since + wait))
        return
    n = _given(w, incident, name, row) + 1
    if n > row.at_most:
        return
    person, last = row.to(w, incident), n == row.at_most
    said = NudgeGiven(nudge=name, person=person, message=row.message, n=n, last=last)
    w.record([row.fact(w, incident, person) if row.fact else said], incident=incident)
    if row.every and not last:
        w.carry_out(Arm(name, _subject(incident), w.now + row.every))


def _given(w: Work, incident: Incident, name: str, row: Nudge) -> int:
    """How often it was said about this incident since it started anew."""
    said, asked = 0, [*_GIVEN, *stored_names(row.starts), *(_ROLES if row.role else ())]
    for entry in incident_queries.facts(w.session, _subject(incident), asked):
        body = json.loads(entry.body)
        if entry.fact in _GIVEN:
            said += body["nudge"] == name
        elif entry.fact not in _ROLES or body["role"] == row.role:
            said = 0
    return said
