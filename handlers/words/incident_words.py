"""Which incident the words of a command name: certain, or in doubt, which is asked before anything changes. Pure.

In a war room its incident is meant: words that name another one are in doubt. Elsewhere an incident in front of the
words is certain; one in the middle of a sentence, or a number that may count something, is in doubt.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_references, typed_severity
from bot.domain.core.errors import NoSuchIncident
from bot.domain.core.typed_references import Reference
from bot.domain.core.typed_severity import word as severity_word
from bot.domain.core.typed_text import bare_word, cut, says_something, unquoted
from bot.domain.core.verb import Verb
from handlers import verbs
from handlers.words.command import Command, Named
from storage.models import IncidentStatus

Room = Callable[[], int | None]
COUNTS = {"pause": "for", "escalate": "level to l"}
"""Verbs that take a number of their own, and the words in front of it."""
_HEADS = {"status": IncidentStatus.SETTABLE, "update": IncidentStatus.SETTABLE, "answer": ("yes", "no")}
_ALL_HANDS = re.compile(r"^\W*all[- ]?hands\b", re.IGNORECASE)
_HOUR = re.compile(
    r"\W*(?:am|pm|a\.m|p\.m|utc|gmt|o'clock|noon|midnight|(?:m|mins?|minutes?|h|hrs?|hours?)\s+ago)\b", re.IGNORECASE
)
_UNIT = re.compile(r"(?:s|sec|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\b", re.IGNORECASE)
_LEVEL = re.compile(r"(?:sev(?:erity)?|p)[-_]?\d*", re.IGNORECASE)
_COURTESY = re.compile("please|pls|plz|now|thanks|again|and|or|the|for|on|this|incident|it", re.IGNORECASE)
_CHANGE = re.compile(
    "was|were|would|could|could've|will|called|call|consider|treat|make|set|change|bump|raise|lower|upgrade|downgrade|move|it|this|that|incident|to|from|now|is|be|a|an|as|should|"
    "maybe|please|only|just|really|still|the|level|severity"
)
_CHATTER = re.compile(
    "thanks|thank|you|thx|ty|hi|hello|hey|ok|okay|yes|no|yo|cheers|cool|great|nice|good|job|test|lol|sorry|oops|bye|"
    "morning|night|evening|afternoon|luck|everyone|everybody|folks|guys|congrats|congratulations|well|done|please|so|much|all|team|you're|welcome"
)
_QUESTION = re.compile(
    "who|what|which|when|where|how|whose|why|is|are|was|were|can|could|does|do|did|has|have|"
    "had|should|shall|will|would|may|might|must|isn't|aren't|wasn't|weren't|anyone|anybody|am|shouldn't|won't"
)


def placed(said: Command, one: Reference, text: str, room: Room, *, known: bool = False) -> Command:
    """The command with the incident in front of its words: meant, unless this is another one's war room.

    `known`: it stands in front of the verb. Raises NoSuchIncident for a number that none can have.
    """
    verb, number = said.verb, possible(one, text)
    assert verb is not None
    if verb.reads or (verb.shows_without and not said.text):
        return replace(said, reference=number)
    counts = one.kind == "bare" and verb.prose and said.text != ""
    here = room()
    if not counts and here in (None, number):
        return replace(said, reference=number)
    if counts and here is not None and not known:
        return said
    whole = said.text if known or not counts else unquoted(text)
    return replace(said, text=whole, doubt=(Named(number, said.text, counts=counts),))


def possible(one: Reference, text: str) -> int:
    """The number. Raises NoSuchIncident when no incident can have it."""
    if not one.number:
        raise NoSuchIncident(ref=text[one.start : one.end][:40])
    return one.number


def about(said: Command, words: str, prefix: str, room: Room, *, prose: bool = False) -> Command:
    """The command with whichever incident its words name. `prose`: they are free text, in which a number counts."""
    verb = said.verb
    assert verb is not None
    if prose or verb.prose or (verb.takes_words and not verb.reference_last) or _ALL_HANDS.search(words):
        return _in_prose(said, verb, words, prefix, room)
    found = typed_references.find(words, prefix) or _bare(verb, words, room)
    if found and not verb.takes_words:
        found += typed_references.others(words, found[-1])
    different = list({one.number: one for one in found}.values())
    if not different:
        return said
    rest = words
    for one in reversed(found):
        rest = typed_references.left(rest, one)
    rest = "" if not says_something(rest) and not re.search(r"[\w@]", rest) else rest
    rest = "" if rest.lower() in ("and", "or", "+", "&", "to", "through", "then", "plus") else rest
    said = replace(said, text=unquoted(rest.strip(" ,;:")))
    if len(different) > 1:
        return replace(said, doubt=tuple(Named(possible(one, words), said.text) for one in different))
    return placed(said, different[0], words, room)


def _bare(verb: Verb, words: str, room: Room) -> list[Reference]:
    """Numbers that can only be an incident: all where the verb takes no words, else the first or the last word."""
    found = typed_references.numbers(words)
    if not verb.takes_words:
        return found
    if not found or (verb.name in COUNTS and room() is not None):
        return []
    first, last = found[0], found[-1]
    if typed_references.leads(words, first) and not _belongs(verb, words, first):
        return [first]
    return [last] if typed_references.ends(words, last) and not _belongs(verb, words, last) else []


def _belongs(verb: Verb, words: str, one: Reference) -> bool:
    """`15 minutes`, `level 3`, `for 15`: a number of the verb's own."""
    leading = COUNTS.get(verb.name)
    if leading is None:
        return False
    before = bare_word(words[: one.start].split()[-1]).lower() if words[: one.start].split() else ""
    return before in leading.split() or _UNIT.match(words[one.end :].lstrip()) is not None


