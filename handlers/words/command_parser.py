"""What a person typed after `/incident` or `/oncall`, read forgivingly. Pure: knows the configuration, no records.

What can mean two things becomes an `Ambiguity` or the `doubt` of a command: whoever carries it out asks first.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_flags, typed_intent, typed_references, typed_severity
from bot.domain.core.errors import DomainError, UnknownSeverity
from bot.domain.core.typed_text import bare_word, cut, plain, unquoted, visible
from bot.domain.core.verb import EXAMPLE, Verb
from handlers import verbs
from handlers.words import everyday, incident_words, readings, second_thoughts
from handlers.words.command import Ambiguity, Command, WordsLeftOver, refuse_leftovers
from handlers.words.readings import changed
from storage.models import IncidentStatus

__all__ = [
    "Ambiguity", "Command", "NoTitle", "NothingToTry", "WordsLeftOver",
    "incident", "oncall", "plain", "refuse_leftovers", "unquoted",
]  # fmt: skip


class NothingToTry(DomainError):
    """Only paging can be tried: `/incident page --dry-run`. Nothing was done."""


class NoTitle(DomainError):
    """ "{text}" isn't a title, so nothing was declared. {advice}"""


NOT_DECLARED = "That isn't a command and names no severity, so nothing was declared. `/incident help` lists everything."
A_QUESTION = "That sounds like a question, so nothing was declared."
Room = Callable[[], int | None]
DECLARE = typed_flags.Known(
    "declare", switches=("private", "drill", "triage"), valued={"service": "checkout", "severity": "sev1"}
)


def incident(text: str, catalog: Catalog, *, room: Room = lambda: None) -> Command | Ambiguity:
    """Reads the words after `/incident`. `room` tells the incident whose war room this is; it is asked only when that
    matters.

    Raises NoSuchIncident when a reference is named that none can have, UnknownSeverity, UnknownFlag, NothingToTry,
    NoTitle.
    """
    clean = plain(visible(text)).strip()
    if not clean:
        return Command(verb=None, menu=True)
    said = readings.settled(_Reader(catalog, room).read(clean), catalog)
    return second_thoughts.heeded(said, catalog, room) if isinstance(said, Command) else said


def oncall(text: str) -> Command:
    """Reads the words after `/oncall`; nothing means `who`. A verb of two words may be written as two: `test page`."""
    clean = plain(visible(text)).strip()
    first, rest = cut(clean)
    second, more = cut(rest)
    verb = verbs.find("/oncall", f"{bare_word(first)}-{bare_word(second)}") if second else None
    if verb is not None:
        rest = more
    else:
        verb = verbs.find("/oncall", first) or verbs.find("/oncall", bare_word(first))
    return Command(verb=verb, text=unquoted(rest if verb else clean))


