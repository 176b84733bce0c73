"""Who is on call as time goes by: history is written down as it happens, and people hear of their shifts.

One timer follows all schedules. It is due whenever anybody's shift begins or ends or is to be announced, so that what
lies before it is certain; after a downtime the boundaries that were passed are made good, with their own times.
"""

from collections.abc import Container
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.domain.core.effect import Arm
from bot.domain.core.people import TOCSIN, slack_id
from bot.domain.schedules import effects, overrides
from bot.domain.schedules.facts import OnCallChanged
from bot.domain.schedules.rota import Rota, stretches
from bot.services.core import settings
from bot.services.core.clockwork import Sweep, Sweeps
from bot.services.schedules import edits
from bot.work import Work, WorkFactory
from storage import timers
from storage.models import OnCallPeriod, Timer
from storage.queries import schedules as schedule_queries

KIND, SUBJECT = "rota", "rota:0"
DIGEST = "oncall.digest"
HORIZON = timedelta(days=8)
REST = timedelta(hours=24)
"""Who was off for less than this is not reminded: it is the same duty going on."""
STALE = timedelta(hours=12)
LONG = timedelta(days=62)
SECOND = timedelta(seconds=1)


def read(w: Work, since: datetime | None = None) -> Rota:
    """The rota from `since` (None: now) on."""
    return overrides.rota_of(w.catalog, *schedule_queries.overrides(w.session, since or w.now))


def sweep(desk: WorkFactory) -> None:
    """Begins to follow the schedules, or follows a changed configuration; cheap when there is nothing to do.

    Each process takes up a configuration once. One that still has the former file, while its twin has read the new
    one, leaves the schedules to that.
    """
    digest = desk.catalog.digest
    with desk.read() as session:
        known = desk.followed == digest or (
            settings.setting(session, DIGEST) == digest and settings.setting(session, edits.TOLD) is not None
        )
        armed = session.get(Timer, (KIND, SUBJECT)) is not None
    if not (known and armed):
        with desk.work(TOCSIN) as w:
            digest = w.catalog.digest
            _take_up(w)
    desk.followed = digest


def is_behind(desk: WorkFactory) -> bool:
    """Whether another process has taken up another configuration since this one did: what is kept follows that one.

    Without this, two processes with different files would undo each other's work in turn.
    """
    digest = desk.catalog.digest
    if desk.followed != digest:
        return False
    with desk.read() as session:
        return bool(settings.setting(session, DIGEST) != digest)


def _take_up(w: Work) -> None:
    """Whoever hears how their shifts moved is not told besides that one has begun."""
    timer = _timer(w)
    told = edits.take_up(w)
    if timer is not None:
        follow(w, min(timer.due_at, w.now), told=told)
    settle(w)
    settings.set_setting(w, DIGEST, w.catalog.digest)


def hold(w: Work) -> None:
    """The first thing of whatever changes the rota: one change after the other, with everything before it written."""
    timer = _timer(w)
    if timer is not None and timer.due_at <= w.now:
        follow(w, timer.due_at)


def _timer(w: Work) -> Timer | None:
    """Held until the transaction ends; None when there was nothing to hold yet."""
    timer = w.lock(Timer, (KIND, SUBJECT))
    if timer is None:  # of two replicas, one makes it and the other waits
        timers.write(w.session, {(KIND, SUBJECT): w.now})
    return timer


def settle(w: Work) -> None:
    """The last thing of it. Whoever is affected hears of it from what has changed the rota, not from here."""
    follow(w, w.now, quiet=True)


def follow(w: Work, certain: datetime, *, quiet: bool = False, told: Container[str] = ()) -> None:
    """Brings the history up to now, tells people, and arms the timer anew. What lies before `certain` is written.

    `quiet`: nobody hears of it from here; `told`: these people have heard already.
    """
    now, certain = w.now.replace(microsecond=0), certain.replace(microsecond=0)
    rota = read(w, certain - REST)
    for name in w.catalog.schedules:
        _write(w, rota, name, certain, now)
    _close_the_rest(w, now)
    moments = [now + HORIZON - timedelta(days=1)]
    for name in w.catalog.schedules:
        shifts = rota.shifts(name, certain - REST, now + HORIZON)
        for person in dict.fromkeys(who for shift in shifts for who in shift.people):
            spans = stretches(shifts, person)
            if not quiet and person not in told:
                _tell(w, rota, name, person, spans, certain, now)
            moments += _moments(w, spans, now)
    if w.catalog.schedules:
        w.carry_out(Arm(KIND, SUBJECT, min(moments)))


