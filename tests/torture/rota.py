"""Who is asked, read from the company's file as a person reads it: the judge's own calendar, not the bot's."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from tests.torture.processes import ROOT

COMPANY: dict[str, Any] = yaml.safe_load((ROOT / "bot/catalog/demo.yml").read_text("utf-8"))
WEEK = timedelta(days=7)

Choice = frozenset[str]
"""Slack ids of which one is enough: more than one only where a shift changes meanwhile."""


def slack_id(name: str) -> str:
    return str(COMPANY["people"][name]["slack"])


def person_at(address: str) -> str:
    """Whose number, mailbox, account or alert this is; "" when it is no one's."""
    for one in COMPANY["people"].values():
        if address in (one["email"], one["phone"]) or one["slack"] in address.split(":"):
            return str(one["slack"])
    return ""


def on_call(schedule: str, clock: float) -> str:
    """Whose week it is, at `clock` (epoch seconds)."""
    found = COMPANY["schedules"][schedule]
    layer = found["layers"][0]
    local = datetime.fromtimestamp(clock, UTC).astimezone(ZoneInfo(found["timezone"])).replace(tzinfo=None)
    start = layer["start"] if isinstance(layer["start"], datetime) else datetime.fromisoformat(layer["start"])
    people = layer["people"]
    return slack_id(people[(local - start) // WEEK % len(people)])


def asked_by(target: str, *clocks: float) -> tuple[Choice, ...]:
    """Everybody whom a level with this target asks at one of these moments."""
    kind, _, name = target.partition(":")
    if kind == "schedule":
        return (frozenset(on_call(name, clock) for clock in clocks),)
    if kind == "team":
        return tuple(frozenset({slack_id(one)}) for one in COMPANY["teams"][name]["members"])
    return (frozenset({name if name.startswith("U") else slack_id(name)}),)
