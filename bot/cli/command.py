"""One command of the command line as data, and the parser that says what was probably meant."""

from argparse import Action, ArgumentError, ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NoReturn

from bot.domain import verbs

Shape = Callable[[ArgumentParser], Any]


@dataclass(frozen=True)
class Command:
    """One command or one verb of a command; `example` is shown by --help, `synonyms` are accepted and not listed."""

    name: str
    summary: str
    example: str
    shape: Shape = lambda parser: None
    verbs: tuple["Command", ...] = field(default=())
    synonyms: tuple[str, ...] = ()
    brief: str = ""
    #: Under which heading the help lists it.
    group: str = ""


def json(to: ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def ref(to: ArgumentParser) -> None:
    to.add_argument("ref", metavar="INC", help="INC-1, or 1")


class ShowVersion(Action):
    """`--version`: `const` looks up what is installed, and only when it is asked for."""

    def __call__(self, parser: ArgumentParser, *rest: Any) -> None:
        print(self.const())
        parser.exit()


def listed(commands: Sequence[Command]) -> str:
    """The commands with what they do, under the headings of their groups, in the order in which these first come."""
    width = max(len(one.name) for one in commands)
    groups = dict.fromkeys(one.group for one in commands)
    blocks = [
        "\n".join([f"{title}:", *(f"  {one.name:<{width}}  {one.brief or one.summary}" for one in commands
                                  if one.group == title)])
        for title in groups
    ]  # fmt: skip
    return "\n\n".join(blocks)


class Parser(ArgumentParser):
    """Names the nearest verb, option or choice for one that it does not know, and carries out nothing."""

    def _check_value(self, action: Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        raise ArgumentError(None, self._unknown(action, str(value), list(action.choices)))

    def _unknown(self, action: Action, value: str, known: list[str]) -> str:
        command = self.prog.split()[-1]
        if action.dest == "verb" and command in verbs.COMMANDS:
            sentence = verbs.unknown(command, value, "cli")
        elif action.dest in ("command", "verb"):
            sentence = _nearest(f"`{value}` is not a command.", value, known)
        else:
            sentence = _nearest(f'"{value}" is not one of {", ".join(known)}.', value, known)
        return sentence if sentence.endswith("?") else f"{sentence} See `{self.prog} --help`."

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        found, extra = super().parse_known_args(args, namespace)
        if extra and self._subparsers is None:  # the parser that owns the words, not the one above it
            self._refuse(next((word for word in extra if word.startswith("-")), extra[0]))
        return found, extra

    def _refuse(self, word: str) -> NoReturn:
        if word.startswith("-"):
            option = word.partition("=")[0]
            self.error(_nearest(f"there is no option `{option}`.", option, list(self._option_string_actions)))
        self.error(f'"{word}" is one word too many: put words that belong together in quotation marks.')


def _nearest(sentence: str, word: str, known: list[str]) -> str:
    close = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"{sentence} Did you mean `{close[0]}`?" if close else sentence
