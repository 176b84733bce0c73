"""The lines that a war room hears: who has it, who commands, the severity, what was escalated."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.domain.command import heard as rules
from bot.rendering.contexts.core.message import IncidentMessage, MessageContext, Messages
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident


def heard(it: MessageContext) -> Context:
    """`heard`: all that the message tells, in its order."""
    lines = [_line(it.show, one) for one in rules.merged(it.values.get("heard", []))]
    return {"incident": incident(it.show, it.dossier), "lines": lines}


def _line(show: Presenter, one: Mapping[str, Any]) -> Context:
    if one["about"] == "severity":
        was = show.severity(one["was"]) if one["was"] != one["now"] else None
        return {"about": "severity", "now": show.severity(one["now"]), "was": was,
                "reason": show.words(one["reason"]) or None}  # fmt: skip
    line: Context = {"about": one["about"], "who": show.someone(one["who"])}
    if one["about"] == "acknowledged":
        return line | {"took": timedelta(seconds=one["seconds"])}
    if one["about"] == "ic":
        return line | {"was": show.someone(one["was"]) if one["was"] != one["who"] else None}
    return line | {"whom": show.listed(one["whom"]), "level": one["level"]}


MESSAGES: Messages = {"heard": IncidentMessage(heard)}
