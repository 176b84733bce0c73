"""Rules of handing on: when a rotation changes, and what a note about it tells. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.core.errors import DomainError
from bot.domain.oncall.facts import ShiftHandoffEdited, ShiftHandoffRated, ShiftHandoffTaken
from bot.domain.oncall.health import Interruption
from bot.domain.schedules.calendar_feed import LONGEST
from bot.domain.schedules.rota import Rota
from storage.models import HandoffNote, Incident, ScheduleOverride

SECOND = timedelta(seconds=1)
SCORES = range(1, 6)


class NoSuchNote(DomainError):
    """This hand-off note no longer exists, so nothing was changed."""


class NotAScore(DomainError):
    """How was the turn? Choose 1 (rough) to 5 (clean)."""


class NotYourTurn(DomainError):
    """You did not go off call with this hand-off, so the survey is not yours. Nothing was changed."""


@dataclass(frozen=True)
class Paged:
    """What paged within a turn; `services` are the most frequent first."""

    total: int
    after_hours: int
    false_alarms: int
    services: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Handed:
    """Everything a note tells, beside its own row: read when it is shown, so that it is true then."""

    open: tuple[Incident, ...]
    ended: tuple[Incident, ...]
    paged: Paged
    overrides: tuple[ScheduleOverride, ...]


def planned_change(rota: Rota, schedule: str, at: datetime) -> datetime | None:
    """When the turn that ends at `at` began; None when the rotation itself does not change people there.

    An override that begins or ends is no hand-off: whoever made it knows why.
    """
    plain = Rota(rota.catalog)
    before = plain.shifts(schedule, at - LONGEST, at)
    after = plain.on_call(schedule, at).people
    if not before or before[-1].people == after:
        return None
    ends = plain.shifts(schedule, at - SECOND, at + SECOND)
    return before[-1].start if any(one.start == at for one in ends) else None


def paged(pages: Sequence[Interruption], after_hours: int) -> Paged:
    services = Counter(one.service or "no service named" for one in pages)
    return Paged(len(pages), after_hours, sum(one.false_alarm for one in pages), tuple(services.most_common()))


def take(note: HandoffNote, person: str, now: datetime) -> list[ShiftHandoffTaken]:
    """Somebody has read it and has it; once it is taken, nothing changes any more."""
    if note.taken_by is not None:
        return []
    note.taken_by, note.taken_at = person, now
    return [ShiftHandoffTaken(note=note.id or 0, schedule=note.schedule, person=person, shown=sorted(note.posts))]


def edit(note: HandoffNote, person: str, words: str) -> list[ShiftHandoffEdited]:
    """Replaces what was added by hand."""
    text = words.strip()
    if text == note.words:
        return []
    note.words, note.edited_by = text, person
    return [
        ShiftHandoffEdited(
            note=note.id or 0, schedule=note.schedule, person=person, words=text, shown=sorted(note.posts)
        )
    ]


def rate(note: HandoffNote, person: str, score: int, words: str) -> ShiftHandoffRated:
    """Raises NotAScore."""
    if score not in SCORES:
        raise NotAScore()
    return ShiftHandoffRated(note=note.id or 0, schedule=note.schedule, person=person, score=score, words=words.strip())
