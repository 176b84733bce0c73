"""What the words after `/oncall` ask about: a schedule by any of its names, somebody's shifts, another day. Pure.

A service, or a team, stands for the schedule that is asked first for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.catalog import Catalog, Policy
from bot.domain.core import people
from bot.domain.core.errors import UnknownPerson
from bot.domain.schedules.errors import UnknownSchedule

FILLER = frozenset({
    "a", "are", "at", "call", "currently", "for", "in", "is", "me", "my", "now", "of", "on", "on-call", "oncall", "our",
    "please", "pls", "plz", "right", "schedule", "shift", "shifts", "the", "to", "was", "were", "who", "who's", "whos",
    "will", "be", "been",
})  # fmt: skip
"""Words that only make a sentence of it."""
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVENING, _NOON = time(22), time(12)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_PARTS = {"noon": _NOON, "midday": _NOON, "midnight": time(0), "morning": time(9), "afternoon": time(15),
          "evening": time(20), "night": _EVENING}  # fmt: skip
_LENGTH = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_AHEAD = re.compile(
    r"\bin (?P<n>an?|\d{1,3}) ?(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|weeks?)\b(?: time)?", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:on )?(?:the )?(?:(?P<year>\d{4})-(?P<month>\d\d?)-(?P<of_month>\d\d?)(?=[^\d-]|$)t?|"
    rf"(?P<number>\d\d?)(?:st|nd|rd|th)?\.? (?:of )?(?P<name>{_MONTH})\b|"
    rf"(?P<before>{_MONTH}) (?P<behind>\d\d?)(?:st|nd|rd|th)?\b)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:on |next |this |coming )*"
    r"(?P<day>today|tonight|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:'s)?\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:(?<![\w:.-])|(?<=\dt))(?:at |around |from |"
    r"@ ?)*(?:(?P<h>\d{1,2})[:.h](?P<m>\d{2})(?::\d{2})?(?: ?(?P<half>[ap]\.?m)\b\.?)?|"
    r"(?P<twelve>\d{1,2})(?P<past>) ?(?P<of_day>[ap]\.?m)\b\.?|(?:in the |this )?(?P<part>noon|midday|midnight|"
    r"morning|"
    r"afternoon|evening|night)\b)(?: ?(?:-|\u2013|to|until) ?\d{1,2}(?:[:.]\d{2})?(?: ?[ap]m)?)?(?: ?(?P<zone>utc|"
    r"gmt|z)\b)?",
    re.IGNORECASE,
)
_MINE = re.compile(
    r"\W*(?:(?:when|what time|until when|how long)(?:'s| is| are| am| do)? )?(?:am i|do i|is my|are my|i'?m|i am|my|"
    r"when'?s my)\b"
    r".*\b(?:on[- ]?call|shifts?|duty|turn|next|start|end)\b.*|\W*(?:who )?am i\W*|\W*(?:me|myself|i)\W*",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\W*(?:(?:i'?m|i am|i have|i've|i feel|feeling|calling in|call in|taking|take|on|out|got|i need|i want|"
    r"request)\s+)*"
    r"(?:a )?(?:sick|ill|unwell|flu|fever|off|away|leave|vacation|holidays?|pto|ooo|out of office|day off|time off|"
    r"days off|"
    r"sick leave|sick day|parental leave|not available|unavailable|hospital|travell?ing)\b.*|"
    r"\W*(?:i )?(?:can'?t|cannot|can not|won'?t be able to) (?:do|take|make|cover|work|be on).*|"
    r"\W*(?:i )?(?:need|want|looking for|find|get|who can|can (?:someone|somebody|anyone))\b.*\b(?:cover|take|"
    r"replace)\w*\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """A schedule (None: all of them), or a person's shifts; `at` None means now."""

    schedule: str | None = None
    person: str | None = None
    at: datetime | None = None


def everyday(text: str) -> tuple[str, str] | None:
    """The verb that a sentence without one means, and its words: somebody's own shifts, or cover for one."""
    plain = text.replace("\u2019", "'").strip()
    if _AWAY.fullmatch(plain):
        return "swap", ""
    return ("me", "") if _MINE.fullmatch(plain) else None


def is_own(text: str) -> bool:
    """ "who me", "who am I"."""
    return _MINE.fullmatch(text.strip()) is not None


def read(text: str, catalog: Catalog, now: datetime) -> Asked:
    """Raises UnknownSchedule for what names nothing of these."""
    if name := schedule(text, catalog):
        return Asked(schedule=name)
    at, rest = _moment(text, now.astimezone(ZoneInfo(catalog.display.time_zone)))
    named = " ".join(meaning(rest))
    if not named or (name := schedule(named, catalog) or _for(named, catalog)):
        return Asked(schedule=name, at=at)
    try:
        return Asked(person=people.identify(named, catalog), at=at)
    except UnknownPerson:
        choices = ", ".join(catalog.schedules) or "none is configured yet"
        raise UnknownSchedule(text=named[:60], choices=choices) from None


