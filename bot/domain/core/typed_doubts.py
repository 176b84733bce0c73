"""A word of a title that may be an option: "(private)", "leak--private", "x drill". It is asked about.

A flag as it should be written was taken out before; what still looks like one stood in quotes with other words.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.core import typed_secrecy
from bot.domain.core.typed_text import DASHES, MASK, QUOTED, folded

OPTIONS = {"private": "private|confidential|secret|restricted|sensitive", "drill": "drill|exercise|test"}
"""Words that mean an option where marks stand around them."""
BARE = {"private": "private|confidential|privately|not public|non-public|nonpublic", "drill": "drill|exercise"}
"""Words that may mean it as the first or the last of a title."""
_POLITE = (
    r"(?:(?:(?:please|pls|plz|thanks|thx|only|for now|though|keep|make|mark|set|as|this is|it is|it's|this|it|"
    r"must be|"
    r"should be|in a)\b|:\w+:)[\s,_-]*)*"
)
"""What people write around such a word."""
_AS_A = r"(?:(?:treat(?:ed)?|handled?|as|make (?:it|this)|an?)[\s]+)*(?:semi[ -])?"
"""What leads to such a word at the end."""
_LOCK = (
    ":(?:lock|locked|closed_lock_with_key|lock_with_ink_pen|shushing_face|secret|zipper_mouth_face|"
    "zipper_mouth|see_no_evil|speak_no_evil|"
    "hear_no_evil|no_mouth|shush|shh):|[\U0001f512\U0001f510\U0001f50f\U0001f92b\U0001f910\U0001f64a\U0001f648\U0001f649]\ufe0f?"
)
_LAST = {"private": "|secret|sensitive", "drill": ""}
"""Words that may mean it as the last of a title only: "secret manager is down" is one."""
_SET = r"(?:\s*[=:]\s*(?:yes|true|on|1)\b)?"
_NOUN = r"(?:[\s_-]+(?:incident|one|room|channel|please|pls|yes))?"
"""What stands behind such a word at the end: "private: yes", "private room"."""
_NEAR = {"private": (0.8, "private"), "drill": (0.85, "drill")}
"""From which likeness on a word is taken for a slip of the other."""
_TOLD = re.compile(r"privately\s+(?:\w+ed|told|held|run|sent|known|built|kept|made|shown)\b", re.IGNORECASE)
_OPENS, _CLOSES = r"(\[{<*_~`\"'|", r")\]}>*_~`\"'|"
_AFTER = rf"(?![^\W_]|[{DASHES}/]\w)"


_NAMES = (
    rf"(?:fire|safety|incident|paging|disaster|dr|recovery|response|on-?call)[ {DASHES}]?(?:drills?|exercises?)|"
    rf"drills?|"
    r"exercises?|(?:dress )?rehears(?:als?|e|ing|ed)|table[ -]?tops?(?: exercise)?|simulat(?:ions?|ed?|ing|or)|sim|"
    r"mock(?:ed|[ -]?up)?|"
    rf"pretend(?:ing|ed|s)?|make[ {DASHES}]believe|wheel of misfortune|war[ {DASHES}]?games?|role[ {DASHES}]?play\w*|"
    rf"game[ {DASHES}]?days?|chaos[ {DASHES}](?:days?|games?|exercises?|experiments?|drills?|tests?|monkey|"
    rf"engineering|"
    rf"hour|session|week)|chaos|practi[cs](?:e|ing)(?: run| session)?|training(?: session| run| exercise)?|"
    rf"(?:dry|trial|test|practice)[ {DASHES}]?runs?|trial|tests?(?: only)?|testing|test (?:incident|page|alert|"
    rf"drill)|dummy|fake|"
    r"bogus|demo(?:nstration)?|hypothetical(?:ly)?|imagin(?:e|ary)|fictional|fictitious|what[ -]if|just (?:testing|"
    r"trying)|"
    r"not (?:a )?real(?: incident| outage| one| emergency)?|not for real|ignore(?: this| me)?|example|"
    r"sandbox|onboarding(?: @?\w+)?|poc|proof of concept|samples?|scenario(?: \w+)?|try(?:ing)? (?:it |this |"
    r"tocsin |things )?"
    r"out(?: \w+)?|(?:test|drill|gameday|game day|exercise|simulation)\d+|"
    r"\u00fcbung\w*|probe(?:alarm|lauf)?|testalarm|exercice|entra[i\u00ee]nement|simulacro|simulacre|ensayo|prueba|"
    r"esercitazione|prova|oefening"
)
_LED_TO = (
    r"(?:(?:this|it|that) (?:is|was) (?:only |just |all )*|(?:it|that)'s (?:only |just |all )*|just |only |please |"
    r"another |"
    r"part of |during |for )*(?:an? |the |our |my |monthly |weekly |quarterly |annual )*"
)
_EXERCISE_LABEL = re.compile(
    rf"^\W*(?:{_LED_TO}(?:{_NAMES})(?: (?:only|please|pls|\d+))*\s*(?:[:–—|>)\]}}*_,/]|\s[{DASHES}]+\s))|"
    rf"(?:[,;:.!(\[{{|*_–—/]|\s[{DASHES}]+)\s*{_LED_TO}(?:{_NAMES})(?: (?:only|please|pls|thanks|today|for now|\d+|"
    rf"incident|scenario|purposes))*\W*$|"
    rf"[(\[{{]\s*{_LED_TO}(?:{_NAMES})(?: [\w']+){{0,2}}\s*[)\]}}]",
    re.IGNORECASE,
)
"""A label in front of a title or a remark behind it: "test: checkout down", "checkout down, gameday"."""
_EXERCISE = re.compile(
    r"\brehears\w+|\btable[ -]?top\b|\bwheel of misfortune\b|\bgame[ -]?day\b|\bchaos[ -](?:day|game|exercise|drill|"
    r"experiment|test|monkey)\w*|\bfire drill\b|\b(?:not|isn'?t|nothing|no) (?:\w+ ){0,2}(?:real|actual|genuine)(?: "
    r"(?:incident|outage|emergency|alert|page|problem|issue))?\W*$|\bnot (?:for real|a real|an actual)\b|"
    r"\b(?:just|only|this is|it's|it is) (?:a|an|our|my|another)? ?(?:test|drill|exercise|simulation|demo)\b|"
    r"\bpretend(?:ing)?\b|\bsimulated\b|\bsimulating\b|\bmake[ -]believe\b|\btest[ -](?:incident|drill)\b|"
    r"\b(?:for|as) (?:a )?(?:training|practi[cs]e|a drill|an exercise|testing purposes|test purposes)\b|"
    r"\bjust (?:testing|practi[cs]ing|trying)\b|\bplease ignore\b|\bignore this\b|\u00fcbung\b|\bsimulacro\b|"
    r"\btestalarm\b|"
    r"\U0001f3ad|:performing_arts:",
    re.IGNORECASE,
)
_EXERCISE_FIRST = re.compile(
    rf"^\W*(?:please )?(?:an? )?(?:drill|exercise|rehears\w+|simulat\w+|mock(?:ed)?|pretend|dummy|fake|"
    rf"bogus|practi[cs]e|poc|sample (?:incident|outage|alert|page|issue)|trying out|(?:test|drill|gameday|"
    rf"game day|exercise)\d+|"
    rf"hypothetical|imagine|imaginary|fictional|fictitious|dry[ -]run|trial run)(?![^\W_]|"
    rf"[{DASHES}/_.]\w)"
    r"(?! (?:press|bit|machine)\b)",
    re.IGNORECASE,
)
"""Words that may mean it as the first of a title. "mock server is down" is asked about, too."""
_EXERCISE_LAST = re.compile(
    rf"(?<![^\W_])(?<![{DASHES}/_.])(?<!\bin )(?<!\bto )(?<!\bon )(?<!\bthe )(?<!\bload )(?<!\bunit )(?<!\bsmoke )"
    r"(?<!\bfrom )(?<!\ba/b )(?<!\bintegration )(?<!\bpenetration )(?<!\bpen )(?:drill|exercise|rehearsal|"
    r"simulation|tabletop|gameday|"
    r"test|dry[ -]run|practi[cs]e|trial run|not real|training)(?: (?:please|pls|only|thanks|incident|one|run))*\W*$",
    re.IGNORECASE,
)
_ONLY_A_TEST = re.compile(
    r"(?:(?:this|it|is|a|an|just|only|please|pls|ignore|not|real|fire|my|our|the|me|for|of|from|tests?|testing|"
    r"drills?|"
    r"exercise|practi[cs]e|training|demo|game ?day|chaos|dry|run|trial|incident|tocsin|bot|slack|setup|set-up|pages?|"
    r"paging|alerts?|alarm|purposes?|again|\d+|rehearsal|simulation|tabletop|mock|dummy|fake|i'm|am|trying|out|"
    r"first|one|"
    r"two|"
    r"asdf\w*|foo|bar|baz|foobar|hello|world|hi|qwer\w*|lorem|ipsum|bla+h*|xxx+|testi\w*|there)(?:\W+|$))+",
    re.IGNORECASE,
)
_A_TEST = re.compile(
    r"\b(?:tests?|testing|drills?|exercise|practi[cs]e|training|demo|game ?day|dry[ -]run|trial|rehearsal|simulation|"
    r"tabletop|mock|dummy|fake|asdf\w*|foo|foobar|baz|hello|qwer\w*|lorem|bla+h*|xxx+|trying)\b|\bignore\b",
    re.IGNORECASE,
)
"""Of a title of such words alone: "test please ignore", "asdf", "hello world"."""


@dataclass(frozen=True)
class Perhaps:
    """The title without the word, or as it was where the word belongs to it either way."""

    title: str


def option(title: str, name: str) -> Perhaps | None:
    """What the title is if the option of this name was meant; None when nothing in it looks like that."""
    shown = _without_quoted(folded(title), OPTIONS[name])
    marked = _marked(shown, OPTIONS[name])
    if marked is not None:
        return Perhaps(f"{title[: marked[0]].rstrip(' -')} {title[marked[1] :].lstrip(' ,:;-')}".strip(" ,;"))
    if name == "drill":
        return Perhaps(title) if _is_exercise(shown) or _bare(shown, name) else None
    found = [one for one in (_bare(shown, name), typed_secrecy.span(shown)) if one]
    return Perhaps(_left(title, *max(found, key=lambda one: one[1] - one[0]))) if found else None


def _left(title: str, start: int, end: int) -> str:
    """The title without the words that say who may read it; from the middle of a sentence nothing is taken."""
    if start > 0 and re.search(r"\w", title[end:]):
        return title
    rest = title[end:].lstrip(" )]}>*_~|") if start == 0 else title[:start]
    return rest.strip(" ,:;-\u2013\u2014.!").rstrip("([{<*_~|").strip(" ,:;-\u2013\u2014")


def _bare(shown: str, name: str) -> tuple[int, int] | None:
    """Where such a word begins and ends that stands first or last, with what is only polite around it."""
    if name == "private" and _TOLD.match(shown):
        return None
    alike = "".join(f"|{re.escape(word)}" for word in _slips(shown, name))
    words = rf"(?:{BARE[name]}{alike})(?:{_NOUN}(?=\s*[:,;)\]])|{_AFTER})"
    last = rf"(?:{BARE[name]}{_LAST[name]}{alike}){_SET}{_NOUN}{_AFTER}"
    tries = [
        rf"^\W*{_POLITE}{words}\W*{_POLITE}",
        rf"(?<![^\W_])(?<![{DASHES}]){_POLITE}{_AS_A}{last}(?:\W*{_POLITE})?\W*$",
    ]
    if name == "private":
        tries += [rf"^\W*?(?:{_LOCK})\W*", rf"(?<!\W)\W*?(?:{_LOCK})\W*+$"]
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
        rf"(?<=[^\W_])(?:[{DASHES}]{{2,}}|[\u2013\u2014])(?:{words})(?![^\W_])|(?:\bsemi|"
        rf"(?<=[^\W_]))[{DASHES}](?:{words})\W*$",
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


def _is_exercise(shown: str) -> bool:
    """Whether the title may be one of an exercise; what hides in quotes is masked."""
    alone = _ONLY_A_TEST.fullmatch(shown.strip(" \t\n([{<*_~`\"'.!-")) and _A_TEST.search(shown)
    return bool(
        alone or any(pattern.search(shown) for pattern in (_EXERCISE_LABEL, _EXERCISE, _EXERCISE_FIRST, _EXERCISE_LAST))
    )
