"""Which facts of assistance become a line of the timeline, and in what words."""

from bot.domain.assistance.facts import (
    Decided,
    DecisionAsked,
    PrivateNoteGiven,
    SpecialistPaged,
    SpecialistSilent,
    TreeWalked,
    VendorAnswered,
    VendorAsked,
    VendorEscalated,
    VendorSilent,
    VendorTicketNoted,
)
from bot.domain.core.line import Line, Lines, length, line, moment, person


def _decided(fact: Decided) -> Line:
    said = "yes" if fact.answer == "yes" else "no"
    return Line("decision", f"{person(fact.person)} decided {said}: {fact.text}{_because(fact.rationale)}")


def _because(rationale: str) -> str:
    return f" (because: {rationale})" if rationale else ""


def _ticket(ticket: str) -> str:
    return f", ticket {ticket}" if ticket else ""


LINES: Lines = {
    SpecialistPaged: line("page", lambda fact: f"Specialists {fact.specialist}: answer due by {moment(fact.due_at)}"),
    SpecialistSilent: line("page", lambda fact: f"Specialists {fact.specialist} haven't answered in time"),
    DecisionAsked: line("question", lambda fact: f"A decision is asked for: {fact.text}"),
    Decided: _decided,
    VendorAsked: line("vendor", lambda fact: f"Asked {fact.vendor} for support{_ticket(fact.ticket)}"),
    VendorTicketNoted: line("vendor", lambda fact: f"The ticket at {fact.vendor} is {fact.ticket}"),
    VendorSilent: line("vendor", lambda fact: f"{fact.vendor} has not answered in time{_ticket(fact.ticket)}"),
    VendorEscalated: line("vendor", lambda fact: f"Escalated at {fact.vendor}{_ticket(fact.ticket)}"),
    VendorAnswered: line("vendor", lambda fact: f"{fact.vendor} answered after {length(fact.seconds)}"),
    TreeWalked: line("page", lambda fact: f"Who else is needed: {' · '.join(fact.path)} → {fact.deed}"),
    PrivateNoteGiven: line(
        "page", lambda fact: f"A private note went to {', '.join(person(one) for one in fact.people)}"
    ),
}
