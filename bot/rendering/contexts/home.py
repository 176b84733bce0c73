"""Lists of several things: open incidents, a timeline, who is on call, and the App Home of one person."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.core.people import slack_id
from bot.domain.incidents.lifecycle import is_open
from bot.rendering.contexts.core.presenter import Showing
from bot.rendering.contexts.incidents.incident import Context, incident
from storage.models import Page, TimelineEntry
from storage.queries.incidents import Dossier

LISTED = 15
AT_HOME = 8
ENTRIES = 60
OURS = frozenset({"page", "room", "postmortem", "system"})
LOOK_AHEAD = timedelta(days=28)


def visible(show: Showing, dossiers: Iterable[Dossier], viewer: str | None) -> list[Dossier]:
    """Private incidents are shown to those who take part in them and to admins, and to nobody else."""
    known = show.catalog.person_by_slack(viewer) if viewer else None
    names = {viewer, known.key} if known else {viewer}
    admin = known is not None and known.access == "admin"
    return [one for one in dossiers if admin or not one.incident.private or names & _participants(one)]


def _participants(dossier: Dossier) -> set[str | None]:
    by = dossier.escalation.acknowledged_by if dossier.escalation else None
    paged = {page.person for page in dossier.pages}
    found: set[str | None] = {dossier.incident.declared_by, by, *dossier.roles.values(), *paged}
    return found - {None}


def open_list(show: Showing, dossiers: Sequence[Dossier], viewer: str | None = None) -> Context:
    """What `list` is given."""
    shown = visible(show, dossiers, viewer)
    return {
        "incidents": [incident(show, one) for one in shown[:LISTED]],
        "more": max(0, len(shown) - LISTED),
    }


def timeline(show: Showing, dossier: Dossier, entries: Sequence[TimelineEntry]) -> Context:
    """What `timeline` is given: the newest entries in the order in which they happened."""
    shown = entries[-ENTRIES:]
    rows = [{"at": show.when(one.at), "text": show.words(one.text), "by": author(show, one)} for one in shown]
    return {"incident": incident(show, dossier), "entries": rows, "earlier": len(entries) - len(shown)}


def author(show: Showing, entry: TimelineEntry) -> str | None:
    """Who wrote an entry, by name; nothing where Tocsin wrote it, whoever's deed made it do so."""
    return None if entry.actor == "tocsin" or entry.kind in OURS else show.name(entry.actor)


def who(show: Showing, at: datetime | None = None, schedule: str | None = None) -> Context:
    """What `who` is given; `at` None means now, `schedule` narrows it to one."""
    names = [schedule] if schedule else list(show.catalog.schedules)
    return {
        "at": show.when(at),
        "schedules": [_schedule(show, name, at or show.now) for name in names],
        "skipped": list(show.plan.skipped),
    }


def _schedule(show: Showing, name: str, at: datetime) -> Context:
    now = show.plan.on_call(name, at)
    return {"schedule": name, "people": show.everyone(now.people), "until": show.when(now.until)}


def home(show: Showing, viewer: str, dossiers: Sequence[Dossier], pages: Sequence[Page]) -> Context:
    """What `home` is given. `pages` are those that wait for the viewer, `dossiers` the open incidents."""
    shown = visible(show, dossiers, viewer)
    return {
        "duties": _duties(show, viewer),
        "next_duty": _next_duty(show, viewer),
        "incidents": [incident(show, one) for one in shown[:AT_HOME]],
        "needs": [*_pages(show, shown, pages), *_updates(show, viewer, shown)],
        "schedules": who(show)["schedules"],
    }


def _pages(show: Showing, dossiers: Sequence[Dossier], pages: Sequence[Page]) -> list[Context]:
    known = {one.incident.number: one for one in dossiers}
    return [
        _need(show, "page", page.id, known[page.incident], None)
        for page in pages
        if page.incident is not None and page.incident in known
    ]


def _updates(show: Showing, viewer: str, dossiers: Sequence[Dossier]) -> list[Context]:
    """The updates that this person owes: as comms lead, or as commander where there is none."""
    return [
        _need(show, "update", one.incident.number, one, one.incident.next_update_at)
        for one in dossiers
        if is_open(one.incident)
        and one.incident.next_update_at
        and (one.roles.get("comms") or one.roles.get("ic")) == viewer
    ]


def _need(show: Showing, kind: str, ident: Any, dossier: Dossier, due: datetime | None) -> Context:
    row = dossier.incident
    return {"kind": kind, "id": ident, "ref": show.ref(row.number), "title": show.words(row.title),
            "due_at": show.when(due)}  # fmt: skip


def _duties(show: Showing, viewer: str) -> list[Context]:
    found = []
    for name in show.catalog.schedules:
        now = show.plan.on_call(name, show.now)
        if viewer in {slack_id(one, show.catalog) for one in now.people}:
            found.append({"schedule": name, "until": show.when(now.until)})
    return found


def _next_duty(show: Showing, viewer: str) -> Context | None:
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
