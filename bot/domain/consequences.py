"""What each fact owes to the outside and to the clock: the causality of the whole product, merged from the nouns.

A noun says in its table what follows from a fact, of its own or of another noun; all of it follows, in the order of
the tables. A plan is data, carried out by `Work` in the transaction that records the fact. What follows from an answer
of Slack (invite after the channel exists, pin after the card) hangs on the fact of that answer.
"""

from bot.domain.assistance import effects as assistance
from bot.domain.command import effects as command
from bot.domain.command import heard_effects as heard
from bot.domain.command import keeping_effects as keeping
from bot.domain.command import role_effects as duties
from bot.domain.contact import effects as contact
from bot.domain.core.effect import Effect, FactContext, Reaction, Reactions
from bot.domain.core.fact import Fact
from bot.domain.incidents import effects as incidents
from bot.domain.incidents import nudges
from bot.domain.incidents import war_room_effects as war_rooms
from bot.domain.learning import effects as learning
from bot.domain.lifecycle import effects as lifecycle
from bot.domain.links import effects as links
from bot.domain.oncall import effects as oncall
from bot.domain.paging import acknowledgement_effects as acknowledgements
from bot.domain.paging import effects as paging
from bot.domain.paging import method_effects as methods
from bot.domain.paging import room_effects as rooms
from bot.domain.paging import silence_effects as silence
from bot.domain.schedules import effects as schedules
from bot.domain.tickets import effects as tickets

NOUNS = (
    schedules, contact, incidents, lifecycle, nudges, war_rooms, paging, methods, acknowledgements, rooms,
    silence, heard, command, keeping, duties, links, tickets, assistance, oncall, learning,
)  # fmt: skip


def merged(tables: list[Reactions]) -> dict[type[Fact], list[Reaction]]:
    """By fact, everything that follows from it."""
    found: dict[type[Fact], list[Reaction]] = {}
    for table in tables:
        for fact, reactions in table.items():
            found.setdefault(fact, []).extend(reactions)
    return found


CONSEQUENCES = merged([noun.CONSEQUENCES for noun in NOUNS])


def plan(fact: Fact, scene: FactContext) -> list[Effect]:
    """Everything that follows from `fact`."""
    return [effect for reaction in CONSEQUENCES.get(type(fact), ()) for effect in reaction(fact, scene)]
