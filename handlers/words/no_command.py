"""Words that ask for what no command does, "rename to …", "delete": a sentence says what does it.

Pure. They are no titles, and no verb that is spelled nearly so is offered instead of them.
"""

import re

from bot.domain.core.errors import DomainError

_IT = r"(?:(?:this|it|the|that|our|my|incident|room|channel|war[ -]?room|one|please|pls)\s+)*"
_TAIL = r"(?:\s+(?:please|pls|now|incident|room|channel|it|this))*\W*"
_MAKE = rf"(?:(?:make|set|mark|turn|switch|change|move|convert)\s+)?{_IT}(?:(?:to|into|as)\s+)?"
_SAID = (
    (
        rf"{_MAKE}(?:private|secret|confidential){_TAIL}",
        "No command makes an incident private. *Change* under the answer to its declaration does; so does declaring it "
        "again with `--private` and cancelling this one.",
    ),
    (
        rf"{_MAKE}(?:public|unprivate|un-private|open to all){_TAIL}",
        "A private incident stays private. Declare a public one for what everyone may know.",
    ),
    (
        rf"(?:(?:re)?title|rename|retitle)\b.*|(?:change|edit|set) {_IT}(?:title|name)\b.*",
        "No command changes a title. *Change* under the answer to the declaration does.",
    ),
    (
        r"(?:kick|remove|uninvite|un-invite|exclude|ban)\b(?!.*\b(?:is|are|was|fails?)\b).*",
        "No command takes people out of a room. In Slack, open the channel's members and remove them there.",
    ),
    (
        rf"(?:delete|erase|destroy|purge|wipe){_TAIL}|(?:delete|erase|purge) {_IT}(?:incident|room|channel)?{_TAIL}",
        "Incidents aren't deleted. `/incident cancel` ends one that was a mistake, and its number stays.",
    ),
    (
        r"(?:dup|dupe|duplicate|same|fold|combine)\b\s*(?:into|of|as|with|to)?\s+(?:inc\S*|#?\d+)\b.*",
        "`/incident merge` merges an incident into another one, where the work goes on.",
    ),
    (
        r"who(?:'s| is|s)? (?:the )?(?:ic|commander|incident commander|in charge|leading)\W*",
        "`/incident status` shows who has which role.",
    ),
)
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), sentence) for pattern, sentence in _SAID]


class NoSuchCommand(DomainError):
    """{sentence} Nothing was done."""


def refuse(text: str) -> None:
    """Raises NoSuchCommand."""
    plain = text.strip().replace("\u2019", "'")
    if sentence := next((sentence for pattern, sentence in _PATTERNS if pattern.fullmatch(plain)), None):
        raise NoSuchCommand(sentence=sentence)
