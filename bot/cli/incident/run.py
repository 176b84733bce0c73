"""`tocsin incident`: runs incidents without Slack, by the use cases that Slack's buttons call."""

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.catalog import Catalog
from bot.cli import console, installation, schedule_records, verb_arguments
from bot.cli.acting import acting
from bot.cli.console import Refusal
from bot.cli.data import postmortem
from bot.cli.incident import assistance, why
from bot.cli.terminal import Colour, painted
from bot.domain import verbs
from bot.domain.core import typed_severity
from bot.domain.core.errors import DomainError
from bot.domain.core.verb import Verb
from handlers.verb_body import BadRequest
from handlers.web.incidents_api import Incidents
from handlers.web.rest_verbs import NoSuchVerb
from storage.models import PageState

SEVERITIES: dict[str, Colour] = {"SEV-1": "red", "SEV-2": "yellow", "SEV-3": "blue", "SEV-4": "cyan"}

Json = dict[str, Any]


def run(options: Namespace) -> int:
    """One verb; a rule's refusal is one sentence."""
    verb = verbs.find("incident", options.verb)
    assert verb is not None
    try:
        return READS[verb.name](options) if _looks(verb, options) else _change(verb, options)
    except (DomainError, BadRequest, NoSuchVerb) as refusal:
        raise Refusal(str(refusal)) from None


def _looks(verb: Verb, options: Namespace) -> bool:
    """Whether nothing is to be changed. Raises Refusal when something is, and it is not said what."""
    if verb.name not in READS or verb.reads or not verb.shows_without:
        return verb.name in READS
    if getattr(options, verb.shows_without):
        return False
    rest = [one for one in verb.told("rest") if one.option or one.switches]
    if said := [one for one in rest if getattr(options, one.name)]:
        what = (said[0].option or f"--{getattr(options, said[0].name)}").split()[-1]
        raise Refusal(f"{what} needs more: `tocsin incident {verb.name} {verb.example}`.", 2)
    return True


def _body(verb: Verb, options: Namespace, catalog: Catalog) -> Json:
    """What was typed. Raises Refusal for what is no time, and for a page to no one."""
    zone = ZoneInfo(catalog.display.time_zone)

    def moment(text: str) -> str:
        at = schedule_records.moment(text, zone)
        return at.isoformat() if at else ""

    if verb.name == "page" and not options.to:
        raise Refusal("name the incident and who to page: `tocsin incident page INC-1 bo`.", 2)
    return verb_arguments.body(verb, options, moment)


def severity_first(given: Json, catalog: Catalog) -> Json:
    """`declare sev1 payments down` as in Slack: a level before or behind the title, unless it is given apart."""
    try:
        found = typed_severity.read(given["title"], catalog)
    except DomainError as refusal:
        raise Refusal(refusal.sentence(), 1) from None
    if given.get("severity") or not found.text or not found.key:
        return given
    return {**given, "severity": found.key, "title": found.text}


def _change(verb: Verb, options: Namespace) -> int:
    with installation.changing() as office:
        actor = acting(options.actor, office.catalog)
        given = _body(verb, options, office.catalog)
        if verb.name == "declare":
            changed = office.changes.declare(actor, severity_first(given, office.catalog))
        else:
            changed = office.changes.act(actor, options.ref, verb.name, given)
        if options.json:
            console.document(changed)
        else:
            print(changed["message"])
            print(_line(changed["incident"]))
            assistance.after(options, changed["incident"], ZoneInfo(office.catalog.display.time_zone))
        if office.sent_later:
            console.later()
    return 0


def _read(options: Namespace, look: Callable[[Incidents], Any], show: Callable[[Any, tzinfo], None]) -> int:
    with installation.reading() as (catalog, incidents):
        found = look(incidents)
    if options.json:
        console.document(found)
    else:
        show(found, ZoneInfo(catalog.display.time_zone))
    return 0


FILTERS = ("severity", "status", "service", "since", "until", "role", "person")


def _list(options: Namespace) -> int:
    """Also `search`, which looks through what is over as well."""
    words = " ".join(getattr(options, "words", None) or ())
    filters = {key: getattr(options, key) or "" for key in FILTERS} | {"words": words}
    everything = getattr(options, "all", True)

    def show(rows: list[Json], zone: tzinfo) -> None:
        if not rows:
            print("Nothing fits." if any(filters.values()) else "No incidents." if everything else "No open incidents.")
        console.columns(
            [
                (
                    row["ref"],
                    painted(row["severity_label"], SEVERITIES.get(row["severity"], "cyan")),
                    row["status"],
                    _at(row["declared_at"], zone),
                    _with(row),
                    _title(row),
                )
                for row in rows
            ]
        )

    return _read(options, lambda incidents: incidents.list(everything, options.fields or (), **filters), show)


