"""What being on call may cost, and what is said around a turn: targets, hand-off, wellness, recovery, pay."""

from datetime import time, timedelta
from decimal import Decimal

from pydantic import Field

from bot.catalog.duration import Duration
from bot.catalog.sections.schedules import Clock
from bot.catalog.value import Value

Number = Decimal | int


class Targets(Value):
    """What a week on call should stay below, strictly; the percentage counts false alarms among pages."""

    pages_per_week_lt: Number = 5
    after_hours_per_week_lt: Number = 2
    false_positive_pct_lt: Number = 10


class Night(Value):
    """The hours in which people sleep, in each person's own zone; a page in them costs the next morning."""

    starts: Clock = Field(default=time(22), alias="from")
    ends: Clock = Field(default=time(7), alias="to")


class Burnout(Value):
    """From when on a figure is a sign that somebody carries too much; `share` is a multiple of the fair one."""

    long_incident: Duration = timedelta(hours=4)
    nights: int = Field(default=3, ge=1)
    weekend_pages: int = Field(default=3, ge=1)
    share: Number = Decimal("1.5")


class Handoff(Value):
    """The note at a rotation's change, and the survey after it. `tips` and `quirks` are repeated in every note."""

    note: bool = True
    survey: bool = True
    tips: tuple[str, ...] = ()
    quirks: tuple[str, ...] = ()


class Wellness(Value):
    """Checklists that are sent as direct messages around a turn; off until a team wants them."""

    enabled: bool = False
    before: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Compensation(Value):
    """The rates of the pay report, in one currency. What is left out must be given on the command line."""

    currency: str = ""
    per_day: Number | None = None
    per_incident: Number | None = None
    hourly_rate: Number | None = None
    multiplier: Number = Decimal("1.5")


class OnCallLife(Value):
    """The section `on_call`. `rotation` and `layers` describe the shipped rotation and decide nothing."""

    rotation: Duration = timedelta(days=7)
    layers: tuple[str, ...] = ()
    targets: Targets = Targets()
    night: Night = Night()
    burnout: Burnout = Burnout()
    handoff: Handoff = Handoff()
    wellness: Wellness = Wellness()
    recovery: bool = True
    compensation: Compensation = Compensation()