class _Reader:
    """One line of words, and where it was typed."""

    def __init__(self, catalog: Catalog, room: Room) -> None:
        self.catalog, self.room = catalog, room
        self.prefix = catalog.display.id_prefix

    def read(self, text: str) -> Command | Ambiguity:
        first, rest = cut(text)
        if bare_word(first).lower() in ("/incident", "please", "pls", "plz") and rest:
            return self.read(rest)
        verb = self._verb(first)
        only_asked = verb is not None and not verb.reads and not rest and first.endswith("?")
        if verb is not None and (only_asked or typed_intent.asks_help(self._nameless(rest))):
            return Command(verb=_named("help"), text=verb.name)
        if bare_word(first).lower() in IncidentStatus.SETTABLE:
            verb, rest = _named("status"), text
        if verb is not None and verb.name == "declare" and bare_word(first).lower() == "open" and self._alone(rest):
            return self.read(rest)  # "open INC-1": it is to be seen, not declared
        if verb is not None:
            said = self._with_verb(verb, _after_verb(rest, first))
            return everyday.heeded(said, first, text, self.room) if isinstance(said, Command) else said
        return self._reference_first(text) or self._without_verb(text)

    def _nameless(self, rest: str) -> str:
        """The words without an incident in front of them."""
        lead = [one for one in typed_references.find(rest, self.prefix)[:1] if typed_references.leads(rest, one)]
        return typed_references.left(rest, lead[0]) if lead else rest

    def _alone(self, rest: str) -> bool:
        """Whether the words are one reference and nothing else."""
        found = typed_references.find(rest, self.prefix) or typed_references.numbers(rest)
        return len(found) == 1 and typed_references.leads(rest, found[0]) and typed_references.ends(rest, found[0])

    def _verb(self, first: str) -> Verb | None:
        return verbs.find("/incident", first) or verbs.find("/incident", bare_word(first).lower())

    def _reference_first(self, text: str) -> Command | Ambiguity | None:
        """`INC-42 ack` reads like `ack INC-42`; a reference alone asks how it stands."""
        named = [*typed_references.find(text, self.prefix), *typed_references.numbers(text)[:1]]
        one = next((one for one in named if typed_references.leads(text, one)), None)
        if one is None or (one.kind == "bare" and bare_word(cut(text)[0]) != str(one.number)):
            return None
        rest = typed_references.left(text, one)
        if not rest or not any(map(str.isalnum, rest)):
            return Command(verb=_named("status"), reference=incident_words.possible(one, text))
        word, more = cut(rest)
        if word.lower() in ("is", "to") and more:
            word, more = cut(more)
        verb = self._verb(word)
        leveled = typed_severity.first(f"{word} {more}".strip(), self.catalog)
        if leveled.key and (verb is None or verb.name == "sev"):
            return self._known(_named("sev"), one, text, leveled.text, leveled.key)
        if bare_word(word).lower() in IncidentStatus.SETTABLE:
            return self._known(_named("status"), one, text, f"{bare_word(word)} {more}".strip())
        if verb is None:
            return None if one.kind == "bare" else Command(verb=None, text=rest, reference=one.number)
        return self._known(verb, one, text, _after_verb(more, word))

    def _known(
        self, verb: Verb, one: typed_references.Reference, text: str, rest: str, level: str | None = None
    ) -> Command:
        """The incident stands in front of the verb. A bare number before a verb and prose may begin a sentence."""
        if verb.name == "declare":
            raise NoTitle(text=text[:60], advice=self._advice(one.number))
        if verb.name == "sev" and level is None:
            level, rest = self._level(rest)
        words, dry_run = (rest, False) if verb.verbatim else self._flags(verb, rest)
        said = Command(verb=verb, severity=level, given="word" if level else "", text=unquoted(words), dry_run=dry_run)
        return incident_words.placed(said, one, text, self.room, known=True) if verb.about_one else said

    def _with_verb(self, verb: Verb, rest: str) -> Command | Ambiguity:
        if verb.name in ("declare", "triage"):
            said = self._declaration(rest)
            return readings.in_triage(said) if verb.name == "triage" else said
        if verb.name == "sev":
            return self._severity(verb, rest)
        if not verb.about_one or (verb.name == "merge" and readings.names_two(rest, self.prefix, self.room)):
            return Command(verb=verb, text=rest)
        if verb.name == "escalate" and (talk := self._escalated(rest)):
            return talk
        words, dry_run = (rest, False) if verb.verbatim else self._flags(verb, rest)
        said = Command(verb=verb, text=unquoted(words), dry_run=dry_run)
        return incident_words.about(said, words, self.prefix, self.room)

    def _escalated(self, rest: str) -> Ambiguity | None:
        """ "escalate to sev1": a severity is no level of paging."""
        lead = [one for one in typed_references.find(rest, self.prefix)[:1] if typed_references.leads(rest, one)]
        number = lead[0].number if lead else self.room()
        return readings.about_a_severity(f"to {self._nameless(rest)}", self.catalog, number)

    def _flags(self, verb: Verb, rest: str) -> tuple[str, bool]:
        """The words without `--dry-run`. Raises NothingToTry, and UnknownFlag for any other."""
        if not verb.can_be_tried and "dry-run" in typed_flags.names(rest):
            raise NothingToTry
        known = typed_flags.Known(verb.name, switches=("dry-run",) if verb.can_be_tried else ())
        read = typed_flags.read(rest, known)
        return read.text, "dry-run" in read.switches

    def _severity(self, verb: Verb, rest: str) -> Command | Ambiguity:
        """`sev 2`, `sev INC-42 sev2 why`, `sev 2 INC-42 why`, `sev INC-42 to 2`; the level may be any alias.

        A bare number without a severity behind it is meant as one, also when there is none of that name. Outside of a
        war room `sev 1 payments down` begins with a severity, and declares.
        """
        word, more = cut(rest)
        lead = [one for one in typed_references.find(rest, self.prefix)[:1] if typed_references.leads(rest, one)]
        lead = lead or (incident_words.before_level(rest, self.catalog) if self.room() is None else [])
        level, reason = self._level(typed_references.left(rest, lead[0]) if lead else rest)
        if lead:
            return incident_words.placed(changed(level, self._flags(verb, reason)[0]), lead[0], rest, self.room)
        named = typed_references.find(reason, self.prefix)
        if level and more and not named and self.room() is None and typed_severity.is_scaled(word, self.catalog):
            return self._declaration(f"sev {rest}" if bare_word(word).isdigit() else rest)
        reason = self._flags(verb, reason)[0]
        if level and named and typed_references.leads(reason, named[0]):
            change = changed(level, typed_references.left(reason, named[0]))
            return incident_words.placed(change, named[0], reason, self.room)
        change = changed(level, reason)
        if level is None and not named:
            return change  # it is refused by name
        return incident_words.about(change, reason, self.prefix, self.room, prose=True)

    def _level(self, words: str) -> tuple[str | None, str]:
        word, reason = cut(words)
        while word.lower() in ("to", "down", "up", "is", "as") and reason:
            word, reason = cut(reason)
        leveled = typed_severity.first(f"{word} {reason}".strip(), self.catalog)
        if leveled.key:
            return leveled.key, leveled.text
        key = typed_severity.word(bare_word(word), self.catalog)
        return (key, typed_severity.trimmed(reason)) if key else (None, words)

    def _declaration(self, rest: str) -> Command:
        """`declare [sev1] title [--service S] [--private] [--drill]`. Raises what its words have wrong."""
        if "dry-run" in typed_flags.names(rest):
            raise NothingToTry
        flags = typed_flags.read(rest, DECLARE)
        leveled = typed_severity.read(flags.text, self.catalog)
        level = self._flagged(flags, leveled)
        return self._titled(leveled.text, level, flags, "word" if leveled.key else "flag" if level else "")

    def _flagged(self, flags: typed_flags.Flags, leveled: typed_severity.Leveled) -> str | None:
        named = flags.values.get("severity")
        if named is None:
            return leveled.key
        flag = typed_severity.word(named, self.catalog)
        if flag is None:
            choices = typed_severity.choices(self.catalog)
            raise UnknownSeverity(text=named[:40], choices=choices)
        return typed_severity.agree(flag, leveled.key, self.catalog)

    def _titled(self, title: str, level: str | None, flags: typed_flags.Flags, given: str) -> Command:
        shown = "" if incident_words.is_just_an_incident(title) else unquoted(title)
        if shown and not incident_words.is_title(title, self.catalog):
            named = [*typed_references.find(title, self.prefix), *typed_references.numbers(title)]
            raise NoTitle(text=shown[:60], advice=self._advice(named[0].number if named else None, level))
        return Command(
            verb=_named("declare"),
            text=shown,
            severity=level,
            given=given,
            service=flags.values.get("service", ""),
            private="private" in flags.switches,
            drill="drill" in flags.switches,
            triage="triage" in flags.switches,
        )

    def _advice(self, number: int | None, level: str | None = None) -> str:
        """What whoever wrote a reference in the place of a title may have meant."""
        ref = self.catalog.reference(number or EXAMPLE)
        if level:
            return f"Write `/incident sev {ref} {level}` to change a severity."
        return f"Write `/incident status {ref}` to see an incident." if number else "Say what is happening in words."

    def _without_verb(self, text: str) -> Command | Ambiguity:
        """A severity declares; in a war room it changes that room's. Without one nothing is declared: a button asks."""
        if "dry-run" in typed_flags.names(text):
            raise NothingToTry
        flags = typed_flags.read(text, DECLARE)
        if not (flags.switches or flags.values) and (talk := readings.offered(text, self.catalog, self.room)):
            return talk
        leveled = typed_severity.read(flags.text, self.catalog)
        level = self._flagged(flags, leveled)
        if level is None:
            return self._offered(text, flags)
        given = "word" if leveled.key else "flag"
        named = typed_references.find(leveled.text, self.prefix)
        if leveled.key and not leveled.first and incident_words.asks(flags.text):
            return self._offered(text, flags, level)
        first = leveled.first and not (flags.switches or flags.values)
        if first and self.room() is not None and incident_words.asks(flags.text):  # "sev2?"
            return readings.of_a_change(level, leveled.text, self.catalog, self.room())
        if first and named and typed_references.leads(leveled.text, named[0]):
            change = changed(level, typed_references.left(leveled.text, named[0]))
            return incident_words.placed(change, named[0], leveled.text, self.room)
        change = changed(level, leveled.text)
        room = self.room()
        if first and room is not None:
            return incident_words.about(change, leveled.text, self.prefix, lambda: room, prose=True)
        end = [one for one in named if typed_references.ends(leveled.text, one) or not leveled.first]
        declaration = self._titled(leveled.text, level, flags, given)
        if room is None and not end:
            return declaration
        number = end[-1].number if end else room
        shown, about = self.catalog.severity_label(level), self.catalog.reference(number or 0)
        return Ambiguity(
            "Nothing has changed yet. Which of these do you mean?",
            (
                (f"Make {about} {shown}", replace(change, reference=number)),
                (f"Declare “{declaration.text}”", declaration),
            ),
        )

    def _offered(self, text: str, flags: typed_flags.Flags, level: str | None = None) -> Command | Ambiguity:
        """Words without a verb and without a severity: they may be a title, which one button declares."""
        if incident_words.is_no_title(text, self.catalog):
            return Command(verb=None, text=text)
        declaration = self._titled(flags.text, level, flags, "word" if level else "")
        question = A_QUESTION if level else NOT_DECLARED
        return Ambiguity(question, ((f"Declare “{declaration.text}”", declaration),))


def _named(name: str) -> Verb:
    found = verbs.find("/incident", name)
    assert found is not None
    return found


def _after_verb(rest: str, first: str) -> str:
    """What stands behind the verb; a mark of the verb's own word, as in `note: ...`, is not part of it."""
    return rest if bare_word(first) else rest.lstrip(":,- ")
