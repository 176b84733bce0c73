"""One verb, declared once: Slack's parser and help, the REST body, the command line and the docs are derived from it.

Plain values of the standard library: the command line reads them before anything heavy is imported.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "words", "names", "flag", "number", "numbers", "choice", "moment", "duration", "path"]
Place = Literal["slack", "cli", "rest"]
EVERYWHERE: tuple[Place, ...] = ("slack", "cli", "rest")
TERMINAL: tuple[Place, ...] = ("cli",)
EXAMPLE = 42


@dataclass(frozen=True)
class Field:
    """Something that a verb is told."""

    #: Its name in the body of a request.
    name: str
    #: What it is, for `--help` and the API.
    help: str = ""
    #: text is one word, words the rest of a line, names a list of words; a moment is ISO 8601, a duration such as 30m.
    kind: Kind = "text"
    #: Whether a change cannot do without it.
    required: bool = False
    #: `--reason` on the command line; without it the field is known by its place.
    option: str = ""
    #: How its value is called on the command line; by default as the field.
    metavar: str = ""
    choices: tuple[str, ...] = ()
    #: Of a choice: a switch on the command line for each value, with its help.
    switches: tuple[tuple[str, str], ...] = ()
    #: How it is written in Slack; empty where a form asks for it or nobody needs it.
    slack: str = ""
    #: Which doors take it.
    doors: tuple[Place, ...] = EVERYWHERE
    #: What Slack's form asks; by default its help.
    label: str = ""
    hint: str = ""
    #: Of the fields with the same group at most one can be given.
    group: str = ""
    default: str | int | None = None


ACTOR = Field("actor", "act for someone in tocsin.yml, such as ana", option="--as", metavar="PERSON", doors=TERMINAL)
"""What every verb that changes something takes at the command line; one that shows something of a person names it."""


@dataclass(frozen=True)
class Verb:
    """One thing that can be said: its words, what it needs to be told, and who may say it."""

    name: str
    #: One sentence, with its full stop: the help of every door.
    says: str
    #: The row of the permission table.
    action: str
    #: What is typed after the verb, for an example at the command line.
    example: str = ""
    synonyms: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    #: Words people type for it that mean another thing, too. They are never carried out: the answer asks.
    mistaken: tuple[str, ...] = ()
    #: Whether it is about one incident, whose reference comes first.
    about_one: bool = True
    #: Where no incident is named: those in one of these states are meant; "open" stands for all states before the end.
    meant: tuple[str, ...] = ("open",)
    #: Whether an incident that has ended takes it too, when it is named.
    any_state: bool = False
    #: Whether it changes nothing.
    reads: bool = False
    #: The field without which it changes nothing and shows what there is.
    shows_without: str = ""
    #: Slack: its words are free text, in which a number is a number.
    prose: bool = False
    #: Slack: its words are kept as they are, `--dry-run` among them.
    verbatim: bool = False
    #: Slack: a reference may stand behind its words.
    reference_last: bool = False
    #: Slack: title and button of the form that opens when required words are missing; without it a sentence asks.
    form: tuple[str, str] | None = None
    doors: tuple[Place, ...] = EVERYWHERE

    @property
    def words(self) -> tuple[str, ...]:
        """Its name, then its synonyms."""
        return (self.name, *self.synonyms)

    @property
    def usage(self) -> str:
        """How it is written in Slack: `sev [INC-42] [sev1..sev4] [why]`."""
        about = [f"[INC-{EXAMPLE}]"] if self.about_one else []
        return " ".join([self.name, *about, *(one.slack for one in self.fields if one.slack)])

    @property
    def brief(self) -> str:
        """The first clause of `says`, for a list."""
        return f"{re.split('[;.] ', self.says)[0].rstrip('.')}."

    @property
    def takes_words(self) -> bool:
        """Slack: whether anything can be written beside the reference."""
        return any(one.slack for one in self.fields)

    @property
    def can_be_tried(self) -> bool:
        """Whether `--dry-run` says what it would do."""
        return any(one.name == "dry_run" for one in self.fields)

    def told(self, door: Place) -> tuple[Field, ...]:
        """What it is told at this door."""
        return tuple(one for one in self.fields if door in one.doors)


class DoubledWord(Exception):
    """Two verbs of one command claim the same word."""


def merged(*tables: Iterable[Verb]) -> tuple[Verb, ...]:
    """The verbs of one command. Raises DoubledWord when a word would mean two of them."""
    verbs = tuple(verb for table in tables for verb in table)
    owners: dict[str, str] = {}
    for verb in verbs:
        for word in verb.words:
            if owners.setdefault(word, verb.name) != verb.name or verb.words.count(word) > 1:
                raise DoubledWord(f'"{word}" means both {owners[word]} and {verb.name}')
    return verbs
