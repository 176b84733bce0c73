"""The shape of the command line: every command with its options and an example. Imports nothing heavy."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from bot.cli.command import Command, json, ref
from bot.cli.incident.arguments import INCIDENT, PAGING
from bot.cli.oncall.arguments import LIFE, ROTA


def parser(commands: tuple[Command, ...]) -> ArgumentParser:
    """The parser of `tocsin`; the chosen command is in `command`, its verb in `verb`."""
    top = ArgumentParser("tocsin", description="Runs incidents in Slack: pages until somebody answers, opens a war "
                         "room, hands over the postmortem.", formatter_class=RawDescriptionHelpFormatter,
                         epilog=_epilog("tocsin demo"))  # fmt: skip
    _add(top, commands, "command")
    return top


def _add(parent: ArgumentParser, commands: tuple[Command, ...], into: str) -> None:
    choices = parent.add_subparsers(dest=into, required=True, metavar=into)
    for one in commands:
        child = choices.add_parser(
            one.name,
            help=one.summary,
            description=one.summary,
            epilog=_epilog(one.example),
            formatter_class=RawDescriptionHelpFormatter,
        )
        one.shape(child)
        if one.verbs:
            _add(child, one.verbs, "verb")


def _epilog(example: str) -> str:
    return "example:\n" + "\n".join(f"  {line}" for line in example.splitlines())


def _output(to: ArgumentParser) -> None:
    to.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE instead of standard output")


def _demo(to: ArgumentParser) -> None:
    to.add_argument("--port", type=int, default=0, help="port of the page (default: a free one)")
    to.add_argument("--no-tour", action="store_true", help="do not play the scripted incident")
    to.add_argument("--speed", type=float, default=1.0, help="60 makes a minute pass in a second")
    to.add_argument("--exit", action="store_true", help="play the incident, print its transcript and postmortem, end")
    json(to)


def _sandbox(to: ArgumentParser) -> None:
    to.add_argument("--port", type=int, default=0, help="default: a free one")
    to.add_argument("--manifest", type=Path, metavar="FILE", help="the app's manifest (default: Tocsin's own)")
    to.add_argument("--company", type=Path, metavar="FILE", help="people and channels (default: a small company)")
    to.add_argument("--ledger", type=Path, metavar="FILE", help="JSONL file for every write that took effect")
    to.add_argument("--request-url", metavar="URL", help="deliver by signed HTTP instead of Socket Mode")
    to.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="added to every Web API answer")
    to.add_argument("--json", action="store_true", help="print one JSON line when ready")


def _check(to: ArgumentParser) -> None:
    to.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: $TOCSIN_CONFIG, or tocsin.yml")
    to.add_argument("--effective", action="store_true", help="print every value in force and where it comes from")
    _against(to)
    json(to)


def _doctor(to: ArgumentParser) -> None:
    to.add_argument("--live", action="store_true", help="send a test page through the running bot and wait for it")
    to.add_argument("--to", metavar="PERSON", help="who receives the test page, such as @ana")
    json(to)


def _init(to: ArgumentParser) -> None:
    to.add_argument("file", nargs="?", type=Path, default=Path("tocsin.yml"), metavar="FILE")
    to.add_argument("--from-slack", action="store_true", help="fill in the people and channels of your workspace")


def _backup(to: ArgumentParser) -> None:
    to.add_argument("file", type=Path, metavar="FILE", help="the copy; never over an existing file")
    json(to)


def _restore(to: ArgumentParser) -> None:
    to.add_argument("file", type=Path, metavar="FILE", help="a copy made by `tocsin backup`")
    json(to)


def _copy(to: ArgumentParser) -> None:
    to.add_argument("--to", required=True, metavar="URL", help="an empty PostgreSQL database")
    json(to)


def _manifest(to: ArgumentParser) -> None:
    to.add_argument("--mode", choices=("socket", "http"), default="socket")
    to.add_argument("--url", default="", help="public address of the bot, for HTTP mode")


def _config(to: ArgumentParser) -> None:
    to.add_argument("--config", type=Path, metavar="FILE", help="default: $TOCSIN_CONFIG, or tocsin.yml")
    json(to)


def _who(to: ArgumentParser) -> None:
    to.add_argument("--schedule", metavar="S", help="default: all of them")
    to.add_argument("--at", metavar="T", help="ISO 8601; without an offset it is the schedule's local time")
    _config(to)


def _window(to: ArgumentParser, *, required: bool) -> None:
    to.add_argument("--schedule", metavar="S", required=required)
    to.add_argument("--from", dest="since", metavar="A", help="ISO 8601 (default: now)")
    to.add_argument("--to", dest="until", metavar="B", help="ISO 8601 (default: four weeks later)")
    _config(to)


def _shifts(to: ArgumentParser) -> None:
    _window(to, required=True)
    to.add_argument("--history", action="store_true", help="who really was on call, as the bot wrote it down")


def _picture(to: ArgumentParser) -> None:
    to.add_argument("--schedule", metavar="S", required=True)
    to.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="the PNG file to write")
    to.add_argument("--from", dest="since", metavar="A", help="ISO 8601; its day is the first of the two weeks (now)")
    to.add_argument("--zone", metavar="ZONE", help="whose clock it shows, such as Europe/Madrid (the schedule's)")
    _config(to)


def _preview(to: ArgumentParser) -> None:
    to.add_argument("--policy", metavar="P", help="default: the one that pages for --severity and --service")
    to.add_argument("--at", metavar="T", help="ISO 8601 (default: now)")
    to.add_argument("--severity", metavar="SEV", help="chooses the policy, the waits and the ways")
    to.add_argument("--service", metavar="S", help="the service that the incident would be about")
    to.add_argument("--alert", type=Path, metavar="FILE", help="take severity and service from the labels of an alert")
    _against(to)
    _config(to)


def _against(to: ArgumentParser) -> None:
    to.add_argument("--against", type=Path, metavar="OLD", help="what changes compared with this configuration")
    to.add_argument("--days", type=int, choices=range(1, 367), default=14, metavar="N", help="how far to look (14)")


def _postmortem(to: ArgumentParser) -> None:
    ref(to)
    to.add_argument("--format", choices=("md", "html", "json"), default="md")
    _output(to)


def _export(to: ArgumentParser) -> None:
    ref(to)
    _output(to)


def _audit(to: ArgumentParser) -> None:
    to.add_argument("ref", nargs="?", metavar="INC", help="one incident (default: everything)")
    json(to)


ONCALL = (
    Command("who", "who is on call", "tocsin oncall who --schedule primary-oncall --at 2026-12-24T18:00", _who),
    Command("shifts", "who is on call when", "tocsin oncall shifts --schedule primary-oncall --from 2026-12-01 "
            "--to 2027-01-01", _shifts),
    Command("gaps", "when nobody is on call", "tocsin oncall gaps", lambda to: _window(to, required=False)),
    Command("picture", "two weeks of a schedule as a picture",
            "tocsin oncall picture --schedule primary-oncall -o primary.png", _picture),
    Command("preview", "whom a policy would page, level by level; --against: what another configuration changes",
            "tocsin oncall preview --severity sev1 --service checkout --at 2026-12-24T18:00", _preview),
    Command("check", "can everybody on call be reached?", "tocsin oncall check --json", _config),
    *ROTA,
    *LIFE,
)  # fmt: skip

COMMANDS = (
    Command("demo", "the bot and a local Slack in a browser", "tocsin demo --speed 60", _demo),
    Command("run", "run the bot against Slack", "SLACK_BOT_TOKEN=xoxb-... SLACK_APP_TOKEN=xapp-... tocsin run"),
    Command("sandbox", "a local Slack alone, for any Slack app", "tocsin sandbox --port 3000", _sandbox),
    Command("check", "is the configuration right?", "tocsin check new.yml --against tocsin.yml", _check),
    Command("doctor", "is the installation right?", "tocsin doctor --live --to @ana", _doctor),
    Command("migrate", "bring the database up to date", "tocsin migrate"),
    Command("init", "write a first tocsin.yml", "tocsin init --from-slack", _init),
    Command("incident", "run incidents when Slack is down", "tocsin incident list", verbs=(*INCIDENT, *PAGING)),
    Command("oncall", "who is on call", "tocsin oncall who", verbs=ONCALL),
    Command("postmortem", "the postmortem draft of an incident", "tocsin postmortem INC-1 --format html -o inc-1.html",
            _postmortem),
    Command("export", "everything about an incident as JSON", "tocsin export INC-1 -o inc-1.json", _export),
    Command("audit", "check the journal", "tocsin audit verify", verbs=(
        Command("verify", "walk the hash chains: 0, or 1 naming the first bad entry", "tocsin audit verify INC-1",
                _audit),)),
    Command("backup", "a consistent copy of the SQLite database, also while the bot runs",
            "tocsin backup backup.db", _backup),
    Command("restore", "put a backup where no database is", "tocsin restore backup.db", _restore),
    Command("copy", "move a SQLite database into an empty PostgreSQL database",
            "tocsin copy --to postgresql+psycopg://tocsin@db.example.com/tocsin", _copy),
    Command("manifest", "the Slack app manifest of this installation",
            "tocsin manifest --mode http --url https://tocsin.example.com", _manifest),
)  # fmt: skip
