"""Words after `resolve` that do not tell of an end: what goes on, is not sure, or holds for a part. Pure.

They open the form with the words in it: that costs one tap, and an end that is none would cost the incident.
"""

import re

from bot.domain.core.typed_text import folded

_CURED = re.compile(
    r"\b(?:rolled back|reverted|restarted|rebooted|fixed|resolved|restored|replaced|recovered|repaired|"
    r"mitigated|cleared|"
    r"raised|scaled|failed over|switched|disabled|patched|deployed|drained|healed|removed|rotated|renewed|"
    r"works? again|"
    r"went away|back to normal|all green)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\?\s*$|\b\d+ ?(?:%|percent)|\b\d+ (?:out )?of \d+\b|"
    r"\b(?:maybe|perhaps|probably|possibly|hopefully|apparently|supposedly|presumably|i (?:think|guess|hope|believe)|"
    r"think so|not sure|unsure|unclear|seems?|might|could be|looks like|almost|nearly|so-so|so far|for now|"
    r"for the moment|"
    r"temporar\w+|tbc|tbd|wip|nvm|never ?mind|fingers crossed|let'?s see|keep an eye|monitoring|watching|waiting)\b|"
    r"\b(?:to|will|should|must|needs? to|going to|about to|ready to) be (?:\w+ed|done|seen)\b|"
    r"\bto (?:confirm|verify|check)\b|\b(?:needs?|pending|awaiting) (?:\w+ )?(?:confirmation|approval|review|a)\b|"
    r"\bin (?:staging|stage|test|dev|qa|preprod|progress)\b|\bstill (?!unknown|unclear|open)\w+|\bongoing\b|"
    r"\b(?:fixed|done) (?:for some|on my|in [a-z]{2}-|by noon|tomorrow|later|one|half)|\bfirst step\b|\bstep \d\b|"
    r"\bbeing \w+ed\b|"
    r"\b(?:being|not|isn'?t|aren'?t) (?:fixed|done|resolved|over|back|restarted)\b|\bis(?:n't| not)$|"
    r"\bplease\b|\bbut\b|"
    r"\b(?:first|one|two|three) (?:node|pod|host|of)\b|\bphase \w+ |\bwrong (?:room|channel|incident|one)\b|"
    r"\bsorry\b|"
    r"^(?:is|are|was|has) (?:it|this|that|they|the|everything)\b|^(?:what|who|how|why|where|can|could|did|does)\b|"
    r"\b(?:and|then) broke\b|\bbroken again\b|\b(?:if|once|when) (?:\w+ ){0,2}(?:rolled|reverted|restarted|"
    r"fixed|done)\b",
    re.IGNORECASE,
)
"""A doubt, a part, or what is still to come: whatever was done beside it."""
_RELAPSE = re.compile(
    r"\b(?:(?:it|they|that|this|errors?|alerts?|problems?|issues?|outages?) )?(?:just )?(?:c[ao]me|comes|"
    r"coming) back\b|"
    r"\b(?:errors?|alerts?|problems?|issues?|outages?|symptoms?) (?:is|are|'s) back\b|"
    r"\b(?:is|are|'s|it's) (?:down|slow|broken|failing) again\b|^(?:happening|down|slow|broken|failing|"
    r"crashed) again\b|"
    r"\b(?:errors?|latency|load|cpu|lag|queues?|rates?)(?: is| are| still| keeps?)* (?:high|up|rising|growing|"
    r"climbing)\b|"
    r"\b(?:remains?|persists?|continues?)\b|\bback to (?!normal)\w+|^(?:it'?s|it is|is) (?:down|slow|broken|"
    r"failing)\b|"
    r"\bnothing (?:helped|helps|worked|works|changed|is fixed)\b|\b(?:mail|search|site|db|"
    r"api) (?:is )?(?:still|down)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:(?:i'?m|we'?re|i am|we are|it'?s|\w+ is|fix is|now|currently|just|busy) )*"
    r"(?:rolling|deploying|working(?! again| now| fine| normally| as )|looking|investigating|checking|trying|"
    r"restarting|rebooting|fixing|testing|reverting|"
    r"re-?deploying|switching|failing over|scaling|replacing|recovering|restoring|clearing|draining|patching|"
    r"applying|"
    r"pushing|debugging|handling|escalating|getting|on it\b|being)|"
    r"\b(?:started|identified|handed to|assigned to|blocked by|root cause found|fix merged|who can|"
    r"can (?:someone|you))\b|"
    r"(?<!by )(?<!after )(?<!from )(?<!while )(?<!during )(?<!the )(?<!a )\b(?:rolling|(?:re-?)?deploying|"
    r"restarting|rebooting|"
    r"restoring|recovering|retrying|coming|investigating|fixing|reverting|scaling|draining|migrating|re-?building|"
    r"catching up|syncing)\b|\bneeded\b|\bshould\b|"
    r"\b(?:handed|passed|given|escalated) (?:it )?(?:over )?to\b|"
    r"\bwill (?:try|do|check|fix|look|restart)\b|\bneeds? to\b",
    re.IGNORECASE,
)


def tells_of_no_end(words: str) -> bool:
    """ "rolling back", "maybe fixed", "it came back": what goes on says no more once a cure stands beside it."""
    plain = " ".join(folded(words).split()).strip(" .!,;:-")
    if _UNSURE.search(plain) or _RELAPSE.search(plain):
        return True
    return _GOES_ON.search(plain) is not None and _CURED.search(plain) is None
