"""Words that must end nothing: second thoughts, a question, a call for help, and what stands for an incident. Pure."""

from collections.abc import Callable
from dataclasses import replace

from bot.catalog import Catalog
from bot.domain.core import typed_intent, typed_references
from bot.domain.core.errors import DomainError
from bot.domain.core.typed_text import says_something
from bot.domain.core.verb import EXAMPLE, Verb
from handlers import verbs
from handlers.words.command import Command

CALLS_OFF = ("cancel", "stop", "undo")
ENDS = (*CALLS_OFF, "resolve", "close", "reopen")
"""What a question does not do."""
HESITATED = (*ENDS, "update", "ack", "unack", "handover", "escalate", "page", "confirm", "resume", "pause")
STOOD_IN = (*ENDS, "ack", "unack", "confirm", "resume", "update", "decline")
"""Verbs after which "both" or "the other one" is an incident."""


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
    if verb.name in STOOD_IN and _leaves_out(said, catalog):
        return replace(said, reference=None, doubt=(), unnamed=True)
    if verb.name in HESITATED and typed_intent.hesitates(said.text, calls_off=verb.name in CALLS_OFF):
        raise SecondThoughts(text=said.text[:60], example=_example(verb, said, catalog))
    adds_nothing = not verb.takes_words or verb.name in ("page", "escalate")
    if adds_nothing and typed_intent.is_courtesy(said.text, taking=verb.name in ("ack", "confirm")):
        return replace(said, text="")
    if verb.name in ENDS and typed_intent.asks(said.text):
        raise OnlyAsked(text=said.text[:60], example=_example(verb, said, catalog))
    stands = typed_intent.stand_in(said.text) if verb.name in STOOD_IN and not said.doubt else None
    if stands is not None and said.reference is None:
        certain = stands.here and room() is not None
        return replace(said, text=stands.text, reference=room() if certain else None, unnamed=not certain)
    if verb.name in ("update", "resolve") and not says_something(said.text) and not any(map(str.isdigit, said.text)):
        return replace(said, text="")
    return said


def _leaves_out(said: Command, catalog: Catalog) -> bool:
    """Whether the words leave out the incident that they would be taken for: "not INC-1", "all but 1"."""
    if typed_intent.all_but(said.text):
        return True
    named = typed_references.find(said.text, catalog.display.id_prefix)
    left_out = {one.number for one in named if typed_intent.leaves_out(said.text[: one.start])}
    return bool(left_out) and said.reference in (None, *left_out)


def _example(verb: Verb, said: Command, catalog: Catalog) -> str:
    text = " rolled back" if verb.name == "resolve" else ""
    return f"/incident {verb.name} {catalog.reference(said.reference or EXAMPLE)}{text}"
