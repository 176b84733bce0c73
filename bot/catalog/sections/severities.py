"""What each severity asks of us, and every spelling by which people and monitoring systems call it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PlainSerializer, PlainValidator

from bot.catalog.duration import Duration, format_duration, parse_duration
from bot.catalog.value import Keyed

Severity = Literal["SEV-1", "SEV-2", "SEV-3", "SEV-4"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
NextBusinessDay = Literal["next_business_day"]


def _parse_target(written: Any) -> timedelta | str:
    return "next_business_day" if written == "next_business_day" else parse_duration(written)


def _write_target(target: timedelta | str) -> str:
    return target if isinstance(target, str) else format_duration(target)


Response = Annotated[
    timedelta | NextBusinessDay, PlainValidator(_parse_target), PlainSerializer(_write_target, return_type=str)
]


class SeverityRow(Keyed):
    """The one row of policy that a severity drives; lengths count from the declaration."""

    label: str
    emoji: str
    aliases: tuple[str, ...] = ()
    definition: str = ""
    examples: tuple[str, ...] = ()
    ack: Duration | None = None
    first_response: Response | None = None
    ic: Response | None = None
    resolve: Duration | None = None
    cadence: Duration | None = None
    ic_checkpoint: Duration | None = None
    stability_hold: Duration = timedelta(0)
    escalate_every: Duration | None = None
    page: Duration | None = None
    war_room: Literal["always", "ask", "on_request", "never"]
    policy: str | None = Field(default=None, alias="escalation")
    after_hours: str | None = None
    suggest_raise: Duration | None = None
    postmortem: Literal["full", "brief", "batch", "none"]
    comms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    quiet_hours: Literal["ignore", "defer", "business_hours"] = "ignore"

    @property
    def number(self) -> int:
        """1 for the worst."""
        return int(self.key[-1])


def spelling(text: str) -> str:
    """`SEV 1`, `sev-1`, `Sev_1` -> `sev1`: case, spaces, dashes and underscores carry no meaning."""
    return re.sub(r"[\s_-]+", "", text.strip().lower())


def spellings(rows: Mapping[str, SeverityRow]) -> dict[str, str]:
    """Every accepted spelling -> severity. P1 is SEV-2: the P scale counts from zero."""
    known = {spelling(alias): key for key, row in rows.items() for alias in (*row.aliases, row.label)}
    for key, row in rows.items():
        scales = (key, f"P{row.number - 1}", f"severity {row.number}", f"S{row.number}")
        known.update({spelling(name): key for name in scales})
    return known
