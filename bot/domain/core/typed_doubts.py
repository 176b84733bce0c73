"""A word of a title that may be an option: "(private)", "leak--private", "x drill". It is asked about.

A flag as it should be written was taken out before; what still looks like one stood in quotes with other words.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.core.typed_text import DASHES, MASK, QUOTED, folded

OPTIONS = {"private": "private|confidential|secret|restricted|sensitive", "drill": "drill|exercise|test"}
"""Words that mean an option where marks stand around them."""
BARE = {"private": "private|confidential|privately|not public|non-public|nonpublic", "drill": "drill|exercise"}
"""Words that may mean it as the first or the last of a title."""
_POLITE = (
    r"(?:(?:(?:please|pls|plz|thanks|thx|only|for now|though|keep|make|mark|set|as|this is|it is|it's|this|it|must be|"
    r"should be|in a)\b|:\w+:)[\s,_-]*)*"
)
"""What people write around such a word."""
_LOCK = (
    ":(?:lock|locked|closed_lock_with_key|lock_with_ink_pen|shushing_face|secret|zipper_mouth_face):"
    "|[\U0001f512\U0001f510\U0001f50f\U0001f92b]\ufe0f?"
)
_LAST = {"private": "|secret|sensitive", "drill": ""}
"""Words that may mean it as the last of a title only: "secret manager is down" is one."""
_SET = r"(?:\s*[=:]\s*(?:yes|true|on|1)\b)?"
_NOUN = r"(?:[\s_-]+(?:incident|one|room|channel|please|pls|yes))?"
"""What stands behind such a word at the end: "private: yes", "private room"."""
_NEAR = {"private": (0.8, "private"), "drill": (0.85, "drill")}
"""From which likeness on a word is taken for a slip of the other."""
_EXERCISE = (
    r"(?:(?:this|it) is )?(?:just |only )?(?:an? )?(?:fire drill|drill|tests?(?: only)?|testing|training|practi[cs]e|"
    r"simulation|exercise|game ?day|dry[ -]?run|dummy|fake|not real|demo|ignore this)"
)
_AN_EXERCISE = re.compile(
    rf"^\W*{_EXERCISE}\s*[:–—]|[,;:–—-]\s*{_EXERCISE}\W*$|^\W*\U0001f3ad|\U0001f3ad\W*$", re.IGNORECASE
)
"""A label in front of a title or a remark behind it: "test: checkout down", "checkout down, gameday"."""
_LABEL = re.compile(r"^\W*(?:secret|sensitive|restricted|hush|internal only|need to know)\s*[:–—]", re.IGNORECASE)
_TOLD = re.compile(r"privately\s+(?:\w+ed|told|held|run|sent|known|built|kept|made|shown)\b", re.IGNORECASE)
_OPENS, _CLOSES = r"(\[{<*_~`\"'|", r")\]}>*_~`\"'|"
_AFTER = rf"(?![^\W_]|[{DASHES}/]\w)"
_ONLY_A_TEST = re.compile(
    r"(?:(?:this|it|is|a|an|just|only|please|pls|ignore|not|real|fire|my|our|the|me|for|of|from|tests?|testing|drills?|"
    r"exercise|practi[cs]e|training|demo|game ?day|chaos|dry|run|trial|incident|tocsin|bot|slack|setup|set-up|pages?|"
    r"paging|alerts?|alarm|purposes?|again|123)\W*)+",
    re.IGNORECASE,
)
_TEST = re.compile(
    r"\b(?:tests?|testing|drills?|exercise|practi[cs]e|training|demo|game ?day|dry[ -]run|trial)\b|\bignore\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Perhaps:
    """The title without the word, or as it was where the word belongs to it either way."""

    title: str


def option(title: str, name: str) -> Perhaps | None:
    """What the title is if the option of this name was meant; None when nothing in it looks like that."""
    shown = _without_quoted(folded(title), OPTIONS[name])
    marked = _marked(shown, OPTIONS[name])
    if marked is not None:
        return Perhaps(f"{title[: marked[0]].rstrip(' -')} {title[marked[1] :].lstrip(' ,:;-')}".strip())
    bare = _bare(shown, name)
    if bare and name == "private":
        rest = title[bare[1] :] if bare[0] == 0 else title[: bare[0]]
        return Perhaps(rest.strip(" ,:;-\u2013\u2014"))
    a_test = _ONLY_A_TEST.fullmatch(shown.strip()) and _TEST.search(shown)
    a_test = a_test or _AN_EXERCISE.search(shown) or re.search(r"\bplease ignore\W*$", shown, re.IGNORECASE)
    return Perhaps(title) if name == "drill" and (bare or a_test) else None


def _bare(shown: str, name: str) -> tuple[int, int] | None:
    """Where such a word begins and ends that stands first or last, with what is only polite around it."""
    if name == "private" and _TOLD.match(shown):
        return None
    alike = "".join(f"|{re.escape(word)}" for word in _slips(shown, name))
    words, last = rf"(?:{BARE[name]}{alike}){_AFTER}", rf"(?:{BARE[name]}{_LAST[name]}{alike}){_SET}{_NOUN}{_AFTER}"
    tries = [rf"^\W*{_POLITE}{words}\W*{_POLITE}", rf"(?<![^\W_])(?<![{DASHES}]){_POLITE}{last}(?:\W*{_POLITE})?\W*$"]
    if name == "private":
        tries += [_LABEL.pattern, rf"^\W*?(?:{_LOCK})\W*", rf"(?<!\W)\W*?(?:{_LOCK})\W*+$"]
    found = (re.search(pattern, shown, re.IGNORECASE) for pattern in tries)
    return next((one.span() for one in found if one), None)


def _slips(shown: str, name: str) -> list[str]:
    """The first and the last word where they look like the option, mistyped or of another language."""
    said = re.findall(r"[^\W_]+", shown.lower())
    likeness, word = _NEAR[name]
    ends = {said[0], said[-1]} if said else set()
    ends -= {word, "privates", "primate", "drills", "drilled", "grill"}
    return [one for one in sorted(ends) if SequenceMatcher(None, one, word).ratio() >= likeness]


def _marked(shown: str, words: str) -> tuple[int, int] | None:
    """Where a word with marks around it begins and ends."""
    alone = rf"(?:^|(?<=\s))(?P<marks>(?:[{DASHES}/\\+@#=.{_OPENS}]\s?)+)(?:{words}){_AFTER}[{_CLOSES}]*"
    for found in re.finditer(alone, shown, re.IGNORECASE):
        if not re.fullmatch(f"[{DASHES}]+", found["marks"]) or found.end() - found.start() == len(shown.strip()):
            return found.span()
    glued = re.search(
        rf"(?<=[^\W_])(?:[{DASHES}]{{2,}}|[\u2013\u2014])(?:{words})(?![^\W_])|(?<=[^\W_])[{DASHES}](?:{words})\W*$",
        shown,
        re.IGNORECASE,
    )
    return glued.span() if glued else None


def _without_quoted(shown: str, words: str) -> str:
    """Quotes around more than the word hide it."""

    def hidden(found: re.Match[str]) -> str:
        alone = re.fullmatch(rf"[\W_]*(?:{words})[\W_]*", found[0], re.IGNORECASE)
        return found[0] if alone else MASK * len(found[0])

    return QUOTED.sub(hidden, shown)


def leads_to_level(title: str, name: str) -> str | None:
    """What stands behind such a word in front of the title: "private sev1 leak"."""
    found = re.match(rf"[\W_]*(?:{BARE[name]})[\W_]+(?=(?:sev|p\d))", folded(title), re.IGNORECASE)
    return title[found.end() :] if found else None
