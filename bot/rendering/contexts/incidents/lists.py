"""What lists of incidents and the timeline show, and to whom."""

from collections.abc import Sequence

from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import TimelineEntry
from storage.queries.incident_view import IncidentView

LISTED = 15


ENTRIES = 60


OURS = frozenset({"page", "room", "postmortem", "system"})


def open_list(show: Presenter, dossiers: Sequence[IncidentView]) -> Context:
    """What `list` is given. `dossiers` are the open incidents that its reader may know of."""
    return {
        "incidents": [incident(show, one) for one in dossiers[:LISTED]],
        "more": max(0, len(dossiers) - LISTED),
    }


def timeline(show: Presenter, dossier: IncidentView, entries: Sequence[TimelineEntry]) -> Context:
    """What `timeline` is given: the newest entries in the order in which they happened."""
    shown = entries[-ENTRIES:]
    rows = [{"at": show.when(one.at), "text": show.words(one.text), "by": author(show, one)} for one in shown]
    return {"incident": incident(show, dossier), "entries": rows, "earlier": len(entries) - len(shown)}


def author(show: Presenter, entry: TimelineEntry) -> str | None:
    """Who wrote an entry, by name; nothing where Tocsin wrote it, whoever's deed made it do so."""
    return None if entry.actor == "tocsin" or entry.kind in OURS else show.name(entry.actor)
