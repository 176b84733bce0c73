"""Messages that belong to no noun: help, refusals, and what is wrong with the configuration."""

from collections.abc import Sequence
from typing import Any

from bot.rendering.contexts.core.message import Messages, PlainMessage, Values, nothing
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence

MOST_PROBLEMS = 10
COMMAND = 120
"""Characters of a command that is suggested."""


def refusal(show: Presenter, values: Values) -> dict[str, Any]:
    return {"sentence": Sentence(show.words(values["sentence"]))}


def usage(show: Presenter, values: Values) -> dict[str, Any]:
    """What `help` is given: the verbs as their table says, or none."""
    return {"tip": None, "verbs": [], "example": show.ref(42), "number": "42", **values}


def refused(show: Presenter, values: Values) -> dict[str, Any]:
    """Mistakes of a configuration, each with its place."""
    problems: Sequence[str] = values["problems"]
    shown = [Sentence(one) for one in problems[:MOST_PROBLEMS]]
    return {"problems": shown, "more": max(0, len(problems) - MOST_PROBLEMS)}


def fell_back(show: Presenter, values: Values) -> dict[str, Any]:
    """Places of the file, as `policies.critical`."""
    gone: Sequence[str] = values["gone"]
    return {"gone": [Sentence(one) for one in gone[:MOST_PROBLEMS]], "more": max(0, len(gone) - MOST_PROBLEMS)}


def hello(show: Presenter, values: Values) -> dict[str, Any]:
    """What is said to words that nothing is done for: which pages wait, or how commands are written."""
    pages = [{"id": one["id"], "about": one["about"]} for one in values.get("waiting", [])]
    return {"pages": pages, "more": values.get("more", 0), "asked": bool(values.get("asked")),
            "reacted": bool(values.get("reacted")),
            "tip": values.get("tip") or None, "example": show.ref(values.get("number") or 42)}  # fmt: skip


def undelivered(show: Presenter, values: Values) -> dict[str, Any]:
    """What could not be delivered, `who`? (person) for, `why`, and the `cure`."""
    person = values.get("person")
    words = {name: Sentence(values[name]) for name in ("what", "why", "cure")}
    return {**words, "who": show.person(person) if person else None}


MESSAGES: Messages = {
    "hello": PlainMessage(hello),
    "not_delivered_plain": PlainMessage(undelivered),
    "help": PlainMessage(usage),
    "refusal": PlainMessage(refusal),
    "configuration_refused": PlainMessage(refused),
    "configuration_mended": PlainMessage(nothing),
    "configuration_fell_back": PlainMessage(fell_back),
    "configuration_differs": PlainMessage(lambda show, values: {"sections": list(values["sections"])}),
}
