"""What being on call is worth, by four models (002, Compensation). Money and hours are exact decimals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from bot.catalog.sections.on_call import Compensation
from bot.domain.core.errors import DomainError

Model = Literal["fixed_stipend", "incident_based", "time_based", "comp_time"]
MODELS: tuple[Model, ...] = get_args(Model)
RATES: dict[Model, str] = {
    "fixed_stipend": "per_day", "incident_based": "per_incident", "time_based": "hourly_rate",
}  # fmt: skip
DAY = timedelta(days=1)
CENT = Decimal("0.01")


class NoRate(DomainError):
    """The model {model} needs a rate: write `on_call.compensation.{name}` in tocsin.yml, or give --rate."""


@dataclass(frozen=True)
class Served:
    """One person's window: days on call, hours worked after hours, and the length of each incident they handled."""

    person: str
    days: Decimal = Decimal(0)
    after_hours: Decimal = Decimal(0)
    incident_hours: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Due:
    """What is owed to one person: an amount of money, or hours off."""

    served: Served
    amount: Decimal | None
    hours_off: Decimal | None


def fixed_stipend(days: Decimal, per_day: Decimal) -> Decimal:
    """Model 1: so much a day on call."""
    return days * per_day


def incident_based(incidents: int, per_incident: Decimal) -> Decimal:
    """Model 2: so much an incident handled."""
    return incidents * per_incident


def time_based(hours: Decimal, hourly_rate: Decimal, multiplier: Decimal = Decimal("1.5")) -> Decimal:
    """Model 3: the hourly rate times 1.5 for work after hours."""
    return hours * hourly_rate * multiplier


def comp_time(incident_hours: Sequence[Decimal]) -> Decimal:
    """Model 4: hours off, as long as the incidents were."""
    return sum(incident_hours, Decimal(0))


def due(served: Served, model: Model, rates: Compensation) -> Due:
    """What `model` owes for it; money to the cent, half up. Raises NoRate."""
    if model == "comp_time":
        return Due(served, None, comp_time(served.incident_hours))
    rate = _rate(rates, model)
    if model == "fixed_stipend":
        amount = fixed_stipend(served.days, rate)
    elif model == "incident_based":
        amount = incident_based(len(served.incident_hours), rate)
    else:
        amount = time_based(served.after_hours, rate, Decimal(rates.multiplier))
    return Due(served, amount.quantize(CENT, ROUND_HALF_UP), None)


def _rate(rates: Compensation, model: Model) -> Decimal:
    found = getattr(rates, RATES[model])
    if found is None:
        raise NoRate(model=model, name=RATES[model])
    return Decimal(found)


def hours(span: timedelta) -> Decimal:
    """A span in hours."""
    return Decimal(int(span.total_seconds())) / 3600


def days(spans: Sequence[tuple[datetime, datetime]], zone: ZoneInfo) -> Decimal:
    """Days on call by the wall clock: Monday 09:00 to Monday 09:00 is 7, also in the week of a clock change."""
    walls = ((_wall(start, zone), _wall(end, zone)) for start, end in merged(spans))
    seconds = sum(int((end - start).total_seconds()) for start, end in walls)
    return (Decimal(seconds) / 86_400).quantize(CENT, ROUND_HALF_UP)


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def merged(spans: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The same time with overlaps counted once, in order."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif start < end:
            found.append((start, end))
    return found


def shift_hours(start: datetime, turn_days: int) -> Decimal:
    """Real hours of a turn that begins at `start` (aware, local) and ends at the same clock time days later."""
    end = (start + turn_days * DAY).replace(fold=0)
    return Decimal(int(end.timestamp() - start.timestamp())) / 3600
