"""How a command says that it cannot do what was asked: one sentence, no traceback."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.cli import terminal
from bot.domain import verbs

# Rules name the commands of Slack; these are spelled alike in a terminal.
_VERBS = "|".join(sorted((verb.name for verb in verbs.at("incident", "cli")), key=len, reverse=True))
_COMMAND = re.compile(rf"`/incident (?=(?:{_VERBS})\b)")


class Refusal(Exception):
    """A sentence for standard error; the command ends with `code` (1; 2 for a wrong use of the command)."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(_COMMAND.sub("`tocsin incident ", sentence))
        self.code = code

    @classmethod
    def unknown(cls, what: str, name: str, known: Iterable[str], hint: str) -> "Refusal":
        """`name` is not one of `known`; `hint` is the advice of `did_you_mean`."""
        return cls(f'there is no {what} "{name}": {hint}' if list(known) else f"no {what} is configured yet.")


def deliver(content: str, output: Path | None) -> None:
    """Writes the whole document. Raises Refusal when the file cannot be written."""
    text = content if content.endswith("\n") else content + "\n"
    if output is None:
        print(text, end="")
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{output} cannot be written: {error.strerror}.") from None


def document(value: Any) -> None:
    """The one JSON document of `--json`."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def later() -> None:
    """Says beside the answer that what it caused is owed, and by whom it is sent."""
    sys.stderr.write("The bot is not running: people are told as soon as it starts (`tocsin run`).\n")


def columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows of equal length as aligned columns; the last one is not padded."""
    if not rows:
        return
    widths = [max(terminal.width(row[number]) for row in rows) for number in range(len(rows[0]))]
    for row in rows:
        padded = [cell + " " * (width - terminal.width(cell)) for cell, width in zip(row[:-1], widths, strict=False)]
        print("  ".join([*padded, row[-1]]).rstrip())
