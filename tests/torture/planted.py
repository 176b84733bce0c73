"""Bugs for the judge: each is put into one bot as it starts, and the judge has to see it. The product knows of none."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.torture.plan import Plan

Send = Callable[[Any], Any]
Meddle = Callable[[Any, Any, Send], Any]


@dataclass(frozen=True)
class Bug:
    """`says`: what the bot does. `plan`: the trial in which it has to show; `two`: with two replicas on PostgreSQL."""

    says: str
    plant: Callable[[], None]
    plan: Plan
    two: bool = False


BUGS: dict[str, Bug] = {}


def bug(says: str, scenario: str = "ladder", *, two: bool = False, **plan: Any) -> Callable[[Callable[[], None]], None]:
    """Registers a function that plants a bug, under its own name."""

    def registered(plant: Callable[[], None]) -> None:
        name = plant.__name__.replace("_", "-")
        seats = 2 if two else 1
        BUGS[name] = Bug(says, plant, Plan("judged", name, scenario, seats=seats, planted=name, **plan), two)

    return registered


def plant(name: str) -> None:
    """In the process of a bot, before it begins."""
    every()[name].plant()


def every() -> dict[str, Bug]:
    """All of them, by name."""
    for rows in ("planted_sends", "planted_rules"):
        import_module(f"tests.torture.{rows}")
    return BUGS


def replace(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Puts `make(what was there)` in its place."""
    setattr(owner, name, make(getattr(owner, name)))


def sending(meddle: Meddle) -> None:
    """`meddle(delivery, item, send)` stands between the dispatcher and whoever sends."""
    from bot.engine.dispatcher import Dispatcher

    def make(real: Any) -> Any:
        def sent(self: Any, row: Any, item: Any, plain: bool) -> Any:
            return meddle(row, item, lambda other: real(self, row, other, plain))

        return sent

    replace(Dispatcher, "_sent", make)


def starting(before: Callable[[], None]) -> None:
    """`before()` runs when the bot starts, once its settings are known."""
    from bot import process

    def make(real: Any) -> Any:
        def built(settings: Any, pause: Any) -> Any:
            before()
            return real(settings, pause)

        return built

    replace(process, "built", make)


def reborn() -> bool:
    """Did another process of this trial start before this one?"""
    marker = Path(os.environ["TOCSIN_CONFIG"]).with_name("born")
    known = marker.exists()
    marker.touch()
    return known


def on_database(statement: str) -> None:
    """Changes the file of an SQLite bot behind its back, before it opens it."""
    with sqlite3.connect(os.environ["DATABASE_URL"].removeprefix("sqlite:///")) as connection:
        connection.execute(statement)


def looks_sent() -> Any:
    """The answer to something that was never sent."""
    from bot.integrations.outcome import Sent

    return Sent({"channel": "C0NOWHERE", "ts": "1.1"})
