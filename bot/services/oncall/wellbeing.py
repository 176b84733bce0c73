"""What goes on around turns by itself: rest after a night of pages, checklists before a turn, the user groups."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.people import TOCSIN, slack_id
from bot.domain.oncall import effects
from bot.domain.oncall.after_hours import night_end
from bot.domain.oncall.facts import RecoverySuggested
from bot.domain.schedules import overrides
from bot.domain.schedules.owner import owner
from bot.domain.schedules.rota import Rota
from bot.services.core.clockwork import Sweep, Sweeps
from bot.services.oncall import group_members, health
from bot.services.oncall.health import Looked
from bot.services.schedules import history
from bot.work import WorkFactory
from storage import outbox
from storage.queries import schedules as schedule_queries

DAY = timedelta(days=1)


def sweep(desk: WorkFactory) -> None:
    """Owes what is due and was not owed before; asked again it finds nothing."""
    now = desk.clock.now()
    with desk.read() as session:
        nights = _nights(session, desk.catalog, now)
        soon = _soon(session, desk.catalog, now)
        groups = group_members.wanted(session, desk.catalog, now)
    if not (nights or soon or groups) or history.is_behind(desk):
        return
    with desk.work(TOCSIN) as w:
        for fact in nights:
            if outbox.by_key(w.session, _told(fact)) is None:
                w.record([fact], schedule=fact.schedule)
        for who, schedule, start in soon:
            w.carry_out(effects.wellness(who, schedule, "before", start))
        for name, one in groups.items():
            group_members.follow(w, name, one)


def _told(fact: RecoverySuggested) -> str:
    return f"dm:{effects.recovery_key(fact.person, fact.until.isoformat())}"


def _nights(session: Session, catalog: Catalog, now: datetime) -> list[RecoverySuggested]:
    """Who was paged in a night that is over since less than a day, once per night."""
    if not catalog.on_call.recovery:
        return []
    nights: dict[tuple[str, datetime], list[datetime]] = defaultdict(list)
    for one in health.interruptions(Looked(session, catalog, now - 2 * DAY, now, now)):
        ended = night_end(catalog.on_call.night, health.zone_of(catalog, one.person), one.at)
        if ended is not None and ended <= now < ended + DAY:
            nights[one.person, ended].append(one.at)
    rota = overrides.rota_of(catalog, *schedule_queries.overrides(session, now - 2 * DAY))
    facts = [_suggested(catalog, rota, who, ended, pages) for (who, ended), pages in nights.items()]
    return [fact for fact in facts if outbox.by_key(session, _told(fact)) is None]


def _suggested(catalog: Catalog, rota: Rota, who: str, ended: datetime, pages: list[datetime]) -> RecoverySuggested:
    schedule = next((name for name in catalog.schedules if who in rota.on_call(name, pages[0]).people), "")
    return RecoverySuggested(
        person=slack_id(who, catalog) or who,
        schedule=schedule,
        pages=len(pages),
        until=ended,
        owner=owner(catalog, schedule, who),
    )


def _soon(session: Session, catalog: Catalog, now: datetime) -> list[tuple[str, str, str]]:
    """(person, schedule, start) of the turns that begin within a day, for the checklist before them."""
    chosen = catalog.on_call.wellness
    if not (chosen.enabled and chosen.before):
        return []
    rota = overrides.rota_of(catalog, *schedule_queries.overrides(session, now))
    found = []
    for name in catalog.schedules:
        current = rota.on_call(name, now)
        if current.until is None or current.until > now + DAY:
            continue
        for who in rota.on_call(name, current.until).people:
            start = current.until.isoformat()
            key = f"dm:{effects.wellness_key(who, name, 'before', start)}"
            if who not in current.people and outbox.by_key(session, key) is None:
                found.append((who, name, start))
    return found


SWEEPS: Sweeps = {"nights, checklists and user groups": Sweep(timedelta(minutes=1), sweep)}
