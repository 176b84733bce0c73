"""Rules of decisions: numbered, open to strong objections for a moment, or pending until a deadline or a condition."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.command.errors import NothingSaid, NotObjectable, Undecided, YesOrNoInstead
from bot.domain.command.keeping_facts import RulingFallsDue, RulingMade, RulingObjected, RulingSettled
from bot.domain.command.typed_items import boxed
from bot.domain.core import typed_intent
from bot.domain.core.fact import Fact
from bot.domain.core.people import TOCSIN
from bot.domain.core.typed_text import says_something
from bot.domain.incidents import lifecycle
from storage.models import Incident, Ruling, RulingState

OPEN = (RulingState.PROPOSED, RulingState.OBJECTED, RulingState.PENDING)
_PENDING = re.compile(r"pending\b[:,]?\s*", re.IGNORECASE)
_IF = re.compile(r"\s+(?:if|when|unless)\s+(.+)$", re.IGNORECASE | re.DOTALL)
_UNDECIDED = re.compile(
    r"(?:(?:should|shall|can|could|would|do|does|must) (?:we|i|you|they|it)\b|whether\b|if (?:we|to)\b|maybe\b|"
    r"perhaps\b|later\b|nothing\W*$|what\b|who\b|which\b|when\b)",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"(?:yes|no)\b[\s,.!:]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """A decision as it was typed."""

    text: str
    pending: bool = False
    within: timedelta | None = None
    condition: str = ""


def read(text: str, ref: str) -> Written:
    """`Roll back now`, `pending fail over to Dublin if the replica lags in 30m`.

    Raises YesOrNoInstead for what answers a manager's question, Undecided for a question or second thoughts.
    """
    if _YES_OR_NO.match(text.strip()):
        raise YesOrNoInstead(ref=ref)
    found = _PENDING.match(text.strip())
    if found is None:
        plain = text.strip().removeprefix("to ").strip("-–— ")
        if _UNDECIDED.match(plain) or typed_intent.asks(plain) or typed_intent.hesitates(plain):
            raise Undecided(text=plain[:80], ref=ref)
        return Written(plain)
    words, within = boxed(text.strip()[found.end() :])
    when = _IF.search(words)
    return Written(words[: when.start()] if when else words, True, within, when[1].strip() if when else "")


def make(
    incident: Incident, what: Written, *, number: int, by: str, now: datetime, open_for: timedelta, ref: str
) -> Ruling:
    """The decision, to be stored before it is told (`made`). Raises NotOpen and NothingSaid."""
    lifecycle.require_open(incident, ref, "a decision")
    if not says_something(what.text):
        raise NothingSaid(what="decide", example=f"/incident decision {ref} roll back now")
    state = RulingState.PENDING if what.pending else RulingState.PROPOSED if open_for else RulingState.DECIDED
    until = (now + what.within if what.within else None) if what.pending else now + open_for if open_for else None
    return Ruling(incident=incident.number or 0, number=number, text=lifecycle.tidy(what.text, 1000), by=by, at=now,
                  state=state, due_at=until, condition=lifecycle.tidy(what.condition, 300))  # fmt: skip


def made(row: Ruling) -> list[Fact]:
    return [
        RulingMade(
            ruling=row.id or 0, number=row.number, text=row.text, state=row.state, by=row.by, until=row.due_at,
            condition=row.condition,
        )
    ]  # fmt: skip


def object_to(row: Ruling, *, person: str, reason: str) -> list[Fact]:
    """A strong objection, while the decision is open to one; whoever decided says how it goes on.

    Raises NotObjectable.
    """
    if row.state == RulingState.OBJECTED:
        return []
    if row.state != RulingState.PROPOSED:
        raise NotObjectable(number=row.number)
    row.state, row.objector, row.objection = RulingState.OBJECTED, person, lifecycle.tidy(reason, 1000)
    return [
        RulingObjected(
            ruling=row.id or 0, number=row.number, text=row.text, by=row.by, person=person, reason=row.objection
        )
    ]


def settle(row: Ruling, state: RulingState, *, person: str, now: datetime, text: str = "") -> list[Fact]:
    """It stands, or is dropped; a pending one may be decided in other words."""
    if row.state not in OPEN:
        return []
    if says_something(text):
        row.text = lifecycle.tidy(text, 1000)
    row.state, row.settled_by, row.settled_at = state, person, now
    return [RulingSettled(ruling=row.id or 0, number=row.number, text=row.text, by=row.by, state=state, person=person)]


def due(row: Ruling, *, commander: str, now: datetime) -> list[Fact]:
    """No objection in time: it stands. A pending one: whoever commands is reminded."""
    if row.due_at is None or row.due_at > now:
        return []
    if row.state == RulingState.PROPOSED:
        return settle(row, RulingState.DECIDED, person=TOCSIN.who, now=now)
    if row.state != RulingState.PENDING:
        return []
    return [
        RulingFallsDue(
            ruling=row.id or 0, number=row.number, text=row.text, by=row.by, condition=row.condition, due_at=row.due_at,
            person=commander,
        )
    ]  # fmt: skip
