"""P12: how long the shifts of a year take, of one schedule and of fifty that differ, with overrides on each."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.catalog.sections.schedules import Schedule
from bot.domain.schedules.overrides import KINDS
from bot.domain.schedules.schedule import Override, shifts
from tests.benchmarks.figure import Figure, median

SCHEDULES, OVERRIDES, REPEATS = 50, 26, 5
ZONES = ("Europe/Madrid", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
ROTATIONS = ("daily", "weekly", "weekly", "monthly")
FROM = datetime(2026, 11, 2, tzinfo=UTC)
UNTIL = FROM + timedelta(days=365)


def _schedule(n: int) -> Schedule:
    """By turns of another zone, rotation, hour and size of team; every other one has nights of their own."""
    people = tuple(f"p{(n * 3 + i) % 40}" for i in range(2 + n % 5))
    first = f"2026-01-{5 + n % 20:02}T{n % 24:02}:00"
    layers = [{"name": "main", "rotation": ROTATIONS[n % 4], "start": first, "people": people}]
    if n % 2:
        window = {"from": "20:00", "to": "08:00", "priority": 1}
        layers.append({"name": "nights", "rotation": "daily", "start": first, "people": people[::-1], **window})
    return Schedule.model_validate({"key": f"s{n}", "timezone": ZONES[n % len(ZONES)], "layers": tuple(layers)})


def _overrides(n: int) -> list[Override]:
    """One every fortnight, of each kind in turn, at another hour on each schedule; some lie over one another."""
    monday = FROM.astimezone(ZoneInfo(ZONES[n % len(ZONES)]))
    made = []
    for i in range(OVERRIDES):
        start = monday + timedelta(days=14 * i, hours=n % 24)
        end = start + timedelta(hours=8 + n + 40 * (i % 9))
        kind = KINDS[(n + i) % len(KINDS)]
        substitute = f"p{n % 7}" if kind == "replace" else None
        people = ("p1", "p2") if kind == "only" else ()
        made.append(Override(start, end, kind, f"p{n * 3 % 40}", substitute, people, i + 1))
    return made


def _took(plans: list[tuple[Schedule, list[Override]]]) -> tuple[float, float]:
    """Seconds on the clock and milliseconds of the processor, for all of them once."""
    begun, before = time.perf_counter(), time.process_time()
    for schedule, overrides in plans:
        shifts(schedule, FROM, UNTIL, overrides)
    return time.perf_counter() - begun, (time.process_time() - before) * 1000


def year() -> Iterator[Figure]:
    """P12. No two schedules share anything that could be kept from one to the next."""
    plans = [(_schedule(n), _overrides(n)) for n in range(SCHEDULES)]
    alone = [_took([plan]) for plan in plans]
    worst, cpu = max(alone)
    yield Figure("P12", "the shifts of a year, the slowest of fifty schedules", worst * 1000, "ms", goal=20,
                 ratio=False, cpu=cpu)  # fmt: skip
    runs = [_took(plans) for _ in range(REPEATS)]
    yield Figure("P12", "the shifts of a year, fifty different schedules", median([one for one, _ in runs]), "s",
                 goal=1, ratio=False, cpu=median([one for _, one in runs]) / SCHEDULES)  # fmt: skip
