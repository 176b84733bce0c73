"""What is said of an incident without a verb: "it is fixed", "still broken", "wrong channel". Pure.

Nothing is done by it. There is a button for what may be meant, and none that ends what somebody says goes on.
"""

import re

from bot.domain.core import typed_intent
from bot.domain.core.typed_text import folded, unquoted
from handlers import verbs
from handlers.words.command import Ambiguity, Command

ABOUT = "{about}"
"""Stands in a label for the incident, where whoever asks knows which one it is."""
OVER = "Nothing has changed yet. Do you mean that it is over?"
AT_WORK = "Nothing has changed yet. Do you mean that you have it?"
GOES_ON = "Nothing has changed. Do you want to tell everyone?"
TAKING_BACK = "Nothing has changed yet. Do you want to take something back?"
_SMALL = (
    r"(?:(?:it|this|that|everything|every(?:one|body)|all|we|things?|now|ok|okay|yes|and|so|i think|looks? like|the|"
    r"our|incident|issue|problem|outage|service|site|systems?|is|are|was|has|have|been|be|its|it's|that's|we're|"
    r"everything's|looks?|seems?|appears?|to|should|again|back|finally|just|already|completely|fully)\s+)*"
)
_ENDED = (
    r"(?:fixed|resolved|solved|over|done|good|fine|ok|okay|great|normal|back(?: (?:to normal|up|online))?|"
    r"up(?: again)?|up and running|rolled (?:it )?back|rolled back to \S+|reverted|recovered|mitigated|healthy|green|"
    r"works?(?: again)?|working(?: again)?|clear|stable|restored|finished|sorted|operational|online|"
    r"restarted (?:it|the \S+))"
)
_TAIL = r"(?:\s+(?:now|again|thanks|thank you|for now|i think|all|here|everyone|everybody|folks|team|today|since \S+))*"
_OVER = re.compile(rf"\W*{_SMALL}{_ENDED}{_TAIL}\W*", re.IGNORECASE)
_SOMETHING_OVER = re.compile(
    rf"\W*(?:[\w'-]+\s+){{1,3}}?(?:is|are|was|has been|have been|looks?|seems?)\s+(?:all |now |finally )*"
    rf"{_ENDED}{_TAIL}\W*",
    re.IGNORECASE,
)
_TOLD_HOW = re.compile(r"\b(?:rolled|reverted|restarted|restored|mitigated)\b", re.IGNORECASE)
_STILL = re.compile(
    r"\W*(?:(?:no|sorry|but|nope|hmm+|it|this|that|it's|its|is|are|we|we're|things|everything|all|the \w+|just)[,\s]+)*"
    r"(?:still|not (?:yet|fixed|over|resolved|done|good|working|back|better|ok|okay|solved|up|there|it)|isn'?t|aren'?t|"
    r"don'?t|do not|doesn'?t|does not|won'?t|no change|no improvement|no progress|(?:getting |got )?worse|"
    r"(?:is |are )?(?:failing|down|broken|back) again|again|happening again)\b",
    re.IGNORECASE,
)
_AT_WORK = re.compile(
    r"\W*(?:(?:i'm|i am|we're|we are|now|just|still)\s+)*(?:fixing|debugging|deploying|rolling back|working on|"
    r"restarting|reverting|mitigating|looking into|digging into)"
    r"(?:\s+(?:it|this|that|now|a fix|the fix|the issue|the problem))*\W*",
    re.IGNORECASE,
)
_NO_PAGING = re.compile(
    r"\W*(?:please )?(?:don'?t|do not) (?:page|wake|escalate|call|ring|bother|alert|notify)\b", re.I
)
_SLIP = re.compile(
    r"\W*(?:(?:sorry|oops|whoops|ah|oh|argh|nvm|nevermind|never mind|my bad|my mistake|ignore (?:that|this|me|it)|"
    r"(?:that |this |it )?(?:was )?(?:the )?wrong (?:channel|window|room|incident|command|thread|chat|one)|"
    r"disregard(?: that)?|mistake|typo|forget (?:it|that)|scratch that|please)\W*)+",
    re.IGNORECASE,
)


def offered(text: str, number: int | None) -> Ambiguity | None:
    """The buttons for a remark; `number` is the incident of this war room."""
    said, plain = unquoted(text), folded(text).strip().lower()
    about = number is not None
    if plain.endswith("?"):
        return None
    update = (f"Post an update on {ABOUT}: “{said}”", _command("update", said, number))
    if _SLIP.fullmatch(plain) and plain != "please":
        return taking_back(number)
    if _STILL.match(plain) and (
        typed_intent.hesitates(text) or typed_intent.is_not_over(text) or len(plain.split()) <= 4
    ):
        pause = (f"Pause the paging of {ABOUT}", _command("pause", "", number))
        return Ambiguity(GOES_ON, (update, *(pause,) * bool(_NO_PAGING.match(plain))))
    if _AT_WORK.fullmatch(plain):
        return Ambiguity(AT_WORK, ((f"Acknowledge {ABOUT}", _command("ack", "", number)), update))
    if _OVER.fullmatch(plain):
        how = said if _TOLD_HOW.search(plain) else ""
        told = f": “{how}”" if how else ""
        return Ambiguity(OVER, ((f"Resolve {ABOUT}{told}", _command("resolve", how, number)), update))
    if _SOMETHING_OVER.fullmatch(plain):
        declare = (f"Declare “{said}”", Command(verbs.find("/incident", "declare"), said))
        resolve = (f"Resolve {ABOUT}: “{said}”", _command("resolve", said, number))
        return Ambiguity(OVER, (resolve, update, *(() if about else (declare,))))
    return None


def taking_back(number: int | None) -> Ambiguity:
    """ "never mind", "wrong channel": what was declared is undone or cancelled."""
    undo = ("Undo the declaration", _command("undo", "", number))
    return Ambiguity(TAKING_BACK, (undo, (f"Cancel {ABOUT}", _command("cancel", "", number))))


def _command(name: str, text: str, number: int | None) -> Command:
    return Command(verbs.find("/incident", name), text, reference=number)