def _show(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.show(options.ref), _card)


def _timeline(options: Namespace) -> int:
    def show(rows: list[Json], zone: tzinfo) -> None:
        console.columns([(_at(row["at"], zone), f"{row['text']}{_by(row)}") for row in rows])

    return _read(options, lambda incidents: incidents.timeline(options.ref), show)


def _catchup(options: Namespace) -> int:
    def show(found: Json, zone: tzinfo) -> None:
        for one in found["lines"]:
            print(f"{one['label']}: {one['text']}")
            if one["rests_on"]:
                print(f"  {' · '.join(one['rests_on'])}")

    return _read(options, lambda incidents: incidents.catchup(options.ref), show)


def _why(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.why(options.ref), why.show)


def _vendors(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.vendors(options.ref), assistance.vendors)


def _links(options: Namespace) -> int:
    def show(found: Json, zone: tzinfo) -> None:
        if not found["links"]:
            print(f"{found['incident']} has no links.")
        console.columns([(one["kind"], one["url"], one["label"]) for one in found["links"]])

    return _read(options, lambda incidents: incidents.links(options.ref), show)


def _postmortem(options: Namespace) -> int:
    """The draft as it is now, as `tocsin postmortem` prints it."""
    return postmortem.run(options.ref, "json" if options.json else "md", None)


def _tree(options: Namespace) -> int:
    return _read(options, lambda incidents: incidents.tree(options.ref, options.answers), assistance.tree)


def _problems(options: Namespace) -> int:
    def show(rows: list[Json], zone: tzinfo) -> None:
        if not rows:
            print("No problems." if options.all else "No open problems.")
        lines = [(row["name"], row["state"].replace("_", " "), row["due"] or "", (row["owner"] or {}).get("name", ""),
                  row["title"], ", ".join(row["incidents"])) for row in rows]  # fmt: skip
        console.columns(lines)

    return _read(options, lambda incidents: incidents.problems(options.all), show)


READS: dict[str, Callable[[Namespace], int]] = {
    "list": _list,
    "search": _list,
    "status": _show,
    "timeline": _timeline,
    "catchup": _catchup,
    "why": _why,
    "vendor": _vendors,
    "tree": _tree,
    "links": _links,
    "problems": _problems,
    "postmortem": _postmortem,
}


def _card(row: Json, zone: tzinfo) -> None:
    print(_line(row))
    asked = [page["person"]["name"] for page in row["pages"] if page["state"] in PageState.WAITING]
    facts = [
        ("Service", row["service"]),
        ("Declared", f"{_at(row['declared_at'], zone)} by {row['declared_by']['name']}"),
        *((role.upper() if role == "ic" else role.capitalize(), who["name"]) for role, who in row["roles"].items()),
        ("Assigned to", row["assignee"] and row["assignee"]["name"]),
        ("Acknowledged", row["acknowledged_by"] and row["acknowledged_by"]["name"]),
        ("Paged now", ", ".join(asked)),
        ("War room", row["channel"] and f"#{row['channel']['name']}"),
        *((key, value["name"] if isinstance(value, dict) else value) for key, value in row["fields"].items()),
        ("Ticket", row["ticket"] and (row["ticket"]["url"] or row["ticket"]["state"])),
        ("Impact", row["impact"]),
        ("Focus", row["focus"]),
        ("Next update", row["next_update_at"] and _at(row["next_update_at"], zone)),
        ("Resolution", row["resolution"]),
        *((one["kind"].capitalize(), f"{one['url']} {one['label']}".strip()) for one in row["links"]),
        *assistance.facts(row),
    ]
    console.columns([(f"  {name}", value) for name, value in facts if value])


def _with(row: Json) -> str:
    """Whom it is with, in a list."""
    return f"with {row['assignee']['name']}" if row["assignee"] else ""


def _line(row: Json) -> str:
    return f"{row['ref']}  {row['severity_label']}  {row['status']}  {_title(row)}"


def _title(row: Json) -> str:
    marks = [word for word in ("private", "drill") if row[word]]
    return f"{row['title']} ({', '.join(marks)})" if marks else str(row["title"])


def _by(row: Json) -> str:
    return f" ({row['by']['name']})" if row["kind"] in ("note", "decision") and row["by"] else ""


def _at(text: str, zone: tzinfo) -> str:
    return datetime.fromisoformat(text).astimezone(zone).strftime("%d %b %H:%M")
