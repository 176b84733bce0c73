"""Use cases of requests: somebody asks to be replaced, or one person to swap; somebody takes it, or nobody does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from bot.domain.core import people
from bot.domain.core.effect import Arm
from bot.domain.core.eligibility import Task
from bot.domain.schedules import cover_requests, days, effects
from bot.domain.schedules import overrides as rules
from bot.domain.schedules.errors import (
    AskedAlready,
    NoSuchCover,
    NotAskedOfYou,
    NotOnCallThen,
    NotYourCover,
    OwnCover,
    PersonIsGone,
)
from bot.domain.schedules.facts import (
    CoverAsked,
    CoverDeclined,
    CoverStillOpen,
    CoverTaken,
    CoverUntaken,
    CoverWithdrawn,
)
from bot.domain.schedules.owner import owner
from bot.services.core.answer import Answer
from bot.services.schedules import history, overrides, stale_requests
from bot.services.schedules.overrides import Wanted
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import CoverRequest, CoverState
from storage.queries import schedules as schedule_queries


@dataclass(frozen=True)
class Window:
    """What somebody asks to be covered for."""

    schedule: str
    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True)
class Offer:
    """A swap: shifts in [start, end) for those of `partner` in [back_start, back_end)."""

    schedule: str
    start: datetime
    end: datetime
    partner: str
    back_start: datetime
    back_end: datetime
    note: str = ""


# asking


def ask(w: Work, what: Window) -> Answer:
    """Asks the schedule's team for cover. Nothing changes until somebody takes it. Raises DomainError."""
    history.hold(w)
    schedule = overrides.key_of(w.catalog, what.schedule)
    zone = w.catalog.schedules[schedule].zone
    rules.require_window(what.start, what.end, w.now, zone)
    start = max(what.start, w.now)
    me = rules.named(w.actor.who, w.catalog)
    if not history.read(w).stretches(schedule, me, start, what.end):
        raise NotOnCallThen(person=people.display_name(me, w.catalog), schedule=schedule, what="cover",
                            when=days.when(start, what.end, zone))  # fmt: skip
    row = CoverRequest(schedule=schedule, person=w.actor.who, start=start, end=what.end,
                       note=what.note.strip()[:500], asked_at=w.now)  # fmt: skip
    return Answer("cover_asked", values=_values(_asked(w, row)))


def offer(w: Work, what: Offer) -> Answer:
    """Asks one person to swap shifts. Nothing changes until they accept. Raises DomainError."""
    history.hold(w)
    schedule = overrides.key_of(w.catalog, what.schedule)
    zone = w.catalog.schedules[schedule].zone
    for start, end in ((what.start, what.end), (what.back_start, what.back_end)):
        rules.require_window(start, end, w.now, zone)
    me, other = rules.named(w.actor.who, w.catalog), overrides.person_of(w.catalog, what.partner)
    if why := rules.absent(other, w.catalog, schedule_queries.gone(w.session)):
        raise PersonIsGone(person=people.display_name(other, w.catalog), why=f"the person {why}")
    eligibility.require(w, other, Task.COVER)
    gives, takes = (max(what.start, w.now), what.end), (max(what.back_start, w.now), what.back_end)
    made = cover_requests.swap(history.read(w), schedule, me, other, gives, takes)
    row = CoverRequest(schedule=schedule, person=w.actor.who, start=made.gives[0][0], end=made.gives[-1][1],
                       note=what.note.strip()[:500], asked_at=w.now,
                       partner=people.slack_id(other, w.catalog) or other,
                       gives=cover_requests.kept(made.gives), takes=cover_requests.kept(made.takes))  # fmt: skip
    return Answer("swap_asked", values=_values(_asked(w, row)))


def _asked(w: Work, row: CoverRequest) -> CoverRequest:
    _refuse_a_second(w, row)
    w.session.add(row)
    w.session.flush()
    number = row.id or 0
    fact = CoverAsked(cover=number, schedule=row.schedule, person=row.person, start=row.start, end=row.end,
                      note=row.note, partner=row.partner, takes=row.takes)  # fmt: skip
    w.record([fact], schedule=row.schedule)
    _arm(w, row)
    return row


def _refuse_a_second(w: Work, row: CoverRequest) -> None:
    """One request for the same time; a swap may be offered to several people, and the first to accept has it."""
    query = select(CoverRequest).where(
        CoverRequest.state == CoverState.OPEN,
        CoverRequest.schedule == row.schedule,
        CoverRequest.person == row.person,
        CoverRequest.start < row.end,
        CoverRequest.end > row.start,
        CoverRequest.partner == row.partner,
    )
    if known := w.session.exec(query.order_by(col(CoverRequest.id)).limit(1)).first():
        raise AskedAlready(number=known.id)


def _arm(w: Work, row: CoverRequest) -> None:
    w.carry_out(Arm("cover", f"cover:{row.id}", cover_requests.next_moment(row, w.now)))


# answering


