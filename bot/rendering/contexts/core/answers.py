"""Messages that belong to no noun: help, refusals, and what is wrong with the configuration."""

from collections.abc import Sequence
from typing import Any

from bot.rendering.contexts.core.message import Messages, PlainMessage, Values, nothing
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence

MOST_PROBLEMS = 10


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


MESSAGES: Messages = {
    "help": PlainMessage(usage),
    "refusal": PlainMessage(refusal),
    "configuration_refused": PlainMessage(refused),
    "configuration_mended": PlainMessage(nothing),
}
