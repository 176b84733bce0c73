"""Rules of complaints: words that tell that someone is affected no more are none, and count for nothing."""

import re

from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import folded

_NONE = re.compile(
    r"\b(?:no longer|not|nobody(?: is)?|no one(?: is)?|none of us(?: is)?|isn'?t|aren'?t|wasn'?t|never) "
    r"(?:\w+ ){0,2}affected\b|\baffect(?:s|ed|ing)? (?:\w+ )?(?:any ?more|no longer|no more)\b"
    r"|\b(?:works|working|fine|ok|okay|good|back) (?:again|now)\b|\b(?:any ?more)\W*$"
    r"|^\W*(?:how many|who|list|show|count|number)\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:can'?t|cannot|can not|doesn'?t|don'?t|does not|do not|won'?t|not work\w*|still)\b", re.IGNORECASE
)


class NoComplaint(DomainError):
    """ "{text}" tells of no one who is affected, so nothing was counted. `/incident status {ref}` shows how many are;
    `/incident note {ref} ...` keeps good news.
    """


def tells_of_none(text: str) -> bool:
    """ "no longer affected", "nobody is affected any more", "how many?"; "it doesn't work any more" is a complaint."""
    plain = folded(text)
    return _NONE.search(plain) is not None and _STILL.search(plain) is None
