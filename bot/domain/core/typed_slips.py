"""A severity that was mistyped as the first or the last word of a title: "sve1", "sev-l", "SEVI", "level 1".

It is asked about: nobody who wrote "sve1 payments are down" wants the default in silence.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.core.typed_text import DASHES

_JOINT = rf"[\s_.:#=№!/|(\[*~{DASHES}]{{0,3}}"
_MISTYPED = "sve|esv|ssev|seev|sevv|seb|sef|[waxz]ev|s[wsd]v|seve|sevr|sever|s ev|se v|s e v|sev\\s?[№!|(\\[*~]"
"""Letters swapped, doubled or hit beside; "dev1", "srv1" and "sec1" are names of machines."""
_SHORT = "sv|se|ev"
_OTHER = "le?ve?l|lev|lv|pri|prty"
"""Other words for it."""
_WHOLE = ("severity", "priority")
_LIKENESS = 0.8
_LEVEL = (
    rf"(?:(?:(?P<stem>{_MISTYPED}|{_OTHER}){_JOINT}|(?:{_SHORT})[_.:#{DASHES}]?|(?P<long>[a-z]{{6,10}}){_JOINT})"
    rf"(?P<digit>\d)|(?:sev{_JOINT}|(?P<other>level|lvl)\s)(?P<letter>iii|ii|iv|i|l|\||one|two|three|four))"
)
_FIRST = re.compile(rf"^[^\w\x00]*{_LEVEL}(?![\w.{DASHES}/]\w|\w)", re.IGNORECASE)
_LAST = re.compile(rf"(?<![\w{DASHES}]){_LEVEL}[^\w\x00]*$", re.IGNORECASE)
_LETTERS = {"i": "1", "l": "1", "|": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1", "two": "2", "three": "3",
            "four": "4"}  # fmt: skip
_TWO = (
    rf"(?:sev(?:erity)?{_JOINT}|p)\d(?P<more>(?:[/|&+~{DASHES}]|\s[&+]\s|\s(?:or|to)\s)(?:sev{_JOINT}|p)?(?P<second>\d)\b"
    r"(?![.:%/]|\s?of\b))?(?P<asked>\s?\?+)?"
)
_FIRST_OF_TWO = re.compile(rf"^[^\w\x00]*{_TWO}", re.IGNORECASE)
_LAST_OF_TWO = re.compile(rf"(?<![\w{DASHES}]){_TWO}[^\w\x00]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Slip:
    """A number that may be a level, what it may be spelled with (`sev` or `p`), and the place of it all."""

    number: str
    spelled: tuple[str, ...]
    start: int
    end: int


def at_the_edges(shown: str) -> list[Slip]:
    """What looks like a mistyped level in front of masked words or behind them."""
    found = [one for one in (_FIRST.search(shown), _LAST.search(shown)) if one and _is_near(one["long"])]
    return [_slip(one) for one in found]


def _slip(found: re.Match[str]) -> Slip:
    number = found["digit"] or _LETTERS[found["letter"].lower()]
    word = (found["stem"] or found["long"] or "").lower()
    return Slip(number, ("sev", "p") if word.startswith("p") else ("sev",), found.start(), found.end())


def _is_near(word: str | None) -> bool:
    """Whether it is one of the long words with a slip in it; None is no such word, and was found by its letters."""
    return word is None or any(SequenceMatcher(None, word.lower(), one).ratio() >= _LIKENESS for one in _WHOLE)


def undecided(shown: str) -> Slip | None:
    """ "sev1/2 x" and "sev1? x": a level with a doubt about it. `number` is the second one, or empty."""
    for found in filter(None, (_FIRST_OF_TWO.search(shown), _LAST_OF_TWO.search(shown))):
        others = re.search(r"\w", shown[: found.start()] + shown[found.end() :])
        if found["more"] or (found["asked"] and others):
            return Slip(found["second"] or "", ("sev", "p"), found.start(), found.end())
    return None
