"""What an edit of tocsin.yml does to the shifts to come: whose move, and who is on call instead. Pure.

The schedules as people were last told of them are kept as plain values (`kept`), so that a restart compares too.
Overrides are the same on both sides: whoever made one was told of it then.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from bot.catalog import Catalog
from bot.catalog.sections.company import Person
from bot.catalog.sections.schedules import Schedule
from bot.domain.core.people import slack_id
from bot.domain.schedules.rota import Rota, stretches
from bot.domain.schedules.schedule import Shift

AHEAD = timedelta(weeks=8)
"""How far shifts are compared: nobody plans around what lies further away."""
FURTHER = timedelta(days=62)
"""How far beyond that the end of a shift is looked for; one that lasts longer has no end worth naming."""
Span = tuple[datetime, datetime | None]
"""[start, end), in UTC; None for an end that is not in sight."""
Named = Callable[[str], str]


@dataclass(frozen=True)
class Moved:
    """The shifts of `person` that were planned and are no more, and those that are new; what stays is in neither.

    `began`: on call from this moment; `ended`: no longer on call from this moment.
    """

    person: str
    was: tuple[Span, ...]
    now: tuple[Span, ...]
    began: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Window:
    """Within [start, end) `now` are on call where `was` were; adjoining times of the same people are one."""

    start: datetime
    end: datetime
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """What happened to one schedule; `new`, or `gone`, says that it was not there before, or is not there any more.

    `before` were on call when the edit came, `people` are now. People are named as our records name them.
    """

    schedule: str
    moved: tuple[Moved, ...]
    windows: tuple[Window, ...]
    before: tuple[str, ...]
    people: tuple[str, ...]
    new: bool = False
    gone: bool = False


def kept(catalog: Catalog) -> dict[str, Any]:
    """The schedules and who is who, as plain values."""
    return {
        "schedules": {name: one.model_dump(mode="json", by_alias=True) for name, one in catalog.schedules.items()},
        "people": {key: [person.name, person.slack] for key, person in catalog.people.items()},
    }


def restored(told: Mapping[str, Any], catalog: Catalog) -> Catalog:
    """The configuration with the schedules and people of `told`; a schedule that this release cannot read is as new.

    One that only has another name now stands under that.
    """
    schedules = _schedules(told, catalog)
    for former, name in _renamed(schedules, catalog).items():
        schedules[name] = schedules.pop(former)
    people = {key: Person(key=key, name=name, slack=slack) for key, (name, slack) in told["people"].items()}
    fields = {name: getattr(catalog, name) for name in Catalog.model_fields}
    return Catalog.model_construct(**{**fields, "schedules": schedules, "people": people})


def _schedules(told: Mapping[str, Any], catalog: Catalog) -> dict[str, Schedule]:
    found = {}
    for name, body in told["schedules"].items():
        try:
            found[name] = Schedule.model_validate_json(json.dumps(body))
        except ValidationError:
            if name in catalog.schedules:
                found[name] = catalog.schedules[name]
    return found


def renamed_of(told: Mapping[str, Any], catalog: Catalog) -> dict[str, str]:
    """Former name -> name of the schedules that are the same under another name."""
    return _renamed(_schedules(told, catalog), catalog)


def _renamed(before: Mapping[str, Schedule], after: Catalog) -> dict[str, str]:
    lost = {name: one for name, one in before.items() if name not in after.schedules}
    found = {}
    for name, one in after.schedules.items():
        if name in before:
            continue
        twin = next((old for old, was in lost.items() if _rotations(was) == _rotations(one)), None)
        if twin is not None:
            del lost[twin]
            found[twin] = name
    return found


def _rotations(schedule: Schedule) -> Any:
    return schedule.timezone, schedule.week_start, [layer.model_copy(update={"name": ""}) for layer in schedule.layers]


def compare(before: Rota, after: Rota, now: datetime) -> list[Edit]:
    """An edit for each schedule whose shifts within eight weeks of `now` are not what they were."""
    now = now.replace(microsecond=0)
    names = dict.fromkeys([*after.catalog.schedules, *before.catalog.schedules])
    found = (_edit(before, after, name, now) for name in names)
    return [one for one in found if one.moved or one.windows]


def _edit(before: Rota, after: Rota, name: str, now: datetime) -> Edit:
    was = _plan(before, name, now, identities(before.catalog, after.catalog))
    planned = _plan(after, name, now, lambda who: recorded(who, after.catalog))
    people = dict.fromkeys(who for shift in (*was, *planned) for who in shift.people)
    moved = (_moved(who, was, planned, now) for who in people)
    return Edit(
        schedule=name,
        moved=tuple(one for one in moved if one is not None),
        windows=tuple(_windows(was, planned, now)),
        before=_at(was, now),
        people=_at(planned, now),
        new=name not in before.catalog.schedules,
        gone=name not in after.catalog.schedules,
    )


def recorded(who: str, catalog: Catalog) -> str:
    """Somebody of a plan as facts and messages name them."""
    return slack_id(who, catalog) or who


def identities(before: Catalog, after: Catalog) -> Named:
    """Who somebody of the plan before is today: the same account under another key is the same person, and so is the
    same key with another account."""

    def named(who: str) -> str:
        account = slack_id(who, before)
        if account and after.person_by_slack(account):
            return account
        return recorded(who, after) if who in after.people else account or who

    return named


def _plan(rota: Rota, schedule: str, now: datetime, named: Named) -> list[Shift]:
    """The shifts that begin within eight weeks, with their own ends."""
    end = now + AHEAD + FURTHER
    if schedule not in rota.catalog.schedules:
        return [Shift(now, end, (), None, False)]
    return [row._replace(people=tuple(dict.fromkeys(map(named, row.people))))
            for row in rota.shifts(schedule, now, end)]  # fmt: skip


def _moved(person: str, was: Sequence[Shift], planned: Sequence[Shift], now: datetime) -> Moved | None:
    old, new = _spans(was, person, now), _spans(planned, person, now)
    if old == new:
        return None
    before, after = person in _at(was, now), person in _at(planned, now)
    kept_on = set(old) & set(new)
    return Moved(
        person,
        tuple(one for one in old if one not in kept_on),
        tuple(one for one in new if one not in kept_on),
        began=after and not before,
        ended=before and not after,
    )


def _spans(plan: Sequence[Shift], person: str, now: datetime) -> list[Span]:
    last = now + AHEAD + FURTHER
    found = stretches(plan, person)
    return [(start, end if end < last else None) for start, end in found if start < now + AHEAD]


def _windows(was: Sequence[Shift], planned: Sequence[Shift], now: datetime) -> Iterator[Window]:
    """Where the two plans name other people, within eight weeks."""
    edges = {edge for row in (*was, *planned) for edge in (row.start, row.end)} | {now + AHEAD}
    cuts = sorted(edge for edge in edges if edge <= now + AHEAD)
    sides = [(plan, [row.start for row in plan]) for plan in (was, planned)]
    joined: Window | None = None
    for start, end in pairwise(cuts):
        old, new = (plan[bisect_right(starts, start) - 1].people for plan, starts in sides)
        same = set(old) == set(new)
        if joined and not same and joined.end == start and (joined.was, joined.now) == (old, new):
            joined = Window(joined.start, end, old, new)
            continue
        if joined:
            yield joined
        joined = None if same else Window(start, end, old, new)
    if joined:
        yield joined


def _at(plan: Sequence[Shift], at: datetime) -> tuple[str, ...]:
    return next((row.people for row in plan if row.start <= at < row.end), ())
