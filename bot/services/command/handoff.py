"""Use cases of handing command over: offered with a brief, answered, expired, withdrawn; and command that is taken."""

from datetime import datetime
from typing import Any

from bot.domain.command import effects
from bot.domain.command import handoff as rules
from bot.domain.command.errors import (
    AskThem,
    GiverOnly,
    NoCommander,
    NoOffer,
    NothingToWithdraw,
    OfferIsPending,
    PageOrCommand,
    TakenMeanwhile,
    WhyTake,
)
from bot.domain.command.facts import CommandTaken
from bot.domain.core.eligibility import Task
from bot.domain.core.people import TOCSIN
from bot.domain.incidents import lifecycle
from bot.services.command import brief as briefs
from bot.services.command import ending, holding, on_call
from bot.services.core.answer import Answer
from bot.services.core.clockwork import TimerKind, Timers
from bot.services.core.incident import find, ref
from bot.services.paging import departures, side_escalations
from bot.services.workspace import directory, eligibility
from bot.work import Carrier, Work
from storage.models import CommandOffer, Incident, OfferState
from storage.queries import command as command_queries
from storage.queries import paging as paging_queries

OVER = "the incident is over"
VACATED = "the commander has given command up"
TAKEN = "someone else has command now"
LEFT = "this Slack account was deactivated"


def offer(w: Work, incident: Incident, person: str, *, brief: str = "", worry: str = "", sure: bool = True) -> Answer:
    """Offers command to somebody, in the name of whoever has it.

    `sure`: command is meant, and not the page that this person holds.
    Raises NoCommander, OfferIsPending, PageOrCommand, NotEligible.
    """
    number, holder = incident.number or 0, holding.holder(w, incident, "ic")
    lifecycle.require_open(incident, ref(w, incident), "a hand-off of command")
    if not sure and is_unclear(w, incident):
        raise PageOrCommand(ref=ref(w, incident))
    if holder is None:
        raise NoCommander(ref=ref(w, incident), who=f"@{eligibility.name(w, person)}")
    if person == w.actor.who and holder.person != person:
        raise AskThem(ref=ref(w, incident), who=eligibility.name(w, holder.person))
    eligibility.require(w, person, Task.ROLE, side_escalations.on_call(w, incident))
    if (pending := command_queries.pending_offer(w.session, number)) is not None:
        if pending.person != person:
            raise OfferIsPending(ref=ref(w, incident), who=eligibility.name(w, pending.person))
        return Answer("command_offered", number, _said(pending, again=True))
    row = rules.offer(
        incident, giver=holder.person, person=person, by=w.actor.who, now=w.now, ref=ref(w, incident), worry=worry,
        brief=brief or briefs.written(w.session, w.catalog, incident, w.now), lasts=w.catalog.command.offer_lasts,
    )  # fmt: skip
    w.session.add(row)
    w.session.flush()
    w.record(rules.offered(row), incident=incident)
    return Answer("command_offered", incident.number, _said(row))


def is_unclear(w: Work, incident: Incident) -> bool:
    """Whether this person holds the page of the incident and does not command it: "hand over" may mean either."""
    return holds_page(w, incident) and holding.commander(w, incident) != w.actor.who


def holds_page(w: Work, incident: Incident) -> bool:
    """Whether whoever acts has acknowledged a page of this incident and has it still."""
    held = paging_queries.held_escalations(w.session, incident.number or 0)
    return any(one.acknowledged_by == w.actor.who for one in held)


def answered(w: Work, incident: Incident, what: str, reason: str = "", row: CommandOffer | None = None) -> Answer:
    """`what` is accept, decline, later or withdraw, about the offer that waits, or about `row`.

    Raises NoOffer, NothingToWithdraw, GiverOnly and AskedForTime.
    """
    row = row or command_queries.pending_offer(w.session, incident.number or 0)
    if what == "withdraw":
        return _withdrawn(w, incident, row)
    if row is None or row.person != w.actor.who:
        raise NoOffer(ref=ref(w, incident))
    if row.state != OfferState.OFFERED:
        return Answer("command_offer_over", incident.number, _said(row))
    if what == "accept":
        return _accepted(w, incident, row)
    if what == "later":
        facts = rules.more_time(row, now=w.now, by=w.catalog.command.more_time)
        w.record(facts, incident=incident)
        return Answer("command_offer_later", incident.number, _said(row))
    w.record(rules.end(row, OfferState.DECLINED, now=w.now, by=w.actor.who, reason=reason.strip()), incident=incident)
    return Answer("command_declined", incident.number, _said(row))


def _withdrawn(w: Work, incident: Incident, row: CommandOffer | None) -> Answer:
    if row is None:
        raise NothingToWithdraw(ref=ref(w, incident))
    if w.actor.who not in (row.giver, row.by):
        raise GiverOnly(giver=eligibility.name(w, row.giver))
    w.record(rules.end(row, OfferState.WITHDRAWN, now=w.now, by=w.actor.who), incident=incident)
    return Answer("command_offer_over", incident.number, _said(row))


