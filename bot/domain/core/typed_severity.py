"""Severities among the words of a title: SEV-n and P-n count, in any spelling, as the first or the last word.

Every other alias is an everyday word ("low disk space", "uploads to S3 fail") and counts only before a colon; where
severities are shown as words, their labels count as the first word too.
"""

import re
from dataclasses import dataclass

from bot.catalog import Catalog
from bot.domain.core import typed_slips
from bot.domain.core.errors import DomainError, UnknownSeverity
from bot.domain.core.typed_text import DASHES, QUOTED, bare_word, folded, masked

_LEVEL = (
    rf"(?:sev(?:erity)?[\s_.:#={DASHES}]{{0,3}}(?P<sev>\d{{1,3}})"
    rf"|p[_.:#{DASHES}]?(?P<p>\d)|(?-i:P)\ (?P<spaced>\d))(?![^\W_])(?!\.\d)"
)
_MARKS = r"[^\w\s\x00\"'`&+,:;\-\u2010-\u2015\u2212]"
"""A bracket, a full stop or an emoji around a level; none of the marks that join two words."""
_LIKE = re.compile(
    rf"(?<![^\W_])(?:(?:sev(?:erity)?|prio(?:rity)?)[\s_.:#={DASHES}]{{0,3}}(?P<number>\d{{1,3}}|one|two|three|four|"
    rf"five)"
    rf"|p[_.:#{DASHES}]?(?P<p>\d)(?![\w.]))",
    re.IGNORECASE,
)
"""What looks like a level, wherever it stands and whatever follows: "prio 1", "sev one", "sev1payments"."""
_SPELLED = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_SAID = r"(?:severity[\s:=]+)?"
_FIRST = re.compile(
    rf"^(?:{_MARKS}|[{DASHES}](?=\s)|\s)*{_SAID}{_LEVEL}{_MARKS}*(?:[,:;/|\\\u2013\u2014]+|[{DASHES}]+(?=\s|$)|"
    rf"(?=\s)|$)",
    re.IGNORECASE,
)
_LED_TO = re.compile(
    rf"^\W*(?:(?:we have|there is|there's|this is|it is|it's|i have|got|new|an?|another|please)\s+)+"
    rf"{_LEVEL}\s*:(?!\d)\s*",
    re.IGNORECASE,
)
"""Words that say nothing before a level with a colon: "we have a sev1: payments are down"."""
_LOWER = re.compile(r"^\W*p(?= \d(?:[\s:,]|$))")
_LAST = re.compile(rf"(?:^|(?<=[\s(\[{{,;:{DASHES}]))[(\[{{<*_~]*{_SAID}{_LEVEL}(?:{_MARKS}|[\s,:;])*$", re.IGNORECASE)
_BEFORE_COLON = re.compile(r"^[\s(\[{<*_~>|]*(?P<alias>[^\W\d_][\w \-]{0,20}?)[)\]}*_~|]*\s*:(?!\d)")
_DENIED = re.compile(
    rf"\b(?:not|no|non|never|than|from|isn't|wasn't|was|were|formerly|previously|ex|originally|initially|"
    rf"used to be|instead of|once|first|before)[\s{DASHES}]+(?:an?\s+)?[(\[*_]*$",
    re.IGNORECASE,
)


class TwoSeverities(DomainError):
    """You gave both {one} and {other}, so nothing was done. Write just one severity."""


@dataclass(frozen=True)
class Leveled:
    """A text and the severity in it: `key` is None when it names none; `first` says where it stood."""

    text: str
    key: str | None = None
    first: bool = False


def choices(catalog: Catalog) -> str:
    """Those there are, in a row."""
    return ", ".join(catalog.severity_label(key) for key in catalog.severities)


def word(text: str, catalog: Catalog) -> str | None:
    """The key of any spelling or alias, or of a bare digit after the word "sev"."""
    return catalog.severity(text) or (catalog.severity(f"sev{text}") if text.isdigit() else None)


def _typography(text: str, level: str = _LEVEL) -> str:
    """Masked, but quotes and code marks around a level alone are blanks."""

    def opened(one: re.Match[str]) -> str:
        return f" {one[0][1:-1]} " if re.fullmatch(level, one[0][1:-1].strip(), re.IGNORECASE) else one[0]

    return masked(QUOTED.sub(opened, folded(text)))


def _unmarked(text: str, shown: str, at: int) -> str:
    """What stands behind a level, without the quote or code mark that closed around it."""
    closes = shown[at : at + 1] == " " and not text[at].isspace()
    return text[at + closes :]


@dataclass(frozen=True)
class Level:
    """A severity somewhere among words."""

    key: str
    start: int
    end: int


def levels(text: str, catalog: Catalog) -> list[Level]:
    """Every level that stands alone among the words."""
    found = re.finditer(rf"(?<![^\W_]){_LEVEL}", masked(text), re.IGNORECASE)
    keys = [
        (one, catalog.severity(f"sev{one['sev']}" if one["sev"] else f"p{one['p'] or one['spaced']}")) for one in found
    ]
    return [Level(key, one.start(), one.end()) for one, key in keys if key]


