"""Messages about who has which role: what belongs to it, and that nobody has it."""

from bot.domain.command import role_effects as duties
from bot.domain.core.people import TOCSIN
from bot.domain.incidents.roles import NAMES
from bot.rendering.contexts.core.message import Build, IncidentMessage, MessageContext, Messages, Values, of_values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.queries.incident_view import IncidentView


def given(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    """A role somebody got: its duties as tocsin.yml has them. `by` is None for whoever took it themselves."""
    key, person = str(values["role"]), values.get("person")
    row = show.catalog.roles.get(duties.configured(key))
    by = values.get("by")
    return {
        "incident": incident(show, dossier),
        "role": NAMES.get(key, key),
        "person": show.someone(person),
        "by": show.someone(by) if by and by not in (person, TOCSIN.who) else None,
        "on_call": by == TOCSIN.who,
        "duties": list(row.duties) if row else [],
        "not_duties": list(row.not_duties) if row else [],
        "both": duties.doubled(dossier.incident.severity, dossier.roles, str(person)),
        "holds": dossier.roles.get(key) == person,
        "token": f"{dossier.incident.number}:{key}",
    }


def missing(role: str) -> Build:
    """The reminder that nobody has this role, and what becomes of it."""

    def build(it: MessageContext) -> Context:
        holder = it.dossier.roles.get(role)
        row = it.dossier.incident
        return {
            "incident": incident(it.show, it.dossier),
            "vacant": holder is None,
            "who": it.show.someone(holder),
            "pages": duties.brings(row) and duties.schedule_of(it.show.catalog, role, row.severity) is not None,
        }

    return build


def long(show: Presenter, dossier: IncidentView, values: Values) -> Context:
    return {"incident": incident(show, dossier), "last": bool(values.get("last"))}


MESSAGES: Messages = {
    "role_given": IncidentMessage(of_values(given)),
    "role_emptied": IncidentMessage(of_values(given)),
    "ic_missing": IncidentMessage(missing("ic")),
    "comms_missing": IncidentMessage(missing("comms")),
    "scribe_missing": IncidentMessage(missing("scribe")),
    "commanded_long": IncidentMessage(of_values(long)),
}
