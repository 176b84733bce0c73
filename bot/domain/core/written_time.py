"""A time as people write it in front of a note: `13:38`, `9:05 pm`, `yesterday 14:00`, `14:00 UTC`, `9:05:30 +02:00`.

Pure: knows the moment and the writer's zone, and says which time it took.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from bot.domain.core import written_zone

SLACK = timedelta(minutes=2)
"""How far ahead of our clock a time may be and still mean now."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = (
    r"today|yesterday|tomorrow|last night|this morning|tonight|\d{4}-\d{2}-\d{2}|"
    rf"(?:on |last )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?"
)
_CLOCK = r"(?P<h>2[0-3]|[01]?\d)(?:(?P<sep>[:.])(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d+)?)?)?"
_HALF = r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
_NAME = r"[A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?|[A-Za-z]{2,5}\b"
_ZONE = rf"(?:\s?\(?(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{{1,2}}(?::?\d{{2}})?\b|(?!(?:{_DAY})\b)(?:{_NAME}))\)?)?"
_FRONT = re.compile(
    rf"^(?:(?P<day>{_DAY})(?:,|T|\s)\s*)?(?:at )?{_CLOCK}{_HALF}{_ZONE}(?:,? (?P<later>{_DAY})\b)?(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AGO = re.compile(
    r"^(?:about |around |~\s?)?(?P<n>\d{1,3}|an?|half an)\s?(?P<unit>m|mins?|minutes?|h|hrs?|hours?)\s+ago\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SINCE = re.compile(r"^(?:since|from|as of|starting(?: at)?)\s+(?=\S)", re.IGNORECASE)
"""What follows is when it began; the words stay whole."""
_ZONE_FIRST = re.compile(
    r"^(?P<zone>(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d\d)?)?|[A-Z]{2,5}|[A-Za-z]+/[A-Za-z_/]+)\s+(?:at )?"
    r"(?P<clock>\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?)(?=[\s:,;–—-])",
    re.IGNORECASE,
)
_ROUND = re.compile(r"^(?:(?:at )?(?:around|about|approx\.?|ca\.?|circa)\s+|~\s?)(?=\d)", re.IGNORECASE)
_MARKED = re.compile(r"^([\[(`*_])([^\])`*_]{4,40})[\])`*_](?=[\s:,–—-])")
_WRITTEN_H = re.compile(r"^([01]?\d|2[0-3])[hH]([0-5]\d)(?=[\s:,;–—-]\s*(?!outage|downtime|delay)\S)")
_NOON = re.compile(r"^(?:at )?(?:12 )?(noon|midday|midnight)(?=[\s:,;])", re.IGNORECASE)
_RANGE = re.compile(r"^\s?(?:[-–—=~>→⇒]+|\.{2,}|…|to|til|till|until|and)\s?\d{1,2}[:.h]?\d*\b")
_NEARLY = re.compile(
    r"^[@~\[(]?\s?(?:at |since |from |around |about )?(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)[\])]?"
    r"(?:\s?[ap]m\b)?[\s:,;–—-]+(?=\S)",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(
    r"^(?P<day>yesterday|last night|this morning|earlier today|(?:on|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.? {_MONTH})[\s:,;–—-]+(?=\S)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"^\s*(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class WrittenTime:
    """`at` is the moment that was meant, `ahead` whether that is still to come; `rest` the words behind it.

    `zone` is what was written of a zone, "" for the writer's own. `dated`: a day was written. `other` is what it is
    when a name of the writer's zone that is not in force then ("9:00 EDT" in December) is taken by its letter.
    `wall` is the same on the clock that was meant, also where `at` is now, since what is hardly ahead means that.
    """

    at: datetime
    rest: str
    ahead: bool = False
    zone: str = ""
    dated: bool = False
    other: datetime | None = None
    wall: datetime | None = None

    @property
    def a_day_before(self) -> datetime:
        return self.other_day(-1)

    @property
    def exactly(self) -> datetime:
        return self.other_day(0)

    def other_day(self, days: int) -> datetime:
        """When that clock shows the same so many days later, whatever the hours of the days between."""
        if self.wall is None:
            return self.at + timedelta(days=days)
        return (self.wall + timedelta(days=days) if days else self.wall).astimezone(self.at.tzinfo)


def leading(text: str, now: datetime, zone: ZoneInfo) -> WrittenTime | None:
    """The time in front of the words; None when there is none, or nothing behind it. Raises WhichZone."""
    clean = text.strip()
    if ago := _AGO.match(clean):
        return _before(ago, now)
    since = _SINCE.match(clean)
    if since and (began := leading(clean[since.end() :], now, zone)):
        return replace(began, rest=clean)
    clean = _zone_behind(clean.removeprefix("@").lstrip(), zone)
    clean = _ROUND.sub("", _MARKED.sub(r"\2", clean)).replace("：", ":", 1)
    clean = _WRITTEN_H.sub(r"\1:\2", clean)
    if noon := _NOON.match(clean):
        clean = f"{'12' if noon[1].lower() in ('noon', 'midday') else '0'}:00{clean[noon.end() :]}"
    found = _FRONT.match(clean)
    if found is None or (found["m"] is None and not found["half"]):
        return None
    word = "" if _until(found) else found["zone"] or ""
    where, written, rest = written_zone.written(word, zone, found["rest"])
    where, written, rest = (where, written, rest) if written else written_zone.place(where, rest)
    if _LENGTH.match(rest) or (found["sep"] == "." and not (found["half"] or written)):
        return None  # "1:30 minutes" and "3.14" are no times of day
    said = clean if _until(found) or _RANGE.match(rest) else rest.strip().lstrip(":;,–—->=|").strip()
    if not said or (rest[:1].isalnum() and not written):
        return None
    local = now.astimezone(where)
    day = _day(found["day"] or found["later"] or "", local.date(), _hour(found))
    if day is None:
        return None
    wall = datetime.combine(day, time(_hour(found), int(found["m"] or 0), int(found["s"] or 0)), where)
    at, other = _instants(wall, written, now)
    ahead, dated = at > now + SLACK, bool(found["day"] or found["later"])
    return WrittenTime(min(at, now) if not ahead else at, said, ahead, written, dated, other, at.astimezone(where))


def _zone_behind(text: str, own: ZoneInfo) -> str:
    """ "UTC+1 12:20 x" as "12:20 UTC+1 x"."""
    found = _ZONE_FIRST.match(text)
    if found is None or not written_zone.written(found["zone"], own, "")[1]:
        return text
    return f"{found['clock']} {found['zone']}{text[found.end() :]}"


def _instants(wall: datetime, written: str, now: datetime) -> tuple[datetime, datetime | None]:
    """The moment of a time on a clock, and another that it may be.

    In an hour that comes twice its zone's name says which; without one it is the newest that is not to come.
    """
    folds = [wall.replace(fold=fold) for fold in (0, 1)]
    called = [one.astimezone(now.tzinfo) for one in folds if one.tzname() == written]
    if called:
        return called[0], None
    moments = sorted(one.astimezone(now.tzinfo) for one in folds)
    at = next((one for one in reversed(moments) if one <= now + SLACK), moments[0])
    offset = written_zone.offset_of(written, wall.tzinfo)
    return at, None if offset is None else wall.replace(tzinfo=timezone(offset)).astimezone(now.tzinfo)


def nearly(text: str, now: datetime, zone: ZoneInfo) -> tuple[str, str] | None:
    """What looks like a time in front and is none, and why: `25:00`, or a day alone. None when there is a time."""
    clean = text.strip()
    if leading(clean, now, zone) is not None:
        return None
    if (found := _NEARLY.match(clean)) and not _is_clock(found["clock"]):
        return found["clock"], "no time of day"
    if found := _DAY_ALONE.match(clean):
        return found["day"], "a day without a time"
    return None


def _is_clock(text: str) -> bool:
    hour, minute, *second = map(int, text.split(":"))
    return hour < 24 and minute < 60 and all(one < 60 for one in second)


def coming(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next time that a clock shows this: `9 pm`, `14:00 utc`; None for other words. Raises WhichZone."""
    found = leading(f"{text} x", now, zone)
    if found is None or found.rest != "x" or found.dated:
        return None
    return found.exactly if found.exactly > now else found.other_day(1)


def _before(ago: re.Match[str], now: datetime) -> WrittenTime | None:
    """`10 min ago deploy went out`; also half an hour ago, and an hour ago."""
    number = {"a": 1.0, "an": 1.0, "half an": 0.5}.get(ago["n"].lower()) or float(ago["n"])
    length = timedelta(hours=number) if ago["unit"].lower().startswith("h") else timedelta(minutes=number)
    said = ago["rest"].strip().lstrip(":;,–—->=|").strip()
    return WrittenTime(now - length, said, dated=True) if said else None


def _hour(found: re.Match[str]) -> int:
    hour, half = int(found["h"]), (found["half"] or "").lower()
    if half == "p" and hour < 12:
        return hour + 12
    return 0 if half == "a" and hour == 12 else hour


def _day(word: str, today: date, hour: int) -> date | None:
    """The day that is meant; without a word the present one. None for a day that does not exist."""
    key = " ".join(word.lower().replace(",", "").split())
    shifts = {"": 0, "today": 0, "this morning": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1,
              "last night": -1 if hour >= 12 else 0}  # fmt: skip
    if key in shifts:
        return today + timedelta(days=shifts[key])
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", key):
        return _exists(*(int(part) for part in key.split("-")))
    weekday = next((n for n, name in enumerate(_DAYS) if name.startswith(key.split()[-1][:3])), None)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7 or (7 if key.startswith("last ") else 0))
    month = next(n for n, name in enumerate(_MONTHS, 1) if name in key)
    number = re.search(r"\d+", key)
    found = _exists(today.year, month, int(number[0]) if number else 0)
    return found.replace(year=found.year - 1) if found and found > today + timedelta(days=1) else found


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _until(found: re.Match[str]) -> bool:
    """`10:30-11:00` is a stretch of time; with an earlier time behind it (`14:00-05:00`) it is an offset."""
    end = re.fullmatch(r"-(\d{1,2}):(\d{2})", found["zone"] or "")
    return bool(end and (int(end[1]), int(end[2])) > (_hour(found), int(found["m"] or 0)))


def spelled(at: datetime, zone: ZoneInfo) -> str:
    """The time in somebody's zone: `21:05 on Wed 25 Nov (CET)`; seconds only where there are any."""
    local = at.astimezone(zone)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{clock} on {local:%a} {local.day} {local:%b} ({local.tzname() or zone.key})"
