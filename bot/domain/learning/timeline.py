"""Which facts of problems become a line of the timeline, and in what words."""

from bot.domain.core.line import Line, Lines, because, line, person
from bot.domain.learning.facts import ProblemChanged, ProblemLinked, ProblemUnlinked
from storage.models import ProblemState

STATES = {
    ProblemState.OPEN: "is open", ProblemState.KNOWN: "is a known error", ProblemState.FIXED: "is fixed for good",
}  # fmt: skip


def _changed(fact: ProblemChanged) -> Line:
    state = next((text for key, text in STATES.items() if key == fact.state), fact.state)
    more = [f"owner {person(fact.owner)}"] if fact.owner else []
    more += [f"due {fact.due}"] if fact.due else []
    behind = f" ({', '.join(more)})" if more else ""
    return Line("problem", f"PRB-{fact.problem} {state}{behind}{because(fact.words)}")


LINES: Lines = {
    ProblemLinked: line("problem", lambda fact: f"Comes from PRB-{fact.problem}: {fact.title}"),
    ProblemUnlinked: line("problem", lambda fact: f"Doesn't come from PRB-{fact.problem}: {fact.title}"),
    ProblemChanged: _changed,
}
