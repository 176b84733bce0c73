"""Use cases of handing on: a note when a rotation changes, taking it, adding to it, and saying how the turn was."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.catalog import Catalog
from bot.domain.core.people import TOCSIN, slack_id
from bot.domain.incidents import visibility
from bot.domain.incidents.visibility import ANYBODY
from bot.domain.oncall import effects, shift_handoff
from bot.domain.oncall.after_hours import is_after_hours
from bot.domain.oncall.facts import ShiftHandoffDue
from bot.domain.oncall.shift_handoff import Handed, NoSuchNote, NotYourTurn
from bot.domain.schedules import overrides
from bot.domain.schedules.rota import Rota
from bot.services.core.answer import Answer
from bot.services.core.clockwork import Sweep, Sweeps
from bot.services.oncall import health
from bot.services.oncall.health import Looked
from bot.work import Work, WorkFactory
from storage.models import HandoffNote, HandoffRating, Incident, IncidentStatus, OnCallPeriod, ScheduleOverride
from storage.queries import schedules as schedule_queries

FRESH = timedelta(hours=12)
"""A change that is longer ago is history: a bot that was down, or was just installed, writes no note about it."""
AHEAD = timedelta(days=14)
WEEK = timedelta(days=7)


def sweep(desk: WorkFactory) -> int:
    """Writes the notes that are due; how many. Asked again it finds nothing."""
    with desk.read() as session:
        due = [row.id for row in _changed(session, desk.clock.now() - FRESH)]
    return sum(_write(desk, period) for period in due)


def _changed(session: Session, since: datetime) -> list[OnCallPeriod]:
    """The periods that run now, began lately, and have no note."""
    query = select(OnCallPeriod).where(col(OnCallPeriod.end).is_(None), OnCallPeriod.start > since)
    return [row for row in session.exec(query) if _note_of(session, row.schedule, row.start) is None]


def _note_of(session: Session, schedule: str, start: datetime) -> HandoffNote | None:
    query = select(HandoffNote).where(HandoffNote.schedule == schedule, HandoffNote.start == start)
    return session.exec(query).first()


def _write(desk: WorkFactory, number: int | None) -> bool:
    with desk.work(TOCSIN) as w:
        period = w.lock(OnCallPeriod, number)
        if period is None or period.schedule not in w.catalog.schedules:
            return False
        if _note_of(w.session, period.schedule, period.start) is not None:
            return False  # another replica was first
        before = _before(w.session, period)
        since = shift_handoff.planned_change(Rota(w.catalog), period.schedule, period.start)
        if before is None or since is None:
            return False
        _make(w, period, before, since)
    return True


def _before(session: Session, period: OnCallPeriod) -> OnCallPeriod | None:
    query = select(OnCallPeriod).where(OnCallPeriod.schedule == period.schedule, OnCallPeriod.end == period.start)
    return session.exec(query).first()


def _make(w: Work, period: OnCallPeriod, before: OnCallPeriod, since: datetime) -> None:
    outgoing = [who for who in before.people if who not in period.people]
    incoming = [who for who in period.people if who not in before.people]
    note = HandoffNote(schedule=period.schedule, start=period.start, since=since, outgoing=outgoing, incoming=incoming)
    w.session.add(note)
    w.session.flush()
    chosen, number = w.catalog.on_call, note.id or 0
    if chosen.handoff.note:
        going, coming = ([slack_id(who, w.catalog) or who for who in some] for some in (outgoing, incoming))
        fact = ShiftHandoffDue(note=number, schedule=note.schedule, outgoing=going, incoming=coming, start=note.start)
        w.record([fact], schedule=note.schedule)
    if chosen.handoff.survey:
        for who in outgoing:
            w.carry_out(effects.survey(number, note.schedule, who))
    if chosen.wellness.enabled:
        for when, people in (("during", incoming), ("after", outgoing)):
            for who in people:
                if getattr(chosen.wellness, when):
                    w.carry_out(effects.wellness(who, note.schedule, when, note.start.isoformat()))


def gather(session: Session, catalog: Catalog, note: HandoffNote, now: datetime) -> Handed:
    """What the note tells, as things are now. Private incidents stay out: the note is read by a whole team."""
    until = max(note.start, note.since)
    at = Looked(session, catalog, min(note.since, until - WEEK), until, now)
    pages = health.interruptions(at)
    late = sum(is_after_hours(catalog.business_hours, health.zone_of(catalog, one.person), one.at) for one in pages)
    real = select(Incident).where(col(Incident.drill).is_(False))
    running = real.where(col(Incident.status).in_(IncidentStatus.OPEN)).order_by(col(Incident.number))
    lately = session.exec(real.where(col(Incident.resolved_at) >= at.start))
    ended = [row for row in lately if row.status == IncidentStatus.RESOLVED]
    coming = select(ScheduleOverride).where(
        ScheduleOverride.schedule == note.schedule,
        ScheduleOverride.end > now,
        ScheduleOverride.start < now + AHEAD,
        col(ScheduleOverride.cancelled_at).is_(None),
    )
    return Handed(
        open=tuple(row for row in session.exec(running) if visibility.why(row, ANYBODY)),
        ended=tuple(row for row in sorted(ended, key=lambda row: row.number or 0) if visibility.why(row, ANYBODY)),
        paged=shift_handoff.paged(pages, late),
        overrides=tuple(session.exec(coming.order_by(col(ScheduleOverride.start)))),
    )


def draft(session: Session, catalog: Catalog, schedule: str, now: datetime) -> HandoffNote:
    """The newest note of a schedule while its turn lasts, else one as it would be written now; not stored."""
    query = select(HandoffNote).where(HandoffNote.schedule == schedule).order_by(col(HandoffNote.start).desc())
    newest = session.exec(query.limit(1)).first()
    if newest is not None and newest.start > now - FRESH:
        return newest
    rota = overrides.rota_of(catalog, *schedule_queries.overrides(session, now))
    current = rota.on_call(schedule, now)
    following = rota.on_call(schedule, current.until).people if current.until else ()
    began = rota.shifts(schedule, now - WEEK, now)
    return HandoffNote(schedule=schedule, start=now, since=began[-1].start if began else now - WEEK,
                       outgoing=list(current.people), incoming=list(following))  # fmt: skip


def find(w: Work, number: int) -> HandoffNote:
    """The note, locked. Raises NoSuchNote."""
    note = w.lock(HandoffNote, number)
    if note is None:
        raise NoSuchNote()
    return note


def take(w: Work, number: int) -> Answer:
    note = find(w, number)
    w.record(shift_handoff.take(note, w.actor.who, w.now), schedule=note.schedule)
    return Answer("handoff_taken", values={"schedule": note.schedule, "person": note.taken_by})


def edit(w: Work, number: int, words: str) -> Answer:
    note = find(w, number)
    w.record(shift_handoff.edit(note, w.actor.who, words), schedule=note.schedule)
    return Answer("nothing")


def rate(w: Work, number: int, score: int, words: str = "") -> Answer:
    """The answer of somebody who went off call; answering again replaces it. Raises NotAScore, NotYourTurn."""
    note = find(w, number)
    person = overrides.named(w.actor.who, w.catalog)
    if person not in note.outgoing:
        raise NotYourTurn()
    query = select(HandoffRating).where(HandoffRating.note == number, HandoffRating.person == person)
    before = w.session.exec(query).first()
    fact = shift_handoff.rate(note, w.actor.who, score, words or (before.words if before else ""))
    row = before or HandoffRating(note=number, person=person, score=score, at=w.now)
    row.score, row.words, row.at = score, fact.words, w.now
    w.session.add(row)
    w.record([fact], schedule=note.schedule)
    return Answer("handoff_rated", values={"schedule": note.schedule, "handoff": number, "score": score})


def posted(w: Work, number: int, to: str, channel: str, ts: str) -> None:
    """Remembers where the note is shown, so that it can be drawn anew."""
    note = find(w, number)
    note.posts = {**note.posts, to: [channel, ts]}


SWEEPS: Sweeps = {"hand-offs": Sweep(timedelta(seconds=20), sweep)}
