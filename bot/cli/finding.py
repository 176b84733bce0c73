"""What the doctor found: each failure comes with its cure."""

from dataclasses import dataclass
from typing import Literal

from bot.cli.terminal import Colour, painted

State = Literal["ok", "warning", "failed"]
MARKS: dict[State, str] = {"ok": "✓", "warning": "!", "failed": "✗"}

COLOURS: dict[State, Colour] = {"ok": "green", "warning": "yellow", "failed": "red"}


@dataclass(frozen=True)
class Finding:
    """`said` is what is so, `fix` what to do about it (empty when all is well)."""

    name: str
    state: State
    said: str
    fix: str = ""

    def lines(self) -> list[str]:
        mark = painted(MARKS[self.state], COLOURS[self.state])
        first = f"{mark} {self.name:<20} {self.said}"
        return [first, *(f"  {'':<20} -> {line}" for line in self.fix.splitlines())]


def ok(name: str, said: str) -> Finding:
    return Finding(name, "ok", said)


def warning(name: str, said: str, fix: str) -> Finding:
    return Finding(name, "warning", said, fix)


def failed(name: str, said: str, fix: str) -> Finding:
    return Finding(name, "failed", said, fix)