def take(w: Work, number: int) -> Answer:
    """Whoever presses takes over, from now or from the beginning; a swap changes both shifts, or none.

    What is no longer open, or no longer so, says what became of it.
    """
    row = _locked(w, number)
    if row.state == CoverState.OPEN:
        _require_taker(w, row)
        plan = history.read(w)
        if not stale_requests.end_if_stale(w, plan, row):
            spans = (
                cover_requests.to_cover(plan, row, w.now)
                if row.partner is None
                else cover_requests.read(row.gives, w.now)
            )
            return _taken(w, row, spans)
    return _settled(w, row)


def _require_taker(w: Work, row: CoverRequest) -> None:
    if row.person == w.actor.who:
        raise OwnCover
    if row.partner not in (None, w.actor.who):
        raise NotAskedOfYou(person=people.display_name(row.partner or "", w.catalog))


def _taken(w: Work, row: CoverRequest, spans: list[cover_requests.Span]) -> Answer:
    row.state, row.taken_by, row.settled_at = CoverState.TAKEN, w.actor.who, w.now
    for given, who, other in (
        (spans, row.person, w.actor.who),
        (cover_requests.read(row.takes, w.now), w.actor.who, row.person),
    ):
        for start, end in given:
            overrides.add(w, Wanted(row.schedule, "replace", start, end, who, other, note=row.note), cover=row.id)
    fact = CoverTaken(cover=row.id or 0, schedule=row.schedule, person=row.person, by=w.actor.who, partner=row.partner)
    w.record([fact], schedule=row.schedule)
    return Answer("cover_taken", values=_values(row))


def decline(w: Work, number: int) -> Answer:
    """Whoever was asked to swap does not want to. Raises NotAskedOfYou."""
    row = _locked(w, number)
    if row.state != CoverState.OPEN:
        return _settled(w, row)
    if row.partner != w.actor.who:
        raise NotAskedOfYou(person=people.display_name(row.partner or "anyone", w.catalog))
    row.state, row.settled_at = CoverState.DECLINED, w.now
    fact = CoverDeclined(cover=number, schedule=row.schedule, person=row.person, by=w.actor.who)
    w.record([fact], schedule=row.schedule)
    return Answer("cover_settled", values=_values(row))


def withdraw(w: Work, number: int) -> Answer:
    """Whoever asked needs it no more; admins may take any request back. Raises NotYourCover."""
    row = _locked(w, number)
    if row.state != CoverState.OPEN:
        return _settled(w, row)
    mine = row.person == w.actor.who
    known = w.catalog.person_by_slack(w.actor.who) or w.catalog.people.get(w.actor.who)
    if not mine and not w.catalog.is_admin(known):
        raise NotYourCover(person=people.display_name(row.person, w.catalog))
    row.state, row.settled_at = CoverState.CANCELLED, w.now
    fact = CoverWithdrawn(cover=number, schedule=row.schedule, person=row.person, by=w.actor.who)
    w.record([fact], schedule=row.schedule)
    return Answer("cover_withdrawn", values=_values(row))


# the clock, and Slack's answers


def due(w: Work, number: int) -> None:
    """Its time comes nearer, or begins, with nobody who takes it: that is said. Its time is over: so is the request."""
    row = lock(w, number)
    if row is None or row.state != CoverState.OPEN or stale_requests.end_if_stale(w, history.read(w), row):
        return
    facts: dict[str, Any] = {"cover": number, "schedule": row.schedule, "person": row.person}
    if cover_requests.step(row, w.now) == "begun":
        w.record([CoverUntaken(**facts)], schedule=row.schedule)
    else:
        left = cover_requests.left(row, w.now)
        told = owner(w.catalog, row.schedule, row.person) if left == 0 and row.partner is None else None
        w.record([CoverStillOpen(**facts, left=left, partner=row.partner, owner=told)], schedule=row.schedule)
    _arm(w, row)


def not_posted(w: Work, number: int, elsewhere: bool) -> None:
    """The schedule's channel refused the request: the incidents channel gets it, or else whoever asked is told.

    A swap is asked of one person, and said nowhere else.
    """
    row = w.session.get_one(CoverRequest, number)
    if elsewhere or row.partner is not None:
        w.carry_out(effects.not_posted(number, row.person))
    else:
        w.carry_out(effects.ask(number, w.catalog.incidents_channel))


def lock(w: Work, number: int) -> CoverRequest | None:
    """A request, after the rota: an override locks in this order too, and then the schedule's journal."""
    history.hold(w)
    return w.lock(CoverRequest, number)


def _locked(w: Work, number: int) -> CoverRequest:
    row = lock(w, number)
    if row is None:
        raise NoSuchCover(number=number)
    return row


def _settled(w: Work, row: CoverRequest) -> Answer:
    """A stale press changes nothing; the message is drawn as it stands."""
    w.carry_out(effects.redraw(row.id or 0))
    return Answer("cover_settled", values=_values(row))


def _values(row: CoverRequest) -> dict[str, Any]:
    return {
        "cover": row.id,
        "schedule": row.schedule,
        "person": row.person,
        "by": row.taken_by,
        "state": row.state,
        "partner": row.partner,
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "gives": row.gives,
        "takes": row.takes,
    }
