"""What being on call may cost, and what is said around a turn: targets, hand-off, wellness, recovery, pay."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field, WithJsonSchema

from bot.catalog.duration import Duration
from bot.catalog.section import Section
from bot.catalog.sections.schedules import Clock
from bot.catalog.value import Value

Number = Annotated[Decimal | int, WithJsonSchema({"type": "number"})]


class Targets(Value):
    """What a week on call should stay below, strictly; the percentage counts false alarms among pages."""

    pages_per_week_lt: Number = 5
    """Pages a week."""
    after_hours_per_week_lt: Number = 2
    """Pages a week outside of `business_hours`."""
    false_positive_pct_lt: Number = 10
    """False alarms among pages, in percent."""


class Night(Value):
    """The hours in which people sleep, in each person's own zone; a page in them costs the next morning."""

    starts: Clock = Field(default=time(22), alias="from")
    """When the night begins."""
    ends: Clock = Field(default=time(7), alias="to")
    """When it ends; over midnight is usual."""


class Burnout(Value):
    """From when on a figure is a sign that someone carries too much; `share` is a multiple of the fair one."""

    long_incident: Duration = timedelta(hours=4)
    """An incident longer than this is a sign."""
    nights: int = Field(default=3, ge=1)
    """So many pages at night are a sign."""
    weekend_pages: int = Field(default=3, ge=1)
    """So many pages on weekends are a sign."""
    share: Number = Decimal("1.5")
    """More than so many times the fair share of pages is a sign."""


class Handoff(Value):
    """The note at a rotation's change, and the survey after it. `tips` and `quirks` are repeated in every note."""

    note: bool = True
    """Whether a note is written when the rotation changes."""
    survey: bool = True
    """Whether people are asked how their turn was."""
    tips: tuple[str, ...] = ()
    """Advice that every note repeats."""
    quirks: tuple[str, ...] = ()
    """Known oddities that every note repeats."""


class Wellness(Value):
    """Checklists that are sent as direct messages around a turn; off until a team wants them."""

    enabled: bool = False
    """Whether the checklists are sent."""
    before: tuple[str, ...] = ()
    """What to do before a turn."""
    during: tuple[str, ...] = ()
    """What to do during a turn."""
    after: tuple[str, ...] = ()
    """What to do after a turn."""


class Compensation(Value):
    """The rates of the pay report, in one currency. What is left out must be given on the command line."""

    currency: str = ""
    """The currency that the report names; amounts are not converted."""
    per_day: Number | None = None
    """For each day on call."""
    per_incident: Number | None = None
    """For each incident that someone acknowledged."""
    hourly_rate: Number | None = None
    """For each hour of incidents after hours."""
    multiplier: Number = Decimal("1.5")
    """What the hourly rate is multiplied by."""


class OnCallLife(Value):
    """Life on call: what it may cost, what is said around a turn, and what it is worth."""

    rotation: Duration = timedelta(days=7)
    """How long a turn is usually. Kept; nothing acts on it yet."""
    layers: tuple[str, ...] = ()
    """The usual layers, from the first to be asked. Kept; nothing acts on it yet."""
    targets: Targets = Targets()
    """What a week on call should stay below."""
    night: Night = Night()
    """The hours in which people sleep, where they live."""
    burnout: Burnout = Burnout()
    """From when on a figure is a sign of too much."""
    handoff: Handoff = Handoff()
    """The note at a rotation's change, and the survey after it."""
    wellness: Wellness = Wellness()
    """Checklists around a turn."""
    recovery: bool = True
    """Whether people who were paged at night are told in the morning to rest, and their lead too."""
    compensation: Compensation = Compensation()
    """The rates of the pay report."""


ON_CALL = Section("on_call", OnCallLife)
