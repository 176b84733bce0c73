"""What a terminal shows beside plain text: eight colours, and a line that says what is going on until it is done.

Into a file or a pipe goes plain text alone; `NO_COLOR` (any value) and `TERM=dumb` turn the colours off.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TextIO

Colour = Literal["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
_CODES: dict[Colour, int] = {
    "black": 30, "red": 31, "green": 32, "yellow": 33, "blue": 34, "magenta": 35, "cyan": 36, "white": 37,
}  # fmt: skip
_CLEAR = "\r\x1b[2K"
_PAINT = re.compile("\x1b\\[[0-9;]*m")


def has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painted(text: str, colour: Colour, stream: TextIO | None = None) -> str:
    """The text in this colour where the stream (standard output) shows it, else the text."""
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if text and has_colours(stream or sys.stdout) else text


def width(text: str) -> int:
    """How many characters of it are seen."""
    return len(_PAINT.sub("", text))


class Progress:
    """One line on standard error that is written over; nothing where that is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = ""

    def say(self, text: str) -> None:
        """What is going on from now on."""
        self.clear()
        if self._stream.isatty():
            self._shown = f"{text} ..."
            self._write(self._shown)

    def clear(self) -> None:
        """Makes room for a line that stays."""
        if self._shown:
            self._write(_CLEAR)

    def again(self) -> None:
        """Below a line that stays, the same is still going on."""
        if self._shown:
            self._write(self._shown)

    def done(self) -> None:
        self.clear()
        self._shown = ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


@contextmanager
def progress(stream: TextIO | None = None) -> Iterator[Progress]:
    """The line is gone in the end, whatever happens: a refusal stands on a line of its own."""
    shown = Progress(stream)
    try:
        yield shown
    finally:
        shown.done()
