"""Rules of actions: something to do in a running incident, by one person, within a time-box. And how they are typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.command import typed_items
from bot.domain.command.errors import NoSuchItem, NothingSaid
from bot.domain.command.keeping_facts import ActionGiven, ActionMoved, ActionOverdue, ActionSettled
from bot.domain.core.fact import Fact
from bot.domain.core.typed_text import says_something
from bot.domain.incidents import lifecycle
from storage.models import Action, ActionState, Incident

MORE = timedelta(minutes=10)
"""What *+10* adds, counted from now where the time-box is over."""
NUDGES = 3
"""So often is said that a time-box is over."""
_TO = re.compile(r"for (?=<?@)", re.IGNORECASE)
_MENTION = r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|(?<!\S)@[\w.-]+"


@dataclass(frozen=True)
class Written:
    """An action as it was typed: `owners` are words for people, none when no one was named."""

    owners: tuple[str, ...]
    text: str
    box: timedelta | None


def read(text: str, named: Callable[[str], bool] = lambda word: False) -> Written:
    """`@bo restart the pool 10m`, `10m for bo: restart the pool`, `restart the pool @bo`: who, what, and for how long.

    `named` says whether a word without an @ is somebody's name. Who is mentioned in the middle is part of what to do.
    """
    words, last = typed_items.boxed(text)
    words, first = typed_items.box_in_front(words) if last is None else (words, None)
    words = _TO.sub("", words, count=1) if _TO.match(words) else words
    owners: list[str] = []
    while found := re.match(rf"({_MENTION})[\s:,–—-]*", words):
        owners.append(found[1])
        words = words[found.end() :]
    if not owners and (found := re.search(rf"\s+(?:for\s+)?({_MENTION})$", words)):
        owners.append(found[1])
        words = words[: found.start()]
    if (
        not owners
        and (found := re.match(r"(?:for\s+)?([^\W\d_][\w.-]*?)(?:'s)?[:,]?\s+(?=\S)", words))
        and named(found[1])
    ):
        owners.append(found[1])
        words = words[found.end() :]
    return Written(tuple(owners), words.strip(), last or first)


def give(
    incident: Incident, *, number: int, text: str, owner: str, by: str, now: datetime, box: timedelta, ref: str
) -> Action:
    """The action, to be stored before it is told (`given`). Raises NotOpen and NothingSaid."""
    lifecycle.require_open(incident, ref, "an action")
    if not says_something(text) or typed_items.is_only_a_box(text):
        raise NothingSaid(what="do", example=f"/incident action {ref} @bo restart the pool 10m")
    return Action(
        incident=incident.number or 0, number=number, text=lifecycle.tidy(text, 500), owner=owner, by=by, at=now,
        due_at=now + box,
    )  # fmt: skip


def given(row: Action) -> list[Fact]:
    return [
        ActionGiven(action=row.id or 0, number=row.number, text=row.text, owner=row.owner, by=row.by, due_at=row.due_at)
    ]


def settle(row: Action, state: ActionState, *, person: str, now: datetime) -> list[Fact]:
    """Done or dropped, once."""
    if row.state != ActionState.OPEN:
        return []
    row.state, row.settled_by, row.settled_at = state, person, now
    return [
        ActionSettled(
            action=row.id or 0, number=row.number, text=row.text, owner=row.owner, by=row.by, state=state, person=person
        )
    ]


def move(row: Action, *, now: datetime, by: timedelta | None = None) -> list[Fact]:
    """Its owner has it, said once, or has more time (`by`), counted from now where the time is over."""
    if row.state != ActionState.OPEN:
        return []
    if by is None:
        if row.confirmed_at is not None:
            return []
        row.confirmed_at = now
    else:
        row.due_at, row.nudged = max(row.due_at or now, now) + by, 0
    return [
        ActionMoved(
            action=row.id or 0, number=row.number, text=row.text, owner=row.owner, by=row.by, due_at=row.due_at,
            confirmed=row.confirmed_at is not None,
        )
    ]  # fmt: skip


def overdue(row: Action, now: datetime) -> list[Fact]:
    """Its time-box is over: said at most NUDGES times."""
    if row.state != ActionState.OPEN or row.due_at is None or row.due_at > now or row.nudged >= NUDGES:
        return []
    row.nudged += 1
    again = now + MORE if row.nudged < NUDGES else None
    return [
        ActionOverdue(
            action=row.id or 0, number=row.number, text=row.text, owner=row.owner, due_at=row.due_at, times=row.nudged,
            again_at=again,
        )
    ]  # fmt: skip


def require(row: Action | None, name: str, ref: str) -> Action:
    """Raises NoSuchItem."""
    if row is None:
        raise NoSuchItem(name=name, ref=ref, verb="action")
    return row
