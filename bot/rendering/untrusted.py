"""Text that is not ours: cleaned of invisible tricks, cut to fit, and disarmed for the place it lands in.

Knows nothing of templates or blocks. Lengths are UTF-16 units, the larger of the two ways Slack may count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape

ELLIPSIS = "…"

_BREAKS = re.compile(r"\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_MANY_BREAKS = re.compile(r"\n(?:[ \t]*\n){2,}")
_SPACES = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"  # needed by emoji sequences and by Persian or Indic words
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOKALIKES = {"*": "∗", "~": "∼", "`": "ˋ", "_": "ˍ"}
_MARKDOWN_SPECIAL = frozenset("\\`*[]<>|~@$")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_MARKDOWN_START = re.compile(r"\s*(?:[#+=:-]|\d{1,9}[.)])")  # headings, lists, underlines of headings

Escape = Callable[[str], list[str]]


def clean(text: str) -> str:
    """Drop control, bidirectional, zero-width, private-use and surrogate code points; newlines become LF.

    At most one empty line in a row survives, so that a text cannot push what follows it out of sight.
    """
    unified = _BREAKS.sub("\n", text)
    kept = "".join(c for c in unified if _visible(c))
    return _MANY_BREAKS.sub("\n\n", kept).strip("\n")


def _visible(char: str) -> bool:
    if char in "\n\t" or char in _JOINERS:
        return True
    category = unicodedata.category(char)
    return category not in {"Cc", "Cf", "Cs", "Co"} and (ord(char) & 0xFFFE) != 0xFFFE


def one_line(text: str) -> str:
    """The text with every run of white space turned into one space."""
    return _SPACES.sub(" ", text).strip()


def size(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def mrkdwn(text: str) -> list[str]:
    """Escaped units, one per character, for a mrkdwn text object.

    Slack has no escape for its formatting characters, so those that could open or close a span become look-alikes;
    an underscore inside a word (snake_case) formats nothing and stays. ``>`` at the start of a line would quote.
    """
    units = []
    starts = True
    for i, char in enumerate(text):
        units.append("›" if starts and char == ">" else _mrkdwn_unit(text, i))
        starts = char == "\n" or (starts and char in " \t>")
    return units


def _mrkdwn_unit(text: str, i: int) -> str:
    char = text[i]
    if char in _LOOKALIKES:
        return char if char == "_" and _inside_word(text, i) else _LOOKALIKES[char]
    return _ENTITIES.get(char, char)


def _inside_word(text: str, i: int) -> bool:
    return 0 < i < len(text) - 1 and text[i - 1].isalnum() and text[i + 1].isalnum()


def plain(text: str) -> list[str]:
    """Units for a plain_text object: nothing is markup there, only what looks like a Slack token is disarmed."""
    return ["‹" if c == "<" and text[i + 1 : i + 2] in ("!", "@", "#", "h") else c for i, c in enumerate(text)]


def raw(text: str) -> list[str]:
    """Units for places where every character is literal (preformatted rich text, button values)."""
    return list(text)


def bare(text: str) -> list[str]:
    """Units for plain documents without markup (channel topics, SMS): angle brackets become quotation marks."""
    return [{"<": "‹", ">": "›"}.get(c, c) for c in text]


def html(text: str) -> list[str]:
    """Escaped units for a web page, in text and in attributes that stand in double quotes."""
    return [escape(char) for char in text]


def markdown(text: str) -> list[str]:
    """Escaped units of one line for a Markdown document: shows these characters, never a link, heading or table."""
    units = [_markdown_unit(text, i) for i in range(len(text))]
    if start := _MARKDOWN_START.match(text):
        units[start.end() - 1] = "\\" + text[start.end() - 1]
    return units


def _markdown_unit(text: str, i: int) -> str:
    char = text[i]
    if char in _MARKDOWN_SPECIAL or (char == "_" and not _inside_word(text, i)):
        return "\\" + char
    if char == "&" and _ENTITY.match(text, i):  # any other one is itself in Markdown
        return "&amp;"
    if char == ":" and text[i + 1 : i + 3] == "//":
        return "\\:"
    if char == "." and text[max(0, i - 3) : i].lower() == "www":
        return "\\."
    return char


def cut(units: list[str], limit: int) -> str:
    """Join escaped units so that the result has at most ``limit`` UTF-16 units; a cut shows as an ellipsis."""
    whole = "".join(units)
    if size(whole) <= limit:
        return whole
    total = 0
    fits = 0  # how many units leave room for the ellipsis
    for index, unit in enumerate(units):
        total += size(unit)
        if total > limit - 1:
            break
        fits = index + 1
    return _ending(units, fits, limit)


def _ending(units: list[str], end: int, limit: int) -> str:
    if limit < 1:
        return ""
    while end and _continues(units[end - 1], units[end]):
        end -= 1
    return "".join(units[:end]).rstrip() + ELLIPSIS


def _continues(before: str, char: str) -> bool:
    """Whether cutting between the two would tear a visible character (accents, emoji sequences) apart."""
    return before == "\u200d" or char == "\u200d" or unicodedata.category(char[0]) in {"Mn", "Me", "Mc"}
