"""docs/reference/permissions.md: who may do what, a row for each action of the table."""

from bot.domain import verbs
from bot.domain.core.permissions import ALLOWED, REFUSAL
from bot.domain.core.verb import Verb

_HEAD = """\
# Who may do what in Slack

`make docs` writes this page from `bot/domain/core/permissions.py`. The table is asked inside the transaction, when a
button is pressed, a form is sent or a command is typed: what a screen still shows decides nothing.
`tests/stories/incidents/test_who_may_do_what.py` tries every cell.

- **Admin**, **responder** and **viewer** are `access` of a person in `tocsin.yml`. Full members of the workspace who
  aren't named there are responders: declaring and answering must work for everyone on hand.
- What Slack says of an account wins: a **guest**, an app, someone of another workspace or a deactivated account is
  never more than that.
- Guests and viewers acknowledge, decline and pass on only what they were asked to take.
- A private incident doesn't exist for anyone but its declarer, those who take or took part in it, and admins.
- What stands in `tocsin.yml` (policies, schedules, people) is changed there, not in Slack, by those who may write
  that file.
- The command line and the bearer token are an operator's, who may do everything; `--as` says in whose name.

| Action | Admin | Responder | Viewer | Guest |
|---|---|---|---|---|
"""
_TOLD = (
    ("viewer", "Viewer"), ("guest", "Guest"), ("stranger", "Of another workspace"), ("bot", "App"),
    ("deactivated", "Deactivated account"),
)  # fmt: skip
_SHOWN = ("admin", "responder", "viewer", "guest")
_INSTEAD = {"status": "`/incident status identified`, which sets it"}
_MORE = {
    "list": "`/incident status` alone, which shows it",
    "handoff": "*Take over*, *Edit* and marks of shift notes",
    "join": "*Join* an incident",
}


def text() -> str:
    """The page."""
    rows = [f"| {_commands(action)} | {' | '.join(_cell(row, action) for row in _SHOWN)} |\n" for action in _actions()]
    told = [f"| {name} | {REFUSAL[row]} |\n" for row, name in _TOLD]
    apps = "Apps see the help. People of another workspace and deactivated accounts may do nothing.\n"
    return "".join([_HEAD, *rows, "\n", apps, "\n## What is answered\n\n| Who | is told |\n|---|---|\n", *told])


def _actions() -> list[str]:
    """In the order of the help, then those that only buttons have."""
    named = [verb.action for verb in _verbs()]
    return list(dict.fromkeys([*named, *sorted(verbs.BUTTONS_ONLY)]))


def _verbs() -> list[Verb]:
    return [*verbs.at("incident", "slack"), *verbs.at("oncall", "slack")]


def _commands(action: str) -> str:
    spelled = [f"`/{command} {verb.name}`" for command in ("incident", "oncall") for verb in verbs.at(command, "slack")
               if verb.action == action]  # fmt: skip
    told = [_INSTEAD[action]] if action in _INSTEAD else spelled
    return ", ".join([*told, *([_MORE[action]] if action in _MORE else [])])


def _cell(row: str, action: str) -> str:
    allowed = ALLOWED[row]
    return "yes" if allowed is None or action in allowed else ""
