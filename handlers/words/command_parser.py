"""What a person typed after `/incident` or `/oncall`, read forgivingly. Pure: knows the configuration, no records.

What can mean two things becomes an `Ambiguity` or the `doubt` of a command: whoever carries it out asks first.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_flags, typed_intent, typed_references, typed_severity
from bot.domain.core.typed_text import bare_word, cut, plain, unquoted, visible
from bot.domain.core.verb import Verb
from handlers import verbs
from handlers.words import (
    declaration,
    everyday,
    incident_words,
    no_command,
    people_named,
    readings,
    remarks,
    second_thoughts,
)
from handlers.words.command import Ambiguity, Command, WordsLeftOver, refuse_leftovers
from handlers.words.declaration import NothingToTry, NoTitle
from handlers.words.readings import changed
from storage.models import IncidentStatus

__all__ = [
    "Ambiguity", "Command", "NoTitle", "NothingToTry", "WordsLeftOver",
    "incident", "oncall", "plain", "refuse_leftovers", "unquoted",
]  # fmt: skip


NOT_DECLARED = "That isn't a command and names no severity, so nothing was declared. `/incident help` lists everything."
A_QUESTION = "That sounds like a question, so nothing was declared."
_SENTENCE = re.compile(
    r"(?:is|isn't|isn’t|are|was|were|has|seems|looks|works|keeps|still)\b|(?:down|back|up|broken|slow|fixed)\W*$",
    re.IGNORECASE,
)
Room = Callable[[], int | None]


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
    said = second_thoughts.heeded(said, catalog, room) if isinstance(said, Command) else said
    return people_named.asked(said, catalog) if isinstance(said, Command) else said


def oncall(text: str) -> Command:
    """Reads the words after `/oncall`; nothing means `who`. A verb of two words may be written as two: `test page`."""
    clean = plain(visible(text)).strip()
    first, rest = cut(clean)
    second, more = cut(rest)
    verb = verbs.find("/oncall", f"{bare_word(first)}-{bare_word(second)}") if second else None
    if verb is not None:
        rest = more
    else:
        verb = verbs.find("/oncall", first) or verbs.find("/oncall", bare_word(first).replace("'", ""))
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
        verb, first, rest = self._verb_first(first, rest)
        if verb is not None and verb.name == "search" and _SENTENCE.match(rest):
            verb = None  # "search is slow": what is called search, not what is looked for
        only_asked = verb is not None and not verb.reads and not rest and first.endswith("?")
        if verb is not None and (only_asked or typed_intent.asks_help(self._nameless(rest))):
            return Command(verb=readings.named("help"), text=verb.name)
        if bare_word(first).lower() in ("all", "up") and (remark := remarks.offered(text, self.room())):  # "all good"
            return remark
        if bare_word(first).lower() in IncidentStatus.SETTABLE:
            verb, rest = readings.named("status"), text
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

    def _verb_first(self, first: str, rest: str) -> tuple[Verb | None, str, str]:
        """The verb that the words begin with, which may be written as two: "hand over"."""
        verb, (second, more) = self._verb(first), cut(rest)
        two = f"{bare_word(first)}-{bare_word(second)}".lower()
        if verb is None and second and (found := verbs.find("/incident", two)) is not None:
            return found, two, more
        return verb, first, rest

    def _reference_first(self, text: str) -> Command | Ambiguity | None:
        """`INC-42 ack` reads like `ack INC-42`; a reference alone asks how it stands."""
        named = [*typed_references.find(text, self.prefix), *typed_references.numbers(text)[:1]]
        one = next((one for one in named if typed_references.leads(text, one)), None)
        if one is None or (one.kind == "bare" and bare_word(cut(text)[0]) != str(one.number)):
            return None
        rest = typed_references.left(text, one)
        if not rest or not any(map(str.isalnum, rest)):
            return Command(verb=readings.named("status"), reference=incident_words.possible(one, text))
        word, more = cut(rest)
        if word.lower() in ("is", "to") and more:
            word, more = cut(more)
        verb = self._verb(word)
        leveled = typed_severity.first(f"{word} {more}".strip(), self.catalog)
        if leveled.key and (verb is None or verb.name == "sev"):
            return self._known(readings.named("sev"), one, text, leveled.text, leveled.key)
        if bare_word(word).lower() in IncidentStatus.SETTABLE:
            return self._known(readings.named("status"), one, text, f"{bare_word(word)} {more}".strip())
        if (
            verb is None
            and one.kind != "bare"
            and (remark := remarks.offered(rest, incident_words.possible(one, text)))
        ):
            return remark
        if verb is None:
            return None if one.kind == "bare" else Command(verb=None, text=rest, reference=one.number)
        return self._known(verb, one, text, _after_verb(more, word))

    def _known(
        self, verb: Verb, one: typed_references.Reference, text: str, rest: str, level: str | None = None
    ) -> Command:
        """The incident stands in front of the verb. A bare number before a verb and prose may begin a sentence."""
        if verb.name == "declare":
            raise NoTitle(text=text[:60], advice=declaration.advice(self.catalog, one.number))
        if verb.name == "sev" and level is None:
            level, rest = self._level(rest)
        words, dry_run = (rest, False) if verb.verbatim else self._flags(verb, rest)
        said = Command(verb=verb, severity=level, given="word" if level else "", text=unquoted(words), dry_run=dry_run)
        return incident_words.placed(said, one, text, self.room, known=True) if verb.about_one else said

    def _with_verb(self, verb: Verb, rest: str) -> Command | Ambiguity:
        if verb.name in ("declare", "triage"):
            said = declaration.read(rest, self.catalog)
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
        whole = (
            rest if typed_severity.is_scaled(word, self.catalog) and not bare_word(word).isdigit() else f"sev {rest}"
        )
        if level and not lead and typed_severity.is_undecided(whole) and (self.room() is not None or whole == rest):
            return readings.of_changes(whole, self.catalog, self.room())
        if level and typed_intent.asks(rest):  # "sev sev2?"
            return readings.of_a_change(level, reason, self.catalog, lead[0].number if lead else self.room())
        if level and (two := readings.of_two_numbers(rest, self.catalog)) and self.room() is None:
            return two
        if lead:
            return incident_words.placed(changed(level, self._flags(verb, reason)[0]), lead[0], rest, self.room)
        named = typed_references.find(reason, self.prefix)
        if level and more and not named and self.room() is None and typed_severity.is_scaled(word, self.catalog):
            return declaration.read(f"sev {rest}" if bare_word(word).isdigit() else rest, self.catalog)
        reason = self._flags(verb, reason)[0]
        if level and named and typed_references.leads(reason, named[0]):
            change = changed(level, typed_references.left(reason, named[0]))
            return incident_words.placed(change, named[0], reason, self.room)
        change = changed(level, reason)
        if level is None and not named and more and typed_severity.slipped(f"sev {rest}", self.catalog):
            return self._slipped(f"sev {rest}", declaration.read(f"sev {rest}", self.catalog))
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

    def _without_verb(self, text: str) -> Command | Ambiguity:
        """A severity declares; in a war room it changes that room's. Without one nothing is declared: a button asks."""
        if "dry-run" in typed_flags.names(text):
            raise NothingToTry
        if self.room() is not None:
            no_command.refuse(text)
        flags = typed_flags.read(text, declaration.FLAGS)
        if not (flags.switches or flags.values) and (talk := readings.offered(text, self.catalog, self.room)):
            return readings.leveled(text, talk, self.catalog, self.room())
        leveled = typed_severity.read(flags.text, self.catalog)
        level = declaration.flagged(flags, leveled, self.catalog)
        if level is None:
            offered = self._offered(text, flags)
            return (
                self._slipped(flags.text, offered) if typed_severity.is_doubted(flags.text, self.catalog) else offered
            )
        given = "word" if leveled.key else "flag"
        named = typed_references.find(leveled.text, self.prefix)
        if leveled.key and not leveled.first and incident_words.asks(flags.text):
            return self._offered(text, flags, level)
        first = leveled.first and not (flags.switches or flags.values)
        undecided = typed_severity.is_undecided(flags.text)
        if first and not undecided and self.room() is not None and incident_words.asks(flags.text):  # "sev2?"
            return readings.of_a_change(level, leveled.text, self.catalog, self.room())
        if undecided:
            return self._slipped(flags.text, declaration.read(text, self.catalog))
        if first and named and typed_references.leads(leveled.text, named[0]):
            change = changed(level, typed_references.left(leveled.text, named[0]))
            return incident_words.placed(change, named[0], leveled.text, self.room)
        change = changed(level, leveled.text)
        room = self.room()
        if first and room is not None:
            return incident_words.about(change, leveled.text, self.prefix, lambda: room, prose=True)
        end = [one for one in named if typed_references.ends(leveled.text, one) or not leveled.first]
        declared = declaration.titled(leveled.text, level, flags, given, self.catalog)
        if room is None and not end:
            return declared
        number = end[-1].number if end else room
        if incident_words.is_no_title(declared.text, self.catalog):
            return readings.of_a_change(level, "", self.catalog, number)
        shown, about = self.catalog.severity_label(level), self.catalog.reference(number or 0)
        return Ambiguity(
            "Nothing has changed yet. Which of these do you mean?",
            (
                (f"Make {about} {shown}", replace(change, reference=number)),
                (f"Declare “{declared.text}”", declared),
            ),
        )

    def _slipped(self, text: str, said: Command | Ambiguity) -> Command | Ambiguity:
        """What is said, and in a war room the change of its severity in front of it."""
        room = self.room()
        return said if room is None else readings.of_changes(text, self.catalog, room, said)

    def _offered(self, text: str, flags: typed_flags.Flags, level: str | None = None) -> Command | Ambiguity:
        """Words without a verb and without a severity: they may be a title, which one button declares."""
        if incident_words.is_no_title(text, self.catalog):
            return Command(verb=None, text=text)
        declared = declaration.titled(flags.text, level, flags, "word" if level else "", self.catalog)
        question = A_QUESTION if level else NOT_DECLARED
        return Ambiguity(question, ((f"Declare “{declared.text}”", declared),))


def _after_verb(rest: str, first: str) -> str:
    """What stands behind the verb; a mark of the verb's own word, as in `note: ...`, is not part of it."""
    return rest if bare_word(first) else rest.lstrip(":,- ")
