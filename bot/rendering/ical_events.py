"""One event of a calendar with all its occurrences, by the wall clock of its own zone. Given parsed components.

What is not followed is said in a sentence of ours, never in a parser's words.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.schedules.calendar_import import CalendarEntry, titled

MOST = 500
"""Occurrences of one recurring event that are read."""
DAY = timedelta(days=1)


class Unreadable(ValueError):
    """An event is left out; the text ends the sentence that begins with its title."""


@dataclass
class EventReader:
    """Reads the events of one calendar. `zones` gives the zone of a TZID that the file or the world knows, or None.

    `notices` and `until` collect what was left out, and how far an event was read where that is not all of it.
    """

    zone: ZoneInfo
    since: datetime
    until: datetime
    zones: Callable[[str], tzinfo | None]
    cancelled: bool = False
    notices: list[str] = field(default_factory=list)
    read_until: dict[str, datetime] = field(default_factory=dict)

    def entries(self, events: Sequence[Any]) -> Iterator[CalendarEntry]:
        """The occurrences of one UID; a changed one stands in for the one whose RECURRENCE-ID it has, or for all from
        there on. Raises Unreadable."""
        for event in events:
            _require_whole(event)
        changes = [self._change(one) for one in events if one.get("recurrence-id")]
        single = {one.at: one for one in changes if not one.onwards}
        onwards = sorted((one for one in changes if one.onwards), key=lambda one: one.at)
        for event in events:
            if event.get("recurrence-id"):
                continue
            master = self._shape(event)
            recurs = bool(event.get("rrule") or event.get("rdate"))
            for wall in self._walls(event, master) if recurs else [master.start]:
                at = _instant(wall, master.zone)
                if at in single:
                    continue
                follows = next((one for one in reversed(onwards) if one.at <= at), None)
                shape, begins = (follows.shape, wall + follows.shift) if follows else (master, wall)
                yield from self._entry(shape, begins, at if recurs else None)
        for one in [*single.values(), *(one for one in onwards if not _has_master(events))]:
            yield from self._entry(one.shape, one.shape.start, one.at)

    def _change(self, event: Any) -> "_Change":
        shape = self._shape(event)
        wall, zone, _ = self._place(event["recurrence-id"])
        at = _instant(wall, zone)
        onwards = str(event["recurrence-id"].params.get("RANGE", "")).upper() == "THISANDFUTURE"
        return _Change(at, shape, shape.start - at.astimezone(shape.zone).replace(tzinfo=None), onwards)

    def _shape(self, event: Any) -> "_Shape":
        if event.get("dtstart") is None:
            raise Unreadable("cannot be read: it has no start, so it is left out")
        start, zone, whole = self._place(event["dtstart"])
        length, exact = self._length(event, start, zone, whole)
        return _Shape(event, start, zone, length, exact, whole)

    def _length(self, event: Any, start: datetime, zone: tzinfo, whole: bool) -> tuple[timedelta, timedelta]:
        """How long it lasts on the wall clock, and exactly beyond that."""
        if event.get("dtend") is not None:
            wall, own, _ = self._place(event["dtend"])
            end = wall if own == zone else _instant(wall, own).astimezone(zone).replace(tzinfo=None)
            if end == start and whole:
                return DAY, timedelta(0)
            if end <= start:
                what = "has no length" if end == start else "ends before it begins"
                raise Unreadable(f"({self._said(start, zone, whole)}) {what} and is left out")
            return end - start, timedelta(0)
        if event.get("duration") is not None:
            lasts = event["duration"].dt
            if lasts <= timedelta(0):
                raise Unreadable(f"({self._said(start, zone, whole)}) has no length and is left out")
            return timedelta(days=lasts.days), timedelta(seconds=lasts.seconds)
        if whole:
            return DAY, timedelta(0)
        raise Unreadable(f"({self._said(start, zone, whole)}) has no end and is left out: give it an end time")

    def _said(self, wall: datetime, zone: tzinfo, whole: bool) -> str:
        local = wall if whole else _instant(wall, zone).astimezone(self.zone)
        return f"{local:%a} {local.day} {local:%b}" + ("" if whole else f" {local:%H:%M}")

    def _place(self, value: Any) -> tuple[datetime, tzinfo, bool]:
        """A moment on the wall clock of its own zone, that zone, and whether it is a whole day. Raises Unreadable."""
        moment: date | datetime = value.dt
        if not isinstance(moment, datetime):
            return datetime.combine(moment, time()), self.zone, True
        name = value.params.get("TZID")
        if name and moment.tzinfo is not UTC:
            zone = self.zones(str(name))
            if zone is None:
                raise Unreadable(f'is left out: its time zone "{str(name)[:60]}" is not known, and the file does not '
                                 "define it (VTIMEZONE)")  # fmt: skip
            return moment.replace(tzinfo=None), zone, False
        return moment.replace(tzinfo=None), UTC if moment.tzinfo else self.zone, False

    def _walls(self, event: Any, shape: "_Shape") -> Iterator[datetime]:
        """The beginnings that can touch the time that is read, on the event's own clock."""
        from dateutil.rrule import rruleset, rrulestr

        rules = rruleset()
        for rule in _listed(event.get("rrule")):
            if str(_listed(rule.get("FREQ"))[0]).upper() in ("SECONDLY", "MINUTELY"):
                raise Unreadable("recurs by the minute and is left out")
            rules.rrule(rrulestr(_local_rule(rule, shape.zone), dtstart=shape.start))
        for wall in self._dates(event, "rdate", shape):
            rules.rdate(wall)
        left_out = set(self._dates(event, "exdate", shape))
        days_out = {day for group in _listed(event.get("exdate")) for day in _days(group)}
        rules.rdate(shape.start)
        first = self.since.astimezone(shape.zone).replace(tzinfo=None) - shape.length - shape.exact
        last = self.until.astimezone(shape.zone).replace(tzinfo=None)
        count = 0
        for wall in rules.xafter(first, inc=True):
            if wall > last:
                return
            if wall in left_out or wall.date() in days_out:
                continue
            count += 1
            if count > MOST:
                self.read_until[str(event["uid"])] = _instant(wall, shape.zone)
                self.notices.append(f'"{title(event)}" recurs very often: only the next {MOST} occurrences are read.')
                return
            yield wall

    def _dates(self, event: Any, name: str, shape: "_Shape") -> Iterator[datetime]:
        for group in _listed(event.get(name)):
            for one in group.dts:
                if isinstance(one.dt, tuple):
                    begins = one.dt[0].astimezone(self.zone)
                    self.notices.append(
                        f'"{title(event)}" lists a date that has a length of its own (RDATE as PERIOD): '
                        f"{begins:%a} {begins.day} {begins:%b %H:%M} is left out."
                    )
                    continue
                if not isinstance(one.dt, datetime):
                    if name == "rdate":
                        yield datetime.combine(one.dt, shape.start.time())
                    continue
                zoned = _Zoned(one.dt, group.params)
                wall, zone, _ = self._place(zoned)
                yield wall if zone == shape.zone else _instant(wall, zone).astimezone(shape.zone).replace(tzinfo=None)

    def _entry(self, shape: "_Shape", wall: datetime, occurrence: datetime | None) -> Iterator[CalendarEntry]:
        start = _instant(wall, shape.zone)
        end = _instant(wall + shape.length, shape.zone) + shape.exact
        if end <= self.since or start >= self.until:
            return
        event = shape.event
        uid = str(event["uid"]) + (f"#{occurrence.astimezone(UTC):%Y%m%dT%H%M%SZ}" if occurrence else "")
        gone = self.cancelled or str(event.get("status") or "").upper() == "CANCELLED"
        entry = CalendarEntry(uid, start, end, str(event.get("summary") or ""), tuple(_addresses(event)), gone)
        if end <= start:
            self.notices.append(f"{titled(entry, self.zone)} has no length on the day the clocks change; left out.")
            return
        yield entry


