"""What lists of incidents and the timeline show, and to whom."""

from collections.abc import Iterable, Sequence

from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import TimelineEntry
from storage.queries.incident_view import IncidentView

LISTED = 15


ENTRIES = 60


OURS = frozenset({"page", "room", "postmortem", "system"})


def visible(show: Presenter, dossiers: Iterable[IncidentView], viewer: str | None) -> list[IncidentView]:
    """Private incidents are shown to those who take part in them and to admins, and to nobody else."""
    known = show.catalog.person_by_slack(viewer) if viewer else None
    names = {viewer, known.key} if known else {viewer}
    admin = show.catalog.is_admin(known)
    return [one for one in dossiers if admin or not one.incident.private or names & _participants(one)]


def _participants(dossier: IncidentView) -> set[str | None]:
    by = dossier.escalation.acknowledged_by if dossier.escalation else None
    paged = {page.person for page in dossier.pages}
    found: set[str | None] = {dossier.incident.declared_by, by, *dossier.roles.values(), *paged}
    return found - {None}


def open_list(show: Presenter, dossiers: Sequence[IncidentView], viewer: str | None = None) -> Context:
    """What `list` is given."""
    shown = visible(show, dossiers, viewer)
    return {
        "incidents": [incident(show, one) for one in shown[:LISTED]],
        "more": max(0, len(shown) - LISTED),
    }


def timeline(show: Presenter, dossier: IncidentView, entries: Sequence[TimelineEntry]) -> Context:
    """What `timeline` is given: the newest entries in the order in which they happened."""
    shown = entries[-ENTRIES:]
    rows = [{"at": show.when(one.at), "text": show.words(one.text), "by": author(show, one)} for one in shown]
    return {"incident": incident(show, dossier), "entries": rows, "earlier": len(entries) - len(shown)}


def author(show: Presenter, entry: TimelineEntry) -> str | None:
    """Who wrote an entry, by name; nothing where Tocsin wrote it, whoever's deed made it do so."""
    return None if entry.actor == "tocsin" or entry.kind in OURS else show.name(entry.actor)
