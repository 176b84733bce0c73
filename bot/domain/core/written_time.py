"""A time as people write it in front of a note: `13:38`, `9:05 pm`, `yesterday 14:00`, `14:00 UTC`, `9:05:30 +02:00`.

Pure: knows the moment and the writer's zone, and says which time it took.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain.core.errors import DomainError

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
_ROUND = re.compile(r"^(?:(?:at )?(?:around|about|approx\.?|ca\.?|circa)\s+|~\s?)(?=\d)", re.IGNORECASE)
_MARKED = re.compile(r"^([\[(`*_])([^\])`*_]{4,40})[\])`*_](?=[\s:,–—-])")
_WRITTEN_H = re.compile(r"^([01]?\d|2[0-3])[hH]([0-5]\d)(?=[\s:,;–—-]\s*(?!outage|downtime|delay)\S)")
_NOON = re.compile(r"^(?:at )?(noon|midday|midnight)(?=[\s:,;])", re.IGNORECASE)
_RANGE = re.compile(r"^\s?(?:-|–|—|to|until)\s?\d")
_LENGTH = re.compile(r"^\s*(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)\b", re.IGNORECASE)
_FIXED = {
    "UTC": 0, "GMT": 0, "Z": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Abbreviations that mean one offset, in hours."""
_REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_SEVERAL = frozenset({"IST", "BST", "CST", "AST", "SST", "ECT"})


_AREAS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})
_NO_CITIES = frozenset({"north", "south", "west", "center", "easter", "victoria", "jersey", "troll", "reunion", "wake"})
_OFTEN = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "san francisco": "America/Los_Angeles", "boston": "America/New_York",
    "washington": "America/New_York", "seattle": "America/Los_Angeles", "austin": "America/Chicago",
    "munich": "Europe/Berlin", "barcelona": "Europe/Madrid", "milan": "Europe/Rome", "bangalore": "Asia/Kolkata",
    "bengaluru": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata", "beijing": "Asia/Shanghai",
}  # fmt: skip
"""What people call zones that are named after another city."""
_WITH_TIME = frozenset({"central", "mountain"})
"""Words that begin a sentence as well: only with "time" behind them."""


class WhichZone(DomainError):
    """{text} is used in more than one place. Write an offset such as +01:00, or a zone such as {zone}."""


def zone(*names: str | None) -> ZoneInfo:
    """The first of these that this machine knows; Slack may name one that it does not."""
    for name in filter(None, names):
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


@dataclass(frozen=True)
class WrittenTime:
    """`at` is the moment that was meant, `ahead` whether that is still to come; `rest` the words behind it.

    `zone` is what was written of a zone, "" for the writer's own. `dated`: a day was written.
    """

    at: datetime
    rest: str
    ahead: bool = False
    zone: str = ""
    dated: bool = False

    @property
    def a_day_before(self) -> datetime:
        return self.at - timedelta(days=1)


def leading(text: str, now: datetime, zone: ZoneInfo) -> WrittenTime | None:
    """The time in front of the words; None when there is none, or nothing behind it. Raises WhichZone."""
    clean = text.strip()
    if ago := _AGO.match(clean):
        return _before(ago, now)
    clean = _ROUND.sub("", _MARKED.sub(r"\2", clean)).replace("：", ":", 1)
    clean = _WRITTEN_H.sub(r"\1:\2", clean)
    if noon := _NOON.match(clean):
        clean = f"{'12' if noon[1].lower() in ('noon', 'midday') else '0'}:00{clean[noon.end() :]}"
    found = _FRONT.match(clean)
    if found is None or (found["m"] is None and not found["half"]):
        return None
    word = "" if _until(found) else found["zone"] or ""
    where, written, rest = _zone(word, zone, found["rest"])
    where, written, rest = (where, written, rest) if written else _place(where, rest)
    if _LENGTH.match(rest) or (found["sep"] == "." and not (found["half"] or written)):
        return None  # "1:30 minutes" and "3.14" are no times of day
    said = clean if _until(found) or _RANGE.match(rest) else rest.strip().lstrip(":;,–—->=|").strip()
    if not said or (rest[:1].isalnum() and not written):
        return None
    local = now.astimezone(where)
    day = _day(found["day"] or found["later"] or "", local.date(), _hour(found))
    if day is None:
        return None
    minutes, seconds = int(found["m"] or 0), int(found["s"] or 0)
    at = datetime.combine(day, time(_hour(found), minutes, seconds), where).astimezone(now.tzinfo)
    ahead = at > now + SLACK
    return WrittenTime(min(at, now) if not ahead else at, said, ahead, written, bool(found["day"] or found["later"]))


def coming(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next time that a clock shows this: `9 pm`, `14:00 utc`; None for other words. Raises WhichZone."""
    found = leading(f"{text} x", now, zone)
    if found is None or found.rest != "x" or found.dated:
        return None
    return found.at if found.at > now else found.at + timedelta(days=1)


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


def _zone(word: str, own: ZoneInfo, rest: str) -> tuple[tzinfo, str, str]:
    """The zone, how it was written, and the words behind it: a word that is no zone belongs to them."""
    upper = word.upper()
    if offset := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", upper):
        length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if length < timedelta(hours=15):
            return timezone(length if offset[1] == "+" else -length), upper, rest
    known = upper in ("UTC", "GMT", "Z") or word == upper
    if known and upper in _own_names(own):
        return own, upper, rest
    if known and upper in _SEVERAL:
        raise WhichZone(text=upper, zone="Europe/London" if upper == "BST" else "Asia/Kolkata")
    if known and upper in _FIXED:
        return timezone(timedelta(hours=_FIXED[upper])), upper, rest
    if known and upper in _REGIONS:
        return ZoneInfo(_REGIONS[upper]), upper, rest
    if "/" in word and (named := _named(word)) is not None:
        return named, named.key, rest
    return own, "", f" {word}{rest}" if word else rest


def _place(own: tzinfo, rest: str) -> tuple[tzinfo, str, str]:
    """ "9:00 Madrid", "9:00 New York time", "9:00 Eastern": written with a capital, or with "time" behind it."""
    words = rest.split()
    for count in (3, 2, 1):
        name = " ".join(words[:count]).strip("(),:;")
        said_time = len(words) > count and words[count].lower().strip("(),:;") == "time"
        key = _places().get(name.lower())
        certain = said_time or (name[:1].isupper() and name.lower() not in _WITH_TIME)
        if key and certain and len(words) > count + said_time:
            return ZoneInfo(key), name, " " + " ".join(words[count + said_time :])
    return own, "", rest


@cache
def _places() -> dict[str, str]:
    """The zones by what people call them: their cities, and those of North America."""
    cities = {}
    for key in sorted(available_timezones()):
        area, _, city = key.rpartition("/")
        if area in _AREAS and city.lower() not in _NO_CITIES:
            cities[city.replace("_", " ").lower()] = key
    return {**cities, **_OFTEN}


def _named(word: str) -> ZoneInfo | None:
    name = "/".join("_".join(part.capitalize() for part in one.split("_")) for one in word.split("/"))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _own_names(own: ZoneInfo) -> set[str]:
    """What the writer's zone is called in winter and in summer."""
    return {name for month in (1, 7) if (name := datetime(2026, month, 1, tzinfo=own).tzname()) and name.isalpha()}


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
