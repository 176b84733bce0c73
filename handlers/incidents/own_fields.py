"""Own fields in forms, and the command and form that set them."""

from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from sqlmodel import Session

from bot.catalog import Catalog
from bot.catalog.sections.fields import OwnField
from bot.domain.core.errors import DomainError
from bot.domain.incidents import own_fields as rules
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import own_fields
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.form import Block, Choice
from handlers.form_values import Values
from handlers.request import Request
from handlers.response import Errors, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import Incident

CLEAR = "--clear"
_PLACEHOLDERS = {"number": "1200", "link": "https://example.com/1"}


def block(key: str) -> str:
    """The name of a field's input."""
    return f"own.{key}"


def inputs(
    catalog: Catalog, fields: Iterable[OwnField], own: Mapping[str, Any] | None, *, optional: bool = False
) -> list[Block]:
    """One input for each of the fields, with what stands in it."""
    return [
        form.field(block(one.key), one.title, _element(catalog, one, str((own or {}).get(one.key, ""))),
                   optional=optional)
        for one in fields
    ]  # fmt: skip


def _element(catalog: Catalog, field: OwnField, value: str) -> Block:
    if field.type == "people":
        return form.person(incident_reference.slack_of(catalog, value))
    if field.type == "select":
        kept = [value] if value and value not in field.options and len(field.options) < form.MOST_OPTIONS else []
        return form.menu([Choice(one, one) for one in (*field.options, *kept)], value)
    placeholder = _PLACEHOLDERS.get(field.type, "")
    return {**form.words(initial=value[: rules.MAX_VALUE], placeholder=placeholder), "max_length": rules.MAX_VALUE}


def entered(catalog: Catalog, values: Values) -> dict[str, str]:
    """Keys of the fields that a form asked for -> what stands in them."""
    asked = [one for one in own_fields.of(catalog).values() if block(one.key) in values.state]
    return {one.key: _read(one, values) for one in asked}


def _read(field: OwnField, values: Values) -> str:
    readers = {"people": values.user, "select": values.choice}
    return readers.get(field.type, values.text)(block(field.key))


def needed(catalog: Catalog, severity: str) -> list[OwnField]:
    """The fields without which nothing of this severity is declared."""
    return rules.missing(own_fields.of(catalog), None, severity, "declare")


def held_up(catalog: Catalog, said: Command) -> bool:
    """Whether a declaration in words has to ask for fields with the form."""
    return bool(needed(catalog, said.severity or "SEV-3")) and not said.triage and not said.drill


def lacking(catalog: Catalog, incident: Incident) -> list[OwnField]:
    """The fields that are empty and needed before it is resolved."""
    return [] if incident.drill else rules.missing(own_fields.of(catalog), incident.own, incident.severity, "resolve")


def place(refusal: DomainError, otherwise: str) -> str:
    """The input under which a refusal stands."""
    return block(refusal.values["key"]) if isinstance(refusal, rules.BadValue) else otherwise


def command(door: Door, request: Request, said: Command) -> Reply:
    """`field customer Acme` or `customer=Acme`; without a value it opens the form, and `--clear` empties one."""
    found = rules.pair(said.text)
    name, value = found or (said.text.partition(" ")[0], said.text.partition(" ")[2].strip())
    if not name:
        return looking(door, request, said, lambda session, number: Show(view(door, session, number, request)))
    field = rules.find(own_fields.of(door.catalog), name)
    if not value:
        return looking(door, request, said, lambda session, number: Show(view(door, session, number, request)))
    clear, text = value == CLEAR, value
    return about(door, request, said, lambda w, one: own_fields.set_one(w, one, field.key, text, clear=clear))


def view(door: Door, session: Session, number: int, request: Request) -> View:
    """Every field, with what stands in it. Raises NoOwnFields."""
    catalog = door.catalog
    incident, fields = incident_reference.known(session, catalog, request, number), own_fields.of(catalog)
    if not fields:
        raise rules.NoOwnFields()
    blocks = [form.small(incident_reference.label(catalog, incident)),
              *inputs(catalog, fields.values(), incident.own, optional=True)]  # fmt: skip
    shown = {key: _mark(str((incident.own or {}).get(key, ""))) for key in fields}
    meta = {**incident_reference.meta(request, incident), "shown": shown}
    return form.modal("fields", "Fields", blocks, submit="Save", meta=meta)


def _mark(value: str) -> int:
    """Tells whether a value is another one than was shown; a form has no room to keep all of them."""
    return crc32(value.encode())


def submitted(door: Door, request: Request) -> Reply:
    """Only what was changed in the form is changed: what someone else has set meanwhile stays."""
    number, catalog = request.number, door.catalog
    shown = request.meta.get("shown") or {}
    given = {key: text for key, text in entered(catalog, request.values).items() if _mark(text) != shown.get(key)}

    def use_case(w: Work) -> Answer:
        return own_fields.set_all(w, incidents.find(w, number), given)

    try:
        return door.do(request, "field", use_case)
    except DomainError as refusal:
        return Errors({place(refusal, next((block(key) for key in own_fields.of(catalog)), "own")): refusal.sentence()})


def button(door: Door, request: Request) -> Reply:
    return Show(door.look(request, "field", lambda session: view(door, session, request.number, request)))


COMMANDS = {"field": command}
ACTIONS = {"menu.fields": button}
VIEWS = {"fields": submitted}
