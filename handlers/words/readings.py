"""Words with more than one reading: a button for each. Pure.

A title may hold an option or a severity: nothing private becomes public and no drill pages in earnest because a flag
was written in an unusual way. Everyday words may mean a verb: "it is a sev2 now", "on it", "never mind".
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_doubts, typed_intent, typed_references, typed_severity
from bot.domain.core.typed_text import cut, unquoted
from bot.domain.core.verb import Verb
from handlers import verbs
from handlers.words import incident_words, people_named, remarks, title_talk
from handlers.words.command import Ambiguity, Command

Room = Callable[[], int | None]
A_LEVEL = "Nothing has changed yet. Do you mean the severity of an incident?"
TITLE = "Nothing is declared yet. Do you want to declare it?"
DECLARING = ("trigger", "file", "launch", "log", "begin", "send", "post", "alert", "sound", "issue")
TAKING = "Nothing has changed yet. Do you mean that you have it?"
_TAKING = re.compile(r"\b(?:on it|got|have|mine|i'll|ill|taking|looking)\b", re.IGNORECASE)
_FALSE = re.compile(r"\W*(?:it(?:'s| is| was) |that was )?a?\s*(?:false alarm|mistake|oops|whoops)\W*", re.IGNORECASE)
DEFAULT = "SEV-3"
DOUBT = "Nothing is declared yet. Which do you mean?"
PAGES = "Nothing is declared yet. Declaring pages the people on call. Declare it anyway?"
NO_TITLE = "Nothing is declared yet. That doesn't sound like something that is broken. Declare it anyway?"
NOT_NOW = ("Not now", Command(None))
KINDS = {"private": ("private", "public"), "drill": ("a drill", "a real one")}


def offered(text: str, catalog: Catalog, room: Room) -> Ambiguity | None:
    """What these words mean beside a title."""
    if _TAKING.search(text) and typed_intent.is_courtesy(text, taking=True):
        return Ambiguity(TAKING, (("Acknowledge", Command(named("ack"))),))
    here = room()
    wish = people_named.wished(text, catalog, here) or people_named.given_role(text, catalog, here)
    if remark := remarks.offered(text, here) or wish:
        return remark
    if _FALSE.fullmatch(text) or typed_intent.hesitates(text):
        return remarks.taking_back(here)
    word, rest = cut(text)
    if word.lower() in DECLARING and (leveled := typed_severity.first(rest, catalog)).key and leveled.text:
        declaration = Command(named("declare"), unquoted(leveled.text), severity=leveled.key, given="word")
        shown = catalog.severity_label(leveled.key)
        return Ambiguity(TITLE, ((f"Declare {shown}: “{declaration.text}”", declaration),))
    return about_a_severity(text, catalog, here)


def about_a_severity(text: str, catalog: Catalog, number: int | None) -> Ambiguity | None:
    """ "make it sev2", "downgrade this to sev3, few customers". Elsewhere than in a war room more words may declare."""
    every = typed_severity.levels(text, catalog)
    levels = [one for one in every if incident_words.is_about_a_severity(text[: one.start])]
    if not levels or not re.search(r"\w", text[: every[0].start]):
        return None
    level = levels[-1]
    reason = re.sub(r"^(?:\W|(?:now|please|pls|then|already)\b)+", "", text[level.end :])
    return of_a_change(level.key, reason, catalog, number)


def of_a_change(key: str, reason: str, catalog: Catalog, number: int | None) -> Ambiguity:
    """The change of a severity, offered; elsewhere than in a war room the words may declare, too."""
    shown = catalog.severity_label(key)
    label = f"Make {catalog.reference(number)} {shown}" if number else f"Change the severity to {shown}"
    choices = [(label, changed(key, reason, number))]
    if reason and number is None:
        declaration = Command(named("declare"), reason, severity=key, given="word")
        choices.append((f"Declare {shown}: “{reason}”", declaration))
    return Ambiguity(A_LEVEL, tuple(choices))


def of_changes(text: str, catalog: Catalog, number: int | None, also: Command | Ambiguity | None = None) -> Ambiguity:
    """The severity changed to any that the words may name, and what they are besides."""
    reason = typed_severity.without(text, catalog)
    reason = "" if reason == text else reason
    asked = [of_a_change(key, reason, catalog, number) for key in typed_severity.named(text, catalog)]
    beside = also.choices if isinstance(also, Ambiguity) else ((f"Declare “{also.text}”", also),) if also else ()
    return replace(asked[0], choices=(*(choice for one in asked for choice in one.choices), *beside))


def leveled(text: str, talk: Ambiguity, catalog: Catalog, number: int | None) -> Ambiguity:
    """ "sev2 because the db is ok" in a war room: the change of its severity comes first."""
    found = typed_severity.first(text, catalog)
    if number is None or found.key is None or typed_severity.is_undecided(text) or not found.text:
        return talk
    return replace(talk, choices=(*of_a_change(found.key, found.text, catalog, number).choices, *talk.choices))


def of_two_numbers(text: str, catalog: Catalog) -> Ambiguity | None:
    """ "sev 1 2": either may be the incident, and the other one the level."""
    found = re.fullmatch(r"\W*(\d+)\W+(?:to |for )?(\d+)\W*", text)
    if found is None or found[1] == found[2]:
        return None
    one, other = found.groups()
    pairs = [(number, typed_severity.word(level, catalog)) for number, level in ((one, other), (other, one))]
    if any(key is None for _, key in pairs):
        return None
    asked = [of_a_change(str(key), "", catalog, int(number)) for number, key in pairs]
    return replace(asked[0], choices=tuple(choice for one in asked for choice in one.choices))


def changed(level: str | None, reason: str, number: int | None = None) -> Command:
    """The command that changes a severity."""
    given = "word" if level else ""
    return Command(named("sev"), unquoted(reason), reference=number, severity=level, given=given)


def named(name: str) -> Verb:
    """The verb of this name, which there is."""
    found = verbs.find("/incident", name)
    assert found is not None
    return found


def settled(said: Command | Ambiguity, catalog: Catalog) -> Command | Ambiguity:
    """The command, or the question with every reading of each declaration in it."""
    if isinstance(said, Command):
        found = _readings(said, catalog)
        asked = _asked(said, catalog)
        if len(found) == 1 and not asked:
            return found[0][1]
        buttons = [_paged(one, asked, catalog) for one in found]
        return Ambiguity(asked or DOUBT, tuple(buttons if len(found) > 1 else [*buttons, NOT_NOW]))
    choices = []
    for label, command in said.choices:
        found = _readings(command, catalog)
        choices += found if len(found) > 1 or found[0][1] != command else [(label, command)]
    return replace(said, choices=tuple(choices))


def names_two(words: str, prefix: str, room: Room) -> bool:
    """Of two incidents, or of the room's and another one, the form of `merge` asks which is meant."""
    return len(typed_references.find(words, prefix)) > 1 or room() is not None


