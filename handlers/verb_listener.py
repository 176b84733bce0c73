"""The listener of a verb that has none of its own: its words become its body; missing ones are asked for in a form."""

from sqlmodel import Session

from bot.domain.core.errors import DomainError
from bot.domain.core.verb import Field, Verb
from bot.services.core import incident as incidents
from handlers import form, incident_reference, verb_body, verbs
from handlers.boundary import Listener
from handlers.changes import CHANGES
from handlers.door import Door
from handlers.form import Choice
from handlers.request import CannotBeRead, Request
from handlers.response import Errors, Reply, Show, View
from handlers.verb_body import BadRequest, WordsMissing
from handlers.words.command import Command
from handlers.words.incident_command import CommandListener, about, looking


def listeners() -> dict[str, CommandListener]:
    """One for every verb of Slack that has a change; a conversation may put its own in its place."""
    return {name: carry_out for name in CHANGES if verbs.find("/incident", name)}


def carry_out(door: Door, request: Request, said: Command) -> Reply:
    """Does what the words say. Raises WordsMissing when they are too few and the verb has no form."""
    verb = said.verb
    assert verb is not None
    try:
        body = verb_body.said(verb, said.text)
    except WordsMissing:
        if verb.form is None:
            raise
        return looking(door, request, said, lambda session, number: Show(view(door, session, verb, number, request)))
    return about(door, request, said, lambda w, incident: CHANGES[verb.name](w, incident, body))


def view(door: Door, session: Session, verb: Verb, number: int, request: Request) -> View:
    """One input for each field of the verb. Raises NotOpen when the incident is over and the verb needs an open one."""
    if verb.meant == ("open",):
        incident = incident_reference.open_one(session, door.catalog, request, number, f"`{verb.name}`")
    else:
        incident = incident_reference.known(session, door.catalog, request, number)
    title, button = verb.form or (verb.name.capitalize(), "Send")
    blocks = [form.small(incident_reference.label(door.catalog, incident)), *(_input(one) for one in _asked(verb))]
    meta = {**incident_reference.meta(request, incident), "verb": verb.name}
    return form.modal("verb", title, blocks, submit=button, meta=meta)


def _asked(verb: Verb) -> list[Field]:
    return [one for one in verb.told("rest") if one.kind in ("text", "words", "choice") and "slack" in one.doors]


def _input(field: Field) -> View:
    label = field.label or field.help[0].upper() + field.help[1:]
    choices = [Choice(one, one.capitalize().replace("-", " ")) for one in field.choices]
    element = form.radios(choices) if choices else form.words(lines=field.kind == "words", focus=field.required)
    return form.field(field.name, label, element, optional=not field.required, hint=field.hint)


def submitted(door: Door, request: Request) -> Reply:
    """Carries out what was filled in; a refusal stands under the first field."""
    verb, number = verbs.find("/incident", str(request.meta["verb"])), request.number
    if verb is None or verb.name not in CHANGES:
        raise CannotBeRead()
    fields = _asked(verb)
    read = {one.name: (request.values.choice if one.choices else request.values.text)(one.name) for one in fields}
    try:
        body = verb_body.read(verb, {name: value for name, value in read.items() if value})
        return door.do(request, verb.action, lambda w: CHANGES[verb.name](w, incidents.find(w, number), body))
    except (DomainError, BadRequest) as refusal:
        return Errors({fields[0].name: str(refusal)})


def _button(name: str) -> Listener:
    """The form of a verb, for a button whose value is the incident."""
    verb = verbs.find("/incident", name)
    assert verb is not None
    assert verb.form is not None

    def pressed(door: Door, request: Request) -> Reply:
        return Show(door.look(request, verb.action, lambda s: view(door, s, verb, request.number, request)))

    return pressed


ACTIONS = {f"menu.{name}": _button(name) for name in ("decision", "action", "mitigation", "link")}
VIEWS = {"verb": submitted}
