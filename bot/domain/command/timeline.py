"""Which facts of commanding become a line of the timeline, and in what words."""

from bot.domain.command.facts import CommandOffered, CommandTaken, HelpOffered, OfferEnded, RolePaged
from bot.domain.command.keeping_facts import (
    ActionGiven,
    ActionSettled,
    MitigationEnded,
    MitigationStarted,
    RulingMade,
    RulingObjected,
    RulingSettled,
)
from bot.domain.core.line import Line, Lines, because, line, person
from bot.domain.incidents.roles import NAMES
from storage.models import OfferState, RulingState


def _offered(fact: CommandOffered) -> Line:
    by = "" if fact.by == fact.giver else f" by {person(fact.by)}"
    return Line("role", f"Command offered to {person(fact.person)}{by}")


def _ended(fact: OfferEnded) -> Line:
    who = person(fact.person)
    how = {
        OfferState.DECLINED: f"{who} declined command",
        OfferState.EXPIRED: f"{who} didn't answer the offer of command",
    }
    said = next((text for state, text in how.items() if state == fact.state), f"Command is no longer offered to {who}")
    return Line("role", f"{said}{because(fact.reason)}")


def _made(fact: RulingMade) -> Line:
    pending = fact.state == RulingState.PENDING
    condition = f" (if {fact.condition})" if fact.condition else ""
    return Line("decision", f"D{fact.number}{' still to be made' if pending else ''}: {fact.text}{condition}")


def _settled(fact: RulingSettled) -> Line:
    how = "is dropped" if fact.state == RulingState.DROPPED else "stands"
    return Line("decision", f"D{fact.number} {how}: {fact.text}")


LINES: Lines = {
    CommandOffered: _offered,
    OfferEnded: _ended,
    HelpOffered: line("role", lambda fact: f"{person(fact.person)} can help"),
    RulingMade: _made,
    RulingObjected: line(
        "decision", lambda fact: f"Objection by {person(fact.person)} to D{fact.number}{because(fact.reason)}"
    ),
    RulingSettled: _settled,
    ActionGiven: line("action", lambda fact: f"A{fact.number} for {person(fact.owner)}: {fact.text}"),
    ActionSettled: line("action", lambda fact: f"A{fact.number} {fact.state}: {fact.text}"),
    MitigationStarted: line("mitigation", lambda fact: f"M{fact.number} begun by {person(fact.owner)}: {fact.text}"),
    MitigationEnded: line("mitigation", lambda fact: f"M{fact.number} {fact.state}: {fact.text}{because(fact.result)}"),
    RolePaged: line("role", lambda fact: f"No {NAMES[fact.role]}: paging who is on call for it"),
    CommandTaken: line(
        "role", lambda fact: f"Command taken from {person(fact.before)}, who didn't hand it over{because(fact.reason)}"
    ),
}
