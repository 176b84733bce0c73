"""Rules of actions: something to do in a running incident, by one person, within a time-box. And how they are typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.catalog.duration import parse_duration
from bot.domain.command.errors import NoSuchItem, NothingSaid
from bot.domain.command.keeping_facts import ActionGiven, ActionMoved, ActionOverdue, ActionSettled
from bot.domain.core.fact import Fact
from bot.domain.core.typed_text import cut, says_something
from bot.domain.incidents import lifecycle
from storage.models import Action, ActionState, Incident

MORE = timedelta(minutes=10)
"""What *+10* adds, counted from now where the time-box is over."""
NUDGES = 3
"""So often is said that a time-box is over."""
_BOX = re.compile(
    r"(?:^|\s+)(?:(?:back\s+)?in|for|within|by)?\s*(\d{1,3}\s?(?:s|sec|m|mins?|minutes?|h|hrs?|hours?))\s*$",
    re.IGNORECASE,
)
_UNITS = re.compile(r"(\d+)\s?([smh])\w*", re.IGNORECASE)
_ITEM = re.compile(r"(?P<letter>[ADM])-?(?P<number>[1-9]\d{0,5})\b[:,]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_OTHER = re.compile(r"AI-?\d+\b", re.IGNORECASE)
SAID = {
    "done": ("done", "finished", "ticked"), "drop": ("drop", "dropped", "cancel", "no"),
    "more": ("+10", "more", "later", "longer"), "got": ("got", "confirm", "mine", "ok"),
}  # fmt: skip
"""What can be said about an action, by the words for it."""


@dataclass(frozen=True)
class Written:
    """An action as it was typed: `owner` is a word for a person, "" when none was named."""

    owner: str
    text: str
    box: timedelta | None


def read(text: str) -> Written:
    """`@bo restart the pool 10m`: who, what, and for how long."""
    words, box = boxed(text)
    first, rest = cut(words)
    if first.startswith(("@", "<@")):
        return Written(first, rest.strip(), box)
    return Written("", words, box)


def boxed(text: str) -> tuple[str, timedelta | None]:
    """The words without the length of time that they end with: `in 10m`, `10 min`."""
    found = _BOX.search(text)
    if found is None or not says_something(text[: found.start()]):
        return text.strip(), None
    amount, unit = _UNITS.match(found[1].strip()).groups()  # type: ignore[union-attr]
    return text[: found.start()].strip(), parse_duration(f"{int(amount)}{unit.lower()}")


def item(text: str, letter: str) -> tuple[int, str] | None:
    """`A3 done` -> (3, "done"): words that begin with the number of one of these; None when they do not."""
    found = _ITEM.match(text.strip())
    if found is None or found["letter"].upper() != letter:
        return None
    return int(found["number"]), found["rest"].strip()


def is_of_the_postmortem(text: str) -> bool:
    """ "AI-1": an action item of a postmortem, which is another thing."""
    return _OTHER.match(text.strip()) is not None


def said(text: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """What is said about one of them, and the words behind it; ("", text) for none of these."""
    first, rest = cut(text)
    word = first.lower().strip(".,:;!")
    return next(((name, rest.strip()) for name, known in words.items() if word in known), ("", text))


def give(
    incident: Incident, *, number: int, text: str, owner: str, by: str, now: datetime, box: timedelta, ref: str
) -> Action:
    """The action, to be stored before it is told (`given`). Raises NotOpen and NothingSaid."""
    lifecycle.require_open(incident, ref, "an action")
    if not says_something(text):
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
