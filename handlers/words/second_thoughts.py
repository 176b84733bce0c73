"""Words that must end nothing: second thoughts, a question, a call for help, and what stands for an incident. Pure."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_intent, typed_references, typed_severity
from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import cut, folded, says_something
from bot.domain.core.verb import EXAMPLE, Verb
from bot.domain.incidents import typed_ending
from handlers import verbs
from handlers.words.command import Command
from storage.models import IncidentStatus

CALLS_OFF = ("cancel", "stop", "undo")
ENDS = (*CALLS_OFF, "resolve", "close", "reopen")
"""What a question does not do."""
ASKED = (*ENDS, "ic", "role", "status", "pause", "resume", "unack", "confirm", "pass", "handoff", "take-command",
         "accept", "reject", "hold", "unhold", "merge", "complaint")  # fmt: skip
"""What a question does not do either."""
TELLS = ("resolve", "cancel", "reopen")
"""Verbs whose words say how or why."""
INVERSE = {"ack": "unack", "pause": "resume", "resolve": "reopen", "close": "reopen", "cancel": "reopen"}
HESITATED = (*ENDS, "update", "ack", "unack", "pass", "escalate", "page", "confirm", "resume", "pause", "take-command",
             "accept", "reject", "hold", "unhold", "merge")  # fmt: skip
DONE = "done"
"""It ticks an action, and it says how an incident ended."""
STOOD_IN = (*ENDS, "ack", "unack", "confirm", "resume", "update", "decline")
"""Verbs after which "both" or "the other one" is an incident."""


_POINTING = re.compile(
    "the|my|his|her|their|our|your|that|this|last|latest|next|all|of|for|to|please|pls|now|from|as|war|s|is|it|on"
)
_OURS = re.compile(
    "pages?|paging|alerts?|alarms?|escalations?|updates?|notes?|ic|commander|roles?|comms|scribe|tech|lead|pause|snooze|"
    "commands?|message|messages|reminders?|timers?|announcements?|handovers?|hand-?off|covers?|swaps?|overrides?|shift|"
    "declaration|reply|ack|acknowledge?ment|invites?|invitation|question|notifications?|sev(?:erity)?(?:-?\\d)?|p\\d|levels?|"
    "change|changes|room|channel|war-?room|vendor|case|specialists?|manager|schedule|status|triage|investigating|"
    "identified|monitoring|paused?|nudges?|policy"
)
"""What this product calls something of its own."""
_PAGING = re.compile(r"\b(?:pages?|paging|alerts?|alarms?|escalations?)\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(r"\b(?:commands?|declaration|messages?)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\W*(?:(?:it(?:'s)?|all|this is|now|is|we are|issue|incident)\s+)*(?:resolved?|fixed|closed?|done|over|solved)"
    r"\W*(?:now|thanks)?\W*",
    re.IGNORECASE,
)
"""Words of an update that say that it is over."""
_TEST = re.compile(r"\W*(?:(?:a|this is a|just a|the) )?(?:tests?|testing|demo)(?: \d+)?\W*", re.IGNORECASE)
_OR_SO = re.compile(
    r"\W*(?:or so|ish|or thereabouts|or something|or similar|or higher|or lower|or worse)\b", re.IGNORECASE
)
"""What makes a severity or a status a guess."""


class SecondThoughts(DomainError):
    """ "{text}" sounds like second thoughts, so nothing was done. If you want it after all, write `{example}`."""


class OnlyAsked(DomainError):
    """ "{text}" sounds like a question, so nothing was done. If you want it done, write `{example}`."""


def heeded(said: Command, catalog: Catalog, room: Callable[[], int | None]) -> Command:
    """The command as it may be carried out. Raises SecondThoughts and OnlyAsked."""
    verb = said.verb
    if verb is None or not said.text or verb.name == "help":
        return said
    if typed_intent.asks_help(said.text):
        return Command(verb=verbs.find("/incident", "help"), text=verb.name)
    if verb.name == "undo" and (back := _taken_back(said)) is not None:
        return back
    if verb.name in ("sev", "status", "hold") and _is_doubted(verb, said.text):
        raise SecondThoughts(text=said.text[:60], example=_example(verb, said, catalog))
    if verb.name in STOOD_IN and _leaves_out(said, catalog):
        return replace(said, reference=None, doubt=(), unnamed=True)
    if verb.name in HESITATED and _hesitates(verb, said.text):
        raise SecondThoughts(text=said.text[:60], example=_example(verb, said, catalog))
    adds_nothing = not verb.takes_words or verb.name in ("page", "escalate")
    if adds_nothing and typed_intent.is_courtesy(said.text, taking=verb.name in ("ack", "confirm")):
        return replace(said, text="")
    if verb.name in ASKED and typed_intent.asks(said.text):
        raise OnlyAsked(text=said.text[:60], example=_example(verb, said, catalog))
    if verb.name in (*TELLS, "update") and (doubted := _tells_nothing(said, catalog, room)) is not None:
        return doubted
    if verb.name in ENDS and (other := _another_thing(said, catalog)) is not None:
        return replace(said, reference=_meant(said, room), unnamed=True, instead=other)
    if verb.name == "stop" and typed_ending.is_for_one(said.text):
        decline = Command(verbs.find("/incident", "decline"), reference=_meant(said, room))
        return replace(said, reference=decline.reference, unnamed=True, instead=(("Decline my page", decline),))
    if verb.name in ENDS and _may_mean_another(said.text, catalog):
        return replace(said, reference=_meant(said, room), unnamed=True)
    if verb.name == "update" and not said.doubt and _OVER.fullmatch(said.text):
        resolve = Command(verbs.find("/incident", "resolve"), reference=_meant(said, room))
        return replace(said, reference=resolve.reference, unnamed=True, instead=(("Resolve it", resolve),))
    stands = typed_intent.stand_in(said.text) if verb.name in STOOD_IN and not said.doubt else None
    if stands is not None and said.reference is None:
        that = verb.name in CALLS_OFF and "that" in said.text.lower().split()[0]  # it may be what was typed before
        certain = stands.here and room() is not None and not that
        return replace(said, text=stands.text, reference=room() if certain else None, unnamed=not certain)
    if (
        verb.name in ("update", "resolve", "note")
        and not says_something(said.text)
        and not any(map(str.isdigit, said.text))
    ):
        return replace(said, text="")
    return said


def _hesitates(verb: Verb, text: str) -> bool:
    return typed_intent.hesitates(text, calls_off=verb.name in CALLS_OFF, reports=verb.name == "update")


def _taken_back(said: Command) -> Command | None:
    """ "undo ack": what gives it back. What ended is asked about, because it pages."""
    named = verbs.find("/incident", said.text.strip(" .!").removeprefix("the ").removeprefix("my "))
    inverse = verbs.find("/incident", INVERSE.get(named.name, "")) if named else None
    if inverse is None:
        return None
    return replace(said, verb=inverse, text="", unnamed=inverse.name == "reopen")


def _tells_nothing(said: Command, catalog: Catalog, room: Callable[[], int | None]) -> Command | None:
    """The command without its words, or in doubt, when they do not say how it ended or where it stands."""
    assert said.verb is not None
    asked = replace(said, reference=_meant(said, room), unnamed=True)
    told = typed_ending.undashed(said.text)
    if told != said.text and not said.doubt:
        return _tells_nothing(replace(said, text=told), catalog, room) or replace(said, text=told)
    if said.verb.name == "update":
        if typed_ending.is_withheld(said.text) or typed_ending.begins_as_a_flag(said.text):
            return asked
        if typed_intent.asks(said.text):
            return asked
        if typed_ending.only_promises(said.text):
            return replace(said, text="")
        return _more_than_text(asked, catalog)
    if typed_ending.is_withheld(said.text):
        return asked
    if typed_ending.says_nothing(said.text):
        return replace(said, text="") if typed_intent.is_courtesy(said.text) else asked
    if said.verb.name == "reopen":
        return None  # "did not work" says why
    word = said.text.strip(" .!")
    another = None if word.lower() == DONE else verbs.find("/incident", word)
    calls_off = said.verb.name in CALLS_OFF
    if (
        (another is not None and another != said.verb and not another.reads)
        or typed_ending.is_no_end(said.text)
        or typed_ending.names_another_thing(said.text, calls_off=calls_off)
    ):
        return asked
    return None


def _more_than_text(asked: Command, catalog: Catalog) -> Command | None:
    """ "sev2", "drill", "the schedule": a level, or a thing of ours, in place of an update."""
    if cut(asked.text)[0].lower().rstrip(":,") in IncidentStatus.SETTABLE:
        return None
    leveled = typed_severity.read(asked.text, catalog)
    if leveled.key and not leveled.text:
        change = Command(verbs.find("/incident", "sev"), reference=asked.reference, severity=leveled.key, given="word")
        return replace(asked, instead=((f"Make it {catalog.severity_label(leveled.key)}", change),))
    words = [word for word in re.findall(r"[\w'-]+", asked.text.lower()) if not _POINTING.fullmatch(word)]
    ours = bool(words) and all(_OURS.fullmatch(word) for word in words)
    return asked if ours or typed_ending.names_another_thing(asked.text) or _TEST.fullmatch(asked.text) else None


def _may_mean_another(text: str, catalog: Catalog) -> bool:
    """ "if bo agrees", "1,2", "bo's outage": what is not over, or which incident it is, is not certain."""
    names = "|".join(re.escape(part) for key, one in catalog.people.items() for part in (key, *one.name.split()))
    whose = rf"(?:the )?(?:{names})(?:'s|s'|s)? (?:one|incident|outage|issue|problem|thing)\b"
    return (
        typed_intent.is_not_over(text)
        or typed_intent.only_points(text)
        or (names != "" and re.match(whose, folded(text), re.IGNORECASE) is not None)
    )


def _is_doubted(verb: Verb, text: str) -> bool:
    """ "sev2 maybe", "monitoring not yet", "sev3 if it gets better", "2h not yet"."""
    tail = cut(text)[1] if verb.name in ("status", "hold") else text
    doubts = typed_intent.hesitates(tail) or (verb.name != "hold" and typed_intent.is_not_over(tail))
    return bool(tail) and (_OR_SO.match(tail) is not None or doubts)


def _meant(said: Command, room: Callable[[], int | None]) -> int | None:
    return said.reference if said.reference is not None or said.doubt else room()


def _another_thing(said: Command, catalog: Catalog) -> tuple[tuple[str, Command], ...] | None:
    """What else is called off by words that name a thing of ours, such as "the paging"; None when they name none."""
    words = [
        word for word in re.findall(r"<@\w+[^<>]*>|[^\W_][\w'-]*", said.text.lower()) if not _POINTING.fullmatch(word)
    ]
    ours = [word for word in words if _OURS.fullmatch(word)]
    assert said.verb is not None
    if not words or len(words) > 3 or (said.verb.name == "stop" and _PAGING.search(said.text)):
        return None
    people = {part.lower() for key, one in catalog.people.items() for part in (key, *one.name.split())}
    names = (word.removesuffix("'s") for word in words if not _OURS.fullmatch(word))
    if not all(word in people or word.startswith("<@") for word in names):
        return None
    offered = []
    if _PAGING.search(said.text) or not ours:
        offered.append(("Stop the paging", Command(verbs.find("/incident", "stop"), reference=said.reference)))
    if _SAID_BEFORE.search(said.text):
        offered.append(("Undo the declaration", Command(verbs.find("/incident", "undo"), reference=said.reference)))
    return tuple(offered)


def _leaves_out(said: Command, catalog: Catalog) -> bool:
    """Whether the words leave out the incident that they would be taken for: "not INC-1", "all but 1"."""
    if typed_intent.all_but(said.text):
        return True
    named = typed_references.find(said.text, catalog.display.id_prefix)
    left_out = {one.number for one in named if typed_intent.leaves_out(said.text[: one.start])}
    return bool(left_out) and said.reference in (None, *left_out)


def _example(verb: Verb, said: Command, catalog: Catalog) -> str:
    level = f" {catalog.severity_label(said.severity)}" if said.severity else ""
    state = f" {said.text.split()[0].lower()}" if verb.name == "status" and said.text else ""
    text = " rolled back" if verb.name == "resolve" else level or state
    return f"/incident {verb.name} {catalog.reference(said.reference or EXAMPLE)}{text}"
