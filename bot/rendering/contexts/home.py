"""The App Home of one person: their shifts, what is open with their roles, what needs them, and who is on call."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.contact import methods, planning
from bot.domain.contact.methods import NAMES as WAYS
from bot.domain.contact.methods import Contactee, Occasion
from bot.domain.core.people import slack_id
from bot.domain.incidents.lifecycle import tidy, titled
from bot.domain.incidents.roles import NAMES
from bot.domain.schedules import coverage
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.rendering.contexts.incidents.incident import Context, incident
from bot.rendering.contexts.schedules import schedules as shown
from bot.rendering.durations import human
from storage.models import Incident
from storage.queries.at_home import Mine
from storage.queries.incident_view import IncidentView

INCIDENTS, NEEDS, SCHEDULES, SHIFTS, WARNINGS = 8, 12, 12, 4, 3
"""So many of each are shown; the others are counted, with the way to them."""
TITLE = 120
AHEAD = timedelta(days=14)
"""How far gaps of schedules are looked for."""


@dataclass(frozen=True)
class AtHome:
    """What the records say: everything open that the viewer may know of, worst first; of `dossiers` more is known.
    `findings` is what could keep a page from somebody, as it was found last night."""

    viewer: str
    rows: Sequence[Incident] = ()
    dossiers: Sequence[IncidentView] = ()
    mine: Mine = field(default_factory=Mine)
    findings: Sequence[dict[str, Any]] = ()


def first(rows: Sequence[Incident], mine: Mine) -> list[Incident]:
    """Those that are shown: the viewer's own before the others."""
    return sorted(rows, key=lambda row: row.number not in mine.own)[:INCIDENTS]


def home(show: Presenter, at: AtHome) -> Context:
    """What `home` is given."""
    needs = [need for _, need in sorted(_needs(show, at), key=lambda one: one[0])]
    left = Counter(row.severity for row in at.rows)
    left.subtract(one.incident.severity for one in at.dossiers)
    names = list(show.catalog.schedules)
    parts = coverage.parts(show.catalog)
    return {
        "duties": _duties(show, at.viewer),
        "shifts": [one for one in shown.my_shifts(show, at.viewer)["shifts"] if not one["now"]][:SHIFTS],
        "ways": _ways(show, at.viewer),
        "warnings": _warnings(show, at),
        "incidents": [
            {**incident(show, one), "mine": ", ".join(NAMES.get(role, role) for role in _roles(at, one))}
            for one in at.dossiers
        ],
        "total": len(at.rows),
        "more": left.total(),
        "left": [f"{count} {show.severity(key)}" for key, count in sorted(left.items()) if count],
        "needs": needs[:NEEDS],
        "needs_total": len(needs),
        "needs_more": max(0, len(needs) - NEEDS),
        "schedules": [_schedule(show, name, gaps=name not in parts) for name in names[:SCHEDULES]],
        "schedules_more": max(0, len(names) - SCHEDULES),
    }


def _roles(at: AtHome, one: IncidentView) -> Sequence[str]:
    return at.mine.own.get(one.incident.number or 0, ())


Ranked = tuple[tuple[int, float], Context]


def _needs(show: Presenter, at: AtHome) -> Iterator[Ranked]:
    """Pages come first, then what is overdue, offers of command, and what is due; of equals what was due first."""
    of = {row.number or 0: row for row in at.rows}
    for page in at.mine.pages:
        yield (0, page.id or 0), _need(show, "page", page.id, of[page.incident or 0])
    for number, held in at.mine.holders.items():
        due = of[number].next_update_at
        if due and (held.get("comms") or held.get("ic")) in _names(show, at.viewer):
            yield _ranked(show, due), _need(show, "update", number, of[number], due)
    for offer in at.mine.offers:
        giver = show.someone(offer.giver)
        yield (2, offer.id or 0), _need(show, "offer", offer.id, of[offer.incident], offer.expires_at) | {"who": giver}
    for action in at.mine.actions:
        said = {"label": f"A{action.number}", "words": tidy(action.text, TITLE)}
        row = of[action.incident]
        yield _ranked(show, action.due_at), _need(show, "action", action.id, row, action.due_at) | said
    for ruling in at.mine.rulings:
        said = {"label": f"D{ruling.number}", "words": tidy(ruling.text, TITLE)}
        row = of[ruling.incident]
        yield _ranked(show, ruling.due_at), _need(show, "decision", ruling.id, row, ruling.due_at) | said


def _ranked(show: Presenter, due: datetime | None) -> tuple[int, float]:
    return (1 if due and due <= show.now else 3, due.timestamp() if due else float("inf"))


def _need(show: Presenter, kind: str, ident: Any, row: Incident, due: datetime | None = None) -> Context:
    late = due is not None and due <= show.now
    return {
        "kind": kind,
        "id": ident,
        "ref": show.ref(row.number),
        "title": show.words(tidy(titled(row), TITLE)),
        "due_at": show.when(due),
        "late": human(show.now - due) if due and late else None,
        "who": None,
        "label": None,
        "words": None,
    }


def _names(show: Presenter, viewer: str) -> set[str]:
    known = show.catalog.person_by_slack(viewer)
    return {viewer, *([known.key] if known else [])}


def _duties(show: Presenter, viewer: str) -> list[Context]:
    found = []
    for name in show.catalog.schedules:
        now = show.plan.on_call(name, show.now)
        if viewer in {slack_id(one, show.catalog) for one in now.people}:
            found.append({"schedule": name, "until": show.when(now.until)})
    return found


def _ways(show: Presenter, viewer: str) -> list[Context]:
    """How the gravest page reaches the viewer, in order: `after` is how long it waits."""
    occasion = Occasion("SEV-1", methods.asked_for(show.catalog))
    who = Contactee.of(viewer, slack_id(viewer, show.catalog), show.catalog)
    plan = planning.plan(who, occasion, methods.hindrances(show.catalog))
    return [
        {"way": WAYS[one.via], "label": one.label or None, "after": one.after or None} for one in plan if not one.unused
    ]


def _warnings(show: Presenter, at: AtHome) -> list[Sentence]:
    """What could keep a page from the viewer, of what was found last night."""
    mine = [one for one in at.findings if one.get("person") in _names(show, at.viewer)]
    return [Sentence(f"{one['sentence']} {one['advice'][:1].upper()}{one['advice'][1:]}") for one in mine[:WARNINGS]]


def _schedule(show: Presenter, name: str, *, gaps: bool) -> Context:
    """`next` is who takes over; `gap` when nobody is on call for the first time within two weeks. A schedule that is
    a part of a level only has none of its own."""
    now = show.plan.on_call(name, show.now)
    following = show.plan.on_call(name, now.until).people if now.until else ()
    open_ = next(iter(show.plan.gaps(name, show.now, show.now + AHEAD)), None) if gaps else None
    return {
        "schedule": name,
        "people": show.everyone(now.people),
        "until": show.when(now.until),
        "next": show.everyone(following),
        "gap": show.dated(open_.start) if open_ and open_.start > show.now else None,
    }
