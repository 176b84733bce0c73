"""What is typed about decisions, actions and mitigations: which of them is meant, and what is said about it. Pure.

`D1 proceed`, `proceed D1`, `D 1: drop`, `A1 and A2 done`. Words that name one of them never make a new one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.catalog.duration import parse_duration
from bot.domain.core.typed_text import folded, says_something

Words = Mapping[str, str]
"""What can be said, and a pattern of the words that say it."""

ACTION: Words = {
    "done": r"done|finished|ticked|completed?|fixed|ready|✅|☑|✔",
    "drop": r"drop(?:ped)?|cancel(?:led|ed)?|no|not needed(?: any ?more)?|obsolete|forget it",
    "got": r"got(?: it)?|confirm(?:ed)?|mine|ok(?:ay)?|on it|👍",
    "more": r"more(?: time)?|later|longer|\+|\+?\d+\s?(?:m|mins?|minutes?|h|hours?)?(?=\W*$)",
}
DECISION: Words = {
    "proceed": r"proceed|go(?: ahead)?|stands?|decided|yes|approved?|accept(?:ed)?|agreed|ok(?:ay)?",
    "object": r"(?:strong )?object(?:ions?|s)?(?: to(?: it)?)?|against(?: it)?|veto|no|wait",
    "drop": r"drop(?:ped)?|cancel(?:led|ed)?|withdraw(?:n)?|undo|revoked?",
}
_NOT = r"(?:did|does|do|has|have|is|was)(?:n'?t| not)|not|never"
MITIGATION: Words = {
    "failed": rf"(?:{_NOT})(?: really| quite| yet)? (?:work(?:ed|ing)?|help(?:ed|ing)?)|(?:made|makes) it worse|worse"
    r"|no (?:effect|change|difference)(?! yet)|failed|fails|useless|didn'?t|no(?=\W*(?:$|[,:;.]))",
    "partly": r"partly|partially|half|somewhat|a (?:bit|little)",
    "worked": r"worked|works|working|helped|helps|done|yes|success(?:ful)?|✅",
}
_OTHER_DEEDS = r"undo|reopen|give|hand|pass|change|edit|reword|move|delete|remove|about|re|for|not"
_DOUBT = re.compile(r"\W*(?:not (?:yet|sure|now|really|done|quite)|yet|maybe|perhaps|almost|nearly|soon|wait)\b", re.I)
_SHORT = re.compile(r"(?:yes|no|ok(?:ay)?|wait)\W*", re.IGNORECASE)
"""What answers a question when it stands alone."""
_OF_A_POSTMORTEM = re.compile(r"AI-?\d+\b", re.IGNORECASE)


@dataclass(frozen=True)
class About:
    """`numbers` of those that are meant, none where only a deed is named; `what` is said, "" when it is not certain."""

    numbers: tuple[int, ...]
    what: str
    words: str


def about(text: str, letter: str, known: Words) -> About | None:
    """What the text says about items of this letter that exist; None when it is a new one."""
    clean = folded(text).strip()
    one = rf"{letter}\s?[-#]?\s?(?P<n>[1-9]\d{{0,5}})\b"
    tight = rf"{letter}[-#]?([1-9]\d{{0,5}})\b"
    more = rf"(?:\s*(?:,|&|\+|/|and)?\s*{tight})*"
    deeds = "|".join(f"(?:{pattern})" for pattern in known.values())
    if found := re.match(rf"{tight}{more}", clean, re.IGNORECASE):
        numbers = tuple(int(n) for n in re.findall(tight, found[0], re.IGNORECASE))
        return _said(numbers, clean[found.end() :], known)
    if found := re.match(rf"(?P<deed>{deeds}|{_OTHER_DEEDS})\W+(?P<them>{tight}{more})", clean, re.IGNORECASE):
        numbers = tuple(int(n) for n in re.findall(tight, found["them"], re.IGNORECASE))
        return _said(numbers, f"{found['deed']} {clean[found.end() :].strip()}", known)
    if found := re.match(rf"{one}[\s:,]+(?=(?:{deeds})(?!\w))", clean, re.IGNORECASE):
        return _said((int(found["n"]),), clean[found.end() :], known)
    if found := re.fullmatch(rf"(?P<n>[1-9]\d{{0,5}})[\s:,]+(?P<deed>{deeds})\W*", clean, re.IGNORECASE):
        return _said((int(found["n"]),), found["deed"], known)
    alone = re.fullmatch(rf"(?:i )?(?:{deeds})\W*", clean, re.IGNORECASE) and not _SHORT.fullmatch(clean)
    alone = alone and not is_only_a_box(clean)
    return About((), "", clean) if alone or re.match(r"(?:i )?object\b", clean, re.IGNORECASE) else None


def _said(numbers: tuple[int, ...], words: str, known: Words) -> About:
    """A question, and what is taken back in the same breath, is not certain."""
    rest = words.strip().lstrip(":,–—-").strip()
    if rest.endswith("?"):
        return About(numbers, "", rest)
    for what, pattern in known.items():
        found = re.match(rf"(?:is |was |has |it )?(?:{pattern})(?!\w)", rest, re.IGNORECASE)
        if found is not None:
            behind = rest[found.end() :].strip().lstrip(":,–—-").strip()
            if _DOUBT.match(behind):
                return About(numbers, "", rest)
            return About(numbers, what, found[0] if what == "more" else behind)
    return About(numbers, "", rest)


def more_time(words: str, usual: timedelta) -> timedelta:
    """`+10`, `20m`, `+1h`: how much more; minutes where no unit is written, `usual` where no number is."""
    found = re.search(r"(\d+)\s?([mh]?)", words)
    if found is None or not 0 < int(found[1]) < 1000:
        return usual
    return parse_duration(f"{int(found[1])}{found[2] or 'm'}")


def is_of_the_postmortem(text: str) -> bool:
    """ "AI-1": an action item of a postmortem, which is another thing."""
    return _OF_A_POSTMORTEM.match(text.strip()) is not None


_SMALL = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60,
}  # fmt: skip
_AMOUNT = rf"\d{{1,3}}(?:[.,]5)?|{'|'.join(sorted(_SMALL, key=len, reverse=True))}|half an?"
_UNIT = "s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?"
_LENGTH = rf"(?P<n>{_AMOUNT})[\s-]?(?P<unit>{_UNIT})(?:\s?(?P<and>\d{{1,2}})\s?m(?:ins?)?)?"
_LAST = re.compile(
    rf"(?:^|\s+)[(\[]?(?:(?:back\s+)?(?:in|for|within|by)\s+)?{_LENGTH}[)\]]?(?:\s+(?:please|pls|max|tops))?[\s.!]*$",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?:(?:in|within)\s+)?{_LENGTH}[\s:,]+", re.IGNORECASE)
_NO_BOX = re.compile(r"\b(?:every|each|after|last|past|since|than|another|of|per)$", re.IGNORECASE)
"""Behind these words a length of time belongs to what is to be done."""


def boxed(text: str) -> tuple[str, timedelta | None]:
    """The words without the length of time that they end with: `in 10m`, `ten minutes`, `(1h30m)`."""
    found = _LAST.search(text)
    if found is None or not says_something(text[: found.start()]) or _NO_BOX.search(text[: found.start()].rstrip()):
        return text.strip(), None
    return text[: found.start()].strip(" ,;"), _length(found)


def box_in_front(text: str) -> tuple[str, timedelta | None]:
    """`10m restart the pool`."""
    found = _FIRST.match(text)
    if found is None or not says_something(text[found.end() :]):
        return text, None
    return text[found.end() :], _length(found)


def is_only_a_box(text: str) -> bool:
    return _LAST.fullmatch(text.strip()) is not None


def _length(found: re.Match[str]) -> timedelta:
    word, unit = found["n"].lower(), {"s": 1, "m": 60, "h": 3600}[found["unit"][0].lower()]
    amount = 0.5 if word.startswith("half") else _SMALL.get(word) or float(word.replace(",", "."))
    return timedelta(seconds=amount * unit + 60 * int(found["and"] or 0))
