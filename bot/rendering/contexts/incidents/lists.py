"""What lists of incidents and the timeline show, and to whom."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.rendering.contexts.core.message import Values
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Dated
from bot.rendering.contexts.incidents.incident import Context, begins, incident
from storage.models import Incident, TimelineEntry
from storage.queries.incident_view import IncidentView
from storage.queries.incidents import EVERY

LISTED = 15
"""So many are shown with everything that a line has room for."""
FURTHER = 200
"""So many more in short, for whoever asks for all."""


ENTRIES = 60


DIGESTED = 15


OURS = frozenset({"page", "room", "postmortem", "system"})


def open_list(
    show: Presenter,
    dossiers: Sequence[IncidentView],
    left_out: Sequence[Incident] = (),
    *,
    everything: bool = False,
    ended: Sequence[IncidentView] = (),
    own: Mapping[str, str] = EVERY,
    others: int = 0,
) -> Context:
    """What `list` is given. `dossiers` are the open incidents that its reader may know of, worst first; `ended` the
    newest of the others. What is left out is counted by severity; `others` are open and not the reader's own.
    """
    left = Counter(row.severity for row in left_out)
    return {
        "incidents": [incident(show, one) | {"begins": begins(show, one)} for one in dossiers[:LISTED]],
        "further": [incident(show, one) for one in dossiers[LISTED:]],
        "ended": [incident(show, one) for one in ended],
        "more": left.total(),
        "left": [f"{count} {show.severity(key)}" for key, count in sorted(left.items())],
        "everything": everything,
        "others": others,
        "only": [f"{key}={show.words(value)}" for key, value in own.items()],
    }


def found(show: Presenter, dossiers: Sequence[IncidentView], *, more: bool, asked: str) -> Context:
    """What `found` is given: what fits, newest first; `more`: there are others beside these."""
    rows = [incident(show, one) | {"day": show.dated(one.incident.declared_at)} for one in dossiers]
    return {"incidents": rows, "more": more, "asked": asked}


def most(*, everything: bool) -> int:
    """How many are shown."""
    return LISTED + (FURTHER if everything else 0)


def worst_first(rows: Iterable[Incident]) -> list[Incident]:
    """By severity, and the newest first among equals."""
    return sorted(rows, key=lambda row: (row.severity, -(row.number or 0)))


def is_mine(one: IncidentView, viewer: str) -> bool:
    """Whether somebody declared it, has a role in it, or answered its page."""
    holder = one.escalation.acknowledged_by if one.escalation else None
    return viewer in (one.incident.declared_by, holder, *one.roles.values())


def timeline(show: Presenter, dossier: IncidentView, entries: Sequence[TimelineEntry]) -> Context:
    """What `timeline` is given: the newest entries in the order in which they happened."""
    shown = entries[-ENTRIES:]
    number = dossier.incident.number
    rows = [{"at": show.when(one.at), "text": told(show, one, number), "by": author(show, one)} for one in shown]
    return {"incident": incident(show, dossier), "entries": rows, "earlier": len(entries) - len(shown)}


def digest(show: Presenter, dossier: IncidentView, entries: Sequence[TimelineEntry], values: Values) -> Context:
    """What `digest` is given: the newest lines of those that were written since."""
    since = datetime.fromisoformat(values["since"]) if values.get("since") else None
    rows = [one for one in entries if since is None or one.recorded_at >= since]
    number = dossier.incident.number
    lines = [{"at": show.when(one.at), "text": told(show, one, number)} for one in rows[-DIGESTED:]]
    more = max(0, len(rows) - DIGESTED)
    return {"incident": incident(show, dossier), "count": values["count"], "lines": lines, "more": more}


def told(show: Presenter, entry: TimelineEntry, number: int | None) -> str | Dated:
    """The line in words; one of an incident that was merged into `number` begins with its reference."""
    tag = "" if entry.incident == number else f"{show.ref(entry.incident)} · "
    return show.told(f"{tag}{entry.text}")


def author(show: Presenter, entry: TimelineEntry) -> str | None:
    """Who wrote an entry, by name; nothing where Tocsin wrote it, whoever's deed made it do so."""
    return None if entry.actor == "tocsin" or entry.kind in OURS else show.name(entry.actor)
