"""The roof over the verbs: every noun's in one table per command, found by any word. Imports nothing heavy."""

from difflib import get_close_matches

from bot.domain.assistance.verbs import ASSISTANCE
from bot.domain.command.verbs import CATCHUP, COMMAND, KEEPING
from bot.domain.core.verb import Place, Verb, merged
from bot.domain.incidents.verbs import HELP, LIFE
from bot.domain.learning.verbs import PROBLEMS
from bot.domain.links.verbs import LINKS
from bot.domain.oncall.verbs import LIFE_ON_CALL
from bot.domain.paging.verbs import PAGING, REACH
from bot.domain.preview.verbs import PREVIEW
from bot.domain.schedules.verbs import CHANGES, SCHEDULES
from bot.domain.tickets.verbs import TICKETS

INCIDENT = merged(LIFE[:7], PAGING, ASSISTANCE, CATCHUP, COMMAND, KEEPING, LINKS, TICKETS, PROBLEMS, LIFE[7:], HELP)
ONCALL = merged(SCHEDULES, LIFE_ON_CALL, REACH, PREVIEW, HELP)
SCHEDULE_CHANGES = merged(CHANGES)
COMMANDS: dict[str, tuple[Verb, ...]] = {"incident": INCIDENT, "oncall": ONCALL, "schedules": SCHEDULE_CHANGES}
BUTTONS_ONLY = frozenset({"handoff", "join"})
"""Rows of the permission table that no verb asks for: buttons of a shift's notes, and the way into a war room."""
ACTIONS = BUTTONS_ONLY | {verb.action for table in COMMANDS.values() for verb in table}
"""Every row of the permission table."""


def at(command: str, door: Place) -> tuple[Verb, ...]:
    """The verbs of a command that a door knows."""
    return tuple(verb for verb in COMMANDS[command] if door in verb.doors)


def find(command: str, word: str, door: Place | None = None) -> Verb | None:
    """The verb that this word means, by name or synonym, whatever its case."""
    lower = word.lower()
    verb = next((verb for verb in COMMANDS[command] if lower in verb.words), None)
    return verb if verb and (door is None or door in verb.doors) else None


def nearest(command: str, word: str, door: Place | None = None) -> tuple[Verb, ...]:
    """The verbs that were probably meant by a word we do not carry out, best first; empty when nothing is near."""
    known = [verb for verb in COMMANDS[command] if door is None or door in verb.doors]
    lower = word.lower()
    if mistaken := tuple(verb for verb in known if lower in verb.mistaken):
        return mistaken
    owners = {one: verb for verb in known for one in verb.words if one}
    close = get_close_matches(lower, list(owners), n=1, cutoff=0.7)
    return (owners[close[0]],) if close else ()


def unknown(command: str, word: str, door: Place, spelled: str = "{}") -> str:
    """What is answered to a word that is no verb here; `spelled` is how a command is written at this door.

    Never a guess that is carried out: "`call` is not a command. Did you mean `page`?"
    """
    shown = word[:60].replace("`", "'")
    near = " or ".join(f"`{spelled.format(verb.name)}`" for verb in nearest(command, word, door))
    return f"`{shown}` is not a command." + (f" Did you mean {near}?" if near else "")
