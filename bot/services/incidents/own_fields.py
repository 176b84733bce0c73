"""Use cases of own fields: one value, those that a form holds, and what a severity needs."""

from collections.abc import Mapping, Sequence

from bot.catalog import Catalog
from bot.catalog.sections.fields import OWN_FIELDS, OwnField
from bot.domain.core import people
from bot.domain.core.fact import Fact
from bot.domain.incidents import own_fields as rules
from bot.services.core.answer import Answer
from bot.services.core.incident import ref
from bot.services.workspace import directory
from bot.work import Work
from storage.models import Incident


def of(catalog: Catalog) -> rules.Fields:
    """The own fields of this installation, by key."""
    return catalog.entries(OWN_FIELDS)


def set_one(w: Work, incident: Incident, name: str, text: str, *, clear: bool = False) -> Answer:
    """Raises NoOwnFields, UnknownField, NoValue, BadValue and UnknownPerson."""
    field = rules.find(of(w.catalog), name)
    if not clear and not text.strip():
        raise rules.NoValue(field=field.title)
    return set_all(w, incident, {field.key: "" if clear else text})


def set_all(w: Work, incident: Incident, given: Mapping[str, str]) -> Answer:
    """Keys of fields and what each is now; an empty one is emptied. An incident that is over can be set right too."""
    facts = put(w, incident, given)
    w.record(facts, incident=incident)
    return Answer("fields_set", incident.number, {"changed": bool(facts)})


def put(w: Work, incident: Incident, given: Mapping[str, str]) -> list[Fact]:
    """The values on the incident, and the facts to record."""
    facts: list[Fact] = []
    for name, text in given.items():
        field = rules.find(of(w.catalog), name)
        facts += rules.put(incident, field, _value(w, field, text))
    return facts


def _value(w: Work, field: OwnField, text: str) -> str:
    if field.type == "people" and text.strip():
        return directory.person(w, text.strip())
    return rules.read(field, directory.with_names(w, text) if field.type == "text" else text)


def require_to_declare(w: Work, incident: Incident) -> None:
    """What is not sure yet, or only an exercise, is never held up. Raises NeededToDeclare."""
    if not incident.drill and not incident.unaccepted:
        rules.require_to_declare(of(w.catalog), incident, w.catalog.severity_label(incident.severity))


def require_to_resolve(w: Work, incident: Incident) -> None:
    """Raises NeededToResolve."""
    if not incident.drill:
        rules.require_to_resolve(of(w.catalog), incident, ref(w, incident))


def wanted(catalog: Catalog, texts: Sequence[str]) -> dict[str, str]:
    """What a list is narrowed down to: keys of fields -> values as they are kept. Raises DomainError."""
    found = {}
    for key, text in rules.pairs(of(catalog), texts).items():
        field = of(catalog)[key]
        found[key] = people.identify(text, catalog) if field.type == "people" else rules.read(field, text)
    return found
