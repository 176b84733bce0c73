"""Reminders that time gives: at most so many, put off by whoever gets them, and lost or doubled by no restart."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.services import nudges
from bot.services import timers as clockwork
from bot.services.core import nudge
from bot.services.core.nudge import Nudge
from bot.services.incidents import lifecycle, notes
from bot.work import Work
from storage import timers
from storage.models import Delivery, Incident, JournalEntry
from storage.queries import incidents as incident_queries
from tests.storage.delivery_harness import DeliveryHarness

NAME, SUBJECT = "quiet", "incident:1"


def last_note(w: Work, incident: Incident) -> datetime | None:
    entries = incident_queries.timeline(w.session, incident.number or 0)
    return max((one.recorded_at for one in entries if one.kind == "note"), default=None)


QUIET = Nudge(
    after=lambda w, incident: timedelta(minutes=10),
    wanted=lambda w, incident: incident.status != "monitoring",
    since=last_note,
    to=lambda w, incident: incident.declared_by,
    message="update_due",
    every=timedelta(minutes=10),
    at_most=3,
)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeliveryHarness]:
    monkeypatch.setitem(nudges.NUDGES, NAME, QUIET)
    monkeypatch.setitem(clockwork.TIMERS, NAME, nudge.timers({NAME: QUIET})[NAME])
    opened = DeliveryHarness.opened(tmp_path)
    opened.declare()
    yield opened
    opened.close()


def wait(room: DeliveryHarness, minutes: int) -> int:
    """Time goes on and what is due fires; how often it was said so far."""
    for _ in range(minutes):
        room.later(minutes=1)
        with room.desk.read() as session:
            due = (NAME, SUBJECT) in timers.due(session, room.clock.now(), clockwork.known())
        if due:
            clockwork.fire(room.desk, NAME, SUBJECT)
    return len(said(room))


def said(room: DeliveryHarness) -> list[Delivery]:
    with room.desk.read() as session:
        rows = session.exec(select(Delivery).where(Delivery.kind == "dm", Delivery.asks == f"nudge:1:{NAME}"))
        return list(rows)


def armed(room: DeliveryHarness) -> bool:
    with room.desk.read() as session:
        due = timers.due(session, room.clock.now() + timedelta(days=1), clockwork.known())
    return (NAME, SUBJECT) in due


def test_it_is_said_at_most_so_many_times_and_the_last_says_that_it_is(room: DeliveryHarness) -> None:
    assert [wait(room, minutes) for minutes in (9, 1, 10, 9, 1, 60)] == [0, 1, 2, 2, 3, 3]
    assert [one.payload["last"] for one in said(room)] == [False, False, True]
    assert {one.payload["person"] for one in said(room)} == {"U01ANA"}
    assert not armed(room)


def test_what_it_misses_puts_it_off_without_knowing_of_it(room: DeliveryHarness) -> None:
    wait(room, 8)
    room.act("U01BO", lambda w, it: notes.note(w, it, "the pool is at 98 %"))
    assert [wait(room, minutes) for minutes in (9, 1)] == [0, 1]


def test_it_ends_where_there_is_nothing_to_remind_of(room: DeliveryHarness) -> None:
    room.act("U01BO", lambda w, it: lifecycle.set_status(w, it, "monitoring"))
    assert wait(room, 30) == 0
    assert not armed(room)


def test_an_incident_that_is_over_is_not_reminded_of_and_one_that_begins_anew_is(room: DeliveryHarness) -> None:
    room.act("U01BO", lambda w, it: lifecycle.resolve(w, it, lifecycle.Resolution("rolled back")))
    assert wait(room, 30) == 0
    room.act("U01BO", lambda w, it: lifecycle.reopen(w, it))
    assert wait(room, 10) == 1


def test_whoever_puts_it_off_is_reminded_then_and_the_message_says_so(room: DeliveryHarness) -> None:
    wait(room, 10)
    room.act("U01ANA", lambda w, it: nudges.snooze(w, it, NAME, timedelta(minutes=30)))
    with room.desk.read() as session:
        reworded = session.exec(select(Delivery).where(Delivery.kind == "reword")).one().payload
    assert (reworded["template"], reworded["until"]) == (
        "update_due",
        (room.clock.now() + timedelta(minutes=30)).isoformat(),
    )
    with pytest.raises(KeyError):
        room.act("U01ANA", lambda w, it: nudges.snooze(w, it, "unheard of", timedelta(minutes=30)))
    assert [wait(room, minutes) for minutes in (29, 1)] == [0, 1]


def test_how_often_it_was_said_is_on_record_and_survives_a_second_timer(room: DeliveryHarness) -> None:
    assert wait(room, 40) == 3
    with room.desk.read() as session:
        entries = session.exec(select(JournalEntry).where(JournalEntry.fact == "incidents.nudge_given")).all()
    assert len(entries) == 3
    room.act("U01ANA", lambda w, it: nudge.start(w, it, {NAME: QUIET}))
    assert wait(room, 40) == 3
