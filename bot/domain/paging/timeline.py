"""Which facts of paging become a line of the timeline, and in what words."""

from bot.domain.contact import methods
from bot.domain.core.line import Line, Lines, because, length, line, moment, person, severity
from bot.domain.core.people import TOCSIN
from bot.domain.incidents.severity import raise_key
from bot.domain.paging.acknowledgement_facts import (
    AckConfirmed,
    AckQuestioned,
    AckWithdrawn,
    EscalationPaused,
    EscalationResumed,
    ExecutiveInformed,
    ReassignmentAccepted,
    ReassignmentOffered,
    ReassignmentRefused,
    SeverityRaiseSuggested,
)
from bot.domain.paging.facts import (
    EscalationExhausted,
    EscalationStopped,
    LevelReached,
    LevelSkipped,
    MethodFailed,
    PageAcknowledged,
    PageDeclined,
    PageFailed,
    PeoplePassed,
    TimerWasLate,
)


def _level(fact: LevelReached) -> Line:
    people = ", ".join(person(one) for one in fact.people)
    again = f", round {fact.repeat + 1}" if fact.repeat else ""
    return Line(
        "page", f"Level {fact.level + 1}{again}: paging {people}" + (f" ({fact.reason})" if fact.reason else "")
    )


def _skipped(fact: LevelSkipped) -> Line:
    return Line("page", f"Level {fact.level + 1} skipped: {fact.reason} ({', '.join(fact.targets)})")


def _passed(fact: PeoplePassed) -> Line:
    people = "; ".join(f"{person(who)} ({why})" for who, why in fact.people.items())
    return Line("page", f"Level {fact.level + 1}: not asked: {people}")


def _acknowledged(fact: PageAcknowledged) -> Line:
    return Line("page", f"{person(fact.person)} acknowledged after {length(fact.seconds)}")


def _declined(fact: PageDeclined) -> Line:
    return Line("page", f"{person(fact.person)} can't take it" + (f": {fact.reason}" if fact.reason else ""))


def _by(via: str) -> str:
    return methods.NAMES.get(via, via)


def _paused(fact: EscalationPaused) -> Line:
    who = "Paging waits" if fact.by == TOCSIN.who else f"{person(fact.by)} paused the paging"
    return Line("page", f"{who} until {moment(fact.until)}{because(fact.reason)}")


def _informed(fact: ExecutiveInformed) -> Line:
    return Line("page", f"{person(fact.person)} was informed", source_key=f"informed:{fact.person}")


def _suggested(fact: SeverityRaiseSuggested) -> Line:
    level = severity(fact.severity)
    since = f"Still {level} after {length(fact.after)}"
    affected = f"{fact.count} people say that it affects them, and it is {level}"
    text = f"{affected if fact.count else since}: {person(fact.person)} is asked to raise it"
    return Line("page", text, source_key=raise_key(fact.severity, fact.why))


LINES: Lines = {
    LevelReached: _level,
    LevelSkipped: _skipped,
    PeoplePassed: _passed,
    MethodFailed: line("page", lambda fact: f"{_by(fact.via)} to {person(fact.person)} failed: {fact.reason}"),
    PageFailed: line("page", lambda fact: f"Page to {person(fact.person)} failed: {fact.reason}"),
    PageAcknowledged: _acknowledged,
    PageDeclined: _declined,
    EscalationExhausted: line("page", lambda fact: f"Escalation exhausted: {fact.reason}"),
    EscalationStopped: line("page", lambda fact: f"Paging stopped: {fact.reason}"),
    AckQuestioned: line("page", lambda fact: f"{person(fact.person)} is asked whether they still have it"),
    AckConfirmed: lambda fact: Line("page", f"{person(fact.person)} is still on it") if fact.said else None,
    AckWithdrawn: line("page", lambda fact: f"{person(fact.person)} no longer has it{because(fact.reason)}"),
    EscalationPaused: _paused,
    EscalationResumed: line("page", lambda fact: f"Paging resumed{because(fact.reason)}"),
    ReassignmentOffered: line("page", lambda fact: f"{person(fact.giver)} offers it to {person(fact.person)}"),
    ReassignmentAccepted: line("page", lambda fact: f"{person(fact.person)} took it over from {person(fact.giver)}"),
    ReassignmentRefused: line("page", lambda fact: f"It stays with {person(fact.giver)}: {fact.reason}"),
    ExecutiveInformed: _informed,
    SeverityRaiseSuggested: _suggested,
    TimerWasLate: line(
        "system", lambda fact: f"Late by {length(fact.seconds)}: Tocsin was down, or its clock was moved"
    ),
}
