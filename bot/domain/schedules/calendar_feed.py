"""Calendar feeds: which events somebody subscribes to, and the key that opens their feed. Pure."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import quote

from bot.catalog import Catalog
from bot.domain.core.people import display_name
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import Shift

Kind = Literal["schedule", "person"]
PAST, FUTURE = timedelta(days=15), timedelta(days=180)
LONGEST = timedelta(days=62)
"""How far beyond the window beginnings and ends are looked for: a shift that is longer shows cut."""
REMINDERS = (timedelta(days=1), timedelta(hours=1))
_PURPOSE = b"tocsin calendar feed v1:"


@dataclass(frozen=True)
class FeedEvent:
    """One shift in a calendar, [start, end) in UTC. `uid` stays when only the people change."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str = ""


@dataclass(frozen=True)
class Feed:
    """A calendar. `stamp` is the day (UTC) for which it was made: within it the same plan gives the same bytes."""

    name: str
    stamp: datetime
    events: tuple[FeedEvent, ...]
    reminders: tuple[timedelta, ...] = ()


def key(secret: bytes, kind: Kind, name: str) -> str:
    """What must stand after `?key=` for this feed: nobody without the secret can make it, and it opens no other."""
    return hmac.new(secret, _PURPOSE + f"{kind}:{name}".encode(), hashlib.sha256).hexdigest()[:40]


def opens(secret: bytes, kind: Kind, name: str, given: str) -> bool:
    """Is this the key of that feed? Compared in constant time."""
    return hmac.compare_digest(key(secret, kind, name).encode(), given.encode("utf-8", "replace"))


def path(secret: bytes, kind: Kind, name: str) -> str:
    """The feed's address on this installation, beginning with a slash."""
    folder = "person/" if kind == "person" else ""
    return f"/oncall/{folder}{quote(name, safe='')}.ics?key={key(secret, kind, name)}"


def window(now: datetime) -> tuple[datetime, datetime]:
    """What a feed shows: whole UTC days from 15 days ago to 180 days ahead."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - PAST, day + FUTURE


def of_schedule(rota: Rota, schedule: str, now: datetime) -> Feed:
    """Every shift of a schedule with somebody on it. Raises KeyError for one that does not exist."""
    start, end = window(now)
    shifts = rota.shifts(schedule, start - LONGEST, end + LONGEST)
    events = tuple(_shift(rota.catalog, schedule, one) for one in shifts if one.people and _seen(one, start, end))
    return Feed(schedule, start + PAST, events)


def of_person(rota: Rota, person: str, now: datetime) -> Feed:
    """Somebody's own shifts on every schedule, with reminders; turns that follow each other are one event."""
    start, end = window(now)
    name = display_name(person, rota.catalog)
    events = []
    for schedule in rota.catalog.schedules:
        for begins, ends in rota.stretches(schedule, person, start - LONGEST, end + LONGEST):
            if begins < end and ends > start:
                uid = _uid("person", schedule, person, begins.isoformat())
                events.append(FeedEvent(uid, begins, ends, f"On call: {schedule}", f"{name} is on call."))
    return Feed(f"On call: {name}", start + PAST, tuple(sorted(events, key=lambda one: (one.start, one.uid))),
                REMINDERS)  # fmt: skip


def _seen(shift: Shift, start: datetime, end: datetime) -> bool:
    return shift.start < end and shift.end > start


def _shift(catalog: Catalog, schedule: str, shift: Shift) -> FeedEvent:
    names = ", ".join(display_name(who, catalog) for who in shift.people)
    changed = " Changed by an override." if shift.override else ""
    layer = f" Layer {shift.layer}." if shift.layer else ""
    uid = _uid("schedule", schedule, shift.start.isoformat())
    return FeedEvent(uid, shift.start, shift.end, f"{names} ({schedule})", f"On call for {schedule}.{layer}{changed}")


def _uid(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32] + "@tocsin"


def etag(content: bytes) -> str:
    """Identifies the bytes of a feed, in the quotes that HTTP wants."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def matches(given: Iterable[str], tag: str) -> bool:
    """Does an If-None-Match header name this tag? A proxy may have made it weak."""
    return any(one.strip() == "*" or one.strip().removeprefix("W/") == tag for one in given)
