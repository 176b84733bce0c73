"""A title that did not come with a command: from a form, where options are chosen, or from a program. Pure.

The command's own reader looks at it, so that no door declares what `/incident declare` refuses or asks about.
"""

from bot.catalog import Catalog
from bot.domain.core import typed_flags, typed_intent, typed_references
from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import says_something, unquoted
from bot.domain.core.verb import EXAMPLE
from bot.services.core import catalog_words
from handlers.words import command_parser, incident_words
from handlers.words.command import Command
from handlers.words.command_parser import NoTitle

_SWITCHES = {"private": "private", "drill": "a drill"}


class NotChosen(DomainError):
    """The title reads as if it should be {what}. Choose that in this form, or put the title in quotes to keep it."""


class SaidInTheTitle(DomainError):
    """`--{flag}` stands in the title. Use the field `{flag}` instead."""


def require(title: str, catalog: Catalog) -> None:
    """Raises NoTitle for words that are only incidents, numbers, severities or a call for help.

    What says nothing at all is left to the rule, which has a sentence for it.
    """
    if not says_something(title):
        return
    if typed_intent.asks_help(title) or not incident_words.is_title(title, catalog):
        prefix = catalog.display.id_prefix
        named = [*typed_references.find(title, prefix), *typed_references.numbers(title)]
        ref = catalog.reference(named[0].number or EXAMPLE) if named else ""
        advice = f"Write `/incident status {ref}` to see an incident." if ref else "Say what is happening in words."
        raise NoTitle(text=title.strip()[:60], advice=advice)


def from_a_program(title: str, catalog: Catalog) -> str:
    """The title as it was sent. Raises NoTitle, and SaidInTheTitle for an option that has a field."""
    require(title, catalog)
    if flag := next((name for name in typed_flags.names(title) if name in _SWITCHES), None):
        raise SaidInTheTitle(flag=flag)
    return title


def from_a_form(title: str, chosen: Command, catalog: Catalog) -> str:
    """The title without the options that it repeats. Raises NoTitle, NotChosen and what a command has wrong.

    `chosen` holds what the other fields say; quotes around the whole title keep it as it is.
    """
    require(title, catalog)
    plain = " ".join(title.split())
    if unquoted(plain) != plain or not says_something(plain):
        return unquoted(plain)
    said = command_parser.incident(f"declare {plain}", catalog)
    readings = [said] if isinstance(said, Command) else [one for _, one in said.choices]
    levels = {one.severity: catalog.severity_label(one.severity) for one in readings if one.severity}
    missing = [" or ".join(levels.values())] if levels and chosen.severity not in levels else []
    missing += [what for name, what in _SWITCHES.items()
                if any(getattr(one, name) for one in readings) and not getattr(chosen, name)]  # fmt: skip
    services = (one.service for one in readings)
    missing += [
        f"about {one}" for one in dict.fromkeys(filter(None, services)) if _service(one, catalog) != chosen.service
    ]
    if missing:
        raise NotChosen(what=" and ".join(missing))
    return next((one for one in readings if one.severity == chosen.severity), readings[0]).text


def _service(typed: str, catalog: Catalog) -> str:
    return catalog_words.parse_service(catalog, typed) or ""
