"""What each severity means, as people read it, and what was suggested for an incident."""

from typing import Any

from bot.domain.incidents import severity as severity_rules
from bot.domain.incidents.lifecycle import is_open
from bot.rendering.contexts.core.message import MessageContext, Values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident


def definitions(show: Presenter, values: Values) -> dict[str, Any]:
    """What `severities` is given: every level, worst first, with what it brings."""
    return {"severities": [_level(show, key) for key in show.catalog.severities]}


def _level(show: Presenter, key: str) -> Context:
    row = show.catalog.severities[key]
    label = show.severity(key)
    return {
        "dot": show.dot(key),
        "label": label if label == row.label else f"{label} {row.label}",
        "definition": row.definition,
        "impact": row.impact or None,
        "response": row.response or None,
        "examples": list(row.examples),
        "ack": row.ack,
        "cadence": row.cadence,
    }


def suggested(it: MessageContext) -> Context:
    """`token`: what the button carries that sets it; None when it is the severity already, or the incident is over."""
    row, severity = it.dossier.incident, it.values["severity"]
    between = it.values.get("between")
    return {
        "incident": incident(it.show, it.dossier),
        "suggested": it.show.severity(severity),
        "dot": it.show.dot(severity),
        "between": it.show.severity(between) if between else None,
        "reasons": [{**one, "severity": it.show.severity(one["severity"])} for one in it.values["reasons"]],
        "token": f"{row.number}-{severity}" if is_open(row) and severity != row.severity else None,
    }


def complaint(it: MessageContext) -> Context:
    """`known`: they had said so before. `count`: how many say so by now."""
    return {
        "incident": incident(it.show, it.dossier),
        "known": it.values["known"],
        "count": it.dossier.incident.complaint_count,
    }


def target_missed(it: MessageContext) -> Context:
    """`what`: what is so although its time is over, in words; `open`: there is still something to do about it."""
    return {
        "incident": incident(it.show, it.dossier),
        "target": it.values["target"],
        "what": severity_rules.missed(it.values["target"], it.values["within"]),
        "level": it.show.severity(it.values["severity"]),
        "open": is_open(it.dossier.incident),
    }
