"""Use case of forgetting: what the configuration lets go of what only served sending, by itself and by command."""

from datetime import datetime, timedelta

from bot.catalog.sections.retention import RETENTION
from bot.work import WorkFactory
from storage import purge
from storage.purge import Forgotten


def forget(desk: WorkFactory, now: datetime, *, deliveries: timedelta | None = None) -> Forgotten:
    """Forgets what is older than the configuration keeps; `deliveries` overrules it for those. `now` is real time."""
    kept = desk.catalog.section(RETENTION)
    span = kept.deliveries if deliveries is None else deliveries
    found = purge.deliveries(desk.database, now - span) if span is not None else Forgotten()
    found.keys = purge.keys(desk.database, now - kept.keys)
    return found
