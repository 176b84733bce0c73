"""What a person typed after `/incident` or `/oncall`, read forgivingly. Pure: knows the configuration, no records."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError, NoSuchIncident, UnknownSeverity
from bot.domain.core.verb import EXAMPLE, Verb
from handlers import verbs
from storage.models import IncidentStatus

_DASHES = r"(?:^|\s)(?:--|—|–)"
_SERVICE = re.compile(rf"{_DASHES}service(?:[ =]+(\"[^\"]*\"|“[^”]*”|\S+))?(?=\s|$)", re.IGNORECASE)
_SWITCH = re.compile(rf"{_DASHES}(private|drill)(?=\s|$)", re.IGNORECASE)
_DRY_RUN = re.compile(rf"{_DASHES}dry-run(?=\s|$)", re.IGNORECASE)
_LIKE_A_SEVERITY = re.compile(r"sev(?:erity)?[-_]?[0-9]+", re.IGNORECASE)
_ENTITY = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_MARKUP = re.compile(r"<([@#!])([^<>|\s]+)(?:\|([^<>]*))?>|<((?:https?|mailto|tel)[^<>|\s]*)(?:\|([^<>]*))?>")
_QUOTED = re.compile(r'^(?:"(.*)"|“(.*)”|\'(.*)\')$', re.DOTALL)
_NUMBERED = re.compile(r"INC[-_]?[0-9]+", re.IGNORECASE)
_CLOCK = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)\b[\s:,–-]*(.*)$", re.DOTALL)


class WordsLeftOver(DomainError):
    """I did not understand "{text}" after `{verb}`, so nothing was done. Write it alone, for example `{example}`."""


class NothingToTry(DomainError):
    """Only paging can be tried: `/incident page --dry-run`. Nothing was done."""


class NoTitle(DomainError):
    """ "{text}" is no title, so nothing was declared. Write `/incident sev INC-42 {level}` to change a severity."""


@dataclass(frozen=True)
class Command:
    """A command as understood. `verb` is None for words we do not know; they are in `text`.

    `text` is the free text, unescaped, without flags and reference; `severity` a key such as SEV-1.
    """

    verb: Verb | None
    text: str = ""
    reference: int | None = None
    severity: str | None = None
    service: str = ""
    private: bool = False
    drill: bool = False
    dry_run: bool = False
    menu: bool = False

    @property
    def words(self) -> list[str]:
        return self.text.split()


InRoom = Callable[[], bool]


def incident(text: str, catalog: Catalog, *, in_room: InRoom = lambda: False) -> Command:
    """Reads the words after `/incident`. In a war room a bare number before free text belongs to the text; `in_room`
    is asked only when that matters.

    Raises NoSuchIncident when a reference is named that none can have, UnknownSeverity, NothingToTry and NoTitle.
    """
    said = _incident(text, catalog, in_room)
    verb = said.verb
    if _DRY_RUN.search(text) and verb is not None and not (verb.can_be_tried or verb.verbatim):
        raise NothingToTry
    return said


def _incident(text: str, catalog: Catalog, in_room: InRoom) -> Command:
    clean = text.strip()
    if not clean:
        return Command(verb=None, menu=True)
    first, rest = _cut(clean)
    if level := catalog.severity(first):
        return _severity_first(level, rest, catalog, in_room)
    if (number := catalog.parse_reference(first)) is not None:
        return _reference_first(number, rest, catalog)
    if first.lower() in IncidentStatus.SETTABLE:
        first, rest = "status", clean
    if _LIKE_A_SEVERITY.fullmatch(first):  # it is refused by name, lest it become the title of an incident
        first, rest = "sev", clean
    verb = verbs.find("/incident", first)
    if verb is None:
        return Command(verb=None, text=plain(clean))
    return _with_verb(verb, rest, catalog, in_room)


def oncall(text: str) -> Command:
    """Reads the words after `/oncall`; nothing means `who`."""
    first, rest = _cut(text.strip())
    verb = verbs.find("/oncall", first)
    return Command(verb=verb, text=plain(rest if verb else text))


def refuse_leftovers(command: str, said: Command, catalog: Catalog) -> None:
    """Whoever adds words to a verb that takes none may mean another one. Raises WordsLeftOver; help always helps."""
    verb = said.verb
    if verb is None or not said.text or verb.takes_words or verb.name == "help":
        return
    about = f" {catalog.reference(said.reference or EXAMPLE)}" if verb.about_one else ""
    raise WordsLeftOver(text=said.text[:60], verb=verb.name, example=f"{command} {verb.name}{about}")


def _severity_first(level: str, rest: str, catalog: Catalog, in_room: InRoom) -> Command:
    """`sev1 payments down` declares; `sev1 INC-5 why`, or a severity alone in a war room, changes the severity."""
    word, reason = _cut(rest)
    number = _alone(word, catalog)
    if number is not None or (not rest and in_room()):
        return Command(verb=verbs.find("/incident", "sev"), severity=level, reference=number, text=plain(reason))
    return _titled(rest, level)


def _reference_first(number: int, rest: str, catalog: Catalog) -> Command:
    """`INC-42 ack` reads like `ack INC-42`; a reference alone asks how it stands."""
    word, more = _cut(rest)
    verb = verbs.find("/incident", word) if word else verbs.find("/incident", "status")
    if verb is None and word.lower() in IncidentStatus.SETTABLE:
        verb, more = verbs.find("/incident", "status"), rest
    if verb is None:
        return Command(verb=None, text=plain(rest), reference=number)
    return replace(_with_verb(verb, more, catalog, lambda: True, known=True), reference=number)


def _with_verb(verb: Verb, rest: str, catalog: Catalog, in_room: InRoom, *, known: bool = False) -> Command:
    """`known`: the incident has been named before the verb."""
    if verb.name == "declare":
        return _declaration(rest, catalog)
    if verb.name == "sev":
        return _severity(verb, rest, catalog, in_room)
    if not verb.about_one:
        return Command(verb=verb, text=plain(rest))
    dry_run = verb.can_be_tried and _DRY_RUN.search(rest) is not None
    rest = _DRY_RUN.sub("", rest).strip() if dry_run else rest
    number, rest = _reference(rest, catalog, bare=lambda: not (verb.prose and in_room()))
    if number is None and not known and verb.reference_last:
        number, rest = _behind(rest, catalog)
    return Command(verb=verb, text=unquoted(plain(rest)), reference=number, dry_run=dry_run)


def _behind(rest: str, catalog: Catalog) -> tuple[int | None, str]:
    """`@dee INC-5`: a reference as the last word. A bare number there may be a level."""
    words, _, last = rest.strip().rpartition(" ")
    number = _alone(last, catalog)
    return (number, words.strip()) if number is not None else (None, rest)


def _alone(word: str, catalog: Catalog) -> int | None:
    """The number of a word that can be nothing but a reference, which a bare number can."""
    return _reference(word, catalog, bare=lambda: False)[0] if len(word.split()) == 1 else None


def _reference(rest: str, catalog: Catalog, *, bare: Callable[[], bool]) -> tuple[int | None, str]:
    word, more = _cut(rest)
    number = catalog.parse_reference(word) if word and (not word.isdigit() or bare()) else None
    if number is None and _NUMBERED.fullmatch(word):  # it names an incident: another one must not be meant instead
        raise NoSuchIncident(ref=word[:40])
    return (number, more) if number is not None else (None, rest)


def _severity(verb: Verb, rest: str, catalog: Catalog, in_room: InRoom) -> Command:
    """`sev 2`, `sev INC-42 sev2 why`, `sev 2 INC-42 why`; outside of a room `sev 1 payments down` declares.

    A bare number without a severity behind it is meant as one, also when there is none of that name.
    """
    first, more = _cut(rest)
    second, reason = _cut(more)
    number = catalog.parse_reference(first) if first else None
    if number is not None and (level := severity(second, catalog)):
        return Command(verb=verb, severity=level, reference=number, text=plain(reason))
    if level := severity(first, catalog):
        if (named := _alone(second, catalog)) is not None:
            return Command(verb=verb, severity=level, reference=named, text=plain(reason))
        return Command(verb=verb, severity=level, text=plain(more)) if not more or in_room() else _titled(more, level)
    if number is not None and not first.isdigit():
        return Command(verb=verb, reference=number, text=plain(more))
    return Command(verb=verb, text=plain(rest))


def _titled(rest: str, level: str) -> Command:
    """Whoever swaps two words must not page anybody: numbers and severities alone are no title. Raises NoTitle."""
    if rest and all(word.isdigit() or _LIKE_A_SEVERITY.fullmatch(word) for word in rest.split()):
        raise NoTitle(text=rest[:60], level=level)
    return _declare(rest, level)


def severity(word: str, catalog: Catalog) -> str | None:
    """The key of `sev1`, `P0`, `critical`, or of a bare digit after the word "sev"."""
    return catalog.severity(word) or (catalog.severity(f"sev{word}") if word.isdigit() else None)


def severities(catalog: Catalog) -> str:
    """Those there are, in a row."""
    return ", ".join(catalog.severity_label(key) for key in catalog.severities)


def _declaration(rest: str, catalog: Catalog) -> Command:
    first, more = _cut(rest)
    if level := catalog.severity(first) if first else None:
        return _declare(more, level)
    digit, title = _cut(more)
    if first.lower() in ("sev", "severity") and (level := severity(digit, catalog)):
        return _declare(title, level)
    apart = first.lower() in ("sev", "severity") and digit.isdigit()
    if apart or _LIKE_A_SEVERITY.fullmatch(first):
        raise UnknownSeverity(text=digit if apart else first, choices=severities(catalog))
    return _declare(rest, None)


def _declare(rest: str, level: str | None) -> Command:
    services = _SERVICE.findall(rest)
    rest = _SERVICE.sub("", rest)
    switches = {name.lower() for name in _SWITCH.findall(rest)}
    return Command(
        verb=verbs.find("/incident", "declare"),
        text=unquoted(plain(_SWITCH.sub("", rest))),
        severity=level,
        service=unquoted(plain(services[-1])) if services else "",
        private="private" in switches,
        drill="drill" in switches,
    )


def _cut(text: str) -> tuple[str, str]:
    """The first word and the rest, line breaks of the rest kept."""
    parts = text.strip().split(maxsplit=1)
    return (parts[0] if parts else "", parts[1] if len(parts) > 1 else "")


def plain(text: str) -> str:
    """Slack's escapes and markup as a person typed them: `<#C1|general>` is `#general`, `&amp;` is `&`.

    Mentions of people keep their form, because they say who is meant.
    """
    shown = _MARKUP.sub(_typed, text.strip())
    return re.sub("&(?:lt|gt|amp);", lambda found: _ENTITY[found[0]], shown)


def _typed(found: re.Match[str]) -> str:
    mark, name, label, address, words = found.groups()
    if address:
        return words if words and words in address else address
    if mark == "@":
        return f"<@{name}>"
    return f"{mark if mark == '#' else '@'}{(label or name).lstrip('@#')}"


def unquoted(text: str) -> str:
    """Without one pair of quotation marks around the whole."""
    found = _QUOTED.match(text.strip())
    inner = next((part for part in found.groups() if part is not None), "") if found else text
    return inner.strip() if '"' not in inner else text.strip()


def leading_clock(text: str) -> tuple[tuple[int, int] | None, str]:
    """`13:38 deploy went out` -> ((13, 38), "deploy went out"); no time in front -> (None, text)."""
    found = _CLOCK.match(text.strip())
    return ((int(found[1]), int(found[2])), found[3]) if found and found[3] else (None, text.strip())
