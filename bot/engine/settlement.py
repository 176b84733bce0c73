"""What becomes of a delivery after an attempt: sent, put back or given up, and what follows, in one transaction.

A rule that breaks over an outcome would be asked again for ever, and everything behind it in its lane would wait: after
a few tries the delivery is given up, and said to be.
"""

import hashlib
import json
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.crash_points import crashpoint
from bot.deliveries import kinds, outcomes
from bot.deliveries.core import composition
from bot.deliveries.core.refusal import Refusal
from bot.domain.core.errors import OfANewerRelease
from bot.domain.core.people import TOCSIN
from bot.engine import retry
from bot.integrations.outbound import Outbound, Post
from bot.integrations.outcome import ACTS, Failed, Outcome, Reason, Retry, Sent
from bot.rendering import readers
from bot.work import Work, WorkFactory
from storage import loss, outbox
from storage.models import AttemptOutcome, Delivery, DeliveryState, Incident

MOST_BREAKS = 3  # a rule that broke three times over the same outcome breaks a fourth time


BREAKS = "breaks"


FAILURES = frozenset({Reason.NOT_APPLIED, Reason.AMBIGUOUS, Reason.RECIPIENT})


LONG = 10.0
"""Seconds that no page waits for because it was told to, without another way beside it."""


_log = logging.getLogger(__name__)


class Lapsed(Exception):
    """The lease ran out before anything was sent. Whoever has it now sends it."""


@dataclass(frozen=True)
class Claimed:
    """A delivery as the sender needs it, detached from any session; `since` when it was claimed (monotonic seconds)."""

    row: Delivery
    lease: str
    since: float = 0.0

    @property
    def is_page(self) -> bool:
        return self.row.priority == 0


def settled(
    desk: WorkFactory, claimed: Claimed, outcome: Outcome, *, started: datetime, ended: datetime
) -> Delivery | None:
    """Settles, and takes care of a rule that breaks. How the delivery stands now; None when somebody else has it.

    Raises OperationalError: the database's trouble is not the rule's, so the lease runs out and everything is tried
    again for as long as it takes.
    """
    try:
        return settle(desk, claimed, outcome, started=started, ended=ended)
    except OperationalError:
        raise
    except OfANewerRelease as unknown:
        sent = started if isinstance(outcome, Sent) or outcome.reason is Reason.AMBIGUOUS else None
        return left(desk, claimed, unknown, ended, ambiguous_since=sent)
    except Exception as error:
        if loss.reason(error):
            raise
        row = claimed.row
        _log.exception("delivery %s (%s): what follows from its outcome could not be recorded", row.id, row.kind)
        maybe_sent = isinstance(outcome, Sent) or outcome.reason is Reason.AMBIGUOUS
        return _broken(desk, claimed, fault(error), ended, ambiguous_since=started if maybe_sent else None)


def left(
    desk: WorkFactory,
    claimed: Claimed,
    unknown: OfANewerRelease,
    at: datetime,
    *,
    ambiguous_since: datetime | None = None,
) -> Delivery | None:
    """Put back for a replica of the release that knows what this is, however long that takes to come.

    It is never given up here. After a minute nothing waits behind it any more: there may be no such replica.
    """
    what = unknown.values["what"]
    with desk.work(TOCSIN) as w:
        row = _released(w, claimed)
        if row is None:
            return None
        age = at - row.created_at
        row.state, row.attempts = DeliveryState.PENDING, row.attempts - 1
        row.ambiguous_since = row.ambiguous_since or ambiguous_since
        row.not_before = at + timedelta(seconds=retry.patience(age))
        row.error = f"left for a newer release of Tocsin: this one does not know {what}"
        if age > retry.FOR_ANOTHER_RELEASE and not row.lane.startswith(outbox.ASIDE):
            row.lane = f"{outbox.ASIDE}{row.id}"
            _log.warning("delivery %s waits for a newer release: this one does not know %s", row.id, what)
        return row


def _broken(
    desk: WorkFactory, claimed: Claimed, error: str, at: datetime, *, ambiguous_since: datetime | None
) -> Delivery | None:
    """Tried again a few times, then given up as its kind decides; if that breaks too, given up without."""
    breaks = int(claimed.row.payload.get(BREAKS, 0)) + 1
    if breaks >= MOST_BREAKS:
        reason = f"given up after {breaks} tries: what follows from its outcome could not be recorded: {error}"
        try:
            return _bury(desk, claimed, reason, at, lambda w, row, said: outcomes.failed(w, row, Refusal(said)))
        except OperationalError:
            raise
        except Exception:
            _log.exception(
                "delivery %s (%s): its failure could not be followed either", claimed.row.id, claimed.row.kind
            )
            return _bury(desk, claimed, reason, at, composition.died)
    with desk.work(TOCSIN) as w:
        if row := _released(w, claimed):
            row.payload = {**row.payload, BREAKS: breaks}
            row.state, row.error = DeliveryState.PENDING, error
            row.ambiguous_since = row.ambiguous_since or ambiguous_since
            row.not_before = at + timedelta(seconds=retry.delay(breaks, page=claimed.is_page, after=None))
    return row


def _bury(
    desk: WorkFactory, claimed: Claimed, reason: str, at: datetime, rule: Callable[[Work, Delivery, str], None]
) -> Delivery | None:
    with desk.work(TOCSIN) as w:
        if row := _released(w, claimed):
            row.state, row.settled_at, row.error = DeliveryState.FAILED, at, reason
            w.session.flush()
            rule(w, row, reason)
    _log.critical("delivery %s (%s, %s) was %s", claimed.row.id, claimed.row.kind, claimed.row.key, reason)
    return row


