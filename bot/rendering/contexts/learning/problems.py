"""Messages about problems: the answer to whoever says something of one, and the list."""

from bot.domain.learning import problems as rules
from bot.rendering.contexts.core.message import IncidentMessage, Messages, PlainMessage, Values, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.contexts.incidents.incident import problem as shown
from storage.queries.incident_view import IncidentView


def problem(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """The problem that was meant, as it is now; nothing where the incident does not come from it any more."""
    ident = values.get("problem")
    row = next((one for one in dossier.problems if one.id == ident), None)
    return {
        "incident": incident(show, dossier),
        "name": rules.name(ident),
        "problem": shown(show, row) if row else None,
    }


def listed(show: Presenter, values: Values) -> Context:
    """`problems` are those that their reader may know of, newest first, with references of incidents they know."""
    rows = [
        {**one, "owner": show.someone(one.get("owner")), "title": show.words(str(one["title"])),
         "workaround": show.words(str(one.get("workaround") or "")) or None}
        for one in values.get("problems", [])
    ]  # fmt: skip
    return {"problems": rows, "all": bool(values.get("all"))}


MESSAGES: Messages = {
    "problem": IncidentMessage(of_values(problem)),
    "problems": PlainMessage(listed),
}
