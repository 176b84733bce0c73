"""The arguments of `tocsin oncall override` and `tocsin oncall swap`. Imports nothing heavy."""

from argparse import ArgumentParser

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
