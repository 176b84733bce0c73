"""Looking for incidents: `/incident search`, and the list when it is narrowed down."""

from datetime import datetime

from bot.catalog import Catalog
from bot.domain.core.typed_text import bare_word
from bot.domain.incidents.searching import NothingToFind, Reader
from bot.rendering.contexts import render
from bot.services.core import catalog_words
from bot.services.incidents import own_fields
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply, Screen
from handlers.words.command import Command
from storage.models import IncidentStatus, Wanted


def reader(catalog: Catalog, now: datetime) -> Reader:
    """How filters are read at every door."""
    return Reader(
        catalog,
        now,
        service=lambda text: catalog_words.parse_service(catalog, text) or "",
        own=lambda key, text: own_fields.wanted(catalog, [f"{key}={text}"]),
    )


def search(door: Door, request: Request, said: Command) -> Reply:
    """Words and filters, whatever the state. Raises NothingToFind, BadFilter, UnknownService and UnknownField."""
    wanted = reader(door.catalog, door.desk.clock.now()).typed(said.text)
    if not wanted:
        raise NothingToFind
    return shown(door, request, wanted, said.text)


def narrowed(door: Door, text: str) -> Wanted | None:
    """What `list sev1 checkout` or `list status=resolved` wants; None for words that narrow nothing down. What is open
    is meant, unless a state is named."""
    read = reader(door.catalog, door.desk.clock.now())
    wanted = read.typed(text)
    bare = [read.bare(bare_word(word)) for word in wanted.words if bare_word(word).lower() != "please"]
    if None in bare:
        return None
    more = read.of([one for one in bare if one], [])
    states = wanted.states or more.states or tuple(map(str, IncidentStatus.OPEN))
    return Wanted(
        states=states,
        severities=(*wanted.severities, *more.severities),
        service=wanted.service or more.service,
        since=wanted.since,
        until=wanted.until,
        role=wanted.role,
        own=wanted.own,
    )


def shown(door: Door, request: Request, wanted: Wanted, asked: str) -> Reply:
    message = door.look(
        request,
        "list",
        lambda session: render.found(session, door.composer(), request.user, wanted, asked.strip()[:80]),
    )
    return Screen("Found", message)


COMMANDS = {"search": search}
