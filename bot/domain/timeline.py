"""Which facts become a line of the timeline: merged from the nouns, each of which words its own."""

from bot.domain.assistance import timeline as assistance
from bot.domain.command import timeline as command
from bot.domain.core.fact import Fact
from bot.domain.core.line import Line, Wording
from bot.domain.incidents import timeline as incidents
from bot.domain.learning import timeline as learning
from bot.domain.lifecycle import timeline as lifecycle
from bot.domain.links import timeline as links
from bot.domain.paging import timeline as paging
from bot.domain.tickets import timeline as tickets

NOUNS = (incidents, lifecycle, paging, command, links, tickets, assistance, learning)


def _merged() -> dict[type[Fact], Wording]:
    return {fact: wording for noun in NOUNS for fact, wording in noun.LINES.items()}


LINES = _merged()


def entry(fact: Fact) -> Line | None:
    """The line of this fact, or None when the timeline does not show it."""
    wording = LINES.get(type(fact))
    return wording(fact) if wording else None
