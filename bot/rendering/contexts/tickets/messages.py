"""Messages about an incident's ticket."""

from bot.domain.tickets.tickets import cure
from bot.rendering.contexts.core.message import IncidentMessage, Messages, Values, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.queries.incident_view import IncidentView


def ticket(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """The incident has the ticket itself; `again`: it was asked for before."""
    return {
        "incident": incident(show, dossier),
        "tracker": show.catalog.integrations.tickets.called,
        "by": show.someone(values.get("person")),
        "again": bool(values.get("again")),
    }


def refused(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """Why not, what helps, and the title that was typed, so that it is not lost."""
    reason = str(values.get("reason") or "")
    return {
        **ticket(show, dossier, values),
        "reason": reason,
        "cure": Sentence(cure(reason)),
        "title": show.words(str(values.get("title") or "")) or None,
    }


MESSAGES: Messages = {
    "ticket": IncidentMessage(of_values(ticket)),
    "ticket_made": IncidentMessage(of_values(ticket)),
    "ticket_refused": IncidentMessage(of_values(refused)),
}
