"""The arguments of `tocsin oncall override` and `tocsin oncall swap`. Imports nothing heavy."""

from argparse import ArgumentParser
from pathlib import Path

from bot.cli.command import Command

_TIME = "ISO 8601; without an offset it is the schedule's local time"


def _numbered(to: ArgumentParser, choices: tuple[str, ...]) -> None:
    to.add_argument("what", nargs="?", choices=choices, metavar="|".join(choices), help="instead of making one")
    to.add_argument("number", nargs="?", type=int, metavar="N", help="which one")


def _window(to: ArgumentParser) -> None:
    to.add_argument("--schedule", metavar="S")
    to.add_argument("--from", dest="since", metavar="A", help=_TIME)
    to.add_argument("--to", dest="until", metavar="B", help=_TIME)
    to.add_argument("--note", default="", metavar="TEXT", help="why; the people it concerns read it")


def _common(to: ArgumentParser) -> None:
    to.add_argument("--as", dest="actor", metavar="PERSON", help="act for somebody in tocsin.yml, such as ana")
    to.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _override(to: ArgumentParser) -> None:
    _numbered(to, ("list", "cancel"))
    _window(to)
    change = to.add_mutually_exclusive_group()
    change.add_argument("--add", metavar="P", help="on call together with the others")
    change.add_argument("--remove", metavar="P", help="not on call, without a substitute")
    change.add_argument("--replace", metavar="P", help="not on call; say with --with who is")
    change.add_argument("--only", nargs="+", metavar="P", help="a temporary schedule: these people and nobody else")
    to.add_argument("--with", dest="substitute", metavar="Q", help="who takes over from --replace")
    to.add_argument("--all", action="store_true", help="list also what is over or cancelled")
    _common(to)


def _swap(to: ArgumentParser) -> None:
    _numbered(to, ("list", "take", "decline", "cancel"))
    _window(to)
    to.add_argument("--with", dest="partner", metavar="Q", help="swap with this person, who must accept")
    to.add_argument("--back-from", dest="back_since", metavar="C", help="the shift of theirs that you take instead")
    to.add_argument("--back-to", dest="back_until", metavar="D", help="its end")
    _common(to)


ROTA = (
    Command("override", "put somebody else on call for a while; list or cancel that",
            "tocsin oncall override --schedule primary-oncall --from 2026-12-24T09:00 --to 2026-12-25T09:00 "
            '--replace ana --with bo --note "a family day"', _override),
    Command("swap", "ask your team to cover a shift, or one person to swap; list, take, decline or cancel that",
            "tocsin oncall swap --schedule primary-oncall --from 2026-12-24 --to 2026-12-25 --with bo "
            "--back-from 2026-12-31 --back-to 2027-01-01 --as ana",
            _swap),
)  # fmt: skip


MODELS = ("fixed_stipend", "incident_based", "time_based", "comp_time")


def _config(to: ArgumentParser) -> None:
    to.add_argument("--config", type=Path, metavar="FILE", help="default: $TOCSIN_CONFIG, or tocsin.yml")
    to.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _ics(to: ArgumentParser) -> None:
    whose = to.add_mutually_exclusive_group(required=True)
    whose.add_argument("--schedule", metavar="S", help="everybody's shifts on a schedule")
    whose.add_argument("--person", metavar="PERSON", help="one person's shifts on all schedules, with reminders")
    to.add_argument("--url", action="store_true", help="print the address to subscribe to instead of the calendar")
    to.add_argument("--config", type=Path, metavar="FILE", help="default: $TOCSIN_CONFIG, or tocsin.yml")
    to.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE instead of standard output")


def _import(to: ArgumentParser) -> None:
    to.add_argument("file", type=Path, metavar="FILE", help="an iCalendar file (.ics)")
    to.add_argument("--schedule", metavar="S", required=True)
    to.add_argument("--kind", choices=("override", "time-off"), default="override",
                    help="override: whoever is named is on call; time-off: they are away")  # fmt: skip
    to.add_argument("--dry-run", action="store_true", help="say what would be changed, and change nothing")
    to.add_argument("--as", dest="actor", metavar="PERSON", help="act for somebody in tocsin.yml, such as ana")
    to.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _health(to: ArgumentParser) -> None:
    to.add_argument("--weeks", type=int, default=4, metavar="N", help="how far to look back (default: 4)")
    to.add_argument("--schedule", metavar="S", help="the people of one schedule (default: all)")
    _config(to)


def _compensation(to: ArgumentParser) -> None:
    to.add_argument("--from", dest="since", metavar="A", required=True, help="ISO 8601, local to the display zone")
    to.add_argument("--to", dest="until", metavar="B", required=True, help="ISO 8601; not part of the window")
    to.add_argument("--model", choices=MODELS, required=True, help="how being on call is paid")
    to.add_argument("--rate", metavar="AMOUNT", help="per day, per incident or per hour (default: from tocsin.yml)")
    to.add_argument("--csv", action="store_true", help="print a table for a spreadsheet")
    _config(to)


LIFE = (
    Command("ics", "a calendar of shifts, or its address",
            "tocsin oncall ics --schedule primary-oncall -o oncall.ics", _ics),
    Command("import", "overrides or time off from a calendar file",
            "tocsin oncall import holidays.ics --schedule primary-oncall --kind time-off --dry-run", _import),
    Command("health", "what being on call costs: pages, nights, false alarms, who carries how much",
            "tocsin oncall health --weeks 8", _health),
    Command("compensation", "what is owed for being on call, by one of four models",
            "tocsin oncall compensation --from 2026-11-01 --to 2026-12-01 --model fixed_stipend --rate 50",
            _compensation),
)  # fmt: skip