def _released(w: Work, claimed: Claimed) -> Delivery | None:
    """The delivery, no longer leased; None when another sender has taken it over."""
    row = outbox.held(w.session, claimed.row.id or 0, claimed.lease)
    if row is None:
        _log.warning("delivery %s was taken over by another sender; this outcome is dropped", claimed.row.id)
        return None
    row.lease = row.lease_until = None
    return row


def settle(
    desk: WorkFactory, claimed: Claimed, outcome: Outcome, *, started: datetime, ended: datetime
) -> Delivery | None:
    """Records one attempt and what follows from it, in one transaction, if the lease still holds.

    What a message asks is settled by whoever holds the incident, who then looks for the message: here it comes second
    too.
    """
    with desk.work(TOCSIN) as w:
        asks = claimed.row.asks or (isinstance(outcome, Sent) and outcome.result.get(ACTS))
        if asks and claimed.row.payload.get("incident"):
            w.lock(Incident, claimed.row.payload["incident"])
        row = _released(w, claimed)
        if row is None:
            if isinstance(outcome, Sent) and outcome.posted:
                composition.copied(w, claimed.row.id or 0, outcome.result)
            return None
        crashpoint("settling")
        match outcome:
            case Sent(result=result, rendered=rendered):
                spared = str(result.get("nothing", ""))
                _record(w, row, started, ended, AttemptOutcome.NOTHING if spared else AttemptOutcome.SENT, spared)
                row.state, row.settled_at, row.result, row.rendered = (
                    DeliveryState.SENT,
                    ended,
                    result,
                    rendered or None,
                )
                w.session.flush()
                outcomes.sent(w, row, result)
            case Retry(reason=reason, detail=detail):
                _put_back(w, row, outcome, started, ended)
                long = reason is Reason.AUTH or (reason is not Reason.WAITING and (outcome.after or 0) > LONG)
                if long or reason in FAILURES:
                    w.session.flush()
                    outcomes.put_back(w, row, long=long)
                if retry.hopeless(ended - row.created_at, kinds.GIVE_UP_AFTER.get(row.kind), page=row.priority == 0):
                    _fail(w, row, Failed(reason, f"given up: {detail}"), ended)
            case Failed(reason=reason, detail=detail):
                _record(w, row, started, ended, AttemptOutcome(reason), detail)
                _fail(w, row, outcome, ended)
    return row


def _record(w: Work, row: Delivery, started: datetime, ended: datetime, outcome: AttemptOutcome, reason: str) -> None:
    outbox.add_attempt(w.session, row, started=started, ended=ended, at=w.now, outcome=outcome, reason=reason)


def _put_back(w: Work, row: Delivery, outcome: Retry, started: datetime, ended: datetime) -> None:
    page = row.priority == 0
    row.state, row.error = DeliveryState.PENDING, outcome.detail
    if outcome.reason in retry.NOT_ATTEMPTS:
        row.attempts -= 1
    else:
        _record(w, row, started, ended, AttemptOutcome(outcome.reason), outcome.detail)
    if outcome.reason is Reason.AMBIGUOUS:
        row.ambiguous_since = row.ambiguous_since or started
    if outcome.reason is Reason.AUTH:
        row.state = DeliveryState.PARKED
    seconds = retry.delay(row.attempts, page=page, after=outcome.after)
    if outcome.reason is Reason.WAITING and outcome.after is None:
        first = outbox.by_key(w.session, outcome.behind) if outcome.behind else None
        if first is not None and first.state in DeliveryState.UNSETTLED and (first.id or 0) < (row.id or 0):
            row.after, seconds = first.id, 0.0  # older, so that no two wait for each other
        else:
            seconds = retry.patience(ended - row.created_at)
    row.not_before = ended + timedelta(seconds=seconds)


def _fail(w: Work, row: Delivery, how: Failed, at: datetime) -> None:
    if how.reason is Reason.POISON and not row.payload.get("plain"):
        row.payload = {**row.payload, "plain": True}
        row.state, row.error, row.not_before = DeliveryState.PENDING, how.detail, at
        return
    row.state, row.settled_at, row.error = DeliveryState.FAILED, at, how.detail
    w.session.flush()
    outcomes.failed(w, row, Refusal(how.detail, how.code, how.place, lacking=how.reason is Reason.LACKING))
    if how.reason is Reason.AUTH:
        outcomes.refused(w, row, how.detail, at)


def fault(error: BaseException) -> str:
    """What is kept and shown of an error of ours: its kind, and where it came up. Its own words may hold a secret."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}; the log has more"


def known(row: Delivery, item: Outbound, digest: str | None, outcome: Outcome) -> Outcome:
    """The outcome with what later steps ask of the message: what it shows, and whether it can be pressed."""
    if not isinstance(outcome, Sent):
        return outcome
    more: dict[str, Any] = {}
    if digest:  # what an earlier attempt left there may read otherwise
        more["digest"] = digest if row.ambiguous_since is None else ""
    if isinstance(item, Post) and readers.controls(item.blocks):
        more[ACTS] = True
    return replace(outcome, result={**outcome.result, **more})


def digest_of(item: Outbound) -> str | None:
    """Identifies what a surface would show, so that an edit without a change is not sent."""
    shown = item.shown()
    if shown is None:
        return None
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
