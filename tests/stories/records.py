"""The bot's own records, for what no surface shows: journal, deliveries, timers."""

import json
import threading
import time
from collections.abc import Callable

from sqlmodel import col, select

from bot.domain.core.fact import Fact
from storage.models import Attempt, Delivery, DeliveryState, JournalEntry, Timer
from tests.stories.world import PATIENT, Json, World


def facts(world: World, name: str) -> list[Json]:
    """Bodies of the journal's entries of this fact, oldest first."""
    assert name in Fact.all, f"there is no fact {name}"
    with world.app.desk.read() as session:
        query = select(JournalEntry).where(JournalEntry.fact == name).order_by(col(JournalEntry.seq))
        return [json.loads(one.body) for one in session.exec(query)]


def entries(world: World) -> list[str]:
    """The names of all facts in the journal, oldest first."""
    with world.app.desk.read() as session:
        return list(session.exec(select(JournalEntry.fact).order_by(col(JournalEntry.seq))))


def deliveries(world: World, *kinds: str) -> list[Delivery]:
    """Deliveries of these kinds, or all, oldest first."""
    with world.app.desk.read() as session:
        found = list(session.exec(select(Delivery).order_by(col(Delivery.id))))
        for one in found:
            session.expunge(one)
    return [one for one in found if not kinds or one.kind in kinds]


def unsettled(world: World) -> list[str]:
    """What is still owed."""
    return [f"{one.kind} {one.state}" for one in deliveries(world) if one.state in DeliveryState.UNSETTLED]


def attempts(world: World) -> list[Attempt]:
    with world.app.desk.read() as session:
        found = list(session.exec(select(Attempt).order_by(col(Attempt.id))))
        for one in found:
            session.expunge(one)
    return found


def timers(world: World) -> set[str]:
    with world.app.desk.read() as session:
        return {one.kind for one in session.exec(select(Timer))}


def until(told: Callable[[], object], what: str) -> None:
    """Waits for what no settling covers: something still on its way to the bot, a connection that ends or begins."""
    pause, seconds, end = threading.Event(), 0.005, time.monotonic() + PATIENT
    while not told():
        assert time.monotonic() < end, f"{what} did not happen"
        pause.wait(seconds)
        seconds = min(seconds * 1.5, 0.1)
