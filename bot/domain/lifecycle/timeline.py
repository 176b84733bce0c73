"""Which facts of the further life of an incident become a line of its timeline, and in what words."""

from bot.domain.core.line import Line, Lines, because, line, moment
from bot.domain.lifecycle import clocks, triage
from bot.domain.lifecycle.facts import (
    ClockSet,
    HoldEnded,
    IncidentAbsorbed,
    IncidentHeld,
    IncidentMerged,
    ItemTicked,
    TriageAccepted,
    TriageDeclined,
)

TICKED = {"done": "Ticked", "open": "Not done after all", "none": "Does not apply"}


def _not_an_incident(fact: TriageDeclined) -> Line:
    what = f" ({triage.kind(fact.kind).label.lower()})" if fact.kind else ""
    return Line("status", f"Not an incident{what}{because(fact.reason)}")


def _clock(fact: ClockSet) -> Line:
    """The time that was put right, and what stood there."""
    clock = clocks.BY_KEY.get(fact.clock)
    says = clock.says if clock else fact.clock
    was = f" (was {moment(fact.was)})" if fact.was else ""
    return Line("status", f"{says[0].upper()}{says[1:]}: {moment(fact.at)}{was}")


LINES: Lines = {
    TriageAccepted: line("declared", lambda fact: "Accepted: it is an incident"),
    TriageDeclined: _not_an_incident,
    IncidentMerged: line("status", lambda fact: f"Merged into {fact.ref}{because(fact.reason)}"),
    IncidentAbsorbed: line("status", lambda fact: f"{fact.ref} was merged into this one: {fact.title}"),
    IncidentHeld: line("status", lambda fact: f"On hold until {moment(fact.until)}{because(fact.reason)}"),
    HoldEnded: line("status", lambda fact: "The hold is over" if fact.by_itself else "Taken off hold"),
    ClockSet: _clock,
    ItemTicked: line("status", lambda fact: f"{TICKED.get(fact.state, fact.state)}: {fact.text}"),
}
