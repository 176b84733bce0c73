"""Incidents that a text names, wherever they stand in it: `INC-2`, `inc 2`, `#2`, "incident 2", and bare numbers.

What is found keeps its place. Whether it is what the verb is about, the reader of commands decides.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from bot.domain.core.typed_text import DASHES, folded, masked, without

Kind = Literal["full", "hash", "bare"]
LONGEST = 9
_NOT_IN_A_WORD = r"(?<![^\W_])"
_ENDS = r"(?![^\W_])(?!\.\d)"
_BARE = re.compile(rf"(?<![^\s([{{*_~`\"'])\d{{1,{LONGEST}}}(?=[)\]}}*_~`\"'.,:;!?]*(?:\s|$))", re.ASCII)
_ALIKE = re.compile(rf"(?:'s|\.\d|[{DASHES}/][^\W\d_])", re.IGNORECASE)
_SPELLED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_KEYCAP = re.compile(rf"(?:\d\ufe0f?\u20e3)+|:(?:{'|'.join(_SPELLED[:-1])}|keycap_ten):", re.IGNORECASE)
"""A key with a digit on it, as a phone or Slack writes it."""
_FOREIGN = re.compile(r"0\d{4,}")
_FILLERS = re.compile(
    "on|for|of|to|in|about|at|re|the|this|that|our|my|incidents?|please|pls|with|no|nr|number|ref|and|status|regarding"
)
_LIST = re.compile(
    rf"\s*(?:,|;|&|\+|/|\||\.{{2,}}|…|and|or|as well as|[{DASHES}>]+)?"
    r"\s*(?:(?:and|or|to|through|thru|until|then|plus|vs\.?|maybe|also|both|with)\s+)*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"(?:[,;/+{DASHES}]|\s*(?:&|\+|,?\s*\b(?:and|or|und|y|et)\b)\s*|\s*[,;/]\s*(?=#?\d+\s*(?:$|[,;:&+/]))"
    rf"|(?:\.{{2,}}|…|\|)|(?:\s*\b(?:to|through|thru|until|then|plus)\b)?\s+(?=#?\d+[\s.!?]*(?:$|[,;:](?!\d))))#?"
    rf"(?P<number>\d{{1,{LONGEST}}}){_ENDS}",
    re.IGNORECASE,
)


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
    letters = prefix.rstrip("-_")
    spaced = rf"[\s.{DASHES}]".join(map(re.escape, letters))
    stem = re.escape(letters) + (rf"|{spaced}\.?" if len(letters) > 1 else "")
    joint = rf"[\s_.,:#№/=+~*`\"'(\[{DASHES}]{{0,4}}"
    numbered = r"(?:\s*(?:no\.?|nr\.?|number)\s*)?"
    digits = rf"(?:(?P<full>\d+)(?P<more>\w*)|(?P<spelled>{'|'.join(_SPELLED)})\b)"
    return re.compile(
        rf"{_NOT_IN_A_WORD}[#@]?(?:incidents?{joint}{numbered}#?\s*(?:(?:{stem}|INC){joint})?"
        rf"|(?:{stem}|INC){joint}{numbered}){digits}"
        rf"|{_NOT_IN_A_WORD}(?:tickets?|issues?|case|inci?|I[{DASHES}_]?)[\s#:{DASHES}]{{0,2}}(?P<other>\d{{1,{LONGEST}}}){_ENDS}"
        rf"|{_NOT_IN_A_WORD}(?P<word>[A-Z]{{2,{len(prefix) + 2}}})[{DASHES}#](?P<near>\d+){_ENDS}"
        rf"|(?<![^\W_])(?<![&/])[#№]\s?(?P<hash>\d{{1,{LONGEST}}}){_ENDS}",
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
        if one["spelled"]:
            found.append(Reference(_SPELLED.index(one["spelled"].lower()), one.start(), one.end(), "hash", loose=True))
            continue
        digits = one["full"] or one["near"] or one["hash"] or one["other"]
        if _FOREIGN.fullmatch(digits) or (one["word"] and not _is_near(one["word"], prefix)):
            continue
        number = int(digits) if len(digits.lstrip("0")) <= LONGEST else 0
        end = one.end("full") if one["full"] and not (one["more"] or "").strip("_") else one.end()
        loose = bool(one["near"] or one["other"] or (one["more"] or "").strip("_") or _ALIKE.match(shown, end))
        end = _closed(shown, one.start(), end)
        found.append(Reference(number, one.start(), end, "hash" if one["hash"] or one["other"] else "full", loose))
    return sorted([*found, *_keycaps(text)], key=lambda one: one.start)


def _closed(shown: str, start: int, end: int) -> int:
    """Behind the bracket or mark that was opened inside, as in INC(2)."""
    opened = [mark for mark in shown[start + 1 : end] if mark in "([*`\"'"]
    pair = dict(zip("([*`\"'", ")]*`\"'", strict=True))
    while opened and shown[end : end + 1] == pair[opened[-1]]:
        opened.pop()
        end += 1
    return end


def _keycaps(text: str) -> list[Reference]:
    """Digits on keys; more than one of them is a list rather than an incident."""
    found = list(_KEYCAP.finditer(text))
    return [Reference(_of_keycap(one[0]), one.start(), one.end(), "hash", loose=len(found) > 1) for one in found]


def _of_keycap(typed: str) -> int:
    name = typed.strip(":").lower().removeprefix("keycap_")
    return _SPELLED.index(name) if name in _SPELLED else int("".join(filter(str.isdigit, typed)))


def others(text: str, one: Reference) -> list[Reference]:
    """The bare numbers that go on with a reference: INC-7,8 or "INC-7 & 8: fixed"; "INC-7, 8 nodes" has none."""
    found: list[Reference] = []
    at = one.end
    while going := _GOES_ON.match(folded(text), at):
        found.append(Reference(int(going["number"]), going.start("number"), going.end(), "full"))
        at = going.end()
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
