"""`tocsin oncall me|next|schedule|handoff|test-page`: what `/oncall` shows a person in Slack."""

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock
from bot.catalog import Catalog
from bot.cli import chosen_config, console, installation, schedule_records
from bot.cli.acting import acting
from bot.cli.console import Refusal
from bot.cli.schedule_records import Records, readable
from bot.domain.core import people
from bot.domain.core.errors import DomainError
from bot.domain.core.people import display_name
from bot.domain.schedules import report
from handlers.web.schedules import api, oncall

Json = dict[str, Any]
TABLE = timedelta(days=14)


def run(options: Namespace, records: Records) -> int:
    """A rule's refusal is one sentence."""
    try:
        return VERBS[options.verb](chosen_config.catalog(options.config), options, records)
    except DomainError as refusal:
        raise Refusal(str(refusal)) from None


def test_page(options: Namespace) -> int:
    """Pages the one who asks, or the person they act for."""
    try:
        with installation.changing() as office:
            actor = acting(options.actor, office.catalog)
            page = office.changes.test_page(actor)
            sent_later = office.sent_later
    except DomainError as refusal:
        raise Refusal(str(refusal)) from None
    who = display_name(actor.who, office.catalog)
    if options.json:
        console.document(page)
    else:
        print(f"A test page to {who} is {'ready' if sent_later else 'on its way'}.")
    if sent_later:
        console.later()
    return 0


def _me(catalog: Catalog, options: Namespace, records: Records) -> int:
    person = people.identify(options.actor, catalog) if options.actor else acting(None, catalog).who
    known = catalog.person_by_slack(person) or catalog.people.get(person)
    if known is None:
        raise Refusal(f'I cannot tell who "{person}" is: say who you are with --as, for example --as ana.', 2)
    now = clock.real()
    names = list(dict.fromkeys(name for name in (known.key, known.slack) if name))
    rows = report.mine_json(catalog.schedules.values(), records.rota(catalog, now), names, now)
    nothing = f"{known.name} is not on call within the next four weeks."
    return _rows(options, rows, nothing, lambda row: (row["schedule"], *_span(catalog, row)))


def _next(catalog: Catalog, options: Namespace, records: Records) -> int:
    now = clock.real()
    rota = records.rota(catalog, now)
    rows = [report.next_json(one, rota, now) for one in catalog.schedules.values()]

    def line(row: Json) -> tuple[str, ...]:
        if row["at"] is None:
            return row["schedule"], "no change is planned", ""
        at = readable(datetime.fromisoformat(row["at"]), catalog.schedules[row["schedule"]].zone)
        return row["schedule"], _names(catalog, row["next"]), f"from {at}"

    return _rows(options, rows, "No schedule is configured yet.", line)


def _schedule(catalog: Catalog, options: Namespace, records: Records) -> int:
    if not catalog.schedules:
        raise Refusal("no schedule is configured yet.")
    one = schedule_records.schedule(catalog, options.schedule or next(iter(catalog.schedules)))
    now = clock.real().replace(microsecond=0)
    plan = report.shifts_json(one, records.rota(catalog, now).shifts(one.key, now, now + TABLE))
    coming = [row for row in _overrides(catalog) if row["schedule"] == one.key and row["end"] > now.isoformat()]
    if options.json:
        console.document({"schedule": one.key, "zone": one.zone.key, "shifts": plan, "overrides": coming})
        return 0
    print(f"{one.key}, times in {one.zone.key}")
    console.columns([(*_span(catalog, {**row, "schedule": one.key}), _names(catalog, row["people"])) for row in plan])
    if coming:
        print(f"{len(coming)} override{'s' if len(coming) > 1 else ''}: `tocsin oncall override list` shows them.")
    return 0


def _overrides(catalog: Catalog) -> list[Json]:
    """Those that were not cancelled. Without a database there are none."""
    if not schedule_records.has_database():
        return []
    with installation.database(exclusive=False) as opened, opened.read() as session:
        rows = api.all_overrides(session, catalog, clock.real())
        return [row for row in rows if row["cancelled_at"] is None]


def _handoff(catalog: Catalog, options: Namespace, records: Records) -> int:
    if not catalog.schedules:
        raise Refusal("no schedule is configured yet.")
    one = schedule_records.schedule(catalog, options.schedule or next(iter(catalog.schedules)))
    with installation.database(exclusive=False) as opened, opened.read() as session:
        note = oncall.handoff(session, catalog, one.key, clock.real())
    if options.json:
        console.document(note)
        return 0
    pages = note["pages"]
    print(f"{one.key}: {_names(catalog, note['outgoing'])} hands over to {_names(catalog, note['incoming'])}")
    print(f"Pages: {pages['total']}, {pages['after_hours']} after hours, {pages['false_alarms']} false alarms")
    console.columns(
        [_incident("open", row) for row in note["open"]] + [_incident("ended", row) for row in note["ended"]]
    )
    if note["words"]:
        print(note["words"])
    return 0


def _incident(what: str, row: Json) -> tuple[str, ...]:
    return what, row["ref"], row["severity_label"], row["status"], row["title"]


def _rows(options: Namespace, rows: list[Json], nothing: str, line: Callable[[Json], tuple[str, ...]]) -> int:
    if options.json:
        console.document(rows)
    elif not rows:
        print(nothing)
    else:
        console.columns([line(row) for row in rows])
    return 0


def _span(catalog: Catalog, row: Json) -> tuple[str, str]:
    zone: ZoneInfo = catalog.schedules[row["schedule"]].zone
    end = f"to {readable(datetime.fromisoformat(row['end']), zone)}" if row["end"] else "no end planned"
    return readable(datetime.fromisoformat(row["start"]), zone), end


def _names(catalog: Catalog, who: list[str]) -> str:
    return ", ".join(display_name(one, catalog) for one in who) or "no one"


VERBS: dict[str, Callable[[Catalog, Namespace, Records], int]] = {
    "me": _me, "next": _next, "schedule": _schedule, "handoff": _handoff,
}  # fmt: skip
