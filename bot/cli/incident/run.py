"""`tocsin incident`: runs incidents without Slack, by the use cases that Slack's buttons call."""

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli import console, installation
from bot.cli.acting import acting
from bot.cli.console import Refusal
from bot.cli.incident import assistance, bodies, why
from bot.domain.core.errors import DomainError
from handlers.web.incidents_api import Incidents
from handlers.web.rest_verb import BadRequest

Json = dict[str, Any]


OPEN_PAGES = ("owed", "sent")


def run(options: Namespace) -> int:
    """One verb; a rule's refusal is one sentence."""
    looks = options.verb in READS and not getattr(options, "mark", None)
    try:
        return READS[options.verb](options) if looks else _change(options)
    except (DomainError, BadRequest) as refusal:
        raise Refusal(str(refusal)) from None


def _change(options: Namespace) -> int:
    with installation.changing() as office:
        actor = acting(options.actor, office.catalog)
        given = bodies.of(options, ZoneInfo(office.catalog.display.time_zone))
        if options.verb == "declare":
            changed = office.changes.declare(actor, bodies.severity_first(given, office.catalog))
        else:
            changed = office.changes.act(actor, options.ref, options.verb, given)
        if options.json:
            console.document(changed)
        else:
            print(changed["message"])
            print(_line(changed["incident"]))
            assistance.after(options, changed["incident"], ZoneInfo(office.catalog.display.time_zone))
        if office.sent_later:
            sys.stderr.write("The bot is not running: people are told as soon as it starts (`tocsin run`).\n")
    return 0


def _read(options: Namespace, look: Callable[[Incidents], Any], show: Callable[[Any, tzinfo], None]) -> int:
    with installation.reading() as (catalog, incidents):
        found = look(incidents)
    if options.json:
        console.document(found)
    else:
        show(found, ZoneInfo(catalog.display.time_zone))
    return 0


def _list(options: Namespace) -> int:
    def show(rows: list[Json], zone: tzinfo) -> None:
        if not rows:
            print("No incidents." if options.all else "No open incidents.")
        console.columns(
            [
                (row["ref"], row["severity_label"], row["status"], _at(row["declared_at"], zone), _title(row))
                for row in rows
            ]
        )

    return _read(options, lambda incidents: incidents.list(options.all), show)


def _show(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.show(options.ref), _card)


def _timeline(options: Namespace) -> int:
    def show(rows: list[Json], zone: tzinfo) -> None:
        console.columns([(_at(row["at"], zone), f"{row['text']}{_by(row)}") for row in rows])

    return _read(options, lambda incidents: incidents.timeline(options.ref), show)


def _why(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.why(options.ref), why.show)


def _vendors(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.vendors(options.ref), assistance.vendors)


def _tree(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.tree(options.ref, options.answers), assistance.tree)


READS: dict[str, Callable[[Namespace], int]] = {
    "list": _list,
    "show": _show,
    "timeline": _timeline,
    "why": _why,
    "vendors": _vendors,
    "tree": _tree,
}


def _card(row: Json, zone: tzinfo) -> None:
    print(_line(row))
    asked = [page["person"]["name"] for page in row["pages"] if page["state"] in OPEN_PAGES]
    facts = [
        ("Service", row["service"]),
        ("Declared", f"{_at(row['declared_at'], zone)} by {row['declared_by']['name']}"),
        *((role.upper() if role == "ic" else role.capitalize(), who["name"]) for role, who in row["roles"].items()),
        ("Acknowledged", row["acknowledged_by"] and row["acknowledged_by"]["name"]),
        ("Paged now", ", ".join(asked)),
        ("War room", row["channel"] and f"#{row['channel']['name']}"),
        ("Impact", row["impact"]),
        ("Focus", row["focus"]),
        ("Next update", row["next_update_at"] and _at(row["next_update_at"], zone)),
        ("Resolution", row["resolution"]),
        *assistance.facts(row),
    ]
    console.columns([(f"  {name}", value) for name, value in facts if value])


def _line(row: Json) -> str:
    return f"{row['ref']}  {row['severity_label']}  {row['status']}  {_title(row)}"


def _title(row: Json) -> str:
    marks = [word for word in ("private", "drill") if row[word]]
    return f"{row['title']} ({', '.join(marks)})" if marks else str(row["title"])


def _by(row: Json) -> str:
    return f" ({row['by']['name']})" if row["kind"] in ("note", "decision") and row["by"] else ""


def _at(text: str, zone: tzinfo) -> str:
    return datetime.fromisoformat(text).astimezone(zone).strftime("%d %b %H:%M")
