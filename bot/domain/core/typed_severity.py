"""Severities among the words of a title: SEV-n and P-n count, in any spelling, as the first or the last word.

Every other alias is an everyday word ("low disk space", "uploads to S3 fail") and counts only before a colon; where
severities are shown as words, their labels count as the first word too.
"""

import re
from dataclasses import dataclass

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError, UnknownSeverity
from bot.domain.core.typed_text import DASHES, folded, masked

_LEVEL = (
    rf"(?:sev(?:erity)?[\s_.:#={DASHES}]{{0,3}}(?P<sev>\d{{1,3}})"
    rf"|p[_.:#{DASHES}]?(?P<p>\d)|(?-i:P)\ (?P<spaced>\d))(?![^\W_])(?!\.\d)"
)
_MARKS = r"[^\w\s\x00\"'`/&+,:;\-\u2010-\u2015\u2212]"
"""A bracket, a full stop or an emoji around a level; none of the marks that join two words."""
_SAID = r"(?:severity[\s:=]+)?"
_FIRST = re.compile(
    rf"^(?:{_MARKS}|[{DASHES}](?=\s)|\s)*{_SAID}{_LEVEL}{_MARKS}*(?:[,:;\u2013\u2014]+|[{DASHES}]+(?=\s|$)|(?=\s)|$)",
    re.IGNORECASE,
)
_LAST = re.compile(rf"(?:^|(?<=[\s(\[{{,;:{DASHES}]))[(\[{{<*_~]*{_SAID}{_LEVEL}(?:{_MARKS}|[\s,:;])*$", re.IGNORECASE)
_BEFORE_COLON = re.compile(r"^[\s(\[{<*_~>|]*(?P<alias>[^\W\d_][\w \-]{0,20}?)[)\]}*_~|]*\s*:(?!\d)")
_DENIED = re.compile(rf"\b(?:not|no|non|never|than|from|isn't|wasn't)[\s{DASHES}]+(?:an?\s+)?[(\[*_]*$", re.IGNORECASE)


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


def first(text: str, catalog: Catalog) -> Leveled:
    """What the text begins with. Raises UnknownSeverity for a level that there is not, such as P4."""
    shown = masked(text)
    if found := _FIRST.match(shown):
        return Leveled(trimmed(text[found.end() :]), _key(found, catalog), first=True)
    named = _BEFORE_COLON.match(shown)
    if named and (key := catalog.severity(named["alias"])):
        return Leveled(trimmed(text[named.end() :]), key, first=True)
    if catalog.display.severity_scheme == "word":
        for key, row in catalog.severities.items():
            label = re.match(rf"[\s(\[*_]*{re.escape(folded(row.label))}[)\]*_]*(?=[\s:,]|$)", shown, re.IGNORECASE)
            if label:
                return Leveled(trimmed(text[label.end() :]), key, first=True)
    return Leveled(text)


def last(text: str, catalog: Catalog) -> Leveled:
    """What it ends with; "not sev1" and "worse than P2" name none. Raises UnknownSeverity likewise."""
    shown = masked(text)
    found = _LAST.search(shown)
    if found is None:
        return Leveled(text)
    if _DENIED.search(shown[: found.start()]):
        return Leveled(text)
    return Leveled(text[: found.start()].rstrip(" \t\r\n,:;(-\u2013\u2014"), _key(found, catalog))


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
    return re.sub(rf"^(?:[\s,;.!?|>)\]]|:(?![\w+-]+:)|[{DASHES}](?!\w))+", "", text)
