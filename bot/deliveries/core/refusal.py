"""What is done about a delivery that nobody will send any more: another place first, then it is said.

Every kind says what that is, in `Kind.refused`. What no place is left for is one warning in the log, one finding of
`tocsin doctor` with its cure, and one sentence to whoever believes that it was done.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from bot.domain.core import refusals
from bot.domain.core.effect import Deliver, tell
from bot.domain.core.refusals import Why
from bot.services.core import operators, settings
from bot.work import Work
from storage.models import Delivery, Incident
from storage.queries import incidents as incident_queries
from storage.queries import refusals as queries
from storage.queries.refusals import Finding

REFUSED, CODE = "refused", queries.CODE
"""In a payload: the places that have refused the delivery so far, and Slack's last word."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refusal:
    """Why nobody sends it any more. `code` is Slack's word, "" where no attempt got through; `place` where it went.

    `lacking`: this workspace or app cannot do such a thing at all, which was said once when it was found.
    """

    detail: str
    code: str = ""
    place: str = ""
    lacking: bool = False


class Step(Enum):
    """What came of looking for another place."""

    #: There is none left.
    LOST = "lost"
    #: It is owed again, elsewhere.
    ELSEWHERE = "elsewhere"
    #: It was said to whom it concerns, or it concerns no one any more.
    SETTLED = "settled"


Place = tuple[str, str | None]
"""A channel or a person, and the first message of the thread, if it goes into one."""
Elsewhere = Callable[[Work, Delivery, Refusal], Step]
Believers = Callable[[Work, Delivery], Sequence[str]]


def nowhere(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """There is one place for it alone."""
    return Step.LOST


def no_one(w: Work, delivery: Delivery) -> Sequence[str]:
    return ()


def in_charge(w: Work, delivery: Delivery) -> Sequence[str]:
    """The commander, or whoever declared it while there is none."""
    incident = w.session.get(Incident, delivery.payload.get("incident") or 0)
    if incident is None:
        return ()
    return (incident_queries.roles(w.session, incident.number or 0).get("ic", incident.declared_by),)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The rule of a kind. `called` is what the sentence and the finding name it."""

    called: str | Callable[[Delivery], str]
    elsewhere: Elsewhere = nowhere
    believers: Believers = no_one
    #: Slack's answers that say that no one waits for it any more: a person has deleted the message, or left.
    moot: frozenset[str] = frozenset()
    #: Whether the admins are told: without their help it fails for everyone.
    admins: bool = False
    #: Whom or what the finding is about, where one kind goes to many.
    about: Callable[[Delivery], str] = lambda delivery: ""

    #: The kind whose arrival shows that it works again, where that is not its own.
    proof: str = ""
    #: The same for what Slack doesn't let us edit: that another of its kind is posted proves nothing of that.
    edit: str = ""
    #: What Slack's answers mean here, where that is something else than usual.
    reasons: Mapping[str, Why] = field(default_factory=dict)

    def why(self, refusal: Refusal) -> Why:
        return self.reasons.get(refusal.code) or refusals.why(refusal.code)

    def name(self, delivery: Delivery) -> str:
        return self.called if isinstance(self.called, str) else self.called(delivery)


def places(delivery: Delivery) -> frozenset[str]:
    """The places that have refused it."""
    return frozenset(delivery.payload.get(REFUSED, ()))


def first(delivery: Delivery, *candidates: Place | None) -> Place | None:
    """The first that has not refused it."""
    refused = places(delivery)
    for one in candidates:
        if one is not None and one[0] not in refused and f"{one[0]}/{one[1]}" not in refused:
            return one
    return None


def next_place(w: Work, delivery: Delivery, refusal: Refusal) -> Step:
    """Owes it again without the place that refused; which one comes next, its composition decides.

    A thread whose first message is gone leaves the channel to be posted in.
    """
    if not refusal.place or not refusal.code:
        return Step.LOST
    below = refusal.code in refusals.THREAD_GONE | refusals.MESSAGE_GONE
    refused = sorted(places(delivery) | {refusal.place if below else refusal.place.partition("/")[0]})
    key = f"{delivery.key.partition(queries.ELSEWHERE)[0]}{queries.ELSEWHERE}{','.join(refused)}"
    again = Deliver(kind=delivery.kind, lane=delivery.lane, key=key, asks=delivery.asks, priority=delivery.priority,
                    payload={**delivery.payload, REFUSED: refused, CODE: refusal.code})  # fmt: skip
    w.carry_out(again)
    return Step.ELSEWHERE


def follow(w: Work, delivery: Delivery, rule: Refused, refusal: Refusal) -> None:
    """Another place, or else it is said: with Slack's last word, where no place was left to ask."""
    if refusal.code in rule.moot:
        return
    if refusal.code in ("", refusals.NO_ADDRESS):
        refusal = replace(refusal, code=delivery.payload.get(CODE) or refusal.code)
    step = rule.elsewhere(w, delivery, refusal)
    if step is Step.LOST:
        say(w, delivery, rule, refusal)
    if step is not Step.SETTLED and not refusal.lacking:
        _find(w, delivery, rule, refusal)


def say(w: Work, delivery: Delivery, rule: Refused, refusal: Refusal) -> None:
    """Once for each person, incident and kind of thing."""
    n, name = delivery.payload.get("incident"), rule.name(delivery)
    why = rule.why(refusal)
    for person in dict.fromkeys(rule.believers(w, delivery)):
        values = {"what": name, "why": why.said, "cure": why.cure, "person": rule.about(delivery) or None}
        key = f"lost:{n or delivery.key}:{name}:{person}"
        template = "not_delivered" if n is not None else "not_delivered_plain"
        w.carry_out(tell(person, template, key, incident=n, values=values))


def _find(w: Work, delivery: Delivery, rule: Refused, refusal: Refusal) -> None:
    """Once until something of the kind arrives again, or fails for another reason."""
    about, what, why = rule.about(delivery), rule.name(delivery), rule.why(refusal)
    kind = (rule.edit if refusal.code in refusals.LOCKED else rule.proof) or delivery.kind
    name = f"{kind}:{about}"
    known = queries.finding(w.session, name)
    if known and known.code == refusal.code:
        return
    found = Finding(
        kind=kind, code=refusal.code, what=what, why=why.said, cure=why.cure, since=delivery.settled_at or w.now,
        place=about or refusal.place, lane=delivery.lane if about else None,
    )  # fmt: skip
    settings.set_setting(w, queries.PREFIX + name, found.kept())
    _log.warning("%s was not delivered (%s): %s. %s", what, refusal.detail, why.said, why.cure)
    if rule.admins:
        told = {"what": what, "why": why.said, "cure": why.cure, "person": about or None}
        operators.tell(w, "not_delivered_plain", f"lost:{name}:{found.since.isoformat()}", told)
