"""Calendars as text (RFC 5545): our feeds written, other people's read. The only place that knows icalendar.

What a calendar may hold that trips others is read here: all-day events whose end is exclusive, cancelled ones, the same
UID twice, changed occurrences, an UNTIL without a zone.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.schedules.calendar_feed import Feed, FeedEvent
from bot.domain.schedules.calendar_import import CalendarEntry, CalendarReading

PRODUCT = "-//Tocsin//On call//EN"
REFRESH = timedelta(minutes=15)
MOST = 500
"""Occurrences of one recurring event that are read."""


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
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError) as error:
        raise NotACalendar(str(error).partition("\n")[0][:200]) from None
    found: list[CalendarEntry] = []
    notices: list[str] = []
    for events in _by_uid(calendar.walk("VEVENT"), notices):
        try:
            found += _entries(events, zone, since, until, notices)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            notices.append(f'"{_summary(events[0])}" cannot be read: {str(error)[:120]}.')
    return CalendarReading(tuple(sorted(found, key=lambda one: (one.start, one.uid))), tuple(notices))


def _by_uid(events: Sequence[Any], notices: list[str]) -> Iterator[list[Any]]:
    """The events of each UID, the one that recurs first; of two that claim to be the same the newer counts."""
    groups: dict[str, dict[str, Any]] = {}
    for event in events:
        uid = str(event.get("uid") or "")
        if not uid:
            notices.append(f'"{_summary(event)}" has no UID and is left out: it could not be recognised again.')
            continue
        occurrence = event.get("recurrence-id")
        name = occurrence.dt.isoformat() if occurrence else ""
        before = groups.setdefault(uid, {}).get(name)
        if before is not None:
            notices.append(f'"{_summary(event)}" is in the file twice (UID {uid}): the newer one counts.')
        if before is None or _age(event) >= _age(before):
            groups[uid][name] = event
    for group in groups.values():
        yield [group[name] for name in sorted(group)]


def _age(event: Any) -> tuple[int, str]:
    modified = event.get("last-modified") or event.get("dtstamp")
    return int(event.get("sequence", 0)), modified.dt.isoformat() if modified else ""


def _summary(event: Any) -> str:
    return str(event.get("summary") or "without a title")[:80]


def _entries(
    events: list[Any], zone: ZoneInfo, since: datetime, until: datetime, notices: list[str]
) -> Iterator[CalendarEntry]:
    """The occurrences of one UID; a changed one stands in for the one whose RECURRENCE-ID it has."""
    changed = {_aware(one["recurrence-id"].dt, zone): one for one in events if one.get("recurrence-id")}
    for event in events:
        if event.get("recurrence-id"):
            continue
        recurs = bool(event.get("rrule") or event.get("rdate"))
        starts = list(_starts(event, zone, since, until)) if recurs else [_aware(event["dtstart"].dt, zone)]
        if len(starts) >= MOST:
            notices.append(f'"{_summary(event)}" recurs very often: only the next {MOST} occurrences are read.')
        for start in starts:
            if start not in changed:
                yield from _entry(event, start, _length(event, start, zone), since, until, start if recurs else None)
    for occurrence, event in changed.items():
        start = _aware(event["dtstart"].dt, zone)
        yield from _entry(event, start, _length(event, start, zone), since, until, occurrence)


def _entry(
    event: Any, start: datetime, end: datetime, since: datetime, until: datetime, occurrence: datetime | None
) -> Iterator[CalendarEntry]:
    if end <= since or start >= until or end <= start:
        return
    uid = str(event["uid"]) + (f"#{occurrence.astimezone(UTC):%Y%m%dT%H%M%SZ}" if occurrence else "")
    yield CalendarEntry(
        uid=uid,
        start=start,
        end=end,
        summary=str(event.get("summary") or ""),
        emails=tuple(_addresses(event)),
        cancelled=str(event.get("status") or "").upper() == "CANCELLED",
    )


def _addresses(event: Any) -> Iterator[str]:
    invited = event.get("attendee") or []
    for one in invited if isinstance(invited, list) else [invited]:
        address = str(one)
        if address.lower().startswith("mailto:"):
            yield address[7:]


def _aware(moment: date | datetime, zone: ZoneInfo) -> datetime:
    """A date is its local midnight, a time without a zone is local; all in UTC."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _length(event: Any, start: datetime, zone: ZoneInfo) -> datetime:
    """When the occurrence that begins at `start` ends: as long by the wall clock as the event itself."""
    first = event["dtstart"].dt
    if end := event.get("dtend"):
        last = end.dt
        whole_days = not isinstance(first, datetime)
        span = (_wall(last, zone) - _wall(first, zone)) if whole_days else _aware(last, zone) - _aware(first, zone)
        return _aware(_wall(start, zone) + span, zone) if whole_days else start + span
    if duration := event.get("duration"):
        return start + timedelta(seconds=duration.dt.total_seconds())
    if isinstance(first, datetime):
        return start
    return _aware(_wall(start, zone) + timedelta(days=1), zone)


def _wall(moment: date | datetime, zone: tzinfo) -> datetime:
    """A moment on the clock of `zone`, without a zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)


def _starts(event: Any, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """The beginnings of a recurring event that can touch [since, until), by the clock of the event's own zone."""
    from dateutil.rrule import rruleset, rrulestr

    first = event["dtstart"].dt
    own = first.tzinfo if isinstance(first, datetime) and first.tzinfo else zone
    begins = _wall(first, own)
    rules = rruleset()
    for rule in _listed(event.get("rrule")):
        rules.rrule(rrulestr(_local_rule(rule, own), dtstart=begins))
    for name, take in (("rdate", rules.rdate), ("exdate", rules.exdate)):
        for group in _listed(event.get(name)):
            for one in group.dts:
                take(_wall(one.dt, own))
    rules.rdate(begins)
    span = _length(event, _aware(first, zone), zone) - _aware(first, zone)
    last = _wall(until, own)
    for wall in rules.xafter(_wall(since - span, own), count=MOST, inc=True):
        if wall > last:
            return
        yield wall.replace(tzinfo=own).astimezone(UTC)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _local_rule(rule: Any, own: tzinfo) -> str:
    """The rule with its UNTIL on the event's own clock: senders write it in UTC, as a date, or without a zone."""
    kept = {name: value for name, value in rule.items() if name != "UNTIL"}
    text = str(type(rule)(kept).to_ical().decode())
    ends = _listed(rule.get("UNTIL"))
    if not ends:
        return text
    last = ends[0]
    if not isinstance(last, datetime):
        last = datetime.combine(last, time(23, 59, 59))
    return f"{text};UNTIL={_wall(last, own):%Y%m%dT%H%M%S}"
