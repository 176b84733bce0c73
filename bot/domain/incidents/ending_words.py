"""Whether the words after `resolve` tell of an end, and those after `cancel` of a reason to call it off. Pure.

The rule is a positive one: a cure that happened, or a state that is well again, and nothing beside it that says
otherwise. An end that is not understood costs a form with the words in it; one that is none would cost the incident.
"""

import re

from bot.domain.core.typed_text import folded

_DEED = (
    r"rolled (?:it |this |that |them |everything )?(?:back|forward)|failed over|backed out|turned (?:it )?(?:off|on)|"
    r"switched|reverted|"
    r"restarted|rebooted|restored|replaced|recovered|repaired|fixed|hot-?fixed|mitigated|removed|"
    r"cleared|renewed|raised|"
    r"scaled(?: up| down| out| in)?|disabled|enabled|patched|(?:re-?)?deployed|rotated|revoked|"
    r"upgraded|downgraded|drained|"
    r"flushed|purged|reset|resized|re-?indexed|re-?built|reconnected|unblocked|undone|undid|updated|corrected|adjusted|"
    r"increased|extended|doubled|bumped|tuned|killed|evicted|deleted|freed(?: up)?|cleaned(?: up)?|emptied|swapped|"
    r"migrated|re-?routed|redirected|resolved|solved|healed|re-?warmed|warmed|unlocked|reloaded|re-?created|re-?issued|"
    r"reconfigured|recycled|refreshed|re-?synced|pinned|isolated|re-?installed|re-?imaged|shipped|reran|resumed|"
    r"finished|completed|closed|caught up|brought (?:it |them )?back(?: up)?|put (?:it |them )?back|subsided|vanished|"
    r"disappeared|went away|has passed|stopped by itself|done|gave (?:\w+ ){1,3}more \w+|sorted(?: out)?|unplugged|"
    r"moved|added|changed|lifted|whitelisted|allowlisted|banned|blocked the|released the|applied the|"
    r"rebalanced|vacuumed|"
    r"defragmented|power[- ]cycled|expanded|shrunk|tweaked|throttled|rate[- ]limited"
)
_WELL = (
    r"back|up|online|healthy|green|normal|fine|ok|okay|good|well|available|reachable|accessible|stable|fast|quick|"
    r"working|responding|serving|running|flowing|processing|sending|loading|accepting|warm|clear|"
    r"usable|open|operational|"
    r"in service|responsive"
)
_BE = r"(?:is|are|all|everything|now|it|its)"
_SICK = r"(?:errors?|problems?|issues?|outages?|incidents?|alerts?|alarms?|latency|latencies|rates?|load|cpu|memory|" \
        r"queues?|usage|traffic|lag|backlog|5xx|500s|timeouts?|symptoms?|bugs?|spikes?)"  # fmt: skip
