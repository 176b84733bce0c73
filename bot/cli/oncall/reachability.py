"""`tocsin oncall check`: what could keep a page from whoever is on call in the coming two weeks, and what to do."""

from argparse import Namespace
from datetime import datetime

from bot import clock
from bot.catalog import Catalog
from bot.cli import chosen_config, console, installation
from bot.cli.console import Refusal
from bot.cli.finding import Finding as Found
from bot.cli.finding import ok, warning
from bot.cli.schedule_records import has_database
from bot.domain.contact import reachability as rules
from bot.domain.contact.finding import Finding
from bot.domain.schedules.rota import Rota
from bot.services.contact import reachability


def run(options: Namespace) -> int:
    """0 when all is well, else 1."""
    catalog = chosen_config.catalog(options.config)
    found = examine(catalog, clock.real().replace(microsecond=0))
    if options.json:
        console.document({"ok": not found, "findings": [one.plain() for one in found]})
    for one in [] if options.json else found:
        print(f"{one.sentence}\n  -> {one.advice}")
    if not found and not options.json:
        print("Everyone who is on call in the next 14 days can be reached.")
    return 1 if found else 0


def examine(catalog: Catalog, now: datetime) -> list[Finding]:
    """With what the database knows of overrides, accounts and test pages, if there is one."""
    if not has_database():
        return rules.findings(Rota(catalog), now, rules.Known())
    with installation.database(exclusive=False) as opened, opened.read() as session:
        return reachability.findings(session, catalog, now)


def diagnosis(catalog: Catalog) -> Found:
    """One check for the doctor, with everything that was found."""
    try:
        found = examine(catalog, clock.real())
    except Refusal as problem:
        return warning("on call", f"no one can be checked: {problem}", "see the database above.")
    if not found:
        return ok("on call", "everyone on call in the next 14 days can be reached")
    said = "1 thing" if len(found) == 1 else f"{len(found)} things"
    fix = "\n".join(f"{one.sentence.removesuffix('.')}: {one.advice}" for one in found)
    return warning("on call", f"{said} could keep a page from someone in the next 14 days", fix)
