"""A declaration as it was typed: its severity, its options, its title. Pure."""

import re
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_flags, typed_references, typed_severity
from bot.domain.core.errors import DomainError, UnknownSeverity
from bot.domain.core.typed_text import unquoted
from bot.domain.core.verb import EXAMPLE
from handlers import verbs
from handlers.words import incident_words, title_talk
from handlers.words.command import Command

_SERVICE_FIRST = re.compile(r"^service\s*:\s*[\"'`]?(?P<key>[\w-]+)[\"'`]?[,;:.]?\s+", re.IGNORECASE)
_SERVICE_LAST = re.compile(r"[\s,;(\[]+service\s*:\s*[\"'`]?(?P<key>[\w-]+)[\"'`]?[)\].]?$", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:is|are|has|was|were|does|do|cannot|can't|returns?|fails?|times|throws|keeps|won't)\b", re.I)
"""What stands behind a service that is the subject of the title, too."""
FLAGS = typed_flags.Known(
    "declare", switches=("private", "drill", "triage"), valued={"service": "checkout", "severity": "sev1"}
)


class NothingToTry(DomainError):
    """Only paging can be tried: `/incident page --dry-run`. Nothing was done."""


class NoTitle(DomainError):
    """ "{text}" isn't a title, so nothing was declared. {advice}"""


def read(rest: str, catalog: Catalog) -> Command:
    """`declare [sev1] title [--service S] [--private] [--drill] [--triage]`. Raises what its words have wrong."""
    if "dry-run" in typed_flags.names(rest):
        raise NothingToTry
    flags = _with_service(typed_flags.read(rest, FLAGS), catalog)
    leveled = _leveled(flags.text, catalog)
    level = flagged(flags, leveled, catalog)
    flags = _with_service(replace(flags, text=leveled.text), catalog)
    leveled = replace(leveled, text=flags.text)
    return titled(leveled.text, level, flags, "word" if leveled.key else "flag" if level else "", catalog)


def _with_service(flags: typed_flags.Flags, catalog: Catalog) -> typed_flags.Flags:
    """ "service: checkout" at either end is an option, where there is such a service."""
    for pattern in (_SERVICE_FIRST, _SERVICE_LAST):
        found = pattern.search(flags.text)
        if not found or "service" in flags.values or found["key"].lower() not in _services(catalog):
            continue
        rest = (flags.text[: found.start()] + flags.text[found.end() :]).strip()
        title = f"{found['key']} {rest}" if _GOES_ON.match(rest) else rest
        return replace(flags, text=title, values={**flags.values, "service": found["key"]})
    return flags


def _services(catalog: Catalog) -> set[str]:
    return {name.lower() for key, one in catalog.services.items() for name in (key, one.name)}


def _leveled(text: str, catalog: Catalog) -> typed_severity.Leveled:
    """The severity in front or behind; one that is not decided stays in the text, and is asked about."""
    undecided = typed_severity.is_undecided(text)
    return typed_severity.Leveled(text) if undecided else typed_severity.read(text, catalog)


def flagged(flags: typed_flags.Flags, leveled: typed_severity.Leveled, catalog: Catalog) -> str | None:
    named = flags.values.get("severity")
    if named is None:
        return leveled.key
    flag = typed_severity.word(named, catalog)
    if flag is None:
        choices = typed_severity.choices(catalog)
        raise UnknownSeverity(text=named[:40], choices=choices)
    return typed_severity.agree(flag, leveled.key, catalog)


def titled(title: str, level: str | None, flags: typed_flags.Flags, given: str, catalog: Catalog) -> Command:
    no_title = incident_words.is_just_an_incident(title) or title_talk.is_placeholder(title)
    shown = "" if no_title else unquoted(title)
    if shown and not incident_words.is_title(title, catalog):
        named = [*typed_references.find(title, catalog.display.id_prefix), *typed_references.numbers(title)]
        raise NoTitle(text=shown[:60], advice=advice(catalog, named[0].number if named else None, level))
    return Command(
        verb=verbs.find("/incident", "declare"),
        text=shown,
        severity=level,
        given=given,
        service=flags.values.get("service", ""),
        private="private" in flags.switches,
        drill="drill" in flags.switches,
        triage="triage" in flags.switches,
    )


def advice(catalog: Catalog, number: int | None, level: str | None = None) -> str:
    """What whoever wrote a reference in the place of a title may have meant."""
    ref = catalog.reference(number or EXAMPLE)
    if level:
        return f"Write `/incident sev {ref} {level}` to change a severity."
    return f"Write `/incident status {ref}` to see an incident." if number else "Say what is happening in words."
