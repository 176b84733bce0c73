"""Zones as people write them behind a time: `UTC`, `+02:00`, `CET`, `ET`, `Europe/Madrid`, "New York time". Pure."""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain.core.errors import DomainError

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


def written(word: str, own: ZoneInfo, rest: str) -> tuple[tzinfo, str, str]:
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


def place(own: tzinfo, rest: str) -> tuple[tzinfo, str, str]:
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


def offset_of(name: str, own: tzinfo | None) -> timedelta | None:
    """The offset that this name of a zone has in the part of the year in which it is in force; None for others."""
    for month in (1, 7):
        day = datetime(2026, month, 1, tzinfo=own)
        if name.isalpha() and day.tzname() == name and isinstance(own, ZoneInfo):
            return day.utcoffset()
    return None


def _own_names(own: ZoneInfo) -> set[str]:
    """What the writer's zone is called in winter and in summer."""
    return {name for month in (1, 7) if (name := datetime(2026, month, 1, tzinfo=own).tzname()) and name.isalpha()}
