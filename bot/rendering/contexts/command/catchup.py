"""The catch-up of whoever comes late: five lines, each with what it rests on, and how they can take part."""

from bot.domain.command import catchup as rules
from bot.domain.command.catchup import Known, Said
from bot.rendering.contexts.core.message import IncidentMessage, MessageContext, Messages
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, duration, incident
from bot.rendering.durations import human
from storage.queries.command import Kept
from storage.queries.incident_view import IncidentView


def lines(show: Presenter, dossier: IncidentView, kept: Kept) -> list[Said]:
    """The five of them, in words for whoever reads them."""
    row, escalation = dossier.incident, dossier.escalation
    known = Known(
        severity=show.severity(row.severity),
        updates=dossier.updates,
        decisions=kept.decisions,
        mitigations=kept.mitigations,
        roles=kept.roles,
        pages=dossier.pages,
        note=kept.note,
        acknowledged_by=escalation.acknowledged_by if escalation else None,
    )
    said = rules.written(row, known, human(duration(row, show.now)))
    return [Said(one.label, show.words(one.text), tuple(map(show.words, one.rests))) for one in said]


def catchup(it: MessageContext) -> Context:
    """`welcome`: it is told to somebody who comes into the room; else they have asked for it."""
    said = lines(it.show, it.dossier, it.kept)
    return {
        "incident": incident(it.show, it.dossier),
        "lines": [{"label": one.label, "text": one.text, "rests": " · ".join(one.rests)} for one in said],
        "welcome": bool(it.values.get("person")),
    }


def help_offered(it: MessageContext) -> Context:
    """`known`: they had said so before; `lead` reads of it, if anybody does."""
    values = it.values
    return {
        "incident": incident(it.show, it.dossier),
        "by": it.show.someone(values.get("by")),
        "lead": it.show.someone(values.get("lead")),
        "known": bool(values.get("known")),
    }


MESSAGES: Messages = {
    "joined": IncidentMessage(catchup, kept=True),
    "help_offered": IncidentMessage(help_offered),
    "help_noted": IncidentMessage(help_offered),
}
