"""Everyday words that are a verb too: "end users see 500s", "cancel button is broken", "open orders are missing".

Whoever begins a title with one must not end, update or page for another incident by it: it is asked. Pure.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.domain.core import typed_intent
from bot.domain.core.typed_text import bare_word, unquoted
from handlers import verbs
from handlers.words.command import Ambiguity, Command
from handlers.words.second_thoughts import ENDS

WHICH = "Nothing is declared yet. Which title do you mean?"
_CANNOT = re.compile(
    r"(?:take|do|make|help|answer|come|join|be|now|right now|today|tonight|this|it|page|alert)\b|\S+$", re.IGNORECASE
)
"""What stands behind "can't" when somebody declines a page."""


def heeded(said: Command, first: str, whole: str, room: Callable[[], int | None]) -> Command | Ambiguity:
    """The command as it may be carried out; `first` is the word that was its verb, `whole` all that was typed."""
    verb = said.verb
    if verb is None or not said.text or said.reference is not None or said.unnamed:
        return said
    if any(not one.counts for one in said.doubt):
        return said
    if bare_word(first) != first.strip("\"'`*_~") and first[-1:] in ":,;":
        return said  # "fixed: rolled back"
    if verb.name == "declare":
        return _titled(said, first, whole)
    if not verb.prose or verb.name in ("sev", "answer"):
        return said
    here, plain = room(), bare_word(first).lower() == verb.name
    trouble = verb.name in ENDS and typed_intent.tells_of_trouble(said.text)
    if not trouble and (plain or here is not None):
        return said
    if verb.name == "decline" and _CANNOT.match(said.text):
        return said
    title = unquoted(whole)
    return replace(said, reference=here, doubt=(), unnamed=True, instead=((f"Declare “{title}”", _declaration(title)),))


def _titled(said: Command, first: str, whole: str) -> Command | Ambiguity:
    """ "open orders are missing": with the word or without it. One that names a severity or an option is certain."""
    if (
        bare_word(first).lower() == "declare"
        or said.severity
        or said.service
        or said.private
        or said.drill
        or said.triage
    ):
        return said
    longer = replace(said, text=unquoted(whole))
    if longer == said:
        return said
    return Ambiguity(WHICH, tuple((f"Declare “{one.text}”", one) for one in (said, longer)))


def _declaration(title: str) -> Command:
    verb = verbs.find("/incident", "declare")
    assert verb is not None
    return Command(verb, title)
