"""Messages about what is kept while an incident is commanded: decisions, actions, mitigations."""

from datetime import datetime

from bot.rendering.contexts.core.message import IncidentMessage, Messages, Values, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.values import When
from storage.queries.incident_view import IncidentView


def item(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """One of them as its post and every answer about it show it."""
    return {
        "incident": incident(show, dossier),
        "item": values.get("item"),
        "number": values.get("number"),
        "words": show.words(str(values.get("text") or "")),
        "state": values.get("state"),
        "owner": show.someone(values.get("owner")),
        "by": show.someone(values.get("by")),
        "person": _person(show, values.get("person")),
        "due": _when(show, values.get("due")),
        "due_at": _seconds(values.get("due")),
        "until": _when(show, values.get("until")),
        "at": _when(show, values.get("at")),
        "condition": show.words(str(values.get("condition") or "")) or None,
        "reason": show.words(str(values.get("reason") or "")) or None,
        "rollback": show.words(str(values.get("rollback") or "")) or None,
        "result": show.words(str(values.get("result") or "")) or None,
        "confirmed": bool(values.get("confirmed")),
    }


def _person(show: Presenter, who: str | None) -> object:
    """Nobody for what the clock did."""
    return None if who == "tocsin" else show.someone(who)


def _seconds(text: str | None) -> int:
    """By which a button that gives more time knows whether someone else has given it already."""
    return int(datetime.fromisoformat(text).timestamp()) if text else 0


def _when(show: Presenter, text: str | None) -> When | None:
    return show.when(datetime.fromisoformat(text)) if text else None


MESSAGES: Messages = {
    "action": IncidentMessage(of_values(item)),
    "action_overdue": IncidentMessage(of_values(item)),
    "action_noted": IncidentMessage(of_values(item), drawn_anew=True),
    "action_stands": IncidentMessage(of_values(item)),
    "decision": IncidentMessage(of_values(item)),
    "decision_objected": IncidentMessage(of_values(item)),
    "decision_due": IncidentMessage(of_values(item)),
    "decision_noted": IncidentMessage(of_values(item), drawn_anew=True),
    "decision_stands": IncidentMessage(of_values(item)),
    "mitigation": IncidentMessage(of_values(item)),
    "mitigation_noted": IncidentMessage(of_values(item), drawn_anew=True),
}