def place(text: str, catalog: Catalog, now: datetime) -> str:
    """The schedule that is meant; "" when none is named. Raises UnknownSchedule."""
    asked = read(text, catalog, now)
    if asked.person:
        raise UnknownSchedule(text=text[:60], choices=", ".join(catalog.schedules))
    return asked.schedule or ""


def meaning(text: str) -> list[str]:
    """The words without those that only make a sentence of them, and without marks."""
    words = (word.strip(".,;:!?\"'`“”‘’()") for word in text.split())
    return [word for word in words if word and word.lower() not in FILLER]


def schedule(text: str, catalog: Catalog) -> str | None:
    """By its name, whatever its case, or by a first word of it that no other begins with."""
    word = text.strip().removeprefix("schedule:").strip(" .,!?\"'`").lower()
    found = next((key for key in catalog.schedules if key.lower() == word), None)
    if found or not word:
        return found
    near = [key for key in catalog.schedules if word.replace(" ", "-") in (key.lower(), key.lower().split("-")[0])]
    return near[0] if len(near) == 1 else None


def _for(text: str, catalog: Catalog) -> str | None:
    """The schedule that answers for a service or a team."""
    word = text.lower()
    for key, service in catalog.services.items():
        if word in (key.lower(), service.name.lower()):
            return next(_asked(catalog, key), None)
    for key, team in catalog.teams.items():
        if word in (key.lower(), team.name.lower(), f"{key.lower()} team"):
            own = [name for name, one in catalog.schedules.items() if one.team == key]
            owned = (name for name, one in catalog.services.items() if one.team == key)
            return next(iter([*own, *(found for name in owned for found in _asked(catalog, name))]), None)
    return None


def _asked(catalog: Catalog, service: str) -> Iterator[str]:
    """The schedules that the service's policies ask, by the gravest severity, in their order."""
    found: Policy | None = next(filter(None, (catalog.policy_for(one, service) for one in catalog.severities)), None)
    for level in found.levels if found else ():
        yield from (target.name for target in level.to if target.kind == "schedule")


def _moment(text: str, local: datetime) -> tuple[datetime | None, str]:
    """When is asked about, and the words without it: the evening of tonight, the noon of another day, 03:00 when it
    comes next. `local` is the present moment on the company's clock."""
    if ahead := _AHEAD.search(text):
        amount = float(1 if ahead["n"].lower() in ("a", "an") else ahead["n"])
        return local + amount * _LENGTH[ahead["unit"][0].lower()], _cut(text, ahead)
    found = _DATE.search(text)
    day = _date(found, local) if found else None
    text = _cut(text, found) if found and day else text
    word = _DAY.search(text) if day is None else None
    if word:
        day, text = _named_day(word["day"].lower(), local), _cut(text, word)
    clock = _CLOCK.search(text)
    hour = _hour(clock) if clock else None
    if clock and hour is not None:
        text = _cut(text, clock)
        zone = UTC if clock["zone"] else local.tzinfo
        today = local.astimezone(zone).date()
        at = datetime.combine(day or today, hour, zone)
        return (at if day or at >= local else datetime.combine(today + timedelta(days=1), hour, zone)), text
    if word and word["day"].lower() == "tonight":
        return max(datetime.combine(local.date(), _EVENING, local.tzinfo), local), text
    if day is None or (word and day == local.date()):
        return None, text
    return datetime.combine(day, _NOON, local.tzinfo), text


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _named_day(word: str, local: datetime) -> date:
    if word in _WEEK:
        return local.date() + timedelta(days=(_WEEK.index(word) - local.weekday()) % 7 or 7)
    return local.date() + timedelta(days={"tomorrow": 1, "yesterday": -1}.get(word, 0))


def _date(found: re.Match[str], local: datetime) -> date | None:
    """2027-01-01, or the next 24 December; None for a day that there is not."""
    try:
        if found["year"]:
            return date(int(found["year"]), int(found["month"]), int(found["of_month"]))
        month = _MONTHS.index((found["name"] or found["before"])[:3].lower()) + 1
        number = int(found["number"] or found["behind"])
        day = date(local.year, month, number)
        return day if day >= local.date() else date(local.year + 1, month, number)
    except ValueError:
        return None


def _hour(found: re.Match[str]) -> time | None:
    if found["part"]:
        return _PARTS[found["part"].lower()]
    hour, minute = int(found["h"] or found["twelve"]), int(found["m"] or found["past"] or 0)
    half = (found["half"] or found["of_day"] or "").lower()
    hour = hour % 12 + (12 if half.startswith("p") else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None
