"""A title that may be no title: whom not to wake, second thoughts, a question, good news, a placeholder.

Someone who writes `declare sev1 checkout slow, no pages` must be told that declaring pages. Pure.
"""

import re

from bot.domain.core import typed_intent
from bot.domain.core.typed_text import DASHES, folded

_WAKE = r"(?:page|wake(?: up)?|call|ring|alert|notify|disturb|bother|escalate(?: to)?|ping)"
_WAKING = r"(?:paging|waking(?: up)?|calling|ringing|alerting|notifying|disturbing|bothering|escalating)"
_WHOM = (
    r"(?:any(?:one|body)|every(?:one|body)|people|someone|somebody|us|me|him|her|them|on-?call|the \w+|engineers?|"
    r"managers?|<@\w+[^<>]*>|@\w+|yet|now|tonight|at night|please|pls|for this|over this|about this)"
)
_NOT = r"(?:do not|don'?t|dont|never|must not|should ?n[o']t|not to|please not)"
_NO_ONE = r"no ?(?:body|[ -]?one)"
_SPARED = re.compile(
    rf"\b{_NOT} (?:need to |have to )?{_WAKE}(?: {_WHOM}\b|\W*$|(?=\s*[:,;.!]))|"
    rf"\bno (?:need|reason) (?:to {_WAKE}|for (?:a page|pages|paging|waking|calls?))\b(?: {_WHOM}\b)?|"
    rf"\bwithout {_WAKING}\b(?: {_WHOM}\b)?|\b{_WAKE} {_NO_ONE}\b|\bnot {_WAKING} (?:any(?:one|body)|people)\b|"
    rf"\b{_NO_ONE} (?:needs|has|is|should|must|gets) (?:to )?(?:be |get )?(?:paged|woken|wake|called|alerted|"
    rf"get up)\b|"
    r"\blet (?:them|everyone|everybody|people|him|her|us|the \w+|@?\w+) sleep\b|\bnon-?paging\b|"
    rf"\b(?:keep|leave) {_WHOM} (?:asleep|sleeping|alone)\b",
    re.IGNORECASE,
)
"""Words that say whom not to wake, wherever they stand."""
_QUIETLY = re.compile(
    r"(?:quiet(?:ly)?,? )?(?:no|zero|skip(?: the)?|suppress|mute|not a) (?:pages?|paging|pager|pager ?duty|"
    r"(?:phone )?"
    r"calls?|wake[ -]?ups?|alarms?|alerts?|notifications?|sms|rings?|escalations?|phones?)|not paging|(?:it |"
    r"this )?can "
    r"wait(?: (?:until|till|for) .*)?|(?:it's |it is |but )?(?:not|isn't|nothing) (?:so |very |that )?urgent|"
    r"(?:there is |there's )?no (?:rush|hurry)|(?:in the )?morning is fine|tomorrow is fine|(?:just |"
    r"only )?(?:fyi|for "
    r"(?:info|information|the record))(?: only)?|(?:ticket|slack|log|record|track(?:ing)?)[ -]only|"
    r"only track(?:ing)?",
    re.IGNORECASE,
)
"""Such words as the whole of a remark set apart in front of the title or behind it."""
_EDGE = rf"(?:[,;:.!?()\[\]{{}}|\u2013\u2014]|\s[{DASHES}]+\s)"
_POLITE = r"(?:(?:please|pls|but|and|so|for now|thanks)\b\s*)*"
_GOOD = re.compile(
    r"\W*(?:resolved|fixed|solved|closed|recovered)(?:\s*[:,;!.\u2013\u2014-].*)?|"
    r"[^,;]*\b(?:resolved|fixed|solved|recovered|mitigated|ok(?:ay)?|fine|healthy|all (?:good|clear|green)|"
    r"back(?: (?:up|online|to normal))?|up again|working(?: again| fine)?|stable|operational)"
    r"(?: (?:now|again|already|thanks))*\W*",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:not?|isn't|aren't|wasn't|never|nothing|cannot|can't|won't|don't|doesn't|stopped|hardly|barely|"
    r"fails?|failing|"
    r"until|unless|half|partly|nobody|none|without|down|broken|errors?|back-?end)\b",
    re.IGNORECASE,
)
LONGEST = 7
"""Words of good news; a longer title tells more than that."""
_SLIP = re.compile(
    r".*\b(?:by|in) (?:mistake|error|accident)\W*|\W*(?:sorry\W*)?(?:accidental(?:ly)?|wrong (?:channel|"
    r"window|command|"
    r"severity|button|incident|room|one))\b.*|\W*(?:sorry|apologies|my bad|ignore|disregard|typo|"
    r"cancel(?:led)?|undo|abort|"
    r"scrap|false alarm|wrong|mistake|duplicate|never ?mind|nvm)(?:\W+(?:that|this|it|me|please|pls|everyone|"
    r"all|sorry|"
    r"guys|folks|one|my|fault))*\W*",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\W*(?:(?:planned|scheduled|upcoming|regular|weekly|monthly|announced)\s+)*(?:maintenance|downtime|"
    r"upgrade|migration|"
    r"(?:deploy|change|code) freeze)(?: window| work)?\b.*(?:\b(?:tonight|tomorrow|next|scheduled|planned|starting|"
    r"this (?:evening|weekend)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d{1,2}:\d\d|\bat \d).*",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"(?:how to|what to|how do i|how can i|teach me|show me|tell me|explain|i need help|need help with)\b", re.I
)
_PLACEHOLDER = re.compile(
    r"(?:([^\W\d_])\1+|tbd|tba|tbc|todo|to do|n/?a|none|null|nil|undefined|(?:the |a |my |some |no |your |incident |"
    r"enter |insert )*"
    r"title(?: here| goes here| to follow)?|untitled|nameless|(?:some)?thing|stuff|whatever|placeholder|name|"
    r"abcd?|xyz|"
    r"temp|tmp|wip|details? to follow|more (?:info )?to follow|title follows)",
    re.IGNORECASE,
)


def spares(title: str) -> bool:
    """Whether it says that no one is to be woken: "no need to wake anyone", "checkout slow (no page)"."""
    shown = folded(title).strip()
    if _SPARED.search(shown):
        return True
    parts = [part for part in re.split(_EDGE, shown) if part.strip()]
    remarks = (re.sub(rf"^{_POLITE}|(?:\s+(?:please|pls|thanks))+$", "", part.strip(), flags=re.I) for part in parts)
    return any(_QUIETLY.fullmatch(one.strip(" .!'\"*_`")) for one in remarks)


def is_talk(title: str) -> bool:
    """ "nevermind", "how do I declare", "checkout is back up", "maintenance tonight 22:00": nothing is broken."""
    shown = folded(title).strip()
    return bool(
        _SLIP.fullmatch(shown)
        or typed_intent.hesitates(shown)
        or _HOW.match(shown)
        or _PLANNED.fullmatch(shown)
        or (_GOOD.fullmatch(shown) and not _BAD.search(shown) and len(shown.split()) <= LONGEST)
    )


def is_placeholder(title: str) -> bool:
    """ "tbd", "aaaa", "title here": what is happening is still to be said."""
    return _PLACEHOLDER.fullmatch(folded(title).strip(" .!?-_*'\"()[]<>")) is not None