def in_triage(said: Command | Ambiguity) -> Command | Ambiguity:
    """`triage checkout is slow` declares with `--triage`, in whichever reading is chosen."""
    if isinstance(said, Command):
        return replace(said, triage=True)
    return replace(said, choices=tuple((label, replace(one, triage=True)) for label, one in said.choices))


def _asked(said: Command, catalog: Catalog) -> str:
    """What is asked before a title declares that may be none, or that says whom not to wake."""
    if said.verb is None or said.verb.name != "declare" or not said.text:
        return ""
    if title_talk.spares(said.text):
        return PAGES if said.service or catalog.policy_for(said.severity or DEFAULT) else ""
    return NO_TITLE if title_talk.is_talk(said.text) or incident_words.is_for_a_verb(said.text, catalog) else ""


def _paged(found: tuple[str, Command], asked: str, catalog: Catalog) -> tuple[str, Command]:
    """The choice, whose button says that it pages where that is the question."""
    told, said = found
    label = told or _label("", said, catalog)
    return (label.replace(": “", " and page: “", 1) if asked == PAGES else label), said


def _readings(said: Command, catalog: Catalog) -> list[tuple[str, Command]]:
    if said.verb is None or said.verb.name != "declare" or not said.text:
        return [("", said)]
    if not said.private and (rest := typed_doubts.leads_to_level(said.text, "private")):
        said = _releveled(replace(said, private=True), rest, catalog)
    found = [("", said)]
    for name in KINDS:
        found = [one for told, command in found for one in _with_option(told, command, name, catalog)]
    return [
        (_label(told, leveled, catalog), leveled)
        for told, command in found
        for leveled in _with_severities(command, catalog)
    ]


def _with_option(told: str, said: Command, name: str, catalog: Catalog) -> list[tuple[str, Command]]:
    """The reading in which it is an option, then the one in which it is a word."""
    if getattr(said, name):
        return [(told, said)]
    if rest := typed_doubts.leads_to_level(said.text, name):
        said = _releveled(said, rest, catalog)
        optional = said
    elif perhaps := typed_doubts.option(said.text, name):
        optional = _releveled(said, perhaps.title, catalog)
    else:
        return [(told, said)]
    yes, no = KINDS[name]
    drill = replace(optional, drill=True) if name == "drill" else replace(optional, private=True)
    return [(f"{told}, {yes}", drill), (f"{told}, {no}", said)]


def _releveled(said: Command, title: str, catalog: Catalog) -> Command:
    """The title anew, whose first or last word may be a severity now."""
    leveled = typed_severity.read(title, catalog)
    if said.severity or leveled.key is None:
        return replace(said, text=title)
    return replace(said, text=leveled.text, severity=leveled.key, given="word")


def _with_severities(said: Command, catalog: Catalog) -> list[Command]:
    """With each severity that the title still names, then as it is; a flag has said which."""
    if said.given == "flag":
        return [said]
    others = [key for key in typed_severity.named(said.text, catalog) if key != said.severity]
    return [*(_leveled(said, key, catalog) for key in others), said]


def _leveled(said: Command, key: str, catalog: Catalog) -> Command:
    return replace(said, severity=key, given="word", text=typed_severity.without(said.text, catalog))


def _label(told: str, said: Command, catalog: Catalog) -> str:
    level = f" {catalog.severity_label(said.severity)}" if said.severity else ""
    told = f", private{told}" if said.private and "private" not in told else told
    return f"Declare{level}{told}: “{said.text}”" if said.text else f"Declare{level}{told}"
