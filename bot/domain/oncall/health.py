"""What being on call costs: pages a week, after hours, false alarms, who carries how much, and signs of too much.

Pure functions over interruptions; the targets are those of the section `on_call`, and strict: five is not below five.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.catalog.sections.notifications import BusinessHours
from bot.catalog.sections.on_call import Burnout, Night, OnCallLife, Targets
from bot.domain.oncall.after_hours import is_after_hours, is_night, is_weekend
from bot.domain.oncall.survey import Turns

ENOUGH = 4
"""Pages: with fewer, an uneven load is chance."""


@dataclass(frozen=True)
class Interruption:
    """One person asked about one incident, however often. `false_alarm`: it was cancelled. `lasted`: open so long."""

    person: str
    at: datetime
    incident: int
    service: str | None = None
    false_alarm: bool = False
    lasted: timedelta = timedelta(0)


@dataclass(frozen=True)
class Measured:
    """Against what pages are measured. `zones` are the people's own; `hours` on call by person weigh who had most."""

    life: OnCallLife
    working: BusinessHours
    zones: Mapping[str, ZoneInfo]
    hours: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """Whether each figure is below its target; None where there is nothing to judge."""

    pages_ok: bool
    after_hours_ok: bool
    false_positive_ok: bool | None


@dataclass(frozen=True)
class Load:
    """One person's, or everybody's, share. Rates are per week; percentages 0..100, None without a whole to share."""

    pages: int
    after_hours: int
    nights: int
    weekend: int
    false_alarms: int
    long_incidents: int
    pages_per_week: Decimal
    after_hours_per_week: Decimal
    false_positive_pct: Decimal | None
    share_pct: Decimal | None
    time_pct: Decimal | None
    verdict: Verdict
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Health:
    """`weeks` looked at, everybody together, each person by name, what would help, and how turns were found."""

    weeks: Decimal
    everybody: Load
    people: dict[str, Load]
    improvements: tuple[str, ...]
    turns: tuple[Turns, ...] = ()


def verdict(targets: Targets, pages: Decimal, after_hours: Decimal, false_positive_pct: Decimal | None) -> Verdict:
    """Rates per week against their targets (002, On-Call Health): below, never equal."""
    return Verdict(
        pages_ok=pages < targets.pages_per_week_lt,
        after_hours_ok=after_hours < targets.after_hours_per_week_lt,
        false_positive_ok=None if false_positive_pct is None else false_positive_pct < targets.false_positive_pct_lt,
    )


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """`part` of `whole` in percent; None when there is no whole: no pages are neither all false nor all real."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None


def health(pages: Sequence[Interruption], weeks: Decimal, against: Measured) -> Health:
    """The figures of a window of `weeks` (more than zero)."""
    names = sorted({one.person for one in pages} | set(against.hours))
    people = {name: _load([one for one in pages if one.person == name], pages, weeks, against, name) for name in names}
    everybody = _load(pages, pages, weeks, against, None)
    return Health(weeks, everybody, people, _improvements(pages, [everybody, *people.values()], against))


def _load(
    own: Sequence[Interruption], everyone: Sequence[Interruption], weeks: Decimal, against: Measured, name: str | None
) -> Load:
    late = sum(_after_hours(one, against) for one in own)
    false_alarms = sum(one.false_alarm for one in own)
    rates = Decimal(len(own)) / weeks, Decimal(late) / weeks
    wrong = percent(false_alarms, len(own))
    load = Load(
        pages=len(own),
        after_hours=late,
        nights=sum(_night(one, against) for one in own),
        weekend=sum(is_weekend(against.zones[one.person], one.at) for one in own),
        false_alarms=false_alarms,
        long_incidents=len({one.incident for one in own if one.lasted > against.life.burnout.long_incident}),
        pages_per_week=rates[0],
        after_hours_per_week=rates[1],
        false_positive_pct=wrong,
        share_pct=percent(len(own), len(everyone)),
        time_pct=percent(against.hours.get(name, Decimal(0)), sum(against.hours.values())) if name else None,
        verdict=verdict(against.life.targets, *rates, wrong),
    )
    return load if name is None else _with_signs(load, against, _people(everyone, against))


def _after_hours(one: Interruption, against: Measured) -> bool:
    return is_after_hours(against.working, against.zones[one.person], one.at)


def _night(one: Interruption, against: Measured) -> bool:
    night: Night = against.life.night
    return is_night(night, against.zones[one.person], one.at)


def _people(pages: Iterable[Interruption], against: Measured) -> int:
    return len({one.person for one in pages} | set(against.hours))


def _with_signs(load: Load, against: Measured, people: int) -> Load:
    """Burnout indicators (002): long incidents, weekend work; and nights, and more than a fair share."""
    limits: Burnout = against.life.burnout
    signs = []
    if load.long_incidents:
        hours = limits.long_incident.total_seconds() / 3600
        signs.append(f"{_counted(load.long_incidents, 'incident')} longer than {hours:g} h")
    if load.weekend >= limits.weekend_pages:
        signs.append(f"{_counted(load.weekend, 'page')} on weekends")
    if load.nights >= limits.nights:
        signs.append(f"{_counted(load.nights, 'page')} at night")
    fair = load.time_pct if load.time_pct is not None else Decimal(100) / people
    if people > 1 and load.pages >= ENOUGH and load.share_pct and load.share_pct > fair * limits.share:
        signs.append(f"{load.share_pct:.0f} % of all pages, {fair:.0f} % would be fair")
    return Load(**{**load.__dict__, "signs": tuple(signs)})


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _improvements(pages: Sequence[Interruption], loads: Sequence[Load], against: Measured) -> tuple[str, ...]:
    """What 002 advises for each target that is missed, with the service that is behind most of it.

    The first of `loads` is everybody's: one person's week is judged by the others, a rotation's alerts by all pages.
    """
    found = []
    if any(one.verdict.false_positive_ok is False for one in loads):
        found.append("Fewer false alarms: tune the alerts" + _of_service(one for one in pages if one.false_alarm))
    if any(not one.verdict.after_hours_ok for one in loads[1:]):
        late = (one for one in pages if _after_hours(one, against))
        found.append("Fewer pages after hours: fix what keeps breaking" + _of_service(late))
    if any(not one.verdict.pages_ok for one in loads[1:]):
        found.append("Better runbooks: faster resolution" + _of_service(pages))
        found.append("More people in the rotation: fewer turns for each")
    return tuple(f"{one}." for one in found)


def _of_service(pages: Iterable[Interruption]) -> str:
    services = Counter(one.service for one in pages if one.service)
    return f" (most are about {services.most_common(1)[0][0]})" if services else ""
