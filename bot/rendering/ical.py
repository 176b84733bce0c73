"""Calendars as text (RFC 5545): our feeds written, other people's read. The only place that knows icalendar.

What a calendar may hold that trips others is read here: all-day events whose end is exclusive, cancelled ones, the same
UID twice, changed occurrences, an UNTIL without a zone.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.schedules.calendar_feed import Feed, FeedEvent
from bot.domain.schedules.calendar_import import CalendarEntry, CalendarReading
from bot.rendering.ical_events import MOST, EventReader, Unreadable, title

PRODUCT = "-//Tocsin//On call//EN"
REFRESH = timedelta(minutes=15)
__all__ = ["MOST", "NotACalendar", "read", "written"]


class NotACalendar(ValueError):
    """The text is no iCalendar file."""


def written(feed: Feed) -> bytes:
    """The feed as a calendar; the same feed gives the same bytes."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", feed.name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for one in feed.events:
        event = _event(Event(), one, feed.stamp)
        for before in feed.reminders:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", one.summary)
            alarm.add("trigger", -before)
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(event: Any, one: FeedEvent, stamp: datetime) -> Any:
    event.add("uid", one.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", one.start)
    event.add("dtend", one.end)
    event.add("summary", one.summary)
    event.add("description", one.description)
    event.add("transp", "TRANSPARENT")
    return event


def read(content: bytes, zone: ZoneInfo, since: datetime, until: datetime) -> CalendarReading:
    """The entries that touch [since, until). Times without a zone are local to `zone`. Raises NotACalendar."""
    calendar = _calendar(content)
    cancelled = str(calendar.get("method") or "").upper() == "CANCEL"
    reader = EventReader(zone, since, until, _zones(calendar), cancelled)
    found: list[CalendarEntry] = []
    unread: set[str] = set()
    for events in _by_uid(calendar.walk("VEVENT"), reader.notices):
        try:
            found += reader.entries(events)
        except Unreadable as why:
            unread.add(str(events[0]["uid"]))
            reader.notices.append(f'"{title(events[0])}" {why}.')
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            unread.add(str(events[0]["uid"]))
            reader.notices.append(f'"{title(events[0])}" cannot be read, so it is left out.')
    name = next((str(calendar[key]) for key in ("x-wr-relcalid", "x-wr-calname", "name") if calendar.get(key)), "")
    entries = tuple(sorted(found, key=lambda one: (one.start, one.uid)))
    ends = {str(event.get("uid") or ""): until for event in calendar.walk("VEVENT")} | reader.read_until
    return CalendarReading(entries, tuple(reader.notices), name.strip()[:100], frozenset(unread), ends, zone)


def _calendar(content: bytes) -> Any:
    """The one calendar in a file. Raises NotACalendar with what it is instead."""
    from icalendar import Calendar

    text = content.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if text[:1] == "<":
        raise NotACalendar("it is a web page, perhaps a login page; download the calendar itself (.ics)")
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise NotACalendar("it does not begin with BEGIN:VCALENDAR")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a zone with its maker's name before it is looked up by us
            found: Sequence[Any] = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        raise NotACalendar("one of its lines cannot be read; export it again") from None
    if not found:
        raise NotACalendar("it is cut off; download it again")
    if len(found) > 1:
        raise NotACalendar(f"it holds {len(found)} calendars; import each one from its own file")
    return found[0]


def _zones(calendar: Any) -> Callable[[str], tzinfo | None]:
    """By TZID: what the world knows under this name, else what this very file explains, else what Windows calls it."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    explained = {str(one.get("tzid")): one for one in calendar.walk("VTIMEZONE")}

    def zone(name: str) -> tzinfo | None:
        # A maker's name may stand before the zone's: /example.org/2026/Europe/Madrid
        for known in (name, "/".join(name.split("/")[-2:]), WINDOWS_TO_OLSON.get(name, "")):
            try:
                return ZoneInfo(known) if known else None
            except (KeyError, ValueError, OSError):
                continue
        return None

    def given(name: str) -> tzinfo | None:
        known = zone(name)
        if known is None and name in explained:
            made: tzinfo = explained[name].to_tz(lookup_tzid=False)
            return made
        return known

    return cache(given)


def _by_uid(events: Sequence[Any], notices: list[str]) -> Iterator[list[Any]]:
    """The events of each UID, the one that recurs first; of two that claim to be the same the newer counts."""
    groups: dict[str, dict[str, Any]] = {}
    for event in events:
        uid = str(event.get("uid") or "")
        if not uid:
            notices.append(f'"{title(event)}" has no UID, so it is left out: it could not be recognised next time.')
            continue
        name = event["recurrence-id"].to_ical().decode() if event.get("recurrence-id") else ""
        before = groups.setdefault(uid, {}).get(name)
        if before is not None:
            notices.append(f'"{title(event)}" is in the file twice (UID {uid}): the newer one is used.')
        if before is None or _age(event) >= _age(before):
            groups[uid][name] = event
    for group in groups.values():
        yield [group[name] for name in sorted(group)]


def _age(event: Any) -> tuple[int, str]:
    modified = event.get("last-modified") or event.get("dtstamp")
    when = modified.to_ical().decode() if modified else ""
    sequence = str(event.get("sequence", 0))
    return int(sequence) if sequence.isdigit() else 0, when
