"""Reads of life on call: the figures of health, and what everybody served, from records and the rota."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.oncall import compensation, survey
from bot.domain.oncall.after_hours import after_hours
from bot.domain.oncall.compensation import Served
from bot.domain.oncall.health import Health, Interruption, Measured, health
from bot.domain.oncall.survey import SurveyAnswer, Turns
from bot.domain.schedules import overrides
from bot.domain.schedules.rota import Rota
from storage.models import IncidentStatus
from storage.queries import incidents as incident_queries
from storage.queries import oncall
from storage.queries import schedules as schedule_queries

WEEK = timedelta(days=7)
Spans = list[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Looked:
    """The window of a report, and what to read it from. `now` ends what has not ended yet."""

    session: Session
    catalog: Catalog
    start: datetime
    end: datetime
    now: datetime


def zone_of(catalog: Catalog, person: str) -> ZoneInfo:
    """Where somebody lives; the installation's zone for people of whom that is not known."""
    return ZoneInfo(catalog.timezone(catalog.people.get(person) or catalog.person_by_slack(person)))


def interruptions(at: Looked) -> list[Interruption]:
    """One per person and incident: whoever is asked three times about the same trouble was interrupted by one.

    An incident that was merged is the trouble of the one in which it goes on, and doesn't count beside it.
    """
    found: dict[tuple[str, int], Interruption] = {}
    for row in oncall.asked(at.session, at.start, at.end):
        incident = incident_queries.going_on(at.session, row.incident)
        person, number = overrides.named(row.person, at.catalog), incident.number or 0
        if (person, number) in found:
            continue
        found[person, number] = Interruption(
            person=person,
            at=row.at,
            incident=number,
            service=incident.service,
            false_alarm=incident.status == IncidentStatus.CANCELLED,
            lasted=(oncall.ended(incident) or at.now) - incident.declared_at,
        )
    return list(found.values())


def measure(at: Looked, schedule: str | None = None) -> Health:
    """On-call health of everybody, or of those on call for one schedule within the window."""
    spans = on_call(at, schedule)
    pages = [one for one in interruptions(at) if schedule is None or one.person in spans]
    hours = {who: compensation.hours(_length(own)) for who, own in spans.items()}
    people = {*hours, *(one.person for one in pages)}
    zones = {who: zone_of(at.catalog, who) for who in people}
    weeks = max(Decimal(1), Decimal(int((at.end - at.start).total_seconds())) / int(WEEK.total_seconds()))
    found = health(pages, weeks, Measured(at.catalog.on_call, at.catalog.business_hours, zones, hours))
    felt = _felt(at, schedule)
    return replace(found, turns=felt, improvements=(*found.improvements, *survey.improvements(felt)))


def _felt(at: Looked, schedule: str | None) -> tuple[Turns, ...]:
    """What those say whose turns ended within the window."""
    rows = [row for row in oncall.rated(at.session, at.start, at.end) if schedule in (None, row[0].schedule)]
    surveyed = at.catalog.on_call.handoff.survey
    asked = [note.schedule for note, ratings in rows for _ in (note.outgoing if surveyed else ratings)]
    said = [SurveyAnswer(note.schedule, one.score, one.words, one.at) for note, ratings in rows for one in ratings]
    return survey.turns(asked, said)


def on_call(at: Looked, schedule: str | None = None) -> dict[str, Spans]:
    """When everybody was on call within the window: as it was recorded, and as planned where nothing was."""
    rota = overrides.rota_of(at.catalog, *schedule_queries.overrides(at.session, at.start))
    found: dict[str, Spans] = defaultdict(list)
    for name in [schedule] if schedule else list(at.catalog.schedules):
        for who, start, end in [*_recorded(at, name), *_planned(at, name, rota)]:
            found[who].append((start, end))
    return {who: compensation.merged(spans) for who, spans in found.items()}


def _recorded(at: Looked, schedule: str) -> Iterable[tuple[str, datetime, datetime]]:
    for row in oncall.recorded(at.session, at.start, min(at.end, at.now)):
        if row.schedule == schedule:
            start, end = max(row.start, at.start), min(row.end or at.now, at.end)
            yield from ((who, start, end) for who in row.people if start < end)


def _planned(at: Looked, schedule: str, rota: Rota) -> Iterable[tuple[str, datetime, datetime]]:
    """Before the first record, and from now on."""
    rows = [row for row in oncall.recorded(at.session, at.start, min(at.end, at.now)) if row.schedule == schedule]
    first = min((row.start for row in rows), default=at.end)
    for start, end in ((at.start, min(first, at.end)), (max(at.now, at.start, first), at.end)):
        if start < end:
            for shift in rota.shifts(schedule, start, end):
                yield from ((who, shift.start, shift.end) for who in shift.people)


def served(at: Looked) -> list[Served]:
    """What everybody did within the window, by name: days on call, and the incidents they took on."""
    spans, handled = on_call(at), _handled(at)
    return [_served(at, who, spans.get(who, []), handled.get(who, [])) for who in sorted({*spans, *handled})]


def _served(at: Looked, who: str, spans: Spans, handled: Spans) -> Served:
    zone = zone_of(at.catalog, who)
    late = (after_hours(at.catalog.business_hours, zone, *span) for span in compensation.merged(handled))
    return Served(
        person=who,
        days=compensation.days(spans, zone),
        after_hours=compensation.hours(sum(late, timedelta(0))),
        incident_hours=tuple(compensation.hours(end - start) for start, end in handled),
    )


def _handled(at: Looked) -> dict[str, Spans]:
    """From the acknowledgement to the end of each incident, clipped to the window; each incident once a person."""
    found: dict[str, dict[int, tuple[datetime, datetime]]] = defaultdict(dict)
    for row in oncall.taken(at.session, at.start, at.end):
        who = overrides.named(row.person, at.catalog)
        start, end = max(row.at, at.start), min(oncall.ended(row.incident) or at.now, at.end)
        if start <= end:
            found[who].setdefault(row.incident.number or 0, (start, end))
    return {who: list(spans.values()) for who, spans in found.items()}


def _length(spans: Spans) -> timedelta:
    return sum((end - start for start, end in spans), timedelta(0))
