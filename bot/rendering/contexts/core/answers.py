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
    """What `help` is given: the verbs in groups as their table says, or one of them."""
    return {"tip": None, "groups": [], "one": None, "example": show.ref(42), "number": "42", **values}


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
    pages = [_waiting(show, one) for one in values.get("waiting", [])]
    about = next((one.get("number") for one in values.get("waiting", ())), None)
    on_call = [(name, show.listed(people) or "no one") for name, people in values.get("on_call", ())]
    told = [f"On call now: {'; '.join(f'{name}: {people}' for name, people in on_call)}"] if on_call else []
    still_open = [f"{show.ref(number)} {show.severity(key)} {title}" for number, key, title in values.get("open", ())]
    told += [f"Open now: {'; '.join(still_open)}"] if still_open else []
    return {"pages": pages, "more": values.get("more", 0), "asked": bool(values.get("asked")),
            "reacted": bool(values.get("reacted")), "told": [Sentence(show.words(one)) for one in told],
            "question": bool(values.get("question")),
            "instead": (values.get("instead") or "").replace("`", "") or None,
            "tip": values.get("tip") or None, "example": show.ref(values.get("number") or about or 42)}  # fmt: skip


def _waiting(show: Presenter, one: Values) -> dict[str, Any]:
    """A page that waits for whoever wrote; one that an older release stored has no more than its title."""
    severity, status = one.get("state") or ("", "")
    return {"id": one["id"], "about": one["about"], "why": Sentence(show.words(one["why"])) if one.get("why") else None,
            "state": f"{show.severity(severity)} \u00b7 {status.capitalize()}" if severity else None,
            "room_url": show.channel_url(one["room"]) if one.get("room") else None}  # fmt: skip


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
