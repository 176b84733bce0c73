"""Makes what opens units of work: the kernel, and what the nouns registered with it."""

from collections.abc import Callable

from bot.catalog import Catalog
from bot.clock import Clock
from bot.domain.core.table import merged
from bot.services import nudges
from bot.services.command import ending, handoff, on_call
from bot.services.incidents import gathering
from bot.services.paging import stop_paging
from bot.work import Carrier, WorkFactory
from storage.db import Database

NOUNS = (stop_paging, nudges, gathering, handoff, on_call, ending)
CARRIERS: dict[type, Carrier] = merged(noun.CARRIERS for noun in NOUNS)
"""Effects that are not the kernel's own, merged from the nouns."""


def make(database: Database, clock: Clock, catalog: Callable[[], Catalog]) -> WorkFactory:
    return WorkFactory(database, clock, catalog, CARRIERS)
