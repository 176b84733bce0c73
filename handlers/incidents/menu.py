"""Looking around: the menu behind a bare `/incident`, the list, the help, and the root of the command."""

import re
from collections.abc import Callable, Mapping

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import bare_word
from bot.domain.core.verb import EXAMPLE, Verb
from bot.domain.incidents import lifecycle as rules
from bot.rendering.contexts import render
from bot.services.incidents import own_fields
from handlers import form, incident_reference, verbs
from handlers.door import Door
from handlers.incidents import searching, tray
from handlers.request import Request
from handlers.response import Reply, Screen, Show, View
from handlers.words import command_parser, doubt, incident_words, links, question, titles
from handlers.words.command import Ambiguity, Command, WordsLeftOver
from handlers.words.incident_command import CommandListener
from storage.models import Incident
from storage.queries.incidents import EVERY

NOTHING_DONE = (
    "That isn't a command, so nothing was done. `/incident list` shows what is open, `/incident status` where it "
    "stands, `/oncall who` who is on call."
)


WHICH = ("all", "mine")
_OWN = re.compile(r"\S+\s*=.*", re.DOTALL)


class UnknownVerb(DomainError):
    """{sentence} {hint}"""


def listed(door: Door, request: Request, said: Command) -> Reply:
    """`list`, `list all`, `list mine`, `list customer=Acme`, `list sev1 checkout`; `all` and `mine` are words for it.

    Raises WordsLeftOver.
    """
    words, own = _narrowed(said.text)
    typed = [bare_word(word).lower() for word in (*request.text.split()[:1], *words.split())]
    which = next((word for word in reversed(typed) if word in WHICH), "")
    if any(word not in (*WHICH, "open", "please") for word in typed[1:]):
        wanted = searching.narrowed(door, said.text)
        if wanted is not None:
            return searching.shown(door, request, wanted, said.text)
        raise WordsLeftOver(text=said.text[:60], verb="list", example="/incident list")
    return _list(door, request, which, own_fields.wanted(door.catalog, own))


def _narrowed(text: str) -> tuple[str, list[str]]:
    """What stands before `customer=Acme Corp`, and that."""
    found = _OWN.search(text)
    return (text[: found.start()], [found[0]]) if found else (text, [])


def list_button(door: Door, request: Request) -> Reply:
    return _list(door, request)


def _list(door: Door, request: Request, which: str = "", own: Mapping[str, str] = EVERY) -> Reply:
    message = door.look(request, "list", lambda s: render.open_list(s, door.composer(), request.user, which, own))
    return Screen("Open incidents", message)


def helped(door: Door, request: Request, said: Command) -> Reply:
    return help_screen(door, request, "/incident", only=said.text)


def help_button(door: Door, request: Request) -> Reply:
    return help_screen(door, request, "/incident")


def help_screen(door: Door, request: Request, command: str, tip: str = "", only: str = "") -> Reply:
    """Every verb of a command, in groups; `only` the one that these words name, with two examples."""
    example = door.catalog.reference(EXAMPLE)
    levels = [door.catalog.severity_label(key) for key in rules.ORDER]
    one = verbs.find(command, bare_word(only).lower()) if only else None

    def row(verb: Verb) -> dict[str, str]:
        return {"usage": verbs.spelled(verb.usage, example, levels), "says": verb.says}

    groups = [{"title": title, "verbs": [row(verb) for verb in table]} for title, table in verbs.grouped(command)]
    typed = (
        [verbs.spelled(f"{command} {text}", example, levels) for text in verbs.examples(command, one)] if one else []
    )
    alone = {**row(one), "examples": typed, "also": ", ".join(word for word in one.synonyms if word)} if one else None
    values = {"command": command, "tip": tip, "groups": [] if one else groups, "one": alone, "example": example,
              "number": str(EXAMPLE)}  # fmt: skip
    message = door.look(request, "help", lambda session: render.answer(session, door.composer(), "help", None, values))
    return Screen("Commands", message)


