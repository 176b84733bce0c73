"""`tocsin oncall override` and `tocsin oncall swap`: the use cases behind the forms in Slack."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import clock
from bot.catalog import Catalog
from bot.cli import chosen_config, console, installation, schedule_records
from bot.cli.acting import acting
from bot.cli.console import Refusal
from bot.domain.core.errors import DomainError
from bot.domain.core.people import display_name
from bot.domain.schedules import days
from handlers.verb_body import BadRequest
from handlers.web.schedules import api

Json = dict[str, Any]
MAKE_IT = "--schedule, --from and --to say where and when; see `tocsin oncall {verb} --help`."


def run(options: Namespace) -> int:
    """A rule's refusal is one sentence."""
    try:
        return VERBS[options.verb, options.what](options)
    except (DomainError, BadRequest) as refusal:
        raise Refusal(str(refusal)) from None


# changes


def _override(options: Namespace) -> int:
    return _make(options, "override", _who)


def _who(options: Namespace) -> Json:
    """What is to change. Raises Refusal unless exactly one of the four is said."""
    if options.replace and not options.substitute:
        raise Refusal("say with --with who takes over.", 2)
    if options.substitute and not options.replace:
        raise Refusal("--with belongs to --replace: say who is replaced.", 2)
    for kind in ("add", "remove", "replace"):
        if person := getattr(options, kind):
            return {"kind": kind, "person": person, "substitute": options.substitute or ""}
    if options.only:
        return {"kind": "only", "people": options.only}
    raise Refusal("say what changes: --add P, --remove P, --replace P --with Q, or --only P.", 2)


def _ask(options: Namespace) -> int:
    back = (options.partner, options.back_since, options.back_until)
    if not any(back):
        return _make(options, "ask-cover", lambda options: {})
    if not all(back):
        raise Refusal("a swap needs --with, --back-from and --back-to: who is asked, and which shift of theirs.", 2)
    return _make(options, "ask-swap", lambda options: {"partner": options.partner})


def _make(options: Namespace, verb: str, more: Callable[[Namespace], Json]) -> int:
    if not (options.schedule and options.since and options.until):
        raise Refusal(MAKE_IT.format(verb=options.verb), 2)
    what = more(options)

    def given(catalog: Catalog) -> Json:
        zone = schedule_records.schedule(catalog, options.schedule).zone
        start, end = (cast(datetime, schedule_records.moment(text, zone)) for text in (options.since, options.until))
        when = {"start": start.isoformat(), "end": end.isoformat()}
        for name, text in (("back_start", "back_since"), ("back_end", "back_until")):
            if back := schedule_records.moment(getattr(options, text, None), zone):
                when[name] = back.isoformat()
        return {"schedule": options.schedule, **when, **what, "note": options.note}

    return _change(options, verb, given)


def _numbered(verb: str) -> Callable[[Namespace], int]:
    def change(options: Namespace) -> int:
        if options.number is None:
            raise Refusal(f"say which one: `tocsin oncall {options.verb} list` shows the numbers.", 2)
        return _change(options, verb, lambda catalog: {"number": options.number})

    return change


def _change(options: Namespace, verb: str, given: Callable[[Catalog], Json]) -> int:
    with installation.changing() as office:
        catalog = office.catalog
        changed = office.schedules.change(acting(options.actor, catalog), verb, given(catalog))
        if options.json:
            console.document(changed)
        else:
            print(changed["message"])
            for line in _consequences(catalog, changed):
                print(f"  {line}")
        if office.sent_later:
            console.later()
    return 0


def _consequences(catalog: Catalog, changed: Mapping[str, Any]) -> list[str]:
    schedule = catalog.schedules.get(str(changed.get("schedule")))
    if schedule is None:
        return []
    lines = [
        f"{display_name(one['person'], catalog)} {'takes' if one['gains'] else 'loses'} {_span(one, schedule.zone)}"
        for one in changed.get("changes", [])
    ]
    if partner := changed.get("partner"):
        for spans, who in ((changed["gives"], partner), (changed["takes"], changed["person"])):
            rows = [{"start": start, "end": end} for start, end in spans]
            lines += [f"{display_name(who, catalog)} takes {_span(one, schedule.zone)}" for one in rows]
    alone = [{"start": start, "end": end} for start, end in changed.get("alone", [])]
    return [*lines, *(f"NO ONE is on call {_span(one, schedule.zone)}" for one in alone)]


def _span(one: Mapping[str, Any], zone: ZoneInfo) -> str:
    start, end = (datetime.fromisoformat(one[edge]) for edge in ("start", "end"))
    if whole := days.day_words(start, end, zone):
        return whole
    return f"{schedule_records.readable(start, zone)} to {schedule_records.readable(end, zone)}"


# reads


def _list(options: Namespace) -> int:
    now, catalog = clock.real(), chosen_config.catalog(None)

    def current(row: Json) -> bool:
        return bool(row["end"] > now.isoformat() and row["cancelled_at"] is None)

    known = _read(lambda session: api.all_overrides(session, catalog, now))
    rows = [row for row in known if options.all or current(row)]
    return _show(options, rows, "No overrides.", _what)


def _covers(options: Namespace) -> int:
    return _show(options, _read(api.cover_requests), "No one asks for cover or a swap.", _asks)


def _read(read: Callable[[Session], list[Json]]) -> list[Json]:
    """Without a database there are none, and that is no error."""
    if not schedule_records.has_database():
        return []
    with installation.database(exclusive=False) as opened, opened.read() as session:
        return read(session)


def _show(options: Namespace, rows: list[Json], none: str, tell: Callable[[Catalog, Json], str]) -> int:
    if options.json:
        console.document(rows)
    elif not rows:
        print(none)
    else:
        catalog = chosen_config.catalog(None)
        console.columns([_row(catalog, row, tell(catalog, row)) for row in rows])
    return 0


def _row(catalog: Catalog, row: Json, what: str) -> tuple[str, str, str, str]:
    schedule = catalog.schedules.get(row["schedule"])
    zone = schedule.zone if schedule else ZoneInfo(catalog.display.time_zone)
    ended = " (cancelled)" if row.get("cancelled_at") else " (without effect)" if row.get("without_effect") else ""
    return str(row["number"]), row["schedule"], _span(row, zone), f"{what}{ended}"


def _what(catalog: Catalog, row: Json) -> str:
    person, substitute = (display_name(row[key] or "", catalog) for key in ("person", "substitute"))
    everybody = ", ".join(display_name(who, catalog) for who in row["people"])
    words = {
        "add": f"{person} as well",
        "remove": f"without {person}",
        "replace": f"{substitute} for {person}",
        "only": f"only {everybody}",
    }
    return words[row["kind"]]


def _asks(catalog: Catalog, row: Json) -> str:
    who, partner = (display_name(row[key] or "", catalog) for key in ("person", "partner"))
    if not partner:
        return f"{who} asks for cover"
    schedule = catalog.schedules.get(row["schedule"])
    zone = schedule.zone if schedule else ZoneInfo(catalog.display.time_zone)
    back = ", ".join(_span({"start": start, "end": end}, zone) for start, end in row["takes"])
    return f"{who} asks {partner} to swap it for {back}"


VERBS: dict[tuple[str, str | None], Callable[[Namespace], int]] = {
    ("override", None): _override,
    ("override", "list"): _list,
    ("override", "cancel"): _numbered("cancel-override"),
    ("swap", None): _ask,
    ("swap", "list"): _covers,
    ("swap", "take"): _numbered("take-cover"),
    ("swap", "decline"): _numbered("decline-cover"),
    ("swap", "cancel"): _numbered("withdraw-cover"),
}