def _in_prose(said: Command, verb: Verb, words: str, prefix: str, room: Room) -> Command:
    found = typed_references.find(words, prefix)
    heads = _HEADS.get(verb.name, ())
    lead = next((one for one in found[:1] if typed_references.leads(words, one, tuple(heads))), None)
    if lead is not None:
        also = [one for one in found[1:2] if typed_references.listed(words, lead, one) and one.number != lead.number]
        going_on = typed_references.others(words, lead)
        end = going_on[-1].end if going_on else lead.end
        said = replace(said, text=unquoted(typed_references.left(words, replace(lead, end=end))))
        also = [*also, *(one for one in going_on if one.number != lead.number)]
        if also:
            return replace(said, doubt=tuple(Named(possible(one, words), said.text) for one in (lead, *also)))
        return placed(said, lead, words, room)
    here = room()
    if found:
        numbers = list(dict.fromkeys(one.number for one in found))
        if here in numbers and len(numbers) == 1:
            return replace(said, reference=here)
        faint = {one.number: one.kind == "hash" or not verb.prose for one in found}
        return replace(said, doubt=tuple(Named(number, said.text, faint[number]) for number in numbers))
    if here is not None:
        return _in_room(said, words, here)
    return _counting(said, verb, words, room)


def _in_room(said: Command, words: str, here: int) -> Command:
    """In a war room a number alone, or one with a colon or comma behind it, may be another incident."""
    found = typed_references.numbers(words)[:1]
    if not found or found[0].number in (0, here) or not typed_references.leads(words, found[0]):
        return said
    rest = unquoted(typed_references.left(words, found[0]))
    if rest and not re.match(r"[)\]]?\s*[:,;]|\s+[-–—]\s", words[found[0].end :]):
        return said
    return replace(said, doubt=(Named(found[0].number, rest, faint=rest != "", counts=rest != ""),))


