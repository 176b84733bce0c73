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
    "these those at all update updates"
)
_SLIPS = "oops whoops mistake wrong typo"
"""Reasons to call something off, and second thoughts about everything else."""
_BEGINS_SO = re.compile(
    r"not$|(?:no|wait|nope|hmm+)(?:[,!…]|$)"
    r"|(?:no|wait),? (?:no|wait|not|don'?t|it|it's|still|that|sorry|i|we|stop)\b|(?:hold|hang) on\b|never ?mind\b"
    r"|(?:please )?(?:don'?t|do not) (?!know\b)|undo\b|on second thoughts?\b",
    re.IGNORECASE,
)
_STILL_SO = re.compile(
    r"not (?:yet|now|sure|fixed|resolved|done|over|ready|working)\b"
    r"|(?:it'?s |it is |we are |is )?(?:still|isn'?t|not) (?:broken|failing|down|happening|going on|open|ongoing|bad|"
    r"slow|there|not|fixed|resolved|over|investigating|looking|working on)\b",
    re.IGNORECASE,
)
"""That it goes on: news in an update, and a reason against ending anything."""
_LEAVES_OUT = re.compile(
    r"(?:\bnot|\bexcept(?: for)?|\bexcluding|\b(?:but|and|just|anything) not|\bother than|\bapart from|\baside from"
    r"|\bbesides|\binstead of|\brather than|\bwithout|\bnever|\b(?:all|everything|anything|any|every|each|none|nothing)"
    r"(?: (?:of (?:them|these|those)|incidents?|one))* but|\bdon'?t touch|\bleave(?: out)?|\bskip|(?<!\w)!)"
    r"(?: (?:the|for|incident|this|that))*[\s(\"'`*_#]*$",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    r"(?:all|everything|any|every(?: one)?|each|both)(?: (?:of (?:them|these|those)|open|the|incidents?|ones?))*,? "
    r"(?:but|except|excluding|apart|aside|other than|besides|without|minus)(?: for| from)?"
    r"(?:\s+[\w#-]+){1,3}\W*$",
    re.IGNORECASE,
)
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_NOT_OVER = re.compile(
    r"(?:but |and |only |just )?(?:if|when|whenever|unless|until|till|as soon as|provided|assuming|in case|once|"
    r"dry[ -]?run|not (?:this|that|these|those|it|mine|the|all|both|any|every|me|him|her|them|incident)|soon|tomorrow|"
    r"tonight|later|next|eventually|(?:in|within|after) (?:an?|\d+|a few|some) ?(?:m|mins?|minutes?|h|hrs?|hours?|"
    rf"days?|d|s|secs?|seconds?)|at (?!\S+ (?:by|with)\b)\d+|on {_DAY}|"
    rf"by (?:\d+|noon|tonight|tomorrow|{_DAY})|"
    r"should|shall|will|would|could|might|may|can (?:we|i|you)|let'?s|we (?:should|will|could|might|can)|"
    r"i (?:will|would|might|think|guess|hope)|going to|gonna|about to|almost|nearly|probably|hopefully|perhaps|"
    r"waiting|wait for|pending|after (?:lunch|dinner|work|the meeting|standup|stand-up|hours))\b",
    re.IGNORECASE,
)
"""Words of a condition, of a time to come, of doubt or of denial: what they begin is not over."""
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|i{2,3}|iv|v)"
_THING = "one|ones|else|other|incident|outage|issue|problem|thing"
_POINTS = (
    rf"(?!\d+\s*(?:$|[:;,]\s(?!\d)))(?:inc(?:ident)?s?[\s#-]*)?{_COUNT}(?:[\s,;/&+|.…-]+(?:(?:and|or|to|through|then)\s+)?"
    rf"(?:inc[\s#-]*)?{_COUNT})*"
    r"|the (?:private|public|secret|drill|exercise|test|real|critical|major|minor|sev[ -]?\d|p\d)(?: (?:one|incident))?"
    rf"|(?:another|something|anything|some|any|(?:a )?different|which(?:ever)?|either|someone|somebody)(?:'s)?"
    rf"(?: (?:{_THING})(?:'s)?)*|one of (?:them|these|those|the \w+)|(?:this|that|it) and the (?:other|rest)"
    rf"|(?:(?:\w+ )?\w+(?:'s|s')|my|his|her|their|your) (?:one|incident)"
    r"|the (?:one|incident|outage) (?:that |which )?(?:\w+ ){0,2}"
    r"(?:declared|opened|reported|raised|has|owns|filed)"
    rf"|(?:last (?:night|week|month)|yesterday|this (?:morning|afternoon)|{_DAY})'s(?: (?:one|incident|outage))?"
    r"|the (?:one|incident|outage) (?:from|by) \w+|\w+'s(?=\W*$)"
)
"""Words that only point at an incident, by a number or by what it is like, and tell nothing of how it ended."""
_TOLD = (
    r"\s*(?:$|[,:;\u2013\u2014-](?:\s|$)|(?:(?:is|was|are|were|now|all|also|please|pls) )*(?:rolled|fixed|done|"
    r"restarted|reverted|recovered|resolved|closed|false|duplicates?|deployed|patched|ok|okay|good|over|thanks|please|pls|now)\b)"
)
"""What stands behind words that point: nothing, a mark, or how it ended."""
_ONLY_POINTS = re.compile(f"(?:{_POINTS}){_TOLD}", re.IGNORECASE)
_TROUBLE = re.compile(
    r"\b(?:is|are|was|were|keeps?|stays?|looks?|seems?|still|gets?|goes|return(?:s|ing)?|come(?:s|ing)? back|not)\b.*"
    r"\b(?:broken|down|dead|fail(?:s|ing|ed)?|slow|stuck|missing|wrong|blank|empty|late|unavailable|unreachable|crash\w*|"
    r"timing out|not working|corrupt\w*|lost|leak\w*|[45]\d\d|5xx|4xx|errors?|wrongly|arriving|gone|full)\b"
    r"|\b(?:fails?|failing|broken|dead|stuck|[45]\d\ds?|5xx|crash(?:es|ing)?|(?:is|are) down)\W*$",
    re.IGNORECASE,
)
_NO_TROUBLE = re.compile(
    r"\b(?:no|not|nothing|never|none|without|isn't|aren't|wasn't|stopped|anymore|any more|because|due to|caused|fixed|"
    r"restarted|rolled back|reverted|recovered|duplicate|false)\b",
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


def hesitates(words: str, *, calls_off: bool = False, reports: bool = False) -> bool:
    """ "not yet", "wait, no", "don't".

    `calls_off`: the verb does that, so that "oops" is a reason for it. `reports`: it tells how things stand, so that
    "still down" and "not fixed yet" are what is to be told.
    """
    plain = folded(words).strip().lower()
    said = re.findall(r"[^\W_][\w']*", plain)
    core = {*_SECOND_THOUGHTS.split(), *([] if calls_off else _SLIPS.split())}
    only = bool(core.intersection(said)) and all(word in core or word in _WITH_THEM.split() for word in said)
    return only or _BEGINS_SO.match(plain) is not None or (not reports and _STILL_SO.match(plain) is not None)


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


def is_not_over(words: str) -> bool:
    """ "if bo agrees", "tomorrow", "not this one": what is to be ended by such words may not be at its end."""
    return _NOT_OVER.match(folded(words).strip()) is not None


def only_points(words: str) -> bool:
    """ "1,2", "two: rolled back", "bo's incident": one incident or another is meant, and which is not certain."""
    return _ONLY_POINTS.match(folded(words).strip(" .!,;:")) is not None


def tells_of_trouble(words: str) -> bool:
    """ "button is broken": a title, and no way in which anything ended."""
    plain = folded(words)
    return _TROUBLE.search(plain) is not None and _NO_TROUBLE.search(plain) is None
