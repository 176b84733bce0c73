"""`tocsin oncall ics` and `tocsin oncall import`: calendars out of the schedules, and into them."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import clock
from bot.catalog import Catalog, did_you_mean
from bot.cli import chosen_config, console, installation, schedule_records
from bot.cli.acting import acting
from bot.cli.bot_client import RunningBot
from bot.cli.console import Refusal
from bot.clock import SystemClock
from bot.domain.core import people
from bot.domain.core.errors import DomainError
from bot.domain.schedules import calendar_feed, days, overrides
from bot.domain.schedules.calendar_feed import Kind
from bot.domain.schedules.rota import Rota
from bot.services import work_factory
from bot.services.workspace.signing import NAME
from handlers.schedules import calendars
from storage.filelock import DatabaseInUse
from storage.models import Setting

Json = dict[str, Any]


def run(options: Namespace) -> int:
    """A rule's refusal is one sentence."""
    try:
        return VERBS[options.verb](options)
    except DomainError as refusal:
        raise Refusal(str(refusal)) from None


def _ics(options: Namespace) -> int:
    catalog = chosen_config.catalog(options.config)
    kind, name = _whose(catalog, options)
    if options.url:
        address = _address(kind, name)
        if options.json:
            console.document({"url": address})
        else:
            print(address)
        return 0
    made = calendars.content(_rota(catalog), kind, name, clock.real())
    assert made is not None
    if options.output:
        options.output.write_bytes(made)
    elif options.json:
        console.document({"calendar": made.decode()})
    else:
        sys.stdout.write(made.decode())
    return 0


def _whose(catalog: Catalog, options: Namespace) -> tuple[Kind, str]:
    if options.schedule:
        return "schedule", schedule_records.schedule(catalog, options.schedule).key
    who = overrides.named(people.identify(options.person, catalog), catalog)
    if who not in catalog.people:
        raise Refusal.unknown("person", options.person, catalog.people, did_you_mean(who, catalog.people))
    return "person", who


def _rota(catalog: Catalog) -> Rota:
    """With overrides where there is a database."""
    if not schedule_records.has_database():
        return Rota(catalog)
    with installation.database(exclusive=False) as opened, opened.read() as session:
        return calendars.rota(session, catalog, clock.real())


def _address(kind: Kind, name: str) -> str:
    chosen = installation.settings()
    path = calendar_feed.path(_secret(chosen.secret_key.get_secret_value()), kind, name)
    if not chosen.base_url:
        raise Refusal(f"TOCSIN_BASE_URL is not set: calendars need the public address of the bot, before {path}")
    return chosen.base_url.rstrip("/") + path


def _secret(given: str) -> bytes:
    """What the running bot signs with. Raises Refusal when it has not made a key yet."""
    if given:
        return given.encode()
    with installation.database(exclusive=False) as opened, opened.read() as session:
        kept = _kept(session)
    if kept is None:
        raise Refusal("there is no key for addresses yet: set TOCSIN_SECRET_KEY, or start the bot once (`tocsin run`).")
    return bytes.fromhex(kept)


def _kept(session: Session) -> str | None:
    row = session.get(Setting, NAME)
    return str(row.value) if row else None


def _import(options: Namespace) -> int:
    catalog = chosen_config.catalog(None)
    schedule = schedule_records.schedule(catalog, options.schedule).key
    given = {"content": _text(options.file), "kind": options.kind, "dry_run": options.dry_run,
             "source": options.source or "", "file": options.file.name}  # fmt: skip
    actor = acting(options.actor, catalog)
    try:
        with installation.database(exclusive=True) as opened:
            done = calendars.bring_in(work_factory.make(opened, SystemClock(), lambda: catalog), actor, schedule, given)
    except DatabaseInUse as held:
        if "url" not in held.holder:
            raise Refusal(str(held)) from None
        done = RunningBot(held.holder).import_calendar(actor, schedule, given)
    if options.json:
        console.document(done)
    else:
        _tell(catalog, schedule, done)
    return 0


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Refusal(f"{file} is not text in UTF-8: export it again as iCalendar (.ics).") from None


def _tell(catalog: Catalog, schedule: str, done: Json) -> None:
    """Each entry on a line of its own, then the figures; what was left out goes to standard error."""
    for one in done["entries"]:
        if one["what"] != "left_out":
            print(f"{LINES[one['what']]:<10} {one['when']}: {_entry(catalog, one)}")
    would = "would be " if done["dry_run"] else ""
    print(f"{len(done['made'])} {would}made, {len(done['cancelled'])} {would}cancelled, {done['unchanged']} as before.")
    if done["gaps"]:
        zone = catalog.schedules[schedule].zone
        opens = "Would open" if done["dry_run"] else "Opens"
        print(f"{opens} {_counted(len(done['gaps']), 'gap')}, {done['gap_hours']:g} h in all, with no one on call:")
        console.columns([_gap(catalog, zone, one) for one in done["gaps"]])
    for notice in done["notices"]:
        sys.stderr.write(f"note: {notice}\n")


LINES = {"made": "made", "moved": "moved", "ended": "ended", "kept": "as before"}


def _entry(catalog: Catalog, one: Json) -> str:
    who = people.display_name(one["person"], catalog)
    title = f' "{one["summary"]}"' if one["summary"] else ""
    if one["what"] != "moved":
        return f"{who}{title}"
    other = one["person_before"] != one["person"]
    former = f", {people.display_name(one['person_before'], catalog)}" if other else ""
    return f"{who}{title} (was {one['before']}{former})"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _gap(catalog: Catalog, zone: ZoneInfo, one: Json) -> tuple[str, str, str]:
    edges = datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
    if whole := days.day_words(*edges, zone):
        return f"  {whole}", "", f"was {' and '.join(people.display_name(who, catalog) for who in one['was'])}"
    start, end = (schedule_records.readable(edge, zone) for edge in edges)
    return f"  {start}", f"to {end}", f"was {' and '.join(people.display_name(who, catalog) for who in one['was'])}"


VERBS: Mapping[str, Callable[[Namespace], int]] = {"ics": _ics, "import": _import}