def _counting(said: Command, verb: Verb, words: str, room: Room) -> Command:
    """A number in front of a sentence or at its end, outside of a war room."""
    found = typed_references.numbers(words)
    if not found:
        return said
    first, last = found[0], found[-1]
    if len(found) > 1 and not re.search(r"\w", re.sub(r"\d+|\b(?:and|or|to|through|then)\b", "", words)):
        different = dict.fromkeys(possible(one, words) for one in found)
        return replace(said, text="", doubt=tuple(Named(number, "") for number in different))
    if words[: first.start].strip().lower() in ("in", "within") and _UNIT.match(words[first.end :].lstrip()):
        return said
    if typed_references.leads(words, first) and _HOUR.match(words[first.end :]):
        return said
    if typed_references.leads(words, first):
        rest = unquoted(typed_references.left(words, first))
        decided = verb.name == "answer" and bare_word(cut(rest)[0]).lower() in _HEADS["answer"]
        if not verb.prose or not rest or decided:
            first = replace(first, kind="full") if decided else first
            return placed(replace(said, text=rest), first, words, room)
        return replace(said, doubt=(Named(possible(first, words), rest, counts=True),))
    if typed_references.ends(words, last) and last.number:
        rest = unquoted(typed_references.left(words, last))
        return replace(said, doubt=(Named(last.number, rest, faint=True, counts=True),))
    return said


def before_level(words: str, catalog: Catalog) -> list[Reference]:
    """`sev 42 high`: a bare number with a severity behind it."""
    first, rest = cut(words)
    second = cut(rest)[0]
    found = typed_references.numbers(words)[:1]
    if found and bare_word(first) == str(found[0].number) and second and severity_word(bare_word(second), catalog):
        return [replace(found[0], kind="full")]
    return []


def is_title(text: str, catalog: Catalog) -> bool:
    """Whether it says anything besides the incidents, people, numbers and severities that it names."""
    rest = text
    for one in reversed(typed_references.find(text, catalog.display.id_prefix)):
        rest = typed_references.left(rest, one)
    words = [word for word in rest.split() if not _LEVEL.fullmatch(bare_word(word)) and not _COURTESY.fullmatch(word)]
    return says_something(" ".join(words))


def is_just_an_incident(text: str) -> bool:
    """ "declare a new incident, please": what is happening is still to be said."""
    words = re.findall(r"[^\W_]+", text.lower())
    return "incident" in words and all(
        _COURTESY.fullmatch(word) or word in ("a", "an", "new", "another") for word in words
    )


def is_no_title(text: str, catalog: Catalog) -> bool:
    """Words that ask for something else than an incident: a verb or nearly one, a question, a courtesy."""
    words = [bare_word(word).lower() for word in text.split()]
    if not words or all(_CHATTER.fullmatch(word) for word in words if word):
        return True
    if typed_severity.slipped(text, catalog):
        return False
    named = typed_references.find(text, catalog.display.id_prefix)
    behind = typed_references.find(cut(text)[1], catalog.display.id_prefix)[:1]
    if len(words) <= 3 and behind and typed_references.leads(cut(text)[1], behind[0]):
        return True  # "merge INC-2", "make INC-1 private": a verb that there is not
    return bool(verbs.near("/incident", words[0]) or _QUESTION.fullmatch(words[0]) or (named and verb_among(words)))


def is_for_a_verb(text: str, catalog: Catalog) -> bool:
    """A title that is a question, a courtesy, or a verb with nothing but people behind it: "ack", "page bo"."""
    words = [bare_word(word).lower() for word in text.split()]
    if asks(text) or all(_CHATTER.fullmatch(word) for word in words if word):
        return True
    people = {part.lower() for key, one in catalog.people.items() for part in (key, *one.name.split())}
    rest = [word for word in text.split() if not word.startswith(("@", "<@")) and bare_word(word).lower() not in people]
    if rest and verbs.find("/incident", bare_word(rest[0]).lower()):
        return not is_title(" ".join(rest[1:]), catalog)
    return not rest


def asks(text: str) -> bool:
    """Whether it is a question: "is this a sev1?"."""
    return text.rstrip().endswith("?") or _QUESTION.fullmatch(bare_word(cut(text)[0]).lower()) is not None


def is_about_a_severity(text: str) -> bool:
    """Words in front of a level that say nothing but that it is to be changed: "make it sev2"."""
    words = [bare_word(word).lower() for word in text.split()]
    return all(_CHANGE.fullmatch(word) or _LEVEL.fullmatch(word) for word in words if word)


def verb_among(words: Sequence[str]) -> Verb | None:
    """The first word that is a verb, for whoever writes a whole sentence: "can you resolve INC-2"."""
    return next((verb for word in words if (verb := verbs.find("/incident", bare_word(word).lower()))), None)
