"""`tocsin doctor`: is this installation right? Every check performs its call; each failure comes with its cure."""

from argparse import Namespace
from collections.abc import Iterator

from bot.cli import doctor_home, doctor_live, doctor_slack, doctor_ways, installation, printing, reachability
from bot.cli.finding import Finding
from bot.cli.refusal import Refusal


def run(options: Namespace) -> int:
    """0 when nothing failed, else 1."""
    if options.live and not options.to:
        raise Refusal("--live needs to know whom to page: add --to @ana.", 2)
    found = []
    for one in _findings(options):
        found.append(one)
        if not options.json:
            print("\n".join(one.lines()), flush=True)
    failures = [one for one in found if one.state == "failed"]
    if options.json:
        printing.document({"ok": not failures, "checks": [vars(one) for one in found]})
    elif not failures:
        print(_verdict(sum(one.state == "warning" for one in found)))
    return 1 if failures else 0


def _verdict(warnings: int) -> str:
    if not warnings:
        return "All is well."
    return f"It works, with {warnings} warning{'s' if warnings > 1 else ''}."


def _findings(options: Namespace) -> Iterator[Finding]:
    settings = installation.settings()
    catalog, finding = doctor_home.configured()
    yield finding
    yield from doctor_slack.examine(settings, catalog)
    yield from doctor_ways.examine(settings, catalog)
    yield from doctor_home.examine(settings)
    if catalog is not None and catalog.schedules:
        yield reachability.diagnosis(catalog)
    if options.live and catalog is not None:
        yield doctor_live.page(options.to, catalog)
