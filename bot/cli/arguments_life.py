"""The verbs of `tocsin oncall` that concern life on call: calendars, health, pay. Imports nothing heavy."""

from argparse import ArgumentParser
from pathlib import Path

from bot.cli.command import Command

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
