"""Rules of overrides: which may be made, what each would change for whom, and which of the recorded ones hold."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

from bot.catalog import Catalog
from bot.domain.core.people import SLACK_ID, display_name, slack_id
from bot.domain.schedules import days
from bot.domain.schedules.errors import (
    EmptyWindow,
    NobodyNamed,
    NotOnCallThen,
    OnCallAnyway,
    OneselfAsSubstitute,
    Overlaps,
    PersonIsGone,
    WindowIsLong,
    WindowIsPast,
)
from bot.domain.schedules.rota import Rota, stretches
from bot.domain.schedules.schedule import Override
from storage.models import ScheduleOverride

Kind = Literal["add", "remove", "replace", "only"]
KINDS: tuple[Kind, ...] = ("add", "remove", "replace", "only")
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Change:
    """`person` gains, or else loses, [start, end) on a schedule."""

    person: str
    gains: bool
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Gap:
    """Nobody is on call in [start, end) any more; `was` were."""

    start: datetime
    end: datetime
    was: tuple[str, ...]


def named(person: str, catalog: Catalog) -> str:
    """Somebody of our records as schedules name them: the catalogue key, or the Slack id of people without one."""
    known = catalog.person_by_slack(person)
    return known.key if known else person


def plan_of(row: ScheduleOverride) -> Override:
    """A recorded override as the schedule applies it; one that was cancelled has held until then."""
    end = min(row.end, row.cancelled_at) if row.cancelled_at else row.end
    return Override(row.start, end, cast(Kind, row.kind), row.person, row.substitute, tuple(row.people), row.id)


def rota_of(catalog: Catalog, rows: Iterable[ScheduleOverride], gone: Container[str] = ()) -> Rota:
    """The rota with those of `rows` that can hold. `gone`: Slack ids of accounts that cannot be on call.

    Whoever is unknown or gone is never put on call: the plan without them holds, and `skipped` says so.
    """
    overrides: dict[str, list[Override]] = {}
    skipped = []
    for row in rows:
        made = plan_of(row)
        if row.schedule not in catalog.schedules or made.end <= made.start:
            continue
        missing = [who for who in put_on_call(made) if absent(who, catalog, gone)]
        if missing:
            why = " and ".join(f"{who} {absent(who, catalog, gone)}" for who in missing)
            skipped.append(f"Override {row.id} on {row.schedule} is not applied to the full: {why}.")
        if (held := _without(made, missing)) is not None:
            overrides.setdefault(row.schedule, []).append(held)
    return Rota(catalog, overrides, tuple(skipped))


def put_on_call(override: Override) -> tuple[str, ...]:
    """Who an override brings on call."""
    if override.action == "only":
        return override.people
    if override.action == "replace":
        return (override.substitute,) if override.substitute else ()
    return (override.person,) if override.action == "add" else ()


def absent(who: str, catalog: Catalog, gone: Container[str]) -> str:
    """Why somebody cannot be on call; empty when they can."""
    slack = slack_id(who, catalog)
    if slack in gone:
        return "has no active account in this workspace"
    return "" if who in catalog.people or SLACK_ID.match(who) else "is not in tocsin.yml any more"


def _without(override: Override, missing: Sequence[str]) -> Override | None:
    """What is left of an override whose people are missing; None when the plan had better hold without it."""
    if not missing:
        return override
    left = tuple(who for who in override.people if who not in missing)
    return override._replace(people=left) if override.action == "only" and left else None


def changes(before: Rota, after: Rota, schedule: str, start: datetime, end: datetime) -> list[Change]:
    """Who gains and loses what within [start, end) from one rota to the other, in order of time; losses first."""
    had = before.shifts(schedule, start, end)
    has = after.shifts(schedule, start, end)
    people = dict.fromkeys(who for plan in (had, has) for shift in plan for who in shift.people)
    found = []
    for who in people:
        old, new = stretches(had, who), stretches(has, who)
        found += [Change(who, False, *span) for span in _minus(old, new)]
        found += [Change(who, True, *span) for span in _minus(new, old)]
    return sorted(found, key=lambda one: (one.start, one.gains, one.person))


def changes_by(rota: Rota, schedule: str, override: Override) -> list[Change]:
    """The same for one more override."""
    return changes(rota, rota.with_override(schedule, override), schedule, override.start, override.end)


def _minus(
    spans: Iterable[tuple[datetime, datetime]], taken: Sequence[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """The parts of `spans` that lie in none of `taken`; both are in order and without overlap."""
    for start, end in spans:
        for begins, ends in taken:
            if begins < end and ends > start:
                if start < begins:
                    yield start, begins
                start = max(start, ends)
        if start < end:
            yield start, end


def left_alone(rota: Rota, schedule: str, override: Override) -> list[tuple[datetime, datetime]]:
    """The stretches in which the override would leave nobody on call where there was somebody."""
    after = rota.with_override(schedule, override)
    return [(one.start, one.end) for one in holes(rota, after, schedule, override.start, override.end)]


def holes(before: Rota, after: Rota, schedule: str, start: datetime, end: datetime) -> list[Gap]:
    """Where one rota has somebody within [start, end) and the other nobody; a hole for each who was there."""
    if start >= end:
        return []
    had = [shift for shift in before.shifts(schedule, start, end) if shift.people]
    cuts = ((max(gap.start, one.start), min(gap.end, one.end), one.people)
            for gap in after.gaps(schedule, start, end) for one in had)  # fmt: skip
    found: list[Gap] = []
    for begins, ends, people in cuts:
        if begins >= ends:
            continue
        if found and found[-1].end == begins and found[-1].was == people:
            begins = found.pop().start
        found.append(Gap(begins, ends, people))
    return found


def clipped(override: Override, now: datetime) -> Override:
    """The part of an override that is still to come."""
    return override._replace(start=max(override.start, now))


def require(
    rota: Rota,
    schedule: str,
    override: Override,
    others: Sequence[ScheduleOverride],
    *,
    now: datetime,
    gone: Container[str] = (),
) -> None:
    """Raises a DomainError when this override makes no sense, or changes nothing of what is still to come.

    `others` are the overrides that are not over yet.
    """
    zone = rota.catalog.schedules[schedule].zone
    require_window(override.start, override.end, now, zone)
    override = clipped(override, now)
    _require_people(override, rota.catalog, gone)
    for row in others:
        if row.schedule == schedule and _same(plan_of(row), override):
            who = display_name(override.person, rota.catalog)
            when = days.when(row.start, row.end, zone)
            raise Overlaps(number=row.id, person=who, schedule=schedule, when=when)
    _require_effect(rota, schedule, override, zone)


def require_window(start: datetime, end: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Raises EmptyWindow, WindowIsPast or WindowIsLong."""
    if end <= start:
        raise EmptyWindow(start=days.at(start, zone, now), end=days.at(end, zone, now))
    if end <= now:
        raise WindowIsPast(end=days.at(end, zone, now))
    if end - start > LONGEST:
        raise WindowIsLong(days=LONGEST.days)


