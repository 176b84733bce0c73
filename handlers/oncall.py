"""`/oncall`: who is on call, and a test page for yourself."""

from bot.domain.errors import DomainError
from bot.rendering.contexts import answering
from bot.services import conduct
from handlers import grammar, verbs
from handlers.door import Door
from handlers.grammar import Said
from handlers.listing import help_screen
from handlers.reply import Reply, Screen
from handlers.request import Request


class UnknownSchedule(DomainError):
    """There is no schedule "{text}". Schedules: {choices}."""


def command(door: Door, request: Request) -> Reply:
    said = grammar.oncall(request.text)
    if said.verb is None:
        return _unknown(door, request, said)
    grammar.refuse_leftovers("/oncall", said, door.catalog)
    return VERBS[said.verb.name](door, request, said)


def who(door: Door, request: Request, said: Said) -> Reply:
    """Everybody, or one schedule. Raises UnknownSchedule."""
    word = said.text.strip().removeprefix("schedule:").lower()
    schedule = next((key for key in door.catalog.schedules if key.lower() == word), None)
    if word and schedule is None:
        known = ", ".join(door.catalog.schedules) or "none is configured yet"
        raise UnknownSchedule(text=said.text[:60], choices=known)
    message = door.look(request, "who", lambda session: answering.who(session, door.composer(), schedule=schedule))
    return Screen("On call", message)


def test_page(door: Door, request: Request, said: Said) -> Reply:
    return door.do(request, "test-page", conduct.test_page)


def test_page_button(door: Door, request: Request) -> Reply:
    return door.do(request, "test-page", conduct.test_page)


def helped(door: Door, request: Request, said: Said) -> Reply:
    return help_screen(door, request, "/oncall")


def _unknown(door: Door, request: Request, said: Said) -> Reply:
    """`/oncall primary-oncall` asks for that schedule; anything else gets the help, with what was probably meant."""
    if said.text.lower() in (key.lower() for key in door.catalog.schedules):
        return who(door, request, said)
    near = verbs.nearest("/oncall", said.text.split()[0])
    tip = f'I do not know "{said.text[:60]}".' + (f" Did you mean /oncall {near}?" if near else "")
    return help_screen(door, request, "/oncall", tip)


VERBS = {"who": who, "test-page": test_page, "help": helped}
ACTIONS = {"home.test_page": test_page_button, "menu.test_page": test_page_button}