_END = re.compile(
    rf"\b(?:{_DEED})\b(?: again| now)?"
    rf"|\bworks?(?: (?:again|now|fine|normally|as before|as expected|well))\b|\bworks?\W*$"
    rf"|(?<!\w)(?:{_WELL}) (?:again|now|as before|as usual)\b"
    rf"|(?<!\w)working (?:normally|fine|as before|as expected|well)\b"
    rf"|(?:(?<![\w']){_BE}|'s|'re) (?:all |now |fully |completely |both )*"
    r"(?:back(?: up| online| to normal| in service)?|up(?! to\b)|online|healthy|green|stable|fine|normal|good|clear|"
    r"gone|over|ok|okay|operational|warm|available|reachable)(?!-)\b(?: again| now)?"
    r"|\ball (?:systems?|services|checks|nodes|tests) (?:are )?(?:operational|green|up|healthy|pass\w*)\b"
    r"|\bback (?:up|online|to normal|in service|in business)\b|^back\W*$"
    r"|\b(?:can|could) (?:\w+ ){1,4}again\b"
    r"|\b(?:it|that|this) was (?:only |just )?(?:an? )?(?:drill|test|exercise|mistake|false alarm)\b"
    r"|\bfalse (?:alarm|positive)\b|\bno (?:longer|more|further)(?: \w+ing)?(?: errors?| failures?| alerts?)?\b"
    r"|\b(?:errors?|alerts?|timeouts?|failures?|spike|problem|issue|outage|attack) (?:have |has |had )?"
    r"(?:stopped|ended|ceased|passed|went away|disappeared|cleared|dropped to zero)\b"
    r"|\bno errors? (?:any ?more|for (?:\w+ ){1,2}\w+|since \S+)"
    r"|^all (?:clear|good|green|well|ok|okay|fine)\b|^(?:over|gone|ended|healthy|green)\W*$",
    re.IGNORECASE,
)
"""What tells of an end."""
_RELAPSE = re.compile(
    rf"\b(?:c[ao]me|comes|coming|bounced?|bounces|creeping|crept) (?:right |straight |all )?back\b"
    rf"|\b{_SICK}(?:\s+\w+)? (?:is|are|'s|went|go(?:es)?|has|have)(?: been| now| all|"
    rf" still)* (?:back(?! to normal)|up)\b"
    rf"|^back (?:again|to square one)|\bback to (?!normal)\w+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|since|following) (?:(?:an?|the|we|i|our|my|his|her|it|that|was|had) )*"
    r"(?:restarts?|reboots?|roll-?backs?|reverts?|(?:re-?)?deploy\w*|fail-?over|fix|patch|reset|upgrade|"
    r"restarted|rebooted|rolled back|reverted|fixed|patched|switched|failed over)\b"
    r"|\bby (?:\w+ )?(?:rolling|restarting|reverting|rebooting|scaling|failing|switching|replacing|"
    r"removing|disabling|enabling|clearing|deploying|redeploying|patching|raising|adding|killing|deleting|turning)\b",
    re.IGNORECASE,
)
"""How it came to its end."""
_BAD = (
    r"slow|down|broken|dead|failing|stuck|bad|faulty|corrupt\w*|leaking|missing|crashed|failed|hung|"
    r"full|late|high|wrong|"
    r"poisoned|expired|overloaded|blocked"
)
_WAS_BAD = re.compile(
    rf"\b(?:was|were|had been) (?:too |very |so |all )?(?:{_BAD})\b"
    rf"|\b(?:the|an?|all|both|our|that|those|two|three) (?:{_BAD}) (?!yet\b)\w+",
    re.IGNORECASE,
)
"""A trouble of before, and what a cure was done to."""
_NOUNS = (
    r"everyth|anyth|someth|th|dur|str|pric|bill|shipp|mapp|sett|build|p|morn|even|hous|rout|r|k|spr|cach|host|rat|"
    r"charg|messag|park|bank|market|book|report|track|search|index|schedul|network"
)
_OTHERWISE = re.compile(
    r"[?%]|\d ?/ ?\d|\bpercent\b|\b\d+ (?:out )?of\b|n't\b|\bwon'?t\b|\bcan'?t\b|"
    r"\b(?:not|nothing|no|nope|never|none|neither|nobody|cannot|dont|didnt|doesnt|isnt|arent|hasnt|"
    r"without|fail(?:s|ed)?|"
    r"still|yet|maybe|perhaps|probably|possibly|likely|almost|nearly|mostly|partly|partially|part|"
    r"half|halfway|some|most|"
    r"many|several|few|only|somewhat|temporar\w+|provisional\w*|workaround|interim|staging|stage|"
    r"preprod|pre-prod|qa|uat|"
    r"sandbox|canary|test|tests|testing|dev|demo|locally|will|would|should|shall|could|can|may|might|must|"
    r"needs?|needed|gonna|tbc|tbd|tba|todo|wip|if|whether|when|whenever|once|unless|until|till|after|before|then|"
    r"waits? (?:for|on|until|and)|wait$|awaits?|pending|please|pls|plz|verify|verified by|check|"
    r"checks|confirm|recheck|monitor|watch|observe|"
    r"tried|try|tries|attempt\w*|i think|think|guess|hope\w*|believe|assume\w*|suppose\w*|suspect|seems?|seemed|"
    r"looks like|appears?|sounds?|unsure|doubt\w*|dunno|again|relapsed?|returned|returns?|recurr\w*|re-?occur\w*|"
    r"reappear\w*|ongoing|"
    r"progress|started|starts?|begins?|began|begun|initiated|triggered|launched|queued|requested|approved|issued|"
    r"under ?way|draft|next|steps?|first|second|phase|better|improv\w+|worse|degraded|slow|slower|broken|down|dead|"
    r"errors? (?:high|remain\w*|persist\w*|continue\w*)|high|rising|remains?|remain|persists?|continues?|"
    r"but|except|however|though|although|blocked by|handed|assigned|escalated|sorry|oops|whoops|nvm|nevermind|"
    r"wrong|mistake\w*|quietly|silently|secretly|internally|said|says|say|claims?|claimed|told|reports?|reported|"
    r"according|apparently|supposedly|reportedly|presumably|kinda|sorta|kind of|sort of|basically|roughly|pretty|"
    r"expect\w*|plan|plans|planned|scheduled|ready|prepared?|propose\w*|suggest\w*|want\w*|would like|ask|asks|asked|"
    r"tomorrow|tonight|later|soon|shortly|asap|eta|help|let'?s|lets|gets?|be|hopefully|fingers|"
    r"crossed|who|what|why|how|"
    r"where|which|did|does|do|unstable|flaky|flapping|flaps|intermittent\w*|sometimes|one of|so far|"
    r"for (?:now|the moment|the time being|today|a while|me)|at the moment|on my (?:side|end|machine)|right now|"
    r"in \d+ ?(?:m|mins?|minutes?|h|hours?)|by (?:\d|noon|midnight|monday|friday)|to (?:be|do|"
    r"confirm|verify|check|see)|"
    rf"(?:{_SICK} )?(?:at|around|near) \d+(?![\d:.h])|(?!(?:{_NOUNS})ing\b)\w+ing|(?:eu|us|ap)-\w+|cr(?:ashes|ashing)|"
    r"more errors?|new errors?|close to|keep(?:s|ing)? an eye|one (?:node|pod|host|server|region|"
    r"replica|shard|customer)|"
    r"^(?:is|are|was|were|has|have) (?:it|this|that|they|we|the|all|everything))\b",
    re.IGNORECASE,
)
"""What says otherwise: a denial, a doubt, a part, a deed that goes on or is to come, hearsay, another place."""
_CLAUSE = re.compile(r"\s*(?:[,;.\u2013\u2014\u2192]|->|=>|\s-\s|:\s)+\s*(?:(?:so|and|then|but) )?|\s+(?:so|and so) ")
_BEFORE = re.compile(
    r"\b(?:failed|crashed|died|broke|hung|ran out|filled|was|were|had|full|"
    r"did(?:n't| not) (?:help|work|succeed)|no luck|failed deploy|root cause)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:still|now|again|is|are|not yet|in staging|maybe|will)\b", re.IGNORECASE)
