"""Which facts about links become a line of the timeline, and in what words."""

from bot.domain.core.line import Line, Lines
from bot.domain.links.facts import LinkAdded, LinkRemoved
from bot.domain.links.links import KINDS


def _named(fact: LinkAdded | LinkRemoved) -> str:
    name = KINDS.get(fact.kind, fact.kind)
    return f"{name}{f' “{fact.title}”' if fact.title else ''}: {fact.url}"


def _added(fact: LinkAdded) -> Line:
    return Line("link", f"Link added. {_named(fact)}")


def _removed(fact: LinkRemoved) -> Line:
    return Line("link", f"Link removed. {_named(fact)}")


LINES: Lines = {LinkAdded: _added, LinkRemoved: _removed}
