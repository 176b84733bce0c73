"""The shape of the command line: every command with its options and an example. Imports nothing heavy."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from pathlib import Path

from bot.cli import verb_arguments
from bot.cli.command import Command, Parser, ShowVersion, json, listed, ref


def parser(commands: tuple[Command, ...], version: Callable[[], str] = lambda: "tocsin") -> ArgumentParser:
    """The parser of `tocsin`; the command is in `command`, its verb in `verb`. `version` is asked for `--version`."""
    says = "Runs incidents in Slack: pages until someone answers, opens a war room, hands over the postmortem."
    top = Parser("tocsin", description=f"{says}\n\n{listed(commands)}", formatter_class=RawDescriptionHelpFormatter,
                 epilog=_epilog("tocsin demo"))  # fmt: skip
    top.add_argument(
        "--version", action=ShowVersion, nargs=0, const=version, help="show which version this is and exit"
    )
    _add(top, commands, "command")
    return top


def _add(parent: ArgumentParser, commands: tuple[Command, ...], into: str) -> None:
    choices = parent.add_subparsers(dest=into, required=True, metavar=into, help="one of those above; each has --help")
    for one in commands:
        child = choices.add_parser(
            one.name,
            description=_described(one),
            epilog=_epilog(one.example),
            formatter_class=RawDescriptionHelpFormatter,
        )
        one.shape(child)
        child.set_defaults(**{into: one.name})  # a synonym is the verb itself to everything that comes later
        for synonym in one.synonyms:
            choices.choices[synonym] = child
        if one.verbs:
            _add(child, one.verbs, "verb")


def _described(one: Command) -> str:
    also = f"Also: {', '.join(one.synonyms)}." if one.synonyms else ""
    return "\n\n".join(text for text in (one.summary, also, listed(one.verbs) if one.verbs else "") if text)


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


def _purge(to: ArgumentParser) -> None:
    to.add_argument("--older-than", metavar="SPAN", help="such as 90d, instead of `retention.deliveries`")
    json(to)


def _manifest(to: ArgumentParser) -> None:
    to.add_argument("--mode", choices=("socket", "http"), default="socket")
    to.add_argument("--url", default="", help="public address of the bot, for HTTP mode")


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


COMMANDS = (
    Command("demo", "the bot and a local Slack in a browser", "tocsin demo --speed 60", _demo, group="try it"),
    Command("sandbox", "a local Slack alone, for any Slack app", "tocsin sandbox --port 3000", _sandbox,
            group="try it"),
    Command("init", "write a first tocsin.yml", "tocsin init --from-slack", _init, group="set up"),
    Command("check", "check tocsin.yml", "tocsin check new.yml --against tocsin.yml", _check, group="set up"),
    Command("manifest", "the Slack app manifest of this installation",
            "tocsin manifest --mode http --url https://tocsin.example.com", _manifest, group="set up"),
    Command("doctor", "check this installation", "tocsin doctor --live --to @ana", _doctor, group="set up"),
    Command("run", "run the bot against Slack", "SLACK_BOT_TOKEN=xoxb-... SLACK_APP_TOKEN=xapp-... tocsin run",
            group="run it"),
    Command("incident", "run incidents when Slack is down", "tocsin incident list",
            verbs=verb_arguments.commands("incident"), group="incidents"),
    Command("oncall", "who is on call", "tocsin oncall who", verbs=verb_arguments.commands("oncall"),
            group="incidents"),
    Command("postmortem", "the postmortem draft of an incident", "tocsin postmortem INC-1 --format html -o inc-1.html",
            _postmortem, group="incidents"),
    Command("export", "everything about an incident as JSON", "tocsin export INC-1 -o inc-1.json", _export,
            group="incidents"),
    Command("migrate", "bring the database up to date", "tocsin migrate", group="data"),
    Command("backup", "a consistent copy of the SQLite database, also while the bot runs",
            "tocsin backup backup.db", _backup, group="data"),
    Command("restore", "put a backup where no database is", "tocsin restore backup.db", _restore, group="data"),
    Command("copy", "move a SQLite database into an empty PostgreSQL database",
            "tocsin copy --to postgresql+psycopg://tocsin@db.example.com/tocsin", _copy, group="data"),
    Command("purge", "forget old deliveries; incidents, pages and the journal stay", "tocsin purge --older-than 90d",
            _purge, group="data"),
    Command("audit", "check the journal", "tocsin audit verify", group="data", verbs=(
        Command("verify", "walk the hash chains: 0, or 1 naming the first bad entry", "tocsin audit verify INC-1",
                _audit, group="commands"),)),
)  # fmt: skip