_PLAIN_CAUSE = re.compile(r"\b(?:root )?cause (?:is )?(?:still )?(?:unknown|unclear|open)\b", re.IGNORECASE)
_NO_INCIDENT = re.compile(
    r"(?!.*\?)(?!.*\b(?:yet|maybe|perhaps|probably|possibly|if|when|unless|until|might|could|should)\b).*?"
    r"(?:\bfalse (?:alarm|alert|positive)s?\b|\bnot (?:an? |really an? |in fact an? )?(?:incident|"
    r"outage|issue|problem|bug|"
    r"real|needed|ours|us|our\b.*|down|broken|reproducible)\b|\bno (?:incident|outage|issue|problem|impact|need|"
    r"longer needed|real|trouble|bug)\b|\b(?:isn't|wasn't|is not|was not) (?:an? )?(?:incident|"
    r"outage|issue|problem|real|"
    r"needed|ours|down|broken)\b|\bno one (?:was |is )?affected\b|"
    r"\b(?:mistake|mistakenly|error|fault|accident|accidentally|misread|misunderst\w+|misclick\w*|mis-?typed?|"
    r"typos?|oops|whoops|dup|dupe|duplicates?|duplicated|already (?:declared|reported|known|open)|same as|"
    r"tests?|testing|test run|drill|exercise|demo|"
    r"noise|noisy|flapping|glitch|blip|hiccup|expected|planned|maintenance|invalid|bogus|spam|joke|prank)\b"
    r"|\bwrong (?:channel|room|one|title|severity|service|button|command|incident|team|alert|alarm|dashboard|graph|"
    r"threshold|workspace)\b|\bnothing (?:is |was |'s )?(?:wrong|broken|down|happened|to see|affected|to do)\b"
    r"|\bnothing's wrong\b|\b(?:user|human|operator|pilot|my|our) (?:error|mistake|fault|bad)\b|"
    r"\b(?:resolved|fixed|healed|recovered|cleared|solved|went away|gone) (?:itself|by itself|on its own|already)\b|"
    r"\bself[- ](?:resolved|healed|healing|recovered)\b|\bit(?:self)? recovered\b|\bnever (?:happened|was|mind)\b|"
    r"\bworks as (?:designed|intended|expected)\b|\bby design\b|\b(?:monitoring|alert|alarm|"
    r"dashboard|graph|metric|probe|"
    r"sensor|check) (?:was |is )?(?:wrong|broken|misconfigured|too sensitive|false|bug|error|glitch|mistake|issue|"
    r"problem)\b|\bmy bad\b|\b(?:declared|opened|started|created|raised) (?:by (?:mistake|accident)|twice|in error)\b|"
    r"\bcovered (?:by|in)\b|\bmerged (?:into|with)\b)",
    re.IGNORECASE,
)


_AN_OBJECT = re.compile(
    r"(?:(?:the|our|all|all the|all of the|this|that) (?:\w+ )?"
    r"(?:tests?|drills?|exercises?|demo|maintenance|noise)|tests)\W*",
    re.IGNORECASE,
)
"""What somebody holds: it is called off, and no incident."""


def tells_the_end(words: str) -> bool:
    """ "rolled back", "search is up again": a cure that happened and nothing that says otherwise."""
    plain = " ".join(folded(words).split()).strip(" .!,;:-")
    if _tells(plain):
        return True
    clause = _CLAUSE.search(plain)  # "the restart failed, rolled back"
    before = plain[: clause.start()] if clause else ""
    return bool(
        clause and _BEFORE.search(before) and not _NOW.search(before) and "?" not in before
        and tells_the_end(plain[clause.end() :])
    )  # fmt: skip


def calls_it_off(words: str) -> bool:
    """ "false alarm", "wrong channel", "nothing was wrong": why it is none; also that it is over."""
    plain = " ".join(folded(words).split())
    if tells_the_end(words):
        return True
    return _NO_INCIDENT.match(plain) is not None and _AN_OBJECT.fullmatch(plain) is None


def _tells(plain: str) -> bool:
    if _RELAPSE.search(plain):
        return False
    told = _WAS_BAD.sub(" ", _AFTER.sub(" ", _PLAIN_CAUSE.sub(" ", plain)))
    rest, ends = _END.subn(" ", told)
    return ends > 0 and _OTHERWISE.search(rest) is None
