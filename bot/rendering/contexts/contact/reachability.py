"""Who on call cannot be reached well, and by which provider nobody can: to the owners of schedules and the admins."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.rendering.contexts.core.message import Messages, PlainMessage, Values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents.incident import Context

MOST = 20
HELPED_BY_A_TEST = frozenset({"failed", "asleep", "slack_only", "no_zone", "guest"})
BUTTONS = 5


def reachability(show: Presenter, findings: Sequence[Mapping[str, Any]]) -> Context:
    """What `reachability` is given: the findings of one channel, as they were stored."""
    people = dict.fromkeys(one["person"] for one in findings if one["person"] and one["kind"] in HELPED_BY_A_TEST)
    return {
        "findings": [{"text": Sentence(one["sentence"]), "advice": Sentence(one["advice"])} for one in findings[:MOST]],
        "more": max(0, len(findings) - MOST),
        "people": [{"id": person, "name": show.name(person)} for person in list(people)[:BUTTONS]],
    }


def way_refused(show: Presenter, values: Values) -> Context:
    return {"way": values["way"], "reason": values["reason"]}


def way_accepted(show: Presenter, values: Values) -> Context:
    return {"way": values["way"]}


MESSAGES: Messages = {
    "way_refused": PlainMessage(way_refused),
    "way_accepted": PlainMessage(way_accepted),
}
