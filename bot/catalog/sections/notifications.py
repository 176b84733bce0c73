"""How and when people are reached who say nothing themselves, and the working hours that this depends on."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from bot.catalog.duration import Duration
from bot.catalog.problem import ConfigProblem
from bot.catalog.section import TARGET, Section
from bot.catalog.sections.company import Contact
from bot.catalog.sections.policies import Target
from bot.catalog.sections.schedules import Clock, DayName, ShiftMessages
from bot.catalog.sections.severities import Severity
from bot.catalog.source import Node
from bot.catalog.value import Plain, Value, ZoneName


class QuietHours(Value):
    """The night, during which severities with `quiet_hours: defer` start no paging; over midnight is usual."""

    starts: Clock = Field(default=time(22), alias="from")
    """When it begins."""
    ends: Clock = Field(default=time(7), alias="to")
    """When it ends."""
    timezone: ZoneName | None = None
    """The zone of these times; `display.time_zone` when it is not said."""


class Executive(Value):
    """People who are informed, not paged, once an incident of these severities is open for `after`; once each."""

    to: tuple[Target, ...]
    """Who is informed."""
    after: Duration
    """How long the incident is open by then."""
    severities: tuple[Severity, ...] = ("SEV-1",)
    """Of which incidents."""


class Notifications(Value):
    """How people are reached when they say nothing themselves; `providers` belong to the integrations."""

    contact: tuple[Contact, ...] = ()
    """The ways by which a person is paged who has no `contact` of their own, each with its delay."""
    providers: Plain = Field(default_factory=dict)
    """Settings of providers. Kept; nothing acts on it yet."""
    quiet_hours: QuietHours | None = None
    """The night of the workspace; without it nothing waits for its end."""
    executives: tuple[Executive, ...] = ()
    """Who is informed of an incident that is still open after a while. Shipped names not defined are left out."""
    shifts: ShiftMessages = ShiftMessages()
    """What people are told of their own shifts."""


def _holiday(text: str) -> str:
    try:
        if not re.fullmatch(r"(\d{4}-)?\d{2}-\d{2}", text):
            raise ValueError
        date.fromisoformat(text if len(text) > 5 else f"2028-{text}")  # a leap year: 02-29 is a day
    except ValueError:
        raise ValueError(f'"{text}" is no day; write 2026-12-25, or 12-25 for every year.') from None
    return text


Holiday = Annotated[
    str,
    AfterValidator(_holiday),
    WithJsonSchema({"type": "string", "title": "day", "examples": ["2026-12-25", "12-25"]}),
]


class BusinessHours(Value):
    """The calendar behind `next_business_day` and `business_hours`; holidays are ISO dates."""

    timezone: ZoneName | None = None
    """The zone of these times; `display.time_zone` when it is not said."""
    days: tuple[DayName, ...] = ("MO", "TU", "WE", "TH", "FR")
    """The working days."""
    opens: Clock = Field(default=time(9), alias="from")
    """When work begins."""
    closes: Clock = Field(default=time(17), alias="to")
    """When it ends."""
    holidays: tuple[Holiday, ...] = ()
    """Days without work: `2026-12-25`, or `12-25` for every year."""


def _executives_read_slack(section: Node, _: Node) -> Iterator[ConfigProblem]:
    """A person who is informed gets a direct message, so it must be someone."""
    listed = section.child("executives")
    for row in listed.items() if listed is not None else ():
        targets = row.child("to")
        for target in targets.items() if targets is not None else ():
            if str(target.value).partition(":")[0] in ("address", "pagerduty"):
                yield target.problem(
                    f"executives are told in Slack, which {target.value} does not read; name a person."
                )


NOTIFICATIONS = Section(
    "notifications", Notifications, refers={"executives[].to[]": TARGET}, check=_executives_read_slack
)
BUSINESS_HOURS = Section("business_hours", BusinessHours)
