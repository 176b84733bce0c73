"""This installation as a command sees it: its settings, its configuration, and its database, whoever holds it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import httpx
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.catalog import Catalog
from bot.cli import chosen_config
from bot.cli.bot_client import RunningBot
from bot.cli.console import Refusal
from bot.clock import Clock, SteeredClock, SystemClock
from bot.domain.core.people import Actor
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.message import Renderer
from bot.services import work_factory
from bot.settings import Settings, problems
from bot.work import WorkFactory
from handlers.web.incidents_api import Incidents
from handlers.web.schedules.api import Schedules
from storage import schema
from storage.db import Database
from storage.filelock import DatabaseInUse
from storage.loss import Pooled


class Changes(Protocol):
    """What changes incidents: our own use cases, or the running bot that is asked to."""

    def declare(self, actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]: ...

    def act(self, actor: Actor, ref: str, verb: str, given: Mapping[str, Any]) -> dict[str, Any]: ...

    def test_page(self, actor: Actor) -> dict[str, Any]: ...


class ScheduleChanges(Protocol):
    """What changes schedules at short notice."""

    def change(self, actor: Actor, verb: str, given: Mapping[str, Any]) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Office:
    """`sent_later` is true when what is owed waits for the bot's next start."""

    catalog: Catalog
    changes: Changes
    schedules: ScheduleChanges
    sent_later: bool


def settings() -> Settings:
    """From the environment. Raises Refusal with every problem, one a line."""
    try:
        return Settings.from_environment()
    except ValidationError as error:
        raise Refusal("\n".join(problems(error))) from None


@contextmanager
def database(*, exclusive: bool, migrate: bool = True) -> Iterator[Database]:
    """The database; without `exclusive` a running bot is not disturbed and nothing can be changed.

    `migrate` False leaves the schema to the caller.

    Raises Refusal for whatever is wrong with it, DatabaseInUse for `exclusive` on a held SQLite file.
    """
    chosen = settings()
    if not exclusive:
        _require_file(chosen.database_url)
    opened = _open(chosen.database_url, exclusive)
    try:
        if not exclusive:
            with opened.read() as session:
                schema.require_current(session.connection())
        elif migrate:
            opened.require_direct()
            schema.ready(opened.engine, migrate=chosen.migrate)
        yield opened
    except (schema.SchemaProblem, Pooled) as problem:
        raise Refusal(str(problem)) from None
    except SQLAlchemyError as error:
        raise Refusal(f"the database cannot be used: {first_line(error)}") from None
    finally:
        opened.close()


def _open(url: str, exclusive: bool) -> Database:
    try:
        return Database(url, exclusive=exclusive)
    except OSError as error:
        raise Refusal(f"the database {url} cannot be opened: {error.strerror}: {error.filename}") from None
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise Refusal(f"DATABASE_URL cannot be used: {first_line(error)}") from None


def _require_file(url: str) -> None:
    """Reading must not create an empty database by the way."""
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not path.exists():
        raise Refusal(f"there is no database {path} yet: `tocsin run` or `tocsin migrate` makes one.")


def first_line(error: Exception) -> str:
    """What a database error says, without the statement and the advice."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]


@contextmanager
def reading() -> Iterator[tuple[Catalog, Incidents]]:
    """The incidents, to look at; works beside a running bot."""
    catalog = chosen_config.catalog(None)
    with database(exclusive=False) as opened:
        yield catalog, Incidents(*_desk(opened, catalog))


@contextmanager
def changing() -> Iterator[Office]:
    """Where to change incidents: here, or through the bot that holds the database."""
    catalog = chosen_config.catalog(None)
    try:
        with database(exclusive=True) as opened:
            desk, composer = _desk(opened, catalog)
            yield Office(catalog, Incidents(desk, composer), Schedules(desk, composer), sent_later=opened.is_sqlite)
    except DatabaseInUse as held:
        if "url" not in held.holder:
            raise Refusal(str(held)) from None
        bot = RunningBot(held.holder)
        yield Office(catalog, bot, bot, sent_later=False)


def _desk(opened: Database, catalog: Catalog) -> tuple[WorkFactory, Callable[[], Composer]]:
    chosen = settings()
    clock, renderer = _clock(chosen.clock_url), Renderer(chosen.templates)

    def composer() -> Composer:
        return Composer(renderer, catalog, clock.now(), chosen.base_url or None)

    return work_factory.make(opened, clock, lambda: catalog), composer


def _clock(url: str | None) -> Clock:
    """Ours, or the one of the sandbox that the bot follows too."""
    if url is None:
        return SystemClock()
    try:
        reading = httpx.get(f"{url.rstrip('/')}/_sandbox/clock", timeout=5, trust_env=False).json()
        followed = SteeredClock()
        followed.steer(datetime.fromtimestamp(reading["now"], tz=UTC), float(reading["speed"]))
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        raise Refusal(f"the clock of TOCSIN_CLOCK ({url}) does not answer.") from None
    return followed
