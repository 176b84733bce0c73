"""`/oncall` for programs: who is on call, one's own shifts, the hand-off note, the figures; nothing changes."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.catalog import Catalog, Schedule
from bot.domain.core import people
from bot.domain.core.errors import DomainError
from bot.domain.core.people import Actor
from bot.domain.incidents.lifecycle import titled
from bot.domain.oncall.report import health_json
from bot.domain.schedules import overrides as override_rules
from bot.domain.schedules import report
from bot.domain.schedules.rota import Rota
from bot.services.oncall import health as health_service
from bot.services.oncall import shift_handoff
from bot.services.oncall.health import WEEK, Looked
from bot.services.schedules import overrides as override_service
from bot.work import WorkFactory
from handlers import verb_body
from handlers.verb_body import BadRequest, OutOfRange
from handlers.web import rest_verbs
from handlers.web.schedules import api
from handlers.web.serializers import Json
from storage.queries import schedules as schedule_queries

MOST_WEEKS = 520
LONGEST = timedelta(days=3660)
TABLE = timedelta(days=14)


class NoSchedule(DomainError):
    """No schedule is configured yet."""


class OnCallReads:
    """`read` raises DomainError, NoSuchVerb or BadRequest."""

    def __init__(self, desk: WorkFactory) -> None:
        self._desk = desk

    def read(self, verb: str, who: Actor, asked: Mapping[str, Any]) -> Any:
        """One verb of `/oncall` that changes nothing, by any of its words; `asked` is what its fields were given."""
        known = rest_verbs.of("oncall", verb)
        if known.name not in READS:
            raise rest_verbs.NoSuchVerb(f"`{known.name}` changes something: use POST.")
        for field in known.told("rest"):
            if field.required and not asked.get(field.name):
                raise BadRequest(f'the field "{field.name}" is missing')
        with self._desk.read() as session:
            return READS[known.name](Look(session, self._desk.catalog, self._desk.clock.now(), who, asked))


class Look:
    """One request: where to read, when, for whom, and what was asked."""

    def __init__(self, session: Session, catalog: Catalog, now: datetime, who: Actor, asked: Mapping[str, Any]) -> None:
        self.session, self.catalog, self.now, self.who, self.asked = session, catalog, now, who, asked

    def rota(self, since: datetime | None = None) -> Rota:
        return override_rules.rota_of(self.catalog, *schedule_queries.overrides(self.session, since or self.now))

    def schedules(self) -> list[Schedule]:
        """The one that was named, else all. Raises UnknownSchedule."""
        name = self.asked.get("schedule")
        if not name:
            return list(self.catalog.schedules.values())
        return [self.catalog.schedules[override_service.key_of(self.catalog, name)]]

    def one(self) -> Schedule:
        """The one that was named, else the first. Raises UnknownSchedule and NoSchedule."""
        found = self.schedules()
        if not found:
            raise NoSchedule()
        return found[0]

    def window(self, zone: Any) -> tuple[datetime, datetime]:
        """Four weeks from now, unless a window is asked for. Raises BadRequest."""
        start = self.moment("since", zone) or self.now
        end = self.moment("until", zone) or start + report.AHEAD
        if end <= start:
            raise BadRequest("the window ends before it begins")
        if end - start > LONGEST:
            raise BadRequest("the window is longer than ten years")
        return start, end

    def moment(self, name: str, zone: Any) -> datetime | None:
        """ISO 8601, local to `zone` without an offset. Raises BadRequest."""
        text = self.asked.get(name)
        try:
            at = verb_body.in_reach(datetime.fromisoformat(text)) if text else None
        except ValueError:
            raise BadRequest(f'{name}: "{str(text)[:40]}" is not a time: write it as 2026-11-02T09:00+01:00') from None
        return at.replace(tzinfo=zone) if at and at.tzinfo is None else at


def _who(look: Look) -> list[Json]:
    rows = [(one, look.moment("at", one.zone) or look.now) for one in look.schedules()]
    rota = look.rota(min((at for _, at in rows), default=look.now))
    return [report.who_json(one, at, rota.on_call(one.key, at)) for one, at in rows]


def _me(look: Look) -> list[Json]:
    person = people.identify(look.who.who, look.catalog)
    names = list(dict.fromkeys([override_rules.named(person, look.catalog), person]))
    return report.mine_json(look.schedules(), look.rota(), names, look.now)


def _next(look: Look) -> list[Json]:
    rota = look.rota()
    return [report.next_json(one, rota, look.now) for one in look.schedules()]


def _schedule(look: Look) -> Json:
    one, now = look.one(), look.now.isoformat()
    coming = [
        row for row in api.all_overrides(look.session, look.catalog, look.now)
        if row["schedule"] == one.key and row["cancelled_at"] is None and row["end"] > now
    ]  # fmt: skip
    shifts = look.rota().shifts(one.key, look.now, look.now + TABLE)
    plan = report.shifts_json(one, shifts)
    return {"schedule": one.key, "zone": one.zone.key, "shifts": plan, "overrides": coming}


def _shifts(look: Look) -> list[Json]:
    one = look.one()
    start, end = look.window(one.zone)
    return report.shifts_json(one, look.rota(start).shifts(one.key, start, end))


def _gaps(look: Look) -> list[Json]:
    found: list[Json] = []
    for one in look.schedules():
        start, end = look.window(one.zone)
        found += report.gaps_json(one, look.rota(start).gaps(one.key, start, end))
    return found


def _handoff(look: Look) -> Json:
    return handoff(look.session, look.catalog, look.one().key, look.now)


def handoff(session: Session, catalog: Catalog, schedule: str, now: datetime) -> Json:
    """The hand-off note of a schedule as plain values. Private incidents are left out, as in Slack."""
    row = shift_handoff.draft(session, catalog, schedule, now)
    handed = shift_handoff.gather(session, catalog, row, now)
    return {
        "schedule": schedule,
        "outgoing": list(row.outgoing),
        "incoming": list(row.incoming),
        "since": row.since.isoformat(),
        "start": row.start.isoformat(),
        "open": [_brief(catalog, one) for one in handed.open],
        "ended": [_brief(catalog, one) for one in handed.ended],
        "pages": {"total": handed.paged.total, "after_hours": handed.paged.after_hours,
                  "false_alarms": handed.paged.false_alarms},
        "words": row.words or None,
        "taken_by": row.taken_by,
    }  # fmt: skip


def _brief(catalog: Catalog, row: Any) -> Json:
    label = catalog.severity_label(row.severity)
    return {"ref": catalog.reference(row.number), "severity_label": label, "status": row.status, "title": titled(row)}


def _health(look: Look) -> Json:
    weeks = int(look.asked.get("weeks") or 4)
    if not 1 <= weeks <= MOST_WEEKS:
        raise OutOfRange(f"weeks: a number from 1 to {MOST_WEEKS}")
    name = look.one().key if look.asked.get("schedule") else None
    at = Looked(look.session, look.catalog, look.now - weeks * WEEK, look.now, look.now)
    return health_json(health_service.measure(at, name))


READS: dict[str, Callable[[Look], Any]] = {
    "who": _who, "me": _me, "next": _next, "schedule": _schedule, "shifts": _shifts, "gaps": _gaps,
    "handoff": _handoff, "health": _health,
}  # fmt: skip