def _accepted(w: Work, incident: Incident, row: CommandOffer) -> Answer:
    """Command moves in this transaction, unless whoever offered it has lost it meanwhile."""
    lifecycle.require_open(incident, ref(w, incident), "a hand-off of command")
    holder = holding.holder(w, incident, "ic")
    if holder is not None and holder.person != row.giver:
        w.record(rules.end(row, OfferState.WITHDRAWN, now=w.now, by=TOCSIN.who, reason=TAKEN), incident=incident)
        return Answer("command_offer_over", incident.number, _said(row))
    since: datetime | None = holder.since if holder else None
    w.record(rules.accept(row, now=w.now, since=since), incident=incident)
    holding.give(w, incident, "ic", row.person, told=True)
    return Answer("command_accepted", incident.number, _said(row))


def take_now(w: Work, incident: Incident, reason: str, instead_of: str | None = None) -> Answer:
    """For a commander who does not answer. Whoever is offered command accepts it by this.

    `instead_of` is who commanded when the form was drawn: the reason is about them, and about no one else.
    Raises WhyTake, TakenMeanwhile, and UnknownPerson for a program.
    """
    taker = directory.asker(w)
    lifecycle.require_open(incident, ref(w, incident), "a commander")
    before, number = holding.commander(w, incident), incident.number or 0
    values = {"role": "ic", "person": taker}
    if before == taker:
        return Answer("role_held", number, values)
    pending = command_queries.pending_offer(w.session, number)
    if pending is not None and pending.person == taker:
        return _accepted(w, incident, pending)
    if before is None:
        holding.give(w, incident, "ic", taker)
        return Answer("role_taken", number, values)
    if not reason.strip():
        raise WhyTake(ref=ref(w, incident))
    if pending is not None:
        w.record(rules.end(pending, OfferState.WITHDRAWN, now=w.now, by=taker, reason=TAKEN), incident=incident)
    if instead_of is not None and before != instead_of:
        raise TakenMeanwhile(ref=ref(w, incident), who=eligibility.name(w, before))
    fact = CommandTaken(person=taker, before=before, reason=lifecycle.tidy(reason, rules.MOST))
    w.record([fact], incident=incident)
    holding.give(w, incident, "ic", taker, told=True)
    return Answer("role_taken", number, values)


def vacated(w: Work, incident: Incident) -> None:
    """Nobody commands any more: what was offered is withdrawn, so that nobody accepts it from an empty chair."""
    row = command_queries.pending_offer(w.session, incident.number or 0)
    if row is not None:
        w.record(rules.end(row, OfferState.WITHDRAWN, now=w.now, by=w.actor.who, reason=VACATED), incident=incident)


def left(w: Work, person: str) -> None:
    """Somebody has left the workspace: nothing waits for them or stays theirs, and what they offered is withdrawn.

    All of it is locked first, in the order in which two incidents that are merged are.
    """
    names = departures.called(w, person)
    offered = {one.incident for one in command_queries.offers_of(w.session, names)}
    for number in sorted(departures.concerned(w, person, names) | offered):
        find(w, number)
    for found in command_queries.offers_of(w.session, names):
        w.session.refresh(found)
        facts = rules.end(found, OfferState.WITHDRAWN, now=w.now, by=TOCSIN.who, reason=LEFT)
        w.record(facts, incident=find(w, found.incident))
    departures.left(w, person)


def _lock(w: Work, number: int) -> None:
    if (row := w.peek(CommandOffer, number)) is not None:
        w.lock(Incident, row.incident)


def _expired(w: Work, number: int, due_at: datetime) -> None:
    """No answer in time: whoever has command keeps it, and hears who else could be asked."""
    row = w.session.get_one(CommandOffer, number)
    if row.expires_at > w.now:
        return
    incident = find(w, row.incident)
    after = rules.suggested(on_call.able(w, incident, "ic"), (row.person, row.giver))
    w.record(rules.end(row, OfferState.EXPIRED, now=w.now, by=TOCSIN.who, after=after), incident=incident)


def _over(w: Work, effect: effects.EndCommand) -> None:
    """The offer is withdrawn, and what was kept has nothing left to press."""
    w.carry_out(*ending.put_away(w.session, effect.incident))
    row = command_queries.pending_offer(w.session, effect.incident)
    if row is not None:
        incident = w.session.get_one(Incident, effect.incident)
        w.record(rules.end(row, OfferState.WITHDRAWN, now=w.now, by=TOCSIN.who, reason=OVER), incident=incident)


def _said(row: CommandOffer, **more: object) -> dict[str, Any]:
    """What an answer about an offer is worded from."""
    return {
        "offer": row.id, "state": row.state, "giver": row.giver, "whom": row.person, "by": row.by,
        "people": [row.giver, row.person, row.by], "until": row.expires_at.isoformat(), **more,
    }  # fmt: skip


CARRIERS: dict[type, Carrier] = {effects.EndCommand: _over}
TIMERS: Timers = {effects.OFFER: TimerKind(_lock, _expired)}
