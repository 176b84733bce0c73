"""Words after `resolve`, `cancel` or `update` that do not say what such words should: how it ended, or where it stands.

"resolve half of it", "resolve did not work", "cancel the rollback", "update private: customer X": they are asked about.
Pure.
"""

import re

from bot.domain.core import typed_intent, typed_secrecy
from bot.domain.core.typed_text import DASHES, folded

_CURE = re.compile(
    r"\b(?:rolled|reverted|restarted|restored|replaced|recovered|repaired|rebooted|switched|failed over|"
    r"deployed|patched|"
    r"scaled|disabled|enabled|fixed|mitigated|removed|cleared|renewed|raised|works? (?:again|now)|"
    r"(?<!roll )back(?: up| to normal)?)\b",
    re.IGNORECASE,
)
"""What was done about it. Behind a failure it says how that ended."""
_NOT = r"(?:did|does|do|has|have|is|are|was|were|will|would|can|could)(?:n['o]?t|n't| not|not)|won't|can't|cannot|never"
_TRIED = (
    r"attempts?|roll-?backs?|restarts?|reboots?|fix(?:es)?|reverts?|deploy(?:ment)?s?|fail-?over|try|hot-?fix|"
    r"patch|it|"
    r"this|that|workaround|upgrade|recovery"
)
_FAILED = re.compile(
    rf"\b(?:{_NOT}) (?:\w+ )?(?:work|help|fix|succeed|resolve|finish|complete|stick|hold|done|over|fixed|"
    rf"resolved|working)"
    rf"\w*|\b(?:{_TRIED}) (?:has |have )?failed\b|\bfailed to\b|^(?:it )?failed(?: again)?$|\bno (?:luck|"
    rf"success|effect|improvement|change|fix|"
    r"idea|(?:root )?cause)\b|\bunsuccessful\w*|\bin vain\b|\bwithout (?:success|effect|luck)\b|"
    r"\b(?:went|gone) wrong\b",
    re.IGNORECASE,
)
"""What was tried did not help."""
_PARTLY = re.compile(
    r"(?:(?:it|this|that|all|only|just|now|at least|so far)(?:'s| is| was)? )*(?:part(?:ly|ially)?|in part|"
    r"half(?:way)?(?!-)|"
    r"mostly|somewhat|some of|most of|a (?:bit|little)|kind of|sort of|more or less|temporarily|"
    r"(?:(?:looks?|looking|seems?|feels?|getting|gets) (?:much |a bit |a little |to be )?(?:better|ok|okay|good|"
    r"fine|stable|"
    r"fixed|resolved))|improv(?:ing|ed)|better)\b|.*\b(?:part(?:ly|ially)|half|not (?:fully|completely|entirely|"
    r"quite|all))"
    r" (?:fixed|resolved|done|back|working|restored|recovered)\b|.*\bbut (?:still|not)\b",
    re.IGNORECASE,
)
"""Only a part of it is over, or it only looks so."""
_DEED = (
    r"roll-?backs?|roll-?outs?|deploy(?:s|ment|ments)?|releases?|restarts?|reboots?|fail-?overs?|migrations?|"
    r"maintenance|"
    r"jobs?|builds?|pipelines?|upgrades?|patch|reverts?|meetings?|calls?|actions?|tasks?|orders?|"
    r"subscriptions?|bridge|"
    r"zoom|merge|every(?:one|body)|(?:war )?room|invites?|notifications?|pages?"
)
_A_DEED = re.compile(rf"(?:(?:the|my|our|this|that|last|a) )*(?:{_DEED})", re.IGNORECASE)
_ITS_OWN = re.compile(
    r"(?:my|our|his|her|their) (?!mistake|bad|fault|error|typo)\w+|(?!(?:it|that|there|here|what|he|she|all|let|"
    r"everything)'s )"
    r"[\w-]+(?:'s|s') \w+(?: \w+)?",
    re.IGNORECASE,
)
"""Something that somebody has, as the whole of the words; what somebody does may be called off itself."""
_NOT_NOW = re.compile(
    r"(?:not\b(?! (?:an? |real|needed|our))|(?:(?:it )?if|unless|when|maybe|perhaps|probably|tomorrow|tonight|later|"
    r"soon)\b).*|.*(?:\?| yet)",
    re.IGNORECASE,
)
"""Calling it off is for later, or not sure."""
_LIKE = re.compile(
    r"(?:the |a |this |only )*(?:private|public|secret|drills?|exercise|real|critical|major|minor|high|low|medium)"
    r"(?: (?:one|incident))?",
    re.IGNORECASE,
)
"""What an incident is like, as the whole of the words."""
_MOMENT = re.compile(
    r"(?:(?:next(?: update)?|eta|at|by|since|until|till|around|about|in|from|due|update)\W*)*"
    r"(?:\d{1,2}[:.h]\d{2}|\d{1,2}(?= ?[ap]\.?m))(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:utc|gmt|[a-z]{3,4}|z))?",
    re.IGNORECASE,
)
_SHORTLY = re.compile(
    r"(?:(?:next|next update|update|more|very|really|please|pls|to follow|follows?|info|news|details|eta|coming|"
    r"at|in|a|"
    r"few|minutes?|mins?)\s+)*(?:soon|asap|shortly|later|next|tbd|tba|eta|wip|pending|to follow|follows|ping|"
    r"hi|hello)",
    re.IGNORECASE,
)
_LABEL = r"(?:private|internal|confidential|drafts?|wip)"
_NOT_YET = re.compile(
    rf"\W*{_LABEL}(?: only| draft| note| update)?\s*(?:[:\u2013\u2014/|>)\]}}]|-(?=\s))|"
    rf".*[(\[{{*_`]{_LABEL}(?: only)?[)\]}}*_`]|.*[,;:(\u2013\u2014-]\s*{_LABEL}\W*$|\W*{_LABEL}\W*$|"
    r"\W*(?:for )?internal use\b|"
    r"\W*(?:(?:just|only|fyi|strictly|note|info)\W+)*(?:internally|(?:for|between|among|"
    r"amongst) (?:us|ourselves|you and me|"
    r"the team|our team|insiders|our (?:eyes|ears))|just us|us only|ourselves|in-?house)\b",
    re.IGNORECASE | re.DOTALL,
)
"""What is marked as a draft, or for some only."""


