"""What words mean that somebody writes to the bot itself: an answer to a page, or something else.

Only a sentence that is nothing but an acknowledgement is one: whoever asks, negates or tells more is asked back.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.catalog import Catalog

MOST = 120
"""Characters of an acknowledgement: nobody who says more says only that."""
_ON_IT = "|".join((
    r"(?:i'?m |i am |am |we'?re )?on (?:it|this)",
    r"(?:i'?m |i am )?(?:a[ck]{2,3}(?:ed|ing)?|a[ck]{1,3}n[ow]{1,2}le?d?g?(?:e|ed|ing)?)(?: (?:it|this))?",
    r"(?:i'?ve |i have |i |we )?(?:got|have|own) (?:it|this)",
    r"(?:i'?ll |i will |i'?m |i )?tak(?:e|ing) (?:it|this|over)",
    r"(?:i'?m |i am )?(?:here|awake|up|waking up|getting up|on my way|omw)",
    r"(?:i'?m |i am |i'?ll |i will )?(?:take|taking) a look",
    r"(?:i'?m |i am |i'?ll |i will )?look(?:ing)?(?: (?:at|into) (?:it|this))?",
    r"(?:i'?m |i am |i'?ll |i will )?(?:check|investigat)(?:e|ing)?(?: it)?",
    r"mine|will do|copy that|roger",
))  # fmt: skip
_COURTESY = (
    "ok|okay|yes|yep|yeah|yup|sure|hi|hey|hello|thanks|thank you|thx|right|now|please|sorry|all|team|and|just|already"
)
_ONLY = re.compile(rf"(?:(?:{_ON_IT}|{_COURTESY})[\s,.;!:–—-]*)+")
_SAYS_SO = re.compile(rf"(?<![\w'])(?:{_ON_IT})(?![\w'])")
_DECLINE = re.compile(r"(?:decline|declined|nack|pass)(?:[\s,.:;–—-]+(.*))?", re.DOTALL | re.IGNORECASE)
_CAN_NOT = (
    r"(?:can(?:'?t| ?not)|won'?t be able to|will not be able to|am not able to|'m not able to|(?:am |'m )?unable to)"
)
_NO = (
    r"(?:no|nope|nah|not me|nein|no can do|no way|not possible|impossible|(?:i'm |i am )?not available|"
    r"(?:i'm |i am )?unavailable)"
)
_SORRY = r"(?:(?:sorry|hi|hey|please|thanks|i'?m afraid|no|nope|nah)[\s,.!-]+)*"
_BUSY = (
    r"(?:i'?m |i am |am |still |just )*(?:driving|asleep|sleeping|ill|sick|travell?ing|flying|boarding|busy|"
    r"in hospital|"
    r"in (?:a |the )?(?:meeting|car|cinema|flight|plane|hospital)|on (?:a |the )?(?:plane|train|flight|vacation|"
    r"holiday|"
    r"leave|call)|at (?:a |the )?(?:doctor'?s?|dentist'?s?|hospital|cinema|airport)|away|off|out|offline|no laptop|"
    r"without (?:a )?laptop|not home|not at home)"
)
_CANNOT = re.compile(
    rf"{_SORRY}(?:i |we )?{_CAN_NOT}(?: (?:take|do|make|handle|help|answer|respond|work on|look at|join|come)"
    rf"(?: (?:it|this|that|one|with this|with it))*)?(?: (?:right now|now|today|tonight|at the moment|atm|sorry|"
    rf"either))*"
    rf"(?:(?:\s*[,.:;–—-]+\s*|\s+(?:because|as|since|for|until|till|before)\s+|\s+(?=i'?m ))(?P<reason>.+))?|"
    rf"{_SORRY}{_NO}(?:[\s,.:;!–—-]+(?P<why>{_BUSY}.*|sorry|thanks|thank you|please))?",
    re.IGNORECASE | re.DOTALL,
)
"""A clear no. "no idea", "can't log in" and "can't take it yet" are none."""
_UNCLEAR = re.compile(
    r"\?|\b(?:yet|but|alone|without help|by myself|unless|wait|soon|minutes?|mins?|if|problem|later|"
    r"first)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"(?:(?:not me|no|sorry|please|can you|could you|better|just)[\s,.:-]+)*(?:ask|try|call|wake|ping|page|get|"
    r"send it to|bother)(?: up)? (?P<whom>[^?]+?)"
    r"(?: instead| please| then| to (?:take|do) (?:it|this))*|"
    r"(?P<who>[^?]+?) (?:should|could|must|will|would|can|has to|needs to|wants to) (?:better )?(?:take|do|handle|"
    r"get|have)"
    r"(?: (?:it|this|that|over))*(?: instead| please)*|(?P<person>[^?]+?) instead(?: of me)?",
    re.IGNORECASE,
)
"""Somebody else is named, and nobody has said that they are to be asked."""
_PASS = re.compile(
    r"(?:(?:please|can you|i) )?(?:decline|pass|hand|give|forward|reassign|transfer|page)(?: (?:it|this|that))?"
    r"(?: (?:over|on))?(?:,? to) (?P<to>.+)",
    re.IGNORECASE | re.DOTALL,
)
"""Somebody else is to be asked: a decline, as soon as they are."""
_MARKS = " .,;:!-–—*_`\"'“”‘’«»"
_ABOUT = re.compile(r"\b(?:for|of|with)\s*$")
_EMOJI = re.compile(r":[a-z0-9_+'-]+:|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]")
_MENTIONS_IN_FRONT = re.compile(r"^(?:\s*<@[UW][A-Z0-9]+(?:\|[^>]*)?>)+")

Kind = Literal["ack", "decline", "pass", "other"]


@dataclass(frozen=True)
class Written:
    """`number` is the incident that is named, if one is; `text` the words, without mentions in front; `reason` of a
    decline, and whom they pass it to, or may mean to ask, as it is written."""

    kind: Kind
    text: str
    number: int | None = None
    reason: str = ""


def read(text: str, catalog: Catalog) -> Written:
    """What the words mean; never raises."""
    words = " ".join(_MENTIONS_IN_FRONT.sub(" ", text).split())
    number, rest = _reference(words, catalog)
    bare = " ".join(_EMOJI.sub(" ", rest).replace("’", "'").strip(_MARKS).split())
    plain = bare.lower()
    if found := _PASS.fullmatch(bare):
        return Written("pass", words, number, found["to"].strip())
    if found := _DECLINE.fullmatch(bare):
        return Written("decline", words, number, (found[1] or "").strip())
    if (no := _CANNOT.fullmatch(bare)) and not _UNCLEAR.search(words):
        reason = (no["reason"] or no["why"] or "").strip()
        if not _SAYS_SO.search(reason.lower()):
            return Written("decline", words, number, reason)
    if asked := _ASK.fullmatch(bare):
        return Written("other", words, number, (asked["whom"] or asked["who"] or asked["person"]).strip())
    if len(plain) < MOST and _ONLY.fullmatch(plain) and _SAYS_SO.search(plain):
        return Written("ack", words, number)
    return Written("other", words, number)


def _reference(words: str, catalog: Catalog) -> tuple[int | None, str]:
    """The one incident that is named, and the words without it; a bare number is none. Two are none either."""
    found = []
    if alone := re.fullmatch(r"(ack\w*|decline|pass)\s+#?(\d{1,9})[.!]*", words, re.IGNORECASE):
        return int(alone[2]), alone[1]
    if (first := re.fullmatch(r"(ack\w*)\s+#?(\d{1,9})[\s,.!;:-]+(.+)", words, re.IGNORECASE)) and _ONLY.fullmatch(
        first[3].lower().replace("’", "'").strip(" .,;:!")
    ):
        return int(first[2]), first[1]
    for word in words.split():
        bare = word.strip(".,;:!()`\"'“”")
        if not bare.isdigit() and (number := catalog.parse_reference(bare)) is not None:
            found.append((word, number))
    if len(found) != 1:
        return None, words
    word, number = found[0]
    before, _, behind = words.partition(word)
    if before.lower().endswith("on "):  # "I'm on INC-2" says what "I'm on it" does
        return number, f"{before}it {behind}"
    return number, f"{_ABOUT.sub('', before)} {behind}"
