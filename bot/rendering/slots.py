"""Opaque tokens that stand for values while the template's rules look at a message, and what replaces them at the end.

The rules never see a value, so no value can look like a rule. Values are cut first and escaped for their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property
from typing import Any
from urllib.parse import quote

from bot.rendering import durations, untrusted
from bot.rendering.values import Link, Value, When

OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")


class Place(Enum):
    """Where a piece of text lands, which decides how values are escaped and whether they keep their line breaks."""

    MRKDWN = "mrkdwn"  # a value alone on its line keeps its line breaks
    INLINE = "inline"  # mrkdwn on one line: fields, context, the fallback text
    PLAIN = "plain"  # plain_text on one line
    CODE = "code"  # literal, a value alone on its line keeps its line breaks
    VALUE = "value"  # literal, one line
    MARKDOWN = "markdown"  # a Markdown document
    BARE = "bare"  # a document without any markup
    HTML = "html"  # a web page: text and attributes in double quotes


_ESCAPES: dict[Place, untrusted.Escape] = {
    Place.MRKDWN: untrusted.mrkdwn,
    Place.INLINE: untrusted.mrkdwn,
    Place.PLAIN: untrusted.plain,
    Place.CODE: untrusted.raw,
    Place.VALUE: untrusted.raw,
    Place.MARKDOWN: untrusted.markdown,
    Place.BARE: untrusted.bare,
    Place.HTML: untrusted.html,
}
_ONE_LINE = frozenset({Place.INLINE, Place.PLAIN, Place.VALUE})
_KEEPS_BREAKS = frozenset({Place.MRKDWN, Place.CODE})


@dataclass(frozen=True)
class _Piece:
    """Ready escaped units; ``flexible`` ones may be cut to make room."""

    units: list[str]
    flexible: bool

    @cached_property
    def size(self) -> int:
        return untrusted.size("".join(self.units))


@dataclass
class Slots:
    """The values of one rendering, by token."""

    values: list[Any] = field(default_factory=list)

    def token(self, value: Any) -> str:
        """Keep the value and return the token that stands for it; None is shown as nothing."""
        self.values.append("" if value is None else value)
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"

    def fill(self, text: str, place: Place, limit: int) -> str:
        """The text with its tokens replaced, at most ``limit`` UTF-16 units; long values are cut, short ones stay."""
        lines = [self._line(line, place, limit) for line in text.split("\n")]
        pieces: list[_Piece] = []
        for line in (shown for shown in lines if shown is not None):
            pieces += [_Piece(["\n"], False), *line] if pieces else line
        joined = "".join(_fitted(pieces, limit))
        return untrusted.one_line(joined) if place in _ONE_LINE else joined.strip("\n")

    def sole_link(self, text: str) -> str | None:
        """The address when the text is a single token that holds a Link or a text, else None."""
        match = TOKEN.fullmatch(text)
        if not match:
            return None
        value = self.values[int(match.group(1))]
        return value.url if isinstance(value, Link) else _words(value)

    def encoded(self, text: str) -> str:
        """The text with its tokens replaced by percent-encoded values: for the path or query of an address of ours."""
        return TOKEN.sub(lambda m: quote(untrusted.clean(_words(self.values[int(m.group(1))])), safe=""), text)

    def _line(self, line: str, place: Place, limit: int) -> list[_Piece] | None:
        """The pieces of one line, or None when it held only values and all of them turned out empty."""
        alone = TOKEN.fullmatch(line.strip()) is not None
        pieces = [self._piece(part, place, alone, limit) for part in _parts(line)]
        blank = TOKEN.search(line) is not None and not "".join(u for p in pieces for u in p.units).strip()
        return None if blank else pieces

    def _piece(self, part: str, place: Place, alone: bool, limit: int) -> _Piece:
        match = TOKEN.fullmatch(part)
        if not match:
            return _Piece(list(part), False)
        value = self.values[int(match.group(1))]
        if isinstance(value, Value):
            return _Piece([_markup(value, place)], False)
        # Far more than can be shown is dropped before the work of cleaning it.
        text = untrusted.clean(_words(value)[: 4 * limit + 1000])
        if not (alone and place in _KEEPS_BREAKS):
            text = untrusted.one_line(text)
        return _Piece(_ESCAPES[place](text[: limit + 1]), True)


def _parts(line: str) -> Iterator[str]:
    end = 0
    for match in TOKEN.finditer(line):
        if match.start() > end:
            yield line[end : match.start()]
        yield match.group()
        end = match.end()
    if end < len(line):
        yield line[end:]


def _words(value: Any) -> str:
    if isinstance(value, Value):
        return value.plain()
    if isinstance(value, datetime):
        return When(value, "datetime").plain()
    if isinstance(value, timedelta):
        return durations.human(value)
    return str(value)


def _markup(value: Value, place: Place) -> str:
    kinds: dict[Place, Callable[[], str]] = {
        Place.MRKDWN: value.mrkdwn,
        Place.INLINE: value.mrkdwn,
        Place.MARKDOWN: value.markdown,
        Place.HTML: lambda: "".join(untrusted.html(value.plain())),
    }
    return kinds.get(place, value.plain)()


def _fitted(pieces: list[_Piece], limit: int) -> Iterator[str]:
    """The pieces cut to the limit: values first, the longest most; then, if ours alone is too long, the end."""
    room = limit - sum(p.size for p in pieces if not p.flexible)
    share = _share(sorted(p.size for p in pieces if p.flexible), room)
    left = limit
    for piece in pieces:
        allowed = min(left, share) if piece.flexible and share is not None else left
        shown = untrusted.cut(piece.units, max(0, allowed))
        left -= untrusted.size(shown)
        yield shown


def _share(sizes: list[int], room: int) -> int | None:
    """The most that each value may take so that all fit into the room (None: no limit is needed)."""
    if sum(sizes) <= room:
        return None
    for index, size in enumerate(sizes):
        share = max(0, room) // (len(sizes) - index)
        if size > share:
            return share
        room -= size
    return max(0, room)