_FOR_ONE = re.compile(
    r"(?:(?:just|only|please|pls) )*(?:\w+ing )?(?:(?:for|to|at) )?(?:me|myself|us|my (?:phone|pager|mobile|cell))\b|"
    r"(?:(?:at|from|on|the|after) )*levels? ?\d|(?:(?:the|this|that|all) )+(?!pag|pages|alert|alarm|escalat|"
    r"call|ring|"
    r"noise|madness|nonsense|incident|one\b)\w+\W*",
    re.IGNORECASE,
)


def is_for_one(words: str) -> bool:
    """ "stop calling me", "stop level 3", "stop the bleeding": not that nobody is to be paged."""
    plain = _plain(words)
    found = _FOR_ONE.match(plain)
    return found is not None and (
        found[0].split()[0] not in ("the", "this", "that", "all") or found.end() == len(plain)
    )


def undashed(words: str) -> str:
    """Without the dash that led to the text: "resolve — rolled back"."""
    return re.sub(rf"^[{DASHES}>|:;,.]+\s+(?=\S)", "", words.strip())


def is_no_end(words: str) -> bool:
    """ "half of it", "did not work", "looks better": what is told is no end."""
    plain = _plain(words)
    failed = _FAILED.search(plain)
    told = failed is not None and _CURE.search(plain[failed.end() :]) is not None
    return (failed is not None and not told) or _PARTLY.match(plain) is not None


def names_another_thing(words: str, *, calls_off: bool = False) -> bool:
    """ "bo's action", "drill": as the whole of the words. `calls_off`: the verb does that, also to "the rollback"."""
    plain = _plain(words)
    deed = calls_off and (_A_DEED.fullmatch(plain) or _NOT_NOW.fullmatch(plain))
    return bool(deed or _ITS_OWN.fullmatch(plain) or _LIKE.fullmatch(plain))


def says_nothing(words: str) -> bool:
    """Courtesy or a time, and nothing else."""
    return typed_intent.is_courtesy(words) or _MOMENT.fullmatch(_plain(words)) is not None


def only_promises(words: str) -> bool:
    """ "soon", "next 15:00", "ping": an update that tells nothing."""
    return says_nothing(words) or _SHORTLY.fullmatch(_plain(words)) is not None


def begins_as_a_flag(words: str) -> bool:
    """ "-30m db": a dash that belongs to a number."""
    return re.match(rf"[{DASHES}]\d+ ?(?:m|h|s|min\w*|hours?)\b", words.strip()) is not None


def is_withheld(words: str) -> bool:
    """ "private: …", "(internal) …", "…, not for publication", "draft: …": not everyone is to read it."""
    shown = folded(words).strip()
    return _NOT_YET.match(shown) is not None or typed_secrecy.span(shown) is not None


def _plain(words: str) -> str:
    return " ".join(folded(words).split()).strip(" .!,;:")
