"""A command as understood, what in it is in doubt, and words that mean one of several commands."""

from dataclasses import dataclass

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError
from bot.domain.core.verb import EXAMPLE, Verb
from bot.domain.schedules import asked_words


class WordsLeftOver(DomainError):
    """I didn't understand "{text}" after `{verb}`, so nothing was done. Write the command on its own,
    for example `{example}`."""


@dataclass(frozen=True)
class Named:
    """An incident that the words may mean, and what its text would be then.

    `faint`: it counts only where there is such an incident. `counts`: the number may count something instead.
    """

    number: int
    text: str
    faint: bool = False
    counts: bool = False


@dataclass(frozen=True)
class Command:
    """A command as understood. `verb` is None for words we do not know; they are in `text`.

    `text` is the free text, unescaped, without flags and reference; `severity` a key such as SEV-1, `given` how it was
    said: as a `word`, a `flag`, or not at all. `doubt`: the incidents that the words may mean instead of the room's or
    the only open one; nothing is changed before that is answered. `unnamed`: words such as "both" stand for an
    incident, or the words may not mean the act at all, so that even the only one is asked about; `instead` are other
    commands that are offered then. `sure`: that the word means this verb was asked, and answered.
    """

    verb: Verb | None
    text: str = ""
    reference: int | None = None
    severity: str | None = None
    given: str = ""
    service: str = ""
    private: bool = False
    drill: bool = False
    triage: bool = False
    dry_run: bool = False
    menu: bool = False
    sure: bool = False
    doubt: tuple[Named, ...] = ()
    unnamed: bool = False
    instead: tuple[tuple[str, "Command"], ...] = ()

    @property
    def words(self) -> list[str]:
        return self.text.split()


@dataclass(frozen=True)
class Ambiguity:
    """Words that mean one of several commands: the question, and what each button carries."""

    question: str
    choices: tuple[tuple[str, Command], ...]


def refuse_leftovers(command: str, said: Command, catalog: Catalog) -> None:
    """Words added to a verb that takes none may mean another verb. Raises WordsLeftOver; help always helps."""
    verb = said.verb
    if verb is None or not said.text or verb.takes_words or verb.name == "help":
        return
    if command == "/oncall" and not asked_words.meaning(said.text):  # "next please", "test me"
        return
    number = said.reference or (said.doubt[0].number if said.doubt else EXAMPLE)
    about = f" {catalog.reference(number)}" if verb.about_one else ""
    raise WordsLeftOver(text=said.text[:60], verb=verb.name, example=f"{command} {verb.name}{about}")
