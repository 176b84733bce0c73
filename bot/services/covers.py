"""Use cases of cover requests: somebody asks to be replaced, somebody else takes it, or nobody does."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from bot.domain import effects_schedule, people
from bot.domain import override as rules
from bot.domain.effect import Arm
from bot.domain.errors_schedule import AskedAlready, NoSuchCover, NotOnCallThen, NotYourCover, OwnCover
from bot.domain.facts import CoverAsked, CoverExpired, CoverTaken, CoverUntaken, CoverWithdrawn
from bot.services import rota, schedules
from bot.services.answer import Answer
from bot.services.schedules import Wanted
from bot.work import Work
from storage.models import CoverRequest


@dataclass(frozen=True)
class Window:
    """What somebody asks to be covered for."""

    schedule: str
    start: datetime
    end: datetime
    note: str = ""


def ask(w: Work, what: Window) -> Answer:
    """Asks the schedule's team for cover. Nothing changes until somebody takes it. Raises DomainError."""
    schedule = schedules.key_of(w.catalog, what.schedule)
    zone = w.catalog.schedules[schedule].zone
    rules.require_window(what.start, what.end, w.now, zone)
    start = max(what.start, w.now)
    me = rules.named(w.actor.who, w.catalog)
    if not rota.read(w).stretches(schedule, me, start, what.end):
        raise NotOnCallThen(person=people.display_name(me, w.catalog), schedule=schedule, what="cover",
                            start=rules.told(start, zone), end=rules.told(what.end, zone))  # fmt: skip
    _refuse_a_second(w, schedule, start, what.end)
    row = CoverRequest(
        schedule=schedule,
        person=w.actor.who,
        start=start,
        end=what.end,
        note=what.note.strip()[:500],
        asked_at=w.now,
    )
    w.session.add(row)
    w.session.flush()
    number = row.id or 0
    fact = CoverAsked(cover=number, schedule=schedule, person=row.person, start=start, end=row.end, note=row.note)
    w.record([fact], schedule=schedule)
    w.carry_out(Arm("cover", f"cover:{number}", start if start > w.now else row.end), schedule)
    return Answer("cover_asked", values=_values(row))


def _refuse_a_second(w: Work, schedule: str, start: datetime, end: datetime) -> None:
    query = select(CoverRequest).where(
        CoverRequest.state == "open",
        CoverRequest.schedule == schedule,
        CoverRequest.person == w.actor.who,
        CoverRequest.start < end,
        CoverRequest.end > start,
    )
    if row := w.session.exec(query.order_by(col(CoverRequest.id)).limit(1)).first():
        raise AskedAlready(number=row.id)


def take(w: Work, number: int) -> Answer:
    """Whoever presses takes over, from now or from the beginning. What is no longer open says what became of it."""
    rota.hold(w)
    row = _locked(w, number)
    if row.state != "open":
        return _settled(w, row)
    if row.person == w.actor.who:
        raise OwnCover
    if row.end <= w.now:
        expire(w, row)
        return _settled(w, row)
    wanted = Wanted(row.schedule, "replace", row.start, row.end, row.person, w.actor.who, note=row.note)
    schedules.add(w, wanted, cover=number)
    row.state, row.taken_by, row.settled_at = "taken", w.actor.who, w.now
    fact = CoverTaken(cover=number, schedule=row.schedule, person=row.person, by=w.actor.who)
    w.record([fact], schedule=row.schedule)
    return Answer("cover_taken", values=_values(row))


def withdraw(w: Work, number: int) -> Answer:
    """Whoever asked needs no cover any more; admins may take any request back. Raises NotYourCover."""
    row = _locked(w, number)
    if row.state != "open":
        return _settled(w, row)
    mine = row.person == w.actor.who
    known = w.catalog.person_by_slack(w.actor.who) or w.catalog.people.get(w.actor.who)
    if not mine and not (known and known.access == "admin"):
        raise NotYourCover(person=people.display_name(row.person, w.catalog))
    row.state, row.settled_at = "cancelled", w.now
    fact = CoverWithdrawn(cover=number, schedule=row.schedule, person=row.person, by=w.actor.who)
    w.record([fact], schedule=row.schedule)
    return Answer("cover_withdrawn", values=_values(row))


def due(w: Work, number: int) -> None:
    """Its time begins with nobody who takes it: whoever asked is told. Its time is over: so is the request."""
    row = w.lock(CoverRequest, number)
    if row is None or row.state != "open":
        return
    if row.end <= w.now:
        expire(w, row)
        return
    w.record([CoverUntaken(cover=number, schedule=row.schedule, person=row.person)], schedule=row.schedule)
    w.carry_out(Arm("cover", f"cover:{number}", row.end), row.schedule)


def expire(w: Work, row: CoverRequest) -> None:
    row.state, row.settled_at = "expired", w.now
    w.record([CoverExpired(cover=row.id or 0, schedule=row.schedule, person=row.person)], schedule=row.schedule)


def not_posted(w: Work, number: int, elsewhere: bool) -> None:
    """The schedule's channel refused the request: the incidents channel gets it, or else whoever asked is told."""
    row = w.session.get_one(CoverRequest, number)
    if elsewhere:
        w.carry_out(effects_schedule.not_posted(number, row.person), row.schedule)
    else:
        w.carry_out(effects_schedule.ask(number, w.catalog.incidents_channel), row.schedule)


def _locked(w: Work, number: int) -> CoverRequest:
    row = w.lock(CoverRequest, number)
    if row is None:
        raise NoSuchCover(number=number)
    return row


def _settled(w: Work, row: CoverRequest) -> Answer:
    """A stale press changes nothing; the message is drawn as it stands."""
    w.carry_out(effects_schedule.redraw(row.id or 0), f"{row.id}:{w.now.timestamp()}")
    return Answer("cover_settled", values={**_values(row), "state": row.state})


def _values(row: CoverRequest) -> dict[str, object]:
    return {
        "cover": row.id,
        "schedule": row.schedule,
        "person": row.person,
        "by": row.taken_by,
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
    }
