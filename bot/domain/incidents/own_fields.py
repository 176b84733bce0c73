"""Own fields of an installation: reading what was written, and which are still missing. Values are texts."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from bot.catalog.sections.fields import OwnField
from bot.domain.core.errors import DomainError
from bot.domain.core.fact import Fact
from bot.domain.incidents.severity_facts import FieldSet
from storage.models import Incident

Fields = Mapping[str, OwnField]
MAX_VALUE = 500
_LINK = re.compile(r"https?://[^\s<>|]{3,}", re.IGNORECASE)
_PAIR = re.compile(r"(?P<key>[^\s=]+)\s*=\s*(?P<value>.*)", re.DOTALL)


class NoOwnFields(DomainError):
    """No own fields are defined here: `fields` in tocsin.yml defines them."""


class UnknownField(DomainError):
    """There is no field "{text}", so nothing was done. Fields: {choices}."""


class NotAPair(DomainError):
    """ "{text}" names no field and its value: write it as `{example}`. Nothing was done."""


class BadValue(DomainError):
    """ "{value}" doesn't fit {field}: {wants}."""


class NoValue(DomainError):
    """There is no value for {field}, so nothing was changed. `--clear` empties it."""


class NeededToDeclare(DomainError):
    """{severity} needs {fields} when it is declared, so nothing was declared and no one was paged. Say {it} with
    `{example}`.
    """


class NeededToResolve(DomainError):
    """{ref} needs {fields} before it is resolved, so nothing was changed. `/incident field {ref}` asks for {it}."""


def find(fields: Fields, text: str) -> OwnField:
    """The field that this means, by key or label. Raises NoOwnFields and UnknownField."""
    if not fields:
        raise NoOwnFields()
    wanted = _bare(text)
    found = next((one for one in fields.values() if wanted in (_bare(one.key), _bare(one.title))), None)
    if found is None:
        raise UnknownField(text=text[:60], choices=", ".join(fields))
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text.casefold())


def pair(text: str) -> tuple[str, str] | None:
    """The two sides of `customer=Acme`."""
    found = _PAIR.fullmatch(text.strip())
    return (found["key"], found["value"]) if found else None


def pairs(fields: Fields, texts: Iterable[str]) -> dict[str, str]:
    """Keys of fields -> what was written for them. Raises NotAPair and what `find` raises."""
    given = {}
    for text in texts:
        found = pair(text)
        if found is None:
            raise NotAPair(text=text[:60], example=f"{next(iter(fields), 'customer')}=...")
        given[find(fields, found[0]).key] = found[1]
    return given


def read(field: OwnField, text: str) -> str:
    """The value as it is kept; "" empties the field. Of `people` the text is a person that was found already.

    Raises BadValue.
    """
    value = " ".join(text.split())
    if len(value) > MAX_VALUE:
        raise _bad(field, value, f"it takes up to {MAX_VALUE} characters")
    if not value or field.type in ("text", "people"):
        return value
    if field.type == "number":
        return _number(field, value)
    if field.type == "select":
        chosen = next((one for one in field.options if _bare(one) == _bare(value)), None)
        if chosen is None:
            raise _bad(field, value, f"choose one of {', '.join(field.options)}")
        return chosen
    link = value.strip("<>").partition("|")[0]
    if not _LINK.fullmatch(link):
        raise _bad(field, value, "write a web address, such as https://example.com/1")
    return link


def _bad(field: OwnField, value: str, wants: str) -> BadValue:
    return BadValue(value=value[:60], field=field.title, wants=wants, key=field.key)


def _number(field: OwnField, value: str) -> str:
    """A comma between thousands is left out; any other comma could mean a point, so it is no number."""
    plain = value.replace(",", "") if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", value) else value
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise _bad(field, value, "write a number, such as 1200 or 0.5")
    return f"{number:f}"


def put(incident: Incident, field: OwnField, value: str) -> list[Fact]:
    """Keeps a value that was read; no facts when it stands there already."""
    before = str((incident.own or {}).get(field.key, ""))
    if before == value:
        return []
    kept = {**(incident.own or {}), field.key: value}
    incident.own = {key: text for key, text in kept.items() if text} or None
    return [FieldSet(field=field.key, label=field.title, old=before, new=value, people=field.type == "people")]


def missing(
    fields: Fields, own: Mapping[str, Any] | None, severity: str, by: Literal["declare", "resolve"]
) -> list[OwnField]:
    """The fields that this severity needs by then and that are empty."""
    return [one for one in fields.values() if severity in getattr(one.required, by) and not (own or {}).get(one.key)]


def require_to_declare(fields: Fields, incident: Incident, severity: str) -> None:
    """`severity` is how people call it. Raises NeededToDeclare."""
    lacking = missing(fields, incident.own, incident.severity, "declare")
    if lacking:
        example = " ".join(f"--field {one.key}=..." for one in lacking)
        raise NeededToDeclare(severity=severity, fields=_listed(lacking), it=_it(lacking), example=example)


def require_to_resolve(fields: Fields, incident: Incident, ref: str) -> None:
    """Raises NeededToResolve."""
    lacking = missing(fields, incident.own, incident.severity, "resolve")
    if lacking:
        raise NeededToResolve(ref=ref, fields=_listed(lacking), it=_it(lacking))


def _listed(lacking: list[OwnField]) -> str:
    return ", ".join(one.title for one in lacking)


def _it(lacking: list[OwnField]) -> str:
    return "it" if len(lacking) == 1 else "them"
