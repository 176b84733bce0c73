"""A title that did not come with a command: from a form, where options are chosen, or from a program. Pure.

The command's own reader looks at it, so that no door declares what `/incident declare` refuses or asks about.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_flags, typed_intent, typed_references
from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import bare_word, cut, says_something, unquoted
from bot.domain.core.verb import EXAMPLE
from bot.services.core import catalog_words
from handlers import verbs
from handlers.words import command_parser, incident_words
from handlers.words.command import Command
from handlers.words.command_parser import NoTitle

_SWITCHES = {"private": "private", "drill": "a drill"}
_LINKS = re.compile(r"(?:<?https?://\S+\s*)+", re.IGNORECASE)
_BEHIND = "Say what is happening in words; the link can stand behind them."


class NotChosen(DomainError):
    """The title reads as if it should be {what}. Choose that in this form, or put the title in quotes to keep it."""


class NotSent(DomainError):
    """The title reads as if it should be {what}, so nothing was declared. Send {fields} with it, or put the title in
    quotes to keep it."""


class SaidInTheTitle(DomainError):
    """`--{flag}` stands in the title. Use the field `{flag}` instead."""


class ReadsAsCommand(DomainError):
    """ "{text}" reads as a command, so nothing was declared. Write `/incident {command}` if you meant that, say what is
    happening in words, or put the title in quotes to keep it."""


def require(title: str, catalog: Catalog) -> None:
    """Raises NoTitle for words that are only incidents, numbers, severities, links or a call for help, and
    ReadsAsCommand for a verb with nothing but an incident behind it.

    What says nothing at all is left to the rule, which has a sentence for it.
    """
    if not says_something(title) or _in_quotes(title):
        return
    if typed_intent.asks_help(title) or not incident_words.is_title(title, catalog):
        prefix = catalog.display.id_prefix
        named = [*typed_references.find(title, prefix), *typed_references.numbers(title)]
        ref = catalog.reference(named[0].number or EXAMPLE) if named else ""
        advice = f"Write `/incident status {ref}` to see an incident." if ref else "Say what is happening in words."
        raise NoTitle(text=title.strip()[:60], advice=advice)
    if _LINKS.fullmatch(title.strip()):
        raise NoTitle(text=title.strip()[:60], advice=_BEHIND)
    first, rest = cut(title.strip())
    verb = verbs.find("/incident", bare_word(first))
    if verb is not None and verb.name != "declare" and (not rest or not incident_words.is_title(rest, catalog)):
        raise ReadsAsCommand(text=title.strip()[:60], command=f"{bare_word(first)} {rest}".strip()[:60])


def _in_quotes(title: str) -> bool:
    plain = " ".join(title.split())
    return unquoted(plain) != plain


def from_a_program(title: str, sent: Command, catalog: Catalog, decided: Collection[str] = ()) -> Command:
    """The title as it was sent, without quotes around it, and the severity. Raises NoTitle, ReadsAsCommand,
    SaidInTheTitle for an option that has a field, and NotSent for what may be meant for few eyes.

    `sent` holds what the fields say; those that are `decided` were sent, be it as false, and are not doubted. No one is
    asked at night: of the severities that the title may name the highest counts, and a word of an exercise is no drill.
    """
    require(title, catalog)
    if _in_quotes(title) or not says_something(title):
        return replace(sent, text=unquoted(" ".join(title.split())))
    if flag := next((name for name in typed_flags.names(title) if name in _SWITCHES), None):
        raise SaidInTheTitle(flag=flag)
    try:
        readings = _readings(title, catalog)
    except typed_flags.UnknownFlag as refusal:
        if "Did you mean" not in str(refusal):  # `rsync --delete` is what a program tells of
            return replace(sent, text=title)
        raise
    missing = _missing(readings, sent, catalog, {"severity", "drill", *decided})
    if missing:
        fields = [f"`{name}` (true or false)" if name in _SWITCHES else f"`{name}`" for name in missing]
        raise NotSent(what=" and ".join(missing.values()), fields=" and ".join(fields))
    levels = {one.severity for one in readings if one.severity}
    highest = next((key for key in catalog.severities if key in levels), None)
    return replace(sent, text=title, severity=sent.severity or highest)


def from_a_form(title: str, chosen: Command, catalog: Catalog) -> str:
    """The title without the options that it repeats. Raises NoTitle, ReadsAsCommand, NotChosen and what a command has
    wrong.

    `chosen` holds what the other fields say; quotes around the whole title keep it as it is.
    """
    require(title, catalog)
    plain = " ".join(title.split())
    if _in_quotes(title) or not says_something(plain):
        return unquoted(plain)
    readings = _readings(plain, catalog)
    if missing := _missing(readings, chosen, catalog):
        raise NotChosen(what=" and ".join(missing.values()))
    return next((one for one in readings if one.severity == chosen.severity), readings[0]).text


def _readings(title: str, catalog: Catalog) -> list[Command]:
    said = command_parser.incident(f"declare {title}", catalog)
    return [said] if isinstance(said, Command) else [one for _, one in said.choices if one.verb is not None]


def _missing(
    readings: list[Command], chosen: Command, catalog: Catalog, decided: Collection[str] = ()
) -> Mapping[str, str]:
    """What the title says and the other fields do not, by field."""
    levels = {one.severity: catalog.severity_label(one.severity) for one in readings if one.severity}
    missing = {"severity": " or ".join(levels.values())} if levels and chosen.severity not in levels else {}
    missing |= {name: what for name, what in _SWITCHES.items()
                if any(getattr(one, name) for one in readings) and not getattr(chosen, name)}  # fmt: skip
    services = dict.fromkeys(one.service for one in readings if one.service)
    if others := [one for one in services if _service(one, catalog) != chosen.service]:
        missing["service"] = " and ".join(f"about {one}" for one in others)
    return {name: what for name, what in missing.items() if name not in decided}


def _service(typed: str, catalog: Catalog) -> str:
    return catalog_words.parse_service(catalog, typed) or ""
