"""What an imported calendar says, as plain values, and what each entry would change. Pure: knows no calendar format.

One calendar is one source: what came from it and is no more in it ends.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.catalog import Catalog
from bot.domain.schedules import days
from bot.domain.schedules.overrides import Kind

Meaning = Literal["override", "time-off"]
MEANINGS: tuple[Meaning, ...] = ("override", "time-off")
Span = tuple[datetime, datetime]
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+\.[^\s<>()\[\],;:\"'.]+")
_OCCURRENCE = re.compile(r"#\d{8}T\d{6}Z$")


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
    """A calendar that was read: its entries in order of time, and a sentence for each part that was left out.

    `name` is what the calendar calls itself. `unread` are events of which nothing may be concluded, `until` says how
    far each event (its uid) was read. `zone`: in which whole days are days.
    """

    entries: tuple[CalendarEntry, ...] = ()
    notices: tuple[str, ...] = ()
    name: str = ""
    unread: frozenset[str] = frozenset()
    until: Mapping[str, datetime] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


@dataclass(frozen=True)
class Known:
    """An entry that was imported before, and what became of it: its override, and `more` where it took several.

    `pieces` are their times. `alive`: it still holds, or is to come; `withdrawn`: somebody has taken some of it back.
    """

    override: int
    start: datetime
    end: datetime
    person: str
    alive: bool
    kind: str | None = None
    more: tuple[int, ...] = ()
    pieces: tuple[Span, ...] = ()
    withdrawn: bool = False
    summary: str = ""


@dataclass(frozen=True)
class Busy:
    """An override that holds already and did not come from this calendar."""

    number: int
    person: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Step:
    """What to do about one entry: `make` an override for `person` in each of `pieces`, `cancel` one and `more` with it,
    both when it moved, or neither. `before` is how it was known.
    """

    entry: CalendarEntry
    person: str = ""
    make: Kind | None = None
    cancel: int | None = None
    more: tuple[int, ...] = ()
    pieces: tuple[Span, ...] = ()
    before: Known | None = None


@dataclass(frozen=True)
class Import:
    """`steps` to take, the entries that are as they were, and a sentence for each that was left out."""

    steps: tuple[Step, ...]
    kept: tuple[tuple[CalendarEntry, str], ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def unchanged(self) -> int:
        return len(self.kept)


def plan(
    catalog: Catalog,
    reading: CalendarReading,
    known: Mapping[str, Known],
    meaning: Meaning,
    now: datetime,
    busy: Sequence[Busy] = (),
) -> Import:
    """What importing would do. Importing the same file twice does nothing the second time; nobody is guessed.

    `known` is by uid. Of time off only that is taken which is not covered by other overrides of the same person yet.
    """
    steps: list[Step] = []
    notices = list(reading.notices)
    kept: list[tuple[CalendarEntry, str]] = []
    kind: Kind = "only" if meaning == "override" else "remove"
    taken = list(busy) if kind == "remove" else []
    for entry in reading.entries:
        before = known.get(entry.uid)
        if entry.cancelled or entry.end <= now:
            steps += _ended(entry, before) if entry.cancelled else ()
            continue
        people = whom(entry, catalog)
        if len(people) != 1:
            notices.append(_nobody(entry, people, reading.zone))
            steps += _ended(entry, before)
            continue
        free, covered_by = _uncovered(entry, people[0], taken)
        if before and _as_before(before, entry, people[0], kind, free, now):
            kept.append((entry, people[0]))
        elif free:
            gone = before if before and before.alive else None
            steps.append(Step(entry, people[0], kind, gone.override if gone else None, gone.more if gone else (), free,
                              gone))  # fmt: skip
        else:
            notices.append(f"{titled(entry, reading.zone)} was left out: override {covered_by} covers it already.")
            steps += _ended(entry, before)
        if kind == "remove":
            taken += [Busy(0, people[0], *span) for span in free]
    steps += _no_more(reading, known, now)
    return Import(tuple(steps), tuple(kept), tuple(notices))


def _ended(entry: CalendarEntry, before: Known | None) -> Iterator[Step]:
    if before and before.alive:
        yield Step(entry, cancel=before.override, more=before.more, before=before)


def _no_more(reading: CalendarReading, known: Mapping[str, Known], now: datetime) -> Iterator[Step]:
    """What came from this calendar and is not in it any more, as far as it was read."""
    there = {entry.uid for entry in reading.entries}
    for uid, before in known.items():
        event = event_of(uid)
        unseen = event in reading.unread or before.start >= reading.until.get(event, datetime.max.replace(tzinfo=UTC))
        if uid not in there and before.end > now and not unseen:
            yield from _ended(CalendarEntry(uid, before.start, before.end, before.summary), before)


def event_of(uid: str) -> str:
    """The event that an occurrence belongs to."""
    return _OCCURRENCE.sub("", uid)


def _as_before(
    before: Known, entry: CalendarEntry, person: str, kind: Kind, free: Sequence[Span], now: datetime
) -> bool:
    """What somebody has taken back by hand stays so as long as its entry does."""
    if (before.start, before.end, before.person) != (entry.start, entry.end, person) or before.kind not in (None, kind):
        return False
    if not before.alive or before.withdrawn or not before.pieces:
        return True
    return _ahead(before.pieces, now) == _ahead(free, now)


def _ahead(spans: Sequence[Span], now: datetime) -> list[Span]:
    """What of them is still to come: what begins within a minute counts as begun, as what was made a moment ago has."""
    soon = now + timedelta(minutes=1)
    return [(max(start, soon), end) for start, end in spans if end > soon]


def _uncovered(entry: CalendarEntry, person: str, taken: Sequence[Busy]) -> tuple[tuple[Span, ...], int]:
    """The parts of an entry that nothing covers, and an override that covers some of it (0: another entry)."""
    free: list[Span] = [(entry.start, entry.end)]
    by = 0
    for one in taken:
        if one.person != person or one.start >= entry.end or one.end <= entry.start:
            continue
        by = by or one.number
        cut = (((start, min(end, one.start)), (max(start, one.end), end)) for start, end in free)
        free = [(start, end) for parts in cut for start, end in parts if start < end]
    return tuple(free), by


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


def titled(entry: CalendarEntry, zone: ZoneInfo) -> str:
    """An entry in a sentence: its title and its time, a whole day as the day."""
    return f'"{entry.summary[:60]}" ({days.day_words(entry.start, entry.end, zone) or _moment(entry.start, zone)})'


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _nobody(entry: CalendarEntry, people: list[str], zone: ZoneInfo) -> str:
    if people:
        return f"{titled(entry, zone)} names {' and '.join(people)}: one entry is for one person."
    return f"{titled(entry, zone)} names no one in tocsin.yml: add an e-mail address or a name to it."
