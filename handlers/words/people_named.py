"""Whom a command names: one of two, somebody later, or somebody who is wished for without a verb. Pure.

`page bo or cy` and `page bo in ten minutes` page no one before it is asked; "wake bo" and "I need a dba" offer a page.
"""

import re
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core.people import MENTION
from bot.domain.core.typed_text import mentioned
from bot.domain.incidents import roles
from bot.domain.paging import whom
from handlers import verbs
from handlers.words.command import Ambiguity, Command
from handlers.words.remarks import ABOUT

EITHER = "Nothing has been done yet. Who do you mean?"
LATER = "No one has been paged: there is no page for later."
NO_LATER = "Nothing was done: there is no such thing for later."
ROLE = "Nothing has been done yet. Do you want to give a role?"
MYSELF = ("me", "myself", "i", "self")
WISHED = "Nothing has been done yet. Do you want to page someone?"
_OR = re.compile(r"\s*(?<!<)/\s*|\s*,?\s+(?:or(?: maybe| else)?|then|otherwise|else)\s+|\s*\|\s*", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+and\s+|\s*[&+,]\s*", re.IGNORECASE)
_NUMBER = r"(?:\d+|an?|half an|one|two|five|ten|fifteen|twenty|thirty|a few|a couple of)"
_WHEN = (
    rf"(?:in|within|after) {_NUMBER} ?(?:s|sec(?:ond)?s?|m|mins?|minutes?|h|hrs?|hours?|days?|moment|bit|while)\b"
    r"|later|tomorrow|tonight|soon|next (?:week|morning|shift)|in the morning|not (?:yet|now)"
    r"|(?:at|from|by|around) (?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?|noon|midnight)\b"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|after (?:lunch|dinner|work|hours|the meeting|stand-?up)"
)
_LATER = re.compile(
    rf"^(?P<whom>(?:\S+\s+){{1,4}}?)(?:maybe |please |but |only |just )*"
    rf"(?:(?:{_WHEN})(?:[^\w].*)?|(?:if|when|once|unless|until)\s.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ONLY_LATER = re.compile(
    rf"\W*(?:please |but |only |just )*(?:{_WHEN})(?: today| please| on| or so)*\W*", re.IGNORECASE
)
_WISH = re.compile(
    r"^\W*(?:please |pls )?(?:(?:can|could) (?:you|we|someone|somebody|anyone) (?:please )?)?(?:i |we )?"
    r"(?:wake(?: up)?|ping|notify|alert|get(?: me| us| hold of)?|call(?: in)?|fetch|bring(?: in)?|page|"
    r"(?:really )?need(?: help from)?|contact|ring|phone|summon|reach(?: out to)?|invite|add|want|loop in|pull in|"
    r"involve)\s+"
    r"(?:up\s+)?(?:an?\s+|the\s+|our\s+|some(?:one|body) from\s+|any(?:one|body) from\s+|help from\s+)*(?P<whom>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND = re.compile(
    r"\s+(?:here|in here|in|up|on this|to help|help|online|involved|awake|for this|quickly|person|guy)$", re.I
)

_FOR_ONE = ("ic", "role", "pass", "handoff")
"""The verbs that give something to one person."""
_BUTTONS = {"handoff": "Hand over to", "pass": "Pass the page to", "escalate": "Escalate to"}
"""How a button begins that names a person."""


def asked(said: Command, catalog: Catalog) -> Command | Ambiguity:
    """The command, or the question whom it means, or whether it is meant now."""
    if said.verb is None or not said.text or said.unnamed or said.dry_run:
        return said
    if said.verb.name in ("escalate", "ask-manager") and _ONLY_LATER.fullmatch(said.text):
        label = "Escalate now" if said.verb.name == "escalate" else "Ask the manager now"
        return Ambiguity(NO_LATER, ((label, replace(said, text="", doubt=())),))
    if said.doubt:
        return said
    if said.verb.name in ("page", "escalate", "pass", "handoff") and (found := _LATER.match(said.text)):
        name = found["whom"].strip().rstrip(",;:-")
        if name and not _ONLY_LATER.fullmatch(name):
            label = f"{_label(said, _shown(whom.bare(name), catalog))} now"
            return Ambiguity(LATER if said.verb.name == "page" else NO_LATER, ((label, replace(said, text=name)),))
    return _either(said, catalog)


def _label(said: Command, shown: str, role: str = "") -> str:
    """How a button says that it is this person."""
    name = said.verb.name if said.verb else ""
    if name in ("ic", "role"):
        return f"Make {shown} {role or 'IC'}"
    return f"{_BUTTONS.get(name, 'Page')} {shown}"


def _either(said: Command, catalog: Catalog) -> Command | Ambiguity:
    """ "bo or cy", "bo/cy"; one command only has "bo and cy", too."""
    verb = said.verb
    if verb is None or verb.name not in (*_FOR_ONE, "page", "escalate") or known(said.text, catalog):
        return said
    head, text = _role(said.text) if verb.name == "role" else ("", said.text)
    one_only = verb.name in _FOR_ONE
    parts = [part for one in _OR.split(text) for part in (_AND.split(one) if one_only else [one])]
    if not 2 <= len(parts) <= 4:
        return said
    *names, last = parts
    lasts, why = whom.read(last, lambda word: known(word, catalog) is not None)
    targets = [one for name in [*names, *lasts] if (one := known(name, catalog))]
    if len(lasts) != 1 or len(targets) != len(parts):
        return said
    because = f": {why}" if why and not one_only else ""
    choices = [
        (_label(said, shown, head.strip()), replace(said, text=f"{head}{name}{because}")) for name, shown in targets
    ]
    if not one_only:
        both = ", ".join(name for name, _ in targets) + because
        choices.append((_label(said, "both" if len(targets) == 2 else "all of them"), replace(said, text=both)))
    return Ambiguity(EITHER, tuple(choices))


def _role(text: str) -> tuple[str, str]:
    """The words of the role, then the people."""
    words = text.split() or [""]
    count = 2 if len(words) > 2 and words[1].lower() == "lead" else 1
    return " ".join(words[:count]) + " ", " ".join(words[count:])


def wished(text: str, catalog: Catalog, number: int | None) -> Ambiguity | None:
    """ "wake bo", "I need a dba": the page of whoever is named, beside the title that it may be."""
    found = _WISH.match(text)
    if found is None or text.rstrip().endswith("?"):
        return None
    wanted = found["whom"].strip()
    while (shorter := _BEHIND.sub("", whom.bare(wanted))) != wanted:
        wanted = shorter
    names, why = whom.read(wanted, lambda word: known(word, catalog) is not None)
    targets = [one for name in names if (one := known(name, catalog))]
    if not names or len(targets) != len(names):
        return None
    written = ", ".join(target for target, _ in targets) + (f": {why}" if why else "")
    page = Command(verbs.find("/incident", "page"), written, reference=number)
    choices = [(f"Page {' and '.join(shown for _, shown in targets)} for {ABOUT}", page)]
    if why and number is None:
        choices.append((f"Declare “{text}”", Command(verbs.find("/incident", "declare"), text)))
    return Ambiguity(WISHED, tuple(choices))


def given_role(text: str, catalog: Catalog, number: int | None) -> Ambiguity | None:
    """ "scribe me", "comms bo": a role and whom it is for, without a verb."""
    role, who = (part.strip(" :,-") for part in _role(text.strip()))
    key, person = roles.ALIASES.get(role.lower()), whom.bare(who)
    found = (person, "yourself") if person.lower() in MYSELF else known(person, catalog)
    if key is None or not person or found is None or len(person.split()) > whom.LONGEST:
        return None
    give = Command(verbs.find("/incident", "role"), f"{key} {found[0]}", reference=number)
    return Ambiguity(ROLE, ((f"Make {found[1]} {roles.NAMES[key]} of {ABOUT}", give),))


def known(word: str, catalog: Catalog) -> tuple[str, str] | None:
    """How somebody or something that can be paged is written and shown; None for what nobody configured."""
    name = whom.bare(word)
    if MENTION.fullmatch(name):
        person = catalog.person_by_slack(mentioned(name)[0])
        return name, person.name if person else "them"
    plain = name.lower().lstrip("@")
    for key, one in catalog.people.items():
        if plain in (key.lower(), one.name.lower(), one.name.split()[0].lower()):
            return name, one.name
    for spelled in whom.spellings(whom.usual(name), catalog, ()):
        for table in (catalog.specialists, catalog.teams):
            if spelled in table:
                return spelled, table[spelled].name
        if spelled in catalog.schedules or spelled in catalog.policies:
            return spelled, spelled
    return None


def _shown(word: str, catalog: Catalog) -> str:
    found = known(word, catalog)
    return found[1] if found else word
