"""What is on record about the paging of one incident: the rows from which "why was I paged" is answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.models import (
    Attempt,
    AttemptOutcome,
    Delivery,
    DeliveryState,
    Escalation,
    JournalEntry,
    Page,
    PageStep,
    StepState,
)
from storage.outbox import OVER


@dataclass(frozen=True)
class Evidence:
    """The escalations of an incident, oldest first, with everything that belongs to them in order."""

    escalations: Sequence[Escalation]
    pages: Sequence[Page]
    facts: Sequence[JournalEntry]
    steps: Sequence[PageStep]
    deliveries: Sequence[Delivery]
    attempts: Sequence[Attempt]


def of_incident(session: Session, number: int, names: Sequence[str]) -> Evidence:
    """Everything that was decided about paging for an incident (its journal entries of these `names`), and every try
    to carry it out."""
    runs = select(Escalation).where(Escalation.incident == number).order_by(col(Escalation.id))
    asked = select(Page).where(Page.incident == number).order_by(col(Page.id))
    said = select(JournalEntry).where(JournalEntry.subject == f"incident:{number}", col(JournalEntry.fact).in_(names))
    pages = list(session.exec(asked))
    ways = select(PageStep).where(col(PageStep.page).in_([page.id for page in pages])).order_by(col(PageStep.id))
    lanes = [f"page:{page.id}:{via}" for page in pages for via in VIAS]
    owed = select(Delivery).where(col(Delivery.key).in_(lanes)).order_by(col(Delivery.id))
    deliveries = list(session.exec(owed))
    tried = select(Attempt).where(col(Attempt.delivery).in_([one.id for one in deliveries])).order_by(col(Attempt.id))
    return Evidence(
        list(session.exec(runs)),
        pages,
        list(session.exec(said.order_by(col(JournalEntry.n)))),
        list(session.exec(ways)),
        deliveries,
        list(session.exec(tried)),
    )


VIAS = ("slack", "email", "phone", "sms", "push", "webhook", "pagerduty", "opsgenie")
"""The last part of the key of a page's delivery, one per contact method."""

LATEST = 100
"""Attempts that are looked at to judge how the ways stand."""


def latest_tries(session: Session) -> list[tuple[str, dict[str, Any], AttemptOutcome, datetime]]:
    """Kind, payload, outcome and end of the latest attempts, oldest first."""
    query = select(Delivery.kind, Delivery.payload, Attempt.outcome, Attempt.ended_at)
    rows = session.exec(query.where(Attempt.delivery == Delivery.id).order_by(col(Attempt.id).desc()).limit(LATEST))
    return [(kind, payload, outcome, at) for kind, payload, outcome, at in reversed(rows.all())]


AT_ONCE = 200
"""Chains that one statement asks for."""

Proof = tuple[datetime | None, datetime | None, datetime | None]


def proofs(session: Session, since: datetime, answers: Sequence[str]) -> dict[tuple[str, str], Proof]:
    """By person and way: when it was last sent, last failed, and last answered by whoever it reached, after `since`.

    `answers` are the names of journal entries that tell of an answer. A press in Slack proves Slack; an answer by link
    or reply proves the other ways by which that page was sent.
    """
    query = select(PageStep, Page).where(PageStep.page == Page.id, col(PageStep.settled_at) >= since)
    steps = session.exec(query).all()
    answered = _answered(session, [page for _, page in steps], answers)
    found: dict[tuple[str, str], list[datetime | None]] = {}
    for step, page in steps:
        mine, at = found.setdefault((page.person, step.via), [None, None, None]), step.settled_at
        if step.state in (StepState.SENT, StepState.FAILED) and at is not None:
            place = 0 if step.state == StepState.SENT else 1
            mine[place] = max(at, mine[place] or at)
        door = answered.get(page.id or 0)
        if step.state == StepState.SENT and door is not None and (step.via == "slack") == (door[0] == "slack"):
            mine[2] = max(door[1], mine[2] or door[1])
    return {key: (sent, failed, acknowledged) for key, (sent, failed, acknowledged) in found.items()}


def _answered(session: Session, pages: Sequence[Page], names: Sequence[str]) -> dict[int, tuple[str, datetime]]:
    """By page: through which door its person acknowledged (slack, or link for links and replies), and when."""
    subjects = sorted({f"incident:{one.incident}" if one.incident else f"escalation:{one.escalation}" for one in pages})
    doors: dict[int, tuple[str, datetime]] = {}
    for start in range(0, len(subjects), AT_ONCE):
        some = col(JournalEntry.subject).in_(subjects[start : start + AT_ONCE])
        for entry in session.exec(select(JournalEntry).where(some, col(JournalEntry.fact).in_(names))):
            page = json.loads(entry.body)["page"]
            via = entry.actor.partition(" (")[2].rstrip(")")
            if page is not None and via in ("", "link", "reply"):
                doors[page] = ("slack" if not via else "link", entry.at)
    return doors


def keyed(session: Session, prefix: str, kind: str) -> list[Delivery]:
    """Deliveries of a kind whose keys begin with `prefix`, which ends in a colon."""
    return list(session.exec(_keyed(prefix, kind).order_by(col(Delivery.id))))


def keyed_before(session: Session, prefix: str, row: Delivery, most: int) -> list[Delivery]:
    """The same of the kind of `row`, as far as they are older: the newest of them, oldest first."""
    number: Any = col(Delivery.id) + 0  # found by their keys, and not by walking back over all that was ever sent
    query = _keyed(prefix, row.kind).where(number < (row.id or 0))
    return list(reversed(session.exec(query.order_by(number.desc()).limit(most)).all()))


def _keyed(prefix: str, kind: str) -> Any:
    upto = f"{prefix[:-1]};"  # the character after the colon
    return select(Delivery).where(col(Delivery.key) >= prefix, col(Delivery.key) < upto, Delivery.kind == kind)


def said_before(session: Session, row: Delivery) -> str:
    """The kind of what was last really sent on the lane of this delivery, before it; "" for nothing."""
    query = select(Delivery.kind, Delivery.result).where(
        Delivery.lane == row.lane, col(Delivery.id) < (row.id or 0), Delivery.state == DeliveryState.SENT, OVER
    )
    for kind, result in session.exec(query.order_by(col(Delivery.id).desc()).limit(20)):
        if "nothing" not in (result or {}):
            return kind
    return ""


def tried_before(session: Session, row: Delivery) -> bool:
    """Whether anything of another kind on the lane of this delivery, before it, may have arrived."""
    query = select(Delivery.id).where(
        Delivery.lane == row.lane, col(Delivery.id) < (row.id or 0), Delivery.kind != row.kind,
        Delivery.attempts > 0, OVER,
    )  # fmt: skip
    return session.exec(query.limit(1)).first() is not None


def unconfirmed(session: Session, row: Delivery) -> int:
    """Attempts before the one under way that may have arrived: all but those that are known to have failed.

    Whoever was killed in the middle of one has left no record of it, only the count.
    """
    known = select(func.count()).where(Attempt.delivery == row.id, Attempt.outcome != AttemptOutcome.AMBIGUOUS)
    return max(0, row.attempts - 1 - session.exec(known).one())