@dataclass(frozen=True)
class _Zoned:
    """A date of a list, which shares the parameters of its list."""

    dt: datetime
    params: Mapping[str, str]


@dataclass(frozen=True)
class _Shape:
    """An event's first occurrence: `start` on the wall clock of `zone`, `length` on it, and `exact` seconds more."""

    event: Any
    start: datetime
    zone: tzinfo
    length: timedelta
    exact: timedelta
    whole: bool


@dataclass(frozen=True)
class _Change:
    """What stands in for the occurrence at `at`, or for that and all later ones, which then begin `shift` later."""

    at: datetime
    shape: _Shape
    shift: timedelta
    onwards: bool


_NEEDED = {
    "DTSTART": "beginning",
    "DTEND": "end",
    "DURATION": "length",
    "RRULE": "rule of recurrence",
    "RDATE": "list of dates",
    "EXDATE": "list of exceptions",
    "RECURRENCE-ID": "place in its series",
}


def _require_whole(event: Any) -> None:
    """Raises Unreadable when the parser could not make sense of something that counts."""
    broken = next((name for name, _ in event.errors if name in _NEEDED), None)
    if broken:
        raise Unreadable(f"cannot be read: its {_NEEDED[broken]} ({broken}) is not valid, so it is left out")


def _has_master(events: Sequence[Any]) -> bool:
    return any(not one.get("recurrence-id") for one in events)


def _instant(wall: datetime, zone: tzinfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def title(event: Any) -> str:
    return str(event.get("summary") or "without a title")[:80]


def _addresses(event: Any) -> Iterator[str]:
    """Whom it invites; whoever has declined does not come."""
    for one in _listed(event.get("attendee")):
        address = str(one)
        declined = str(getattr(one, "params", {}).get("PARTSTAT", "")).upper() == "DECLINED"
        if address.lower().startswith("mailto:") and not declined:
            yield address[7:]


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _days(group: Any) -> Iterator[date]:
    """The whole days of a list of exceptions: every occurrence of such a day is left out."""
    return (one.dt for one in group.dts if isinstance(one.dt, date) and not isinstance(one.dt, datetime))


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
    wall = (last.astimezone(own) if last.tzinfo else last).replace(tzinfo=None)
    return f"{text};UNTIL={wall:%Y%m%dT%H%M%S}"