def unknown(door: Door, request: Request, said: Command) -> Reply:
    """Words that no verb begins with: what could be meant instead, never a guess that is carried out."""
    words = [bare_word(word) for word in said.text.split()]
    first, everything = next(iter(words), ""), "`/incident help` lists everything."
    if verb := incident_words.verb_among(words[1:]):
        raise UnknownVerb(
            sentence=f"`{first}` is not a command. Did you mean `/incident {verb.name}`?", hint=everything
        )
    sentence = verbs.unknown("/incident", first)
    known = verbs.find("/oncall", first)
    if known is not None and "?" not in sentence:
        shown = f"Nothing was done. `/oncall {known.name}` is about who is on call."
        raise UnknownVerb(sentence=shown, hint=everything)
    if not verbs.near("/incident", first):
        raise UnknownVerb(sentence=NOTHING_DONE, hint=everything)
    raise UnknownVerb(sentence=sentence, hint=everything)


def menu(door: Door, request: Request) -> Reply:
    """A bare `/incident`, or the card's More button."""
    return Show(door.look(request, "list", lambda session: _menu(session, door, request)))


def _menu(session: Session, door: Door, request: Request) -> View:
    number = int(request.value) if request.value.isdigit() else incident_reference.in_room(session, request.channel)
    incident = incident_reference.known(session, door.catalog, request, number) if number else None
    meta: dict[str, object] = {"channel": request.channel, "bot_is_there": request.bot_is_there or bool(incident)}
    beside = incident is not None and incident.card_ts is not None and incident.channel_id == request.channel
    return menu_view(door, incident, meta, on_card=beside)


def menu_view(door: Door, incident: Incident | None, meta: dict[str, object], *, on_card: bool) -> View:
    """The tray: what can be done with the incident of this room, and what can be done anywhere."""
    anywhere = form.row(
        form.button("menu.declare", "🚨 Declare an incident", style="" if incident else "primary"),
        form.button("menu.list", "📋 What is open"),
        form.button("menu.pages", "🔔 My pages"),
        form.button("menu.test_page", "📟 Send me a test page"),
        form.button("menu.help", "❓ Commands"),
    )
    about = tray.of(door.catalog, incident, on_card=on_card) if incident else []
    return form.modal("menu", "Incidents", [*about, anywhere], close="Close", meta=meta)


def root(listeners: dict[str, CommandListener]) -> Callable[[Door, Request], Reply]:
    """The listener of `/incident`: reads the words, asks what they mean or hands over to the verb's."""

    def command(door: Door, request: Request) -> Reply:
        return _carried_out(listeners, door, request, request.text)

    return command


def picked(listeners: dict[str, CommandListener]) -> Callable[[Door, Request], Reply]:
    """The listener of what a question offered: the command that its button carries."""

    def pick(door: Door, request: Request) -> Reply:
        if not question.is_answer(request):  # a menu of before: its choices are commands in words
            return _carried_out(listeners, door, request, request.value)
        once, said = question.answered(door, request)
        if said == Command(None):
            raise question.LeftAlone
        return listeners[said.verb.name](door, once, said) if said.verb else unknown(door, once, said)

    return pick


def _carried_out(listeners: dict[str, CommandListener], door: Door, request: Request, text: str) -> Reply:
    def room() -> int | None:
        with door.desk.read() as session:
            return incident_reference.in_room(session, request.channel)

    said = command_parser.incident(links.read(door, request, text), door.catalog, room=room)
    if isinstance(said, Command):
        if said.menu:
            return menu(door, request)
        if said.verb is None:
            return unknown(door, request, said)
        command_parser.refuse_leftovers("/incident", said, door.catalog)
        said = titles.named(door, request, said) if said.verb.name in titles.READ else said
        said = doubt.settled(door, request, said) if said.doubt or said.unnamed else said
    if isinstance(said, Ambiguity):
        said = doubt.pointed(door, request, said)
        return question.ask(door, request, said.question, said.choices)
    assert said.verb is not None
    return listeners[said.verb.name](door, request, said)


COMMANDS = {"list": listed, "help": helped}
ACTIONS = {"incident.more": menu, "menu.list": list_button, "menu.help": help_button}
