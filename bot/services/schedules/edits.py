"""Use case of a changed tocsin.yml: whoever's coming shifts moved hears it once, and lost overrides are named.

What people were told last is a setting, written in the transaction that owes the messages: a crash at any line tells
them once, an edit while the bot was away is told at its next start, and of two replicas the second finds it told.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from bot.catalog import Catalog
from bot.domain.schedules import edits as rules
from bot.domain.schedules import effects, idle
from bot.domain.schedules import overrides as override_rules
from bot.domain.schedules.edits import Edit, Moved, Named, Span
from bot.domain.schedules.facts import OverrideOutdone, RotaEdited
from bot.domain.schedules.owner import place_of
from bot.domain.schedules.rota import Rota
from bot.services.core import settings
from bot.services.schedules import stale_requests
from bot.work import Work
from storage.models import CalendarImport, CoverRequest, CoverState, ScheduleOverride
from storage.queries import schedules as schedule_queries

TOLD = "oncall.told"
KEPT = 40
"""Stretches of each person and schedule that are written down; a rotation by the hour has a thousand."""


def take_up(w: Work) -> set[str]:
    """Compares the schedules with those of which people were told last, and tells them. Returns who is told.

    The first time of all there is nothing to compare with. People are named as schedules name them.
    """
    told = settings.setting(w.session, TOLD)
    settings.set_setting(w, TOLD, rules.kept(w.catalog))
    if told is None:
        return set()
    old = rules.restored(told, w.catalog)
    rows, gone = schedule_queries.overrides(w.session, w.now)
    _follow_schedules(w, rows, rules.renamed_of(told, w.catalog))
    before = override_rules.rota_of(old, rows, gone)
    _follow_people(w, rows, old)
    after = override_rules.rota_of(w.catalog, rows, gone)
    found = rules.compare(before, after, w.now)
    for edit in found:
        w.record([_edited(old, edit)], schedule=edit.schedule)
    outdone = [_outdone(w, old, after, row) for row in idle.lost(before, after, rows, w.now)]
    for fact in outdone:
        w.record([fact], schedule=fact.schedule)
    for name in {*old.schedules, *w.catalog.schedules}:
        stale_requests.end_stale(w, after, name, by_edit=True)
    return _tell(w, old, found, outdone)


def _follow_schedules(w: Work, rows: list[ScheduleOverride], former: dict[str, str]) -> None:
    """What people have made goes with a schedule that only has another name now."""
    requests = select(CoverRequest).where(CoverRequest.state == CoverState.OPEN)
    imports = select(CalendarImport).order_by(col(CalendarImport.id))
    kept = [*rows, *w.session.exec(requests), *w.session.exec(imports)] if former else []
    for one in kept:
        one.schedule = former.get(one.schedule, one.schedule)
    w.session.flush()


def _follow_people(w: Work, rows: list[ScheduleOverride], old: Catalog) -> None:
    """So too with somebody who only has another key now."""
    named = rules.identities(old, w.catalog)
    for row in rows:
        row.person = _key(w.catalog, old, named, row.person)
        row.substitute = _key(w.catalog, old, named, row.substitute) if row.substitute else None
        row.people = [_key(w.catalog, old, named, who) for who in row.people]
    w.session.flush()


def _key(catalog: Catalog, old: Catalog, named: Named, who: str) -> str:
    """The key under which schedules name somebody today; whoever is nobody of the file any more stays as they are."""
    if who not in old.people or who in catalog.people:
        return who
    known = catalog.person_by_slack(named(who))
    return known.key if known else who


def _edited(old: Catalog, edit: Edit) -> RotaEdited:
    return RotaEdited(
        schedule=edit.schedule,
        state="new" if edit.new else "gone" if edit.gone else "changed",
        people=list(edit.people),
        before=list(edit.before),
        moved=[{"person": one.person, **_sides(one)} for one in edit.moved],
        windows=[
            {"start": one.start.isoformat(), "end": one.end.isoformat(), "was": list(one.was), "now": list(one.now)}
            for one in edit.windows[:KEPT]
        ],
        more=max(0, len(edit.windows) - KEPT),
        place=place_of(old, edit.schedule) if edit.gone else None,
    )


def _sides(one: Moved) -> dict[str, Any]:
    """What was and what is, and how many more of either there are."""
    return {
        "was": _plain(one.was[:KEPT]),
        "now": _plain(one.now[:KEPT]),
        "more_was": max(0, len(one.was) - KEPT),
        "more_now": max(0, len(one.now) - KEPT),
    }


def _plain(spans: tuple[Span, ...]) -> list[list[str | None]]:
    return [[start.isoformat(), end.isoformat() if end else None] for start, end in spans]


def _outdone(w: Work, old: Catalog, after: Rota, row: ScheduleOverride) -> OverrideOutdone:
    """People who have left the file are named as it knew them."""

    def recorded(who: str) -> str:
        return rules.recorded(who, w.catalog if who in w.catalog.people else old)

    return OverrideOutdone(
        override=row.id or 0,
        schedule=row.schedule,
        kind=row.kind,
        person=recorded(row.person) if row.person else "",
        substitute=recorded(row.substitute) if row.substitute else None,
        people=[recorded(who) for who in row.people],
        start=row.start,
        end=row.end,
        cover=row.cover,
        instead=[recorded(who) for who in idle.instead(after, row, w.now)],
    )


# telling


def _tell(w: Work, old: Catalog, found: list[Edit], outdone: list[OverrideOutdone]) -> set[str]:
    """One message for each person, with all that it means for them."""
    shifts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edit in found:
        for one in edit.moved:
            shifts[one.person].append(_moved(w, old, edit, one))
    lost: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for fact in outdone:
        for who in dict.fromkeys([fact.person, fact.substitute or "", *fact.people]):
            if who:
                lost[who].append(fact.body())
    stamp = f"{w.catalog.digest[:12]}:{w.now.isoformat()}"
    everybody = dict.fromkeys([*shifts, *lost])
    for who in everybody:
        at_once = any(one["state"] for one in shifts[who])
        values = {"shifts": shifts[who], "lost": lost[who]}
        w.carry_out(effects.moved(who, stamp, values, at_once=at_once))
    return {override_rules.named(who, w.catalog) for who in everybody}


def _moved(w: Work, old: Catalog, edit: Edit, one: Moved) -> dict[str, Any]:
    schedule = w.catalog.schedules.get(edit.schedule) or old.schedules[edit.schedule]
    return {
        "schedule": edit.schedule,
        "zone": schedule.timezone,
        "gone": edit.gone,
        "state": "began" if one.began else "ended" if one.ended else "",
        "until": _until(one, w.now),
        "people": list(edit.people),
        **_sides(one),
    }


def _until(one: Moved, now: datetime) -> str | None:
    """When the shift ends that has begun at once."""
    end = one.now[0][1] if one.began and one.now else None
    return end.isoformat() if end else None
