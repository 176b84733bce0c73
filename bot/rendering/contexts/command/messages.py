"""Messages of commanding an incident: the offer of command and what becomes of it."""

from datetime import datetime, timedelta

from bot.rendering.contexts.core.message import IncidentMessage, Messages, Values, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.values import When
from storage.queries.incident_view import IncidentView


def offer(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """An offer of command as a message of any of its sides shows it. The brief is the newest offer's own."""
    number = values.get("offer")
    newest = dossier.offer if dossier.offer and dossier.offer.id == number else None
    held = values.get("held")
    return {
        "incident": incident(show, dossier),
        "offer": number,
        "state": values.get("state"),
        "giver": show.someone(values.get("giver")),
        "asked": show.someone(values.get("whom")),
        "by": show.someone(values.get("by")),
        "in_their_name": values.get("by") != values.get("giver"),
        "until": _when(show, values.get("until")),
        "reason": show.words(str(values.get("reason") or "")) or None,
        "next": show.someone(values.get("next")),
        "held": timedelta(seconds=held) if held else None,
        "brief": show.words(newest.brief) if newest else None,
        "worry": (show.words(newest.worry) or None) if newest else None,
        "more": newest is not None and not newest.extended,
        "again": bool(values.get("again")),
    }


def held(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """Who commands, told to somebody who would."""
    return {
        "incident": incident(show, dossier),
        "person": show.someone(values.get("person")),
        "before": show.someone(values.get("before")),
        "by": show.someone(values.get("by")),
        "reason": show.words(str(values.get("reason") or "")) or None,
        "holds": bool(values.get("holds")),
    }


def _when(show: Presenter, text: str | None) -> When | None:
    return show.when(datetime.fromisoformat(text)) if text else None


MESSAGES: Messages = {
    "command_offered": IncidentMessage(of_values(offer)),
    "command_offer": IncidentMessage(of_values(offer)),
    "command_offer_told": IncidentMessage(of_values(offer)),
    "command_offer_over": IncidentMessage(of_values(offer)),
    "command_offer_later": IncidentMessage(of_values(offer), drawn_anew=True),
    "command_accepted": IncidentMessage(of_values(offer), drawn_anew=True),
    "command_declined": IncidentMessage(of_values(offer), drawn_anew=True),
    "command_moved": IncidentMessage(of_values(offer)),
    "command_released": IncidentMessage(of_values(offer)),
    "command_held": IncidentMessage(of_values(held)),
    "command_taken": IncidentMessage(of_values(held)),
    "command_left": IncidentMessage(of_values(held)),
}
