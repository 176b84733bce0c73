"""`/oncall`: who is on call, now and next; one's own shifts; a schedule; and a test page for yourself."""

from collections.abc import Callable, Mapping

from sqlmodel import Session

from bot.domain.core.typed_text import bare_word
from bot.domain.schedules import asked_words
from bot.domain.schedules.errors import UnknownSchedule
from bot.rendering.contexts import render
from bot.rendering.contexts.schedules import schedules as shown
from bot.rendering.message import Message
from bot.services.paging import test_page as test_page_service
from bot.services.schedules import overrides
from bot.services.schedules import picture as picture_service
from handlers import verbs
from handlers.door import Door
from handlers.incidents.menu import UnknownVerb, help_screen
from handlers.request import Request
from handlers.response import Reply, Screen
from handlers.words import command_parser
from handlers.words.command import Command
from storage.queries import schedules as schedule_queries

MEANT = {
    "calendar": "`/oncall schedule` shows a schedule's coming two weeks, `/oncall me` your shifts.",
    "pages": "`/incident` has *My pages*: who pages you, and what waits for your answer.",
    "page": "`/incident page @person` pages someone; `/oncall test-page` sends you a test page.",
}
"""Words that are no verb here, and what they most likely mean."""
OncallListener = Callable[[Door, Request, Command], Reply]


def root(listeners: Mapping[str, OncallListener]) -> Callable[[Door, Request], Reply]:
    """The listener of `/oncall`: reads the words and hands over to the verb's."""

    def command(door: Door, request: Request) -> Reply:
        said = command_parser.oncall(request.text)
        if said.verb is None and (meant := asked_words.everyday(said.text)):
            said = Command(verbs.find("/oncall", meant[0]), meant[1])
        if said.verb is None:
            return _unknown(door, request, said)
        command_parser.refuse_leftovers("/oncall", said, door.catalog)
        return listeners[said.verb.name](door, request, said)

    return command


def who(door: Door, request: Request, said: Command) -> Reply:
    """Everybody, one schedule, or somebody's shifts; now, or on another day. Raises UnknownSchedule."""
    if [word.lower() for word in asked_words.meaning(said.text)] == ["next"]:
        return following(door, request, said)
    if asked_words.is_own(said.text):
        return me(door, request, said)
    asked = asked_words.read(said.text, door.catalog, door.desk.clock.now())
    if asked.person:
        return _shifts(door, request, asked.person)

    def read(session: Session) -> Message:
        return render.who(session, door.composer(), asked.at, asked.schedule)

    return Screen("On call", door.look(request, "who", read))


def me(door: Door, request: Request, said: Command) -> Reply:
    """The viewer's own shifts, which Slack shows in the viewer's time."""
    return _shifts(door, request, request.user)


def _shifts(door: Door, request: Request, person: str) -> Reply:
    whose = person if person != request.user else None

    def read(session: Session) -> Message:
        show = door.composer().showing(session, [person], since=door.desk.clock.now())
        return render.written(door.composer(), "my_shifts", shown.my_shifts(show, person, whose))

    return Screen("Shifts" if whose else "Your shifts", door.look(request, "who", read))


def following(door: Door, request: Request, said: Command) -> Reply:
    """Who takes over next."""

    def read(session: Session) -> Message:
        show = door.composer().showing(session, since=door.desk.clock.now())
        return render.written(door.composer(), "oncall_next", shown.oncall_next(show))

    return Screen("Next on call", door.look(request, "who", read))


def schedule(door: Door, request: Request, said: Command) -> Reply:
    """One schedule's coming two weeks, and their picture; without a name the first. Raises UnknownSchedule."""
    names = list(door.catalog.schedules)
    if not names:
        raise UnknownSchedule(text=said.text[:60] or "any", choices="none is configured yet")
    name = overrides.key_of(door.catalog, said.text) if said.text.strip() else names[0]
    picture = door.do(request, "who", lambda w: picture_service.picture(w, name)).values.get("comes", False)

    def read(session: Session) -> Message:
        now = door.desk.clock.now()
        rows, _ = schedule_queries.overrides(session, now)
        show = door.composer().showing(session, [row.created_by for row in rows], since=now)
        return render.written(door.composer(), "rota", shown.rota(show, name, rows, picture))

    return Screen(name[:24], door.look(request, "who", read))


def test_page(door: Door, request: Request, said: Command) -> Reply:
    return door.do(request, "test-page", test_page_service.test_page)


def test_page_button(door: Door, request: Request) -> Reply:
    return door.do(request, "test-page", test_page_service.test_page)


def helped(door: Door, request: Request, said: Command) -> Reply:
    return help_screen(door, request, "/oncall", only=said.text)


def _unknown(door: Door, request: Request, said: Command) -> Reply:
    """`/oncall primary-oncall` asks for that schedule; anything else gets the help, with what was probably meant."""
    if said.text.lower() in (key.lower() for key in door.catalog.schedules):
        return who(door, request, said)
    first = bare_word(said.text.split()[0]).lower()
    sentence = verbs.unknown("/oncall", said.text.split()[0])
    elsewhere = "?" not in sentence and verbs.find("/incident", first) and f"`/incident {first}` is about incidents."
    if meant := MEANT.get(first) or elsewhere:
        raise UnknownVerb(sentence=f"Nothing was done. {meant}", hint="`/oncall help` lists everything.")
    if "?" in sentence or "command line" in sentence:
        raise UnknownVerb(sentence=sentence, hint="`/oncall help` lists everything.")
    return help_screen(door, request, "/oncall", sentence.replace("`", '"'))


ONCALL: dict[str, OncallListener] = {
    "who": who,
    "me": me,
    "next": following,
    "schedule": schedule,
    "test-page": test_page,
    "help": helped,
}
ACTIONS = {"home.test_page": test_page_button, "menu.test_page": test_page_button}
