"""Incidents that a text names, wherever they stand in it: `INC-2`, `inc 2`, `#2`, "incident 2", and bare numbers.

What is found keeps its place. Whether it is what the verb is about, the reader of commands decides.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from bot.domain.core.typed_text import DASHES, masked, without

Kind = Literal["full", "hash", "bare"]
LONGEST = 9
_NOT_IN_A_WORD = r"(?<![^\W_])"
_ENDS = r"(?![^\W_])(?!\.\d)"
_BARE = re.compile(rf"(?<![^\s([{{*_~`\"'])\d{{1,{LONGEST}}}(?=[)\]}}*_~`\"'.,:;!?]*(?:\s|$))", re.ASCII)
_ALIKE = re.compile(rf"(?:'s|\.\d|[{DASHES}/][^\W\d_])", re.IGNORECASE)
_FOREIGN = re.compile(r"0\d{4,}")
_FILLERS = re.compile(
    "on|for|of|to|in|about|at|re|the|this|that|our|my|incidents?|please|pls|with|no|nr|number|ref|and|status|regarding"
)
_LIST = re.compile(rf"\s*(?:,|;|&|\+|/|and|or|[{DASHES}])?\s*(?:and\s+|or\s+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """An incident that a text names. `loose`: it is part of a longer word, such as INC-2's."""

    number: int
    start: int
    end: int
    kind: Kind
    loose: bool = False


@cache
def _named(prefix: str) -> re.Pattern[str]:
    stem = re.escape(prefix.rstrip("-_"))
    joint = rf"[\s_.:#/{DASHES}]{{0,3}}"
    worded = r"incidents?(?:\s*[#:]\s*|\s+(?:no\.?|nr\.?|number)?\s*#?\s*)"
    return re.compile(
        rf"{_NOT_IN_A_WORD}[#@]?(?:{worded}(?:(?:{stem}|INC){joint})?|(?:{stem}|INC){joint})(?P<full>\d+)(?P<more>\w*)"
        rf"|{_NOT_IN_A_WORD}(?P<word>[A-Z]{{2,{len(prefix) + 2}}})[{DASHES}#](?P<near>\d+){_ENDS}"
        rf"|(?<![^\W_])(?<![&/])#\s?(?P<hash>\d{{1,{LONGEST}}}){_ENDS}",
        re.IGNORECASE | re.ASCII,
    )


def find(text: str, prefix: str) -> list[Reference]:
    """Every incident named by its prefix or by `#`, in the order of the text.

    A number that no incident of ours can have (0, or more than nine digits) is told as 0; one that begins with zeros
    and is as long as another tool's ticket (INC0012345) is none of ours. A slip in the prefix, and what is part of a
    longer word, is `loose`.
    """
    shown = masked(text, quotes=False)
    found = []
    for one in _named(prefix).finditer(shown):
        digits = one["full"] or one["near"] or one["hash"]
        if _FOREIGN.fullmatch(digits) or (one["word"] and not _is_near(one["word"], prefix)):
            continue
        number = int(digits) if len(digits.lstrip("0")) <= LONGEST else 0
        end = one.end("full") if one["full"] and not (one["more"] or "").strip("_") else one.end()
        loose = bool(one["near"] or (one["more"] or "").strip("_") or _ALIKE.match(shown, end))
        found.append(Reference(number, one.start(), end, "hash" if one["hash"] else "full", loose))
    return found


def _is_near(word: str, prefix: str) -> bool:
    """ICN-2 or IN-2 in the place of INC-2: a slip, so that it is asked about."""
    return SequenceMatcher(None, word.lower(), prefix.rstrip("-_").lower()).ratio() > 0.66


def numbers(text: str) -> list[Reference]:
    """Every number that stands alone, which may be a reference where the verb takes none."""
    return [
        Reference(int(one[0]), one.start(), one.end(), "bare") for one in _BARE.finditer(masked(text, quotes=False))
    ]


def leads(text: str, one: Reference, skipped: tuple[str, ...] = ()) -> bool:
    """Whether nothing but filling words and marks stands in front: it is what the verb is about."""
    before = re.findall(r"[^\W_]+", masked(text[: one.start], quotes=False).lower())
    return (
        not one.loose
        and "\x00" not in masked(text[: one.start], quotes=False)
        and all(_FILLERS.fullmatch(word) or word in skipped for word in before)
    )


def ends(text: str, one: Reference) -> bool:
    """Whether nothing but marks stands behind it."""
    return re.search(r"[^\W_]|\x00", masked(text[one.end :], quotes=False)) is None


def listed(text: str, one: Reference, other: Reference) -> bool:
    """Whether the two stand side by side: "7 and 8", "INC-7, INC-8"."""
    return _LIST.fullmatch(text[one.end : other.start]) is not None


def left(text: str, one: Reference) -> str:
    """The text without it, and without the filling words that led to it."""
    start = one.start
    while (word := re.search(r"(?:^|(?<=\s))(\w+)[\s:(\[]*$", text[:start])) and _FILLERS.fullmatch(word[1].lower()):
        start = word.start()
    opened = re.match(r"[(\[{*_~`\"'“‘„«]*", text[start:].lstrip())
    if start != one.start and not (opened and opened[0]):
        return without(text, start, one.end)
    return without(text[:start] + text[one.start :], start, start + one.end - one.start)
