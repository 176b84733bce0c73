"""`tocsin doctor`: is this installation right? Every check performs its call; each failure comes with its cure."""

from argparse import Namespace
from collections.abc import Iterator

from bot.cli import console, installation
from bot.cli.console import Refusal
from bot.cli.doctor import installation as installation_cli
from bot.cli.doctor import live_page, live_templates, providers, slack
from bot.cli.finding import Finding
from bot.cli.oncall import reachability


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
        console.document({"ok": not failures, "checks": [vars(one) for one in found]})
    elif not failures:
        print(_verdict(sum(one.state == "warning" for one in found)))
    return 1 if failures else 0


def _verdict(warnings: int) -> str:
    if not warnings:
        return "All is well."
    return f"It works, with {warnings} warning{'s' if warnings > 1 else ''}."


def _findings(options: Namespace) -> Iterator[Finding]:
    settings = installation.settings()
    catalog, finding = installation_cli.configured()
    yield finding
    yield from installation_cli.mounted(settings.config, installation_cli.mounts())
    yield from slack.examine(settings, catalog)
    yield from providers.examine(settings, catalog)
    yield from installation_cli.examine(settings, catalog)
    if catalog is not None and catalog.schedules:
        yield reachability.diagnosis(catalog)
    if options.live and settings.bot_token.get_secret_value():
        yield live_templates.examine(settings)
    if options.live and catalog is not None:
        yield live_page.page(options.to, catalog)