def _write(w: Work, rota: Rota, name: str, certain: datetime, now: datetime) -> None:
    last = _open_period(w, name)
    if last is None:
        _begin(w, name, [], rota.on_call(name, now).people, now)
        return
    for shift in rota.shifts(name, max(certain, last.start), now + SECOND):
        if list(shift.people) != last.people:
            last = _change(w, last, shift.people, shift.start)


def _change(w: Work, last: OnCallPeriod, people: tuple[str, ...], since: datetime) -> OnCallPeriod:
    before = list(last.people)
    if since > last.start:
        last.end = since
        w.session.flush()  # the open row makes room for the next
        return _begin(w, last.schedule, before, people, since)
    last.people = list(people)
    w.record([_fact(w, last.schedule, before, people, since)], schedule=last.schedule)
    return last


def _begin(w: Work, name: str, before: list[str], people: tuple[str, ...], since: datetime) -> OnCallPeriod:
    period = OnCallPeriod(schedule=name, people=list(people), start=since)
    w.session.add(period)
    w.record([_fact(w, name, before, people, since)], schedule=name)
    return period


def _fact(w: Work, name: str, before: list[str], people: tuple[str, ...], since: datetime) -> OnCallChanged:
    old, new = ([slack_id(who, w.catalog) or who for who in some] for some in (before, people))
    return OnCallChanged(schedule=name, people=new, before=old, since=since)


def _open_period(w: Work, name: str) -> OnCallPeriod | None:
    query = select(OnCallPeriod).where(OnCallPeriod.schedule == name, col(OnCallPeriod.end).is_(None))
    return w.session.exec(query).first()


def _close_the_rest(w: Work, now: datetime) -> None:
    """Nobody is on call any more for a schedule that was taken out of the configuration."""
    for period in w.session.exec(select(OnCallPeriod).where(col(OnCallPeriod.end).is_(None))).all():
        if period.schedule not in w.catalog.schedules:
            period.end = now
            w.record([_fact(w, period.schedule, list(period.people), (), now)], schedule=period.schedule)


def _moments(w: Work, spans: list[tuple[datetime, datetime]], now: datetime) -> list[datetime]:
    """What is to come: beginnings, ends, and the reminders before a beginning."""
    early = [start - span for start, _ in spans for span in w.catalog.notifications.shifts.reminders]
    return [at for at in (*(at for span in spans for at in span), *early) if at > now]


def _tell(
    w: Work,
    rota: Rota,
    name: str,
    person: str,
    spans: list[tuple[datetime, datetime]],
    certain: datetime,
    now: datetime,
) -> None:
    """What happened to one person between `certain` and now: a shift began, ended, or is near."""
    wanted = w.catalog.notifications.shifts
    rested = certain - REST
    for start, end in spans:
        opened = start.isoformat()
        if wanted.starts and certain <= start <= now < end:
            until = rota.stretches(name, person, start, start + LONG)[0][1]
            shown = until.isoformat() if until < start + LONG else None
            w.carry_out(effects.shift(person, name, "started", opened, until=shown))
        if wanted.ends and certain <= end <= now < end + STALE:
            after = [who for who in rota.on_call(name, now).people if who != person]
            w.carry_out(effects.shift(person, name, "ended", end.isoformat(), people=after))
        near = [span for span in wanted.reminders if certain <= start - span <= now < start]
        if near and start - rested >= REST:
            nearest = min(near)
            hours = nearest.total_seconds() / 3600  # each reminder is one message
            w.carry_out(effects.shift(person, name, f"soon:{hours:g}", opened))
        rested = end


SWEEPS: Sweeps = {"rota": Sweep(timedelta(seconds=2), sweep)}
