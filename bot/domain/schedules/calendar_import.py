"""What an imported calendar says, as plain values, and what each entry would change. Pure: knows no calendar format."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.catalog import Catalog
from bot.domain.schedules.overrides import Kind

Meaning = Literal["override", "time-off"]
MEANINGS: tuple[Meaning, ...] = ("override", "time-off")
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+\.[^\s<>()\[\],;:\"'.]+")


@dataclass(frozen=True)
class CalendarEntry:
    """One occurrence, [start, end) aware. `uid` is that of its event, with the occurrence's own time if it recurs."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    emails: tuple[str, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True)
class CalendarReading:
    """A calendar that was read: its entries in order of time, and a sentence for each part that was left out."""

    entries: tuple[CalendarEntry, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """An entry that was imported before, and the override that it became."""

    override: int
    start: datetime
    end: datetime
    person: str
    alive: bool


@dataclass(frozen=True)
class Step:
    """What to do about one entry: `make` an override for `person`, `cancel` one, both when it moved, or neither."""

    entry: CalendarEntry
    person: str = ""
    make: Kind | None = None
    cancel: int | None = None


@dataclass(frozen=True)
class Import:
    """`steps` to take, how many entries are as they were, and a sentence for each that was left out."""

    steps: tuple[Step, ...]
    unchanged: int = 0
    notices: tuple[str, ...] = field(default_factory=tuple)


def plan(
    catalog: Catalog, reading: CalendarReading, known: Mapping[str, Known], meaning: Meaning, now: datetime
) -> Import:
    """What importing would do. Importing the same file twice does nothing the second time; nobody is guessed."""
    steps: list[Step] = []
    notices = list(reading.notices)
    unchanged = 0
    for entry in reading.entries:
        before = known.get(entry.uid)
        if entry.cancelled:
            if before and before.alive:
                steps.append(Step(entry, cancel=before.override))
            continue
        if entry.end <= now:
            continue
        people = whom(entry, catalog)
        if len(people) != 1:
            notices.append(_nobody(entry, people))
            continue
        if before and (before.start, before.end, before.person) == (entry.start, entry.end, people[0]):
            unchanged += 1  # also one that somebody has taken back by hand since
            continue
        gone = before.override if before and before.alive else None
        steps.append(Step(entry, people[0], "only" if meaning == "override" else "remove", gone))
    return Import(tuple(steps), unchanged, tuple(notices))


def whom(entry: CalendarEntry, catalog: Catalog) -> list[str]:
    """The people an entry is about: by address in the summary, by name or key in it, else by whom it invites."""
    written = _by_address(_EMAIL.findall(entry.summary), catalog)
    return written or _by_name(entry.summary, catalog) or _by_address(entry.emails, catalog)


def _by_address(addresses: Iterable[str], catalog: Catalog) -> list[str]:
    people = (catalog.person_by_email(address) for address in addresses)
    return list(dict.fromkeys(person.key for person in people if person))


def _by_name(summary: str, catalog: Catalog) -> list[str]:
    """Whole words only: "Anabel" is not Ana."""
    words = _EMAIL.sub(" ", summary).casefold()
    found = [key for key, person in catalog.people.items() if _holds(words, person.name.casefold())]
    return found or [key for key in catalog.people if _holds(words, key.casefold())]


def _holds(words: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _nobody(entry: CalendarEntry, people: list[str]) -> str:
    when = f"{entry.start:%Y-%m-%d %H:%M}"
    if people:
        return f'"{entry.summary[:60]}" ({when}) names {" and ".join(people)}: one entry is for one person.'
    return f'"{entry.summary[:60]}" ({when}) names nobody in tocsin.yml: write an e-mail address or a name into it.'
