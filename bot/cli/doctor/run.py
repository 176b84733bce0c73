"""`tocsin doctor`: is this installation right? Every check performs its call; each failure comes with its cure."""

from argparse import Namespace
from collections.abc import Callable, Iterator

from bot.cli import console, installation
from bot.cli.console import Refusal
from bot.cli.doctor import installation as installation_cli
from bot.cli.doctor import live_page, live_templates, providers, slack
from bot.cli.finding import Finding
from bot.cli.oncall import reachability
from bot.cli.terminal import painted, progress


def run(options: Namespace) -> int:
    """0 when nothing failed, else 1."""
    if options.live and not options.to:
        raise Refusal("--live needs to know who to page: add --to @ana.", 2)
    found = []
    with progress() as shown:
        for one in _findings(options, shown.say):
            found.append(one)
            if not options.json:
                shown.clear()
                print("\n".join(one.lines()), flush=True)
                shown.again()
    failures = [one for one in found if one.state == "failed"]
    if options.json:
        console.document({"ok": not failures, "checks": [vars(one) for one in found]})
    elif not failures:
        print(_verdict(sum(one.state == "warning" for one in found)))
    return 1 if failures else 0


def _verdict(warnings: int) -> str:
    if not warnings:
        return painted("All is well.", "green")
    return f"It works, with {warnings} warning{'s' if warnings > 1 else ''}."


def _findings(options: Namespace, begins: Callable[[str], None]) -> Iterator[Finding]:
    """Each as soon as it is known; `begins` is told what is looked at next, since that may wait for other services."""
    begins("Reading the configuration")
    settings = installation.settings()
    catalog, finding = installation_cli.configured()
    yield finding
    yield from installation_cli.mounted(settings.config, installation_cli.mounts())
    begins("Asking Slack")
    yield from slack.examine(settings, catalog)
    begins("Asking the other ways to reach people")
    yield from providers.examine(settings, catalog)
    begins("Looking at the database and the bot")
    yield from installation_cli.examine(settings, catalog)
    begins("Looking at who is on call")
    if catalog is not None and catalog.schedules:
        yield reachability.diagnosis(catalog)
    begins("Trying the templates in Slack" if options.live else "Finishing")
    if options.live and settings.bot_token.get_secret_value():
        yield live_templates.examine(settings)
    if options.live and catalog is not None:
        begins(f"Waiting for {options.to} to acknowledge the test page")
        yield live_page.page(options.to, catalog)