def _require_people(override: Override, catalog: Catalog, gone: Container[str]) -> None:
    if override.action == "only":
        if not override.people:
            raise NobodyNamed(what="A temporary schedule")
    elif not override.person:
        raise NobodyNamed(what="An override")
    elif override.action == "replace" and not override.substitute:
        raise NobodyNamed(what="A replacement")
    if override.action == "replace" and override.substitute == override.person:
        raise OneselfAsSubstitute(person=display_name(override.person, catalog))
    for who in put_on_call(override):
        if why := absent(who, catalog, gone):
            raise PersonIsGone(person=display_name(who, catalog), why=f"the person {why}")


def _same(one: Override, other: Override) -> bool:
    """Do both change the same person at the same time?"""
    overlap = one.start < other.end and other.start < one.end
    if not overlap or "only" in (one.action, other.action):
        return False
    return one.person == other.person


def _require_effect(rota: Rota, schedule: str, override: Override, zone: ZoneInfo) -> None:
    """An override that changes nothing is probably a slip: it is said, and nothing is kept."""
    if changes_by(rota, schedule, override):
        return
    facts = {
        "person": display_name(override.person, rota.catalog),
        "schedule": schedule,
        "when": days.when(override.start, override.end, zone),
    }
    if override.action in ("add", "only"):
        everybody = " and ".join(display_name(who, rota.catalog) for who in put_on_call(override))
        raise OnCallAnyway(**{**facts, "person": everybody})
    raise NotOnCallThen(**facts, what=override.action)
