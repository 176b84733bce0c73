"""How long is kept what only served sending."""

from datetime import timedelta

from pydantic import Field

from bot.catalog.duration import Duration
from bot.catalog.section import Section
from bot.catalog.value import Value


class Retention(Value):
    """What the bot forgets, every six hours. Incidents, timelines, pages with every try and the journal stay."""

    deliveries: Duration | None = timedelta(days=180)
    """How long a delivery that is not a page is kept after it was settled and its incident was over, with its tries.
    `null` keeps them for ever."""
    keys: Duration = Field(default=timedelta(days=14), ge=timedelta(days=1))
    """How long a request that comes again gets the answer of the first time, and is not carried out twice."""


RETENTION = Section("retention", Retention)