def named(title: str, catalog: Catalog) -> list[str]:
    """The severities that a title still seems to name, each once."""
    found: list[str] = []
    shown = _typography(title, _LIKE.pattern)
    for one in _LIKE.finditer(shown):
        number = _SPELLED.get((one["number"] or "").lower(), one["number"])
        tried = (
            [f"sev{number}", f"p{number}"]
            if "pri" in one[0].lower()
            else [f"sev{number}" if number else f"p{one['p']}"]
        )
        found += [key for typed in tried if (key := catalog.severity(typed))]
    if (choice := typed_slips.undecided(shown)) and (key := catalog.severity(f"sev{choice.number}")):
        found.append(key)
    return list(dict.fromkeys([*found, *slipped(title, catalog)]))


def slipped(title: str, catalog: Catalog) -> list[str]:
    """Those that the first or the last word would name without a slip."""
    slips = typed_slips.at_the_edges(masked(title))
    return [key for one in slips for spelled in one.spelled if (key := catalog.severity(f"{spelled}{one.number}"))]


def is_doubted(title: str, catalog: Catalog) -> bool:
    """Whether it has such a slip or is undecided."""
    return is_undecided(title) or bool(slipped(title, catalog))


def is_undecided(text: str) -> bool:
    """ "sev1/2 x", "sev1? x": a level in front or behind, with a doubt about it."""
    return typed_slips.undecided(masked(text)) is not None


def without(title: str, catalog: Catalog) -> str:
    """The title without what looks like a level in front of it or behind; with nothing else in it, as it was."""
    shown = masked(title)
    found = _LIKE.match(shown)
    places = [*filter(None, [typed_slips.undecided(shown)]), *typed_slips.at_the_edges(shown)]
    if not places and found and not re.match(rf"[{DASHES}]\w", title[found.end() :]):
        return trimmed(re.sub(r"^\.\d+", "", title[found.end() :])) or title
    for one in places[:1]:
        before = title[: one.start].rstrip(" ,:;(-\u2013\u2014")
        return before or trimmed(title[one.end :]) or title
    return title


def first(text: str, catalog: Catalog) -> Leveled:
    """What the text begins with. Raises UnknownSeverity for a level that there is not, such as P4."""
    shown = _LOWER.sub(lambda one: one[0].upper(), _typography(text))
    if found := _LED_TO.match(shown) or _FIRST.match(shown):
        return Leveled(trimmed(_unmarked(text, shown, found.end())), _key(found, catalog), first=True)
    named = _BEFORE_COLON.match(shown)
    if named and (key := catalog.severity(named["alias"])):
        return Leveled(trimmed(text[named.end() :]), key, first=True)
    if catalog.display.severity_scheme == "word":
        for key, row in catalog.severities.items():
            label = re.match(rf"[\s(\[*_]*{re.escape(folded(row.label))}[)\]*_]*(?=[\s:,]|$)", shown, re.IGNORECASE)
            if label:
                return Leveled(trimmed(text[label.end() :]), key, first=True)
    return Leveled(text)


def is_scaled(text: str, catalog: Catalog) -> bool:
    """Whether a word is `1`, `sev1` or `P0`, and no everyday word such as `low`."""
    return bare_word(text).isdigit() or first(bare_word(text), catalog).first


def last(text: str, catalog: Catalog) -> Leveled:
    """What it ends with; "not sev1" and "worse than P2" name none. Raises UnknownSeverity likewise."""
    shown = _typography(text)
    found = _LAST.search(shown)
    if found is None:
        return Leveled(text)
    if _DENIED.search(shown[: found.start()]):
        return Leveled(text)
    before = _unmarked(text[: found.start()][::-1], shown[: found.start()][::-1], 0)[::-1]
    kept = masked(before).rstrip(" \t\r\n,:;(-\u2013\u2014")  # a colon may end the name of an emoji
    return Leveled(before[: len(kept)], _key(found, catalog))


def read(text: str, catalog: Catalog) -> Leveled:
    """The severity in front, else behind. Raises UnknownSeverity, and TwoSeverities when the two differ."""
    front = first(text, catalog)
    while front.key and (again := first(front.text, catalog)).key == front.key:
        front = again  # "sev1 sev1 payments"
    back = last(front.text, catalog)
    if front.key is None:
        return back
    if back.key is None:
        return front
    agree(front.key, back.key, catalog)
    return Leveled(back.text, front.key, first=True)


def agree(one: str | None, other: str | None, catalog: Catalog) -> str | None:
    """The one that was said. Raises TwoSeverities when they differ."""
    if one and other and one != other:
        raise TwoSeverities(one=catalog.severity_label(one), other=catalog.severity_label(other))
    return one or other


def _key(found: re.Match[str], catalog: Catalog) -> str:
    number = found["sev"]
    typed = f"sev{number}" if number else f"p{found['p'] or found['spaced']}"
    key = catalog.severity(typed)
    if key is None:
        shown = " ".join(found[0].strip().strip("()[]{}<>*_~.,:;!?|").split())
        raise UnknownSeverity(text=shown, choices=choices(catalog))
    return key


def trimmed(text: str) -> str:
    """Without the marks that led from the severity to the title; a dash before a digit belongs to the title."""
    return re.sub(rf"^(?:[\s,;.!?|>)\]]|/(?=\s)|:(?![\w+-]+:)|[{DASHES}](?!\w))+", "", text)
