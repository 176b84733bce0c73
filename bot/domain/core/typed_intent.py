"""What the words after a verb say besides their text: a call for help, second thoughts, a question, "the other one".

Whoever writes `resolve not yet` or `cancel both` must not find something ended that they did not mean.
"""

import re
from dataclasses import dataclass

from bot.domain.core.typed_text import folded

_HELP = re.compile(r"\W*(?:-h|help|usage|how to)(?:\s+(?:me|please|pls))?\W*|[?!\s]*\?[?!\s]*", re.IGNORECASE)
_SECOND_THOUGHTS = (
    "no nope nah not wait yet don't dont never nevermind undo hold hang later maybe hmm hm uh um unsure stop back off "
    "none nothing neither"
)
_WITH_THEM = (
    "do it that this on up now a an i mind sec second moment minute please pls sorry sure really just still my of them "
    "these those at all"
)
_SLIPS = "oops whoops mistake wrong typo"
"""Reasons to call something off, and second thoughts about everything else."""
_BEGINS_SO = re.compile(
    r"not (?:yet|now|sure|fixed|resolved|done|over|ready|working)\b|not$|(?:no|wait|nope|hmm+)(?:[,!…]|$)"
    r"|(?:no|wait),? (?:no|wait|not|don'?t|it|it's|still|that|sorry|i|we|stop)\b|(?:hold|hang) on\b|never ?mind\b"
    r"|(?:please )?(?:don'?t|do not) (?!know\b)|undo\b|on second thoughts?\b"
    r"|(?:it'?s |it is |we are |is )?(?:still|isn'?t|not) (?:broken|failing|down|happening|going on|open|ongoing|bad|"
    r"slow|there|not|fixed|resolved|over|investigating|looking|working on)\b",
    re.IGNORECASE,
)
_LEAVES_OUT = re.compile(
    r"(?:\bnot|\bexcept(?: for)?|\bexcluding|\b(?:but|and|just|anything) not|\bother than|\bapart from|\baside from"
    r"|\bbesides|\binstead of|\brather than|\bwithout|\bnever|\b(?:all|everything|anything|any|every|each|none|nothing)"
    r"(?: (?:of (?:them|these|those)|incidents?|one))* but|\bdon'?t touch|\bleave(?: out)?|\bskip|!)"
    r"(?: (?:the|for|incident|this|that))*[\s(\"'`*_#]*$",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    r"(?:all|everything|any|every(?: one)?|each|both)(?: (?:of (?:them|these|those)|open|the|incidents?|ones?))*,? "
    r"(?:but|except|excluding|apart|aside|other than|besides|without|minus)(?: for| from)?"
    r"(?:\s+[\w#-]+){1,3}\W*$",
    re.IGNORECASE,
)
_ONE = "one|ones|incidents?|of them|two|three"
_ORDINAL = (
    r"other|others|last|latest|newest|first|second|third|\d+(?:st|nd|rd|th)|previous|next|old|older|oldest|new|newer|open|"
    "same|wrong"
)
_STANDS_FOR = re.compile(
    rf"(?:(?:the )?(?:{_ORDINAL}) (?:{_ONE})\b"
    rf"|(?:both|all|everything|them|these|those|any|every|each)(?: (?:of (?:them|these|those)|open|the|{_ONE}))*"
    rf"(?= incidents?\b|\s*$|\s*[,:;!–—-](?:\s|$)|(?<=of them)|(?<=incidents)| please| now)"
    rf"|(?:the )?(?:{_ORDINAL})(?=\s*$|\s*[,:;!–—-](?:\s|$)| please\b| now\b)"
    rf"|(?P<here>(?:it|this|that|mine|the incident|this incident|that incident|this one|that one|one|incident)"
    rf"(?=\s*$|\s*[,:;!–—-](?:\s|$)| (?:please|now|all)\b)))[\s,:;!.–—-]*(?:(?:please|pls|now|all|too)\b\W*)*",
    re.IGNORECASE,
)

_COURTESY = "please pls plz thanks thank you thx ty now ok okay yes right away asap then cheers"
_ON_IT = (
    "on it got i i'm im am me my mine have ive i've will i'll ill take taking looking look into at this that is here"
)


@dataclass(frozen=True)
class StandIn:
    """Words in the place of an incident: what is left of the text, and whether a war room's own may be meant."""

    text: str
    here: bool


def asks_help(words: str) -> bool:
    """`help`, `?`, `--help`: nobody's text."""
    return _HELP.fullmatch(words.strip()) is not None


def hesitates(words: str, *, calls_off: bool = False) -> bool:
    """ "not yet", "wait, no", "don't". `calls_off`: the verb does that, so that "oops" is a reason for it."""
    plain = folded(words).strip().lower()
    said = re.findall(r"[^\W_][\w']*", plain)
    core = {*_SECOND_THOUGHTS.split(), *([] if calls_off else _SLIPS.split())}
    only = bool(core.intersection(said)) and all(word in core or word in _WITH_THEM.split() for word in said)
    return only or _BEGINS_SO.match(plain) is not None


def is_courtesy(words: str, *, taking: bool = False) -> bool:
    """Words that add nothing: "please", "thanks". `taking`: "on it" and "I have it" say what the verb says."""
    said = re.findall(r"[^\W_][\w']*", folded(words).lower())
    known = {*_COURTESY.split(), *(_ON_IT.split() if taking else [])}
    return bool(said) and all(word in known for word in said)


def asks(words: str) -> bool:
    """Whether it ends as a question: "is it over?"."""
    return re.search(r"\w.*\?[\s)!\"'.]*$", folded(words), re.DOTALL) is not None


def stand_in(words: str) -> StandIn | None:
    """ "both", "it", "the other one: rolled back": they stand for an incident and name none."""
    stripped = words.strip()
    found = _STANDS_FOR.match(folded(stripped))
    return StandIn(stripped[found.end() :].strip(), bool(found["here"])) if found else None


def leaves_out(before: str) -> bool:
    """Whether the words in front of an incident leave it out: "not INC-1", "everything except INC-1"."""
    return _LEAVES_OUT.search(folded(before)) is not None


def all_but(words: str) -> bool:
    """ "all but the first one": whichever is left out."""
    return _ALL_BUT.match(folded(words).strip()) is not None
