"""Lists of several things: open incidents, a timeline, who is on call, and the App Home of one person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.core.people import slack_id
from bot.domain.incidents.lifecycle import is_open, titled
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.contexts.schedules.lists import who
from storage.models import Page
from storage.queries.incident_view import IncidentView

AT_HOME = 8


LOOK_AHEAD = timedelta(days=28)


def home(show: Presenter, viewer: str, dossiers: Sequence[IncidentView], pages: Sequence[Page]) -> Context:
    """What `home` is given. `pages` are those that wait for the viewer, `dossiers` the open incidents known to them."""
    return {
        "duties": _duties(show, viewer),
        "next_duty": _next_duty(show, viewer),
        "incidents": [incident(show, one) for one in dossiers[:AT_HOME]],
        "needs": [*_pages(show, dossiers, pages), *_updates(show, viewer, dossiers)],
        "schedules": who(show)["schedules"],
    }


def _pages(show: Presenter, dossiers: Sequence[IncidentView], pages: Sequence[Page]) -> list[Context]:
    known = {one.incident.number: one for one in dossiers}
    return [
        _need(show, "page", page.id, known[page.incident], None)
        for page in pages
        if page.incident is not None and page.incident in known
    ]


def _updates(show: Presenter, viewer: str, dossiers: Sequence[IncidentView]) -> list[Context]:
    """The updates that this person owes: as comms lead, or as commander where there is none."""
    return [
        _need(show, "update", one.incident.number, one, one.incident.next_update_at)
        for one in dossiers
        if is_open(one.incident)
        and one.incident.next_update_at
        and (one.roles.get("comms") or one.roles.get("ic")) == viewer
    ]


def _need(show: Presenter, kind: str, ident: Any, dossier: IncidentView, due: datetime | None) -> Context:
    row = dossier.incident
    return {"kind": kind, "id": ident, "ref": show.ref(row.number), "title": show.words(titled(row)),
            "due_at": show.when(due)}  # fmt: skip


def _duties(show: Presenter, viewer: str) -> list[Context]:
    found = []
    for name in show.catalog.schedules:
        now = show.plan.on_call(name, show.now)
        if viewer in {slack_id(one, show.catalog) for one in now.people}:
            found.append({"schedule": name, "until": show.when(now.until)})
    return found


def _next_duty(show: Presenter, viewer: str) -> Context | None:
    """The first turn that begins within four weeks."""
    begins = [
        (shift.start, name)
        for name in show.catalog.schedules
        for shift in show.plan.shifts(name, show.now, show.now + LOOK_AHEAD)
        if shift.start > show.now and viewer in {slack_id(one, show.catalog) for one in shift.people}
    ]
    if not begins:
        return None
    start, name = min(begins)
    return {"schedule": name, "start": show.when(start)}
