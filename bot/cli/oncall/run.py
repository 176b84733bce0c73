"""`tocsin oncall`: reads of the schedules; they need neither Slack nor a database, which only adds the overrides."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot import clock
from bot.catalog import Catalog, Schedule, did_you_mean
from bot.cli import chosen_config, printing
from bot.cli.console import Refusal
from bot.domain.core.people import display_name
from bot.domain.schedules import picture as picture_rules
from bot.domain.schedules.report import shifts_json, who_json
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import OnCall, Shift
from bot.rendering import picture

WINDOW = timedelta(days=28)
DEFAULT_DATABASE = "sqlite:///tocsin.db"


class Records(Protocol):
    """What the database adds to the configuration."""

    def rota(self, catalog: Catalog, since: datetime) -> Rota: ...

    def history(self, schedule: str, start: datetime, end: datetime) -> list[Shift]:
        """What was recorded of [start, end), clipped to it."""
        ...

    def groups(self) -> Mapping[str, Sequence[str]] | None:
        """The members of Slack's user groups by handle, None when none is known."""
        ...

    def then(self, schedule: str, at: datetime) -> OnCall | None:
        """Who was on call at `at`, if that was recorded; `until` is None where it still lasts."""
        ...


class NoRecords:
    """There is no database yet: no overrides, and nothing remembered."""

    def groups(self) -> Mapping[str, Sequence[str]] | None:
        return None

    def rota(self, catalog: Catalog, since: datetime) -> Rota:
        return Rota(catalog)

    def history(self, schedule: str, start: datetime, end: datetime) -> list[Shift]:
        return []

    def then(self, schedule: str, at: datetime) -> OnCall | None:
        return None


def has_database() -> bool:
    """Whether there is a database to ask; looking must not make one."""
    url = os.environ.get("DATABASE_URL") or DEFAULT_DATABASE
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def run(options: Namespace, records: Records) -> int:
    """One of who, shifts, gaps, picture."""
    catalog = chosen_config.catalog(options.config)
    return VERBS[options.verb](catalog, options, records)


def schedule(catalog: Catalog, name: str) -> Schedule:
    """The schedule of this name. Raises Refusal with the nearest one."""
    found = catalog.schedules.get(name)
    if found is None:
        raise Refusal.unknown("schedule", name, catalog.schedules, did_you_mean(name, catalog.schedules))
    return found


def chosen(catalog: Catalog, name: str | None) -> list[Schedule]:
    return [schedule(catalog, name)] if name else list(catalog.schedules.values())


def moment(text: str | None, zone: tzinfo) -> datetime | None:
    """ISO 8601 with an offset, or local to `zone`. Raises Refusal."""
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f'"{text}" is not a time: write it as 2026-11-02T09:00 or 2026-11-02T09:00+01:00.', 2) from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)


def span(options: Namespace, zone: tzinfo) -> tuple[datetime, datetime]:
    """The window asked for; four weeks from its beginning, or from now, when the end is left out."""
    start = moment(options.since, zone) or clock.real().replace(microsecond=0)
    end = moment(options.until, zone) or start + WINDOW
    if end <= start:
        raise Refusal("the window ends before it begins: --to must be later than --from.", 2)
    return start, end


def iso(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def readable(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%a %d %b %Y %H:%M %Z")


def _who(catalog: Catalog, options: Namespace, records: Records) -> int:
    schedules = chosen(catalog, options.schedule)
    times = [_at(options.at, one.zone) for one in schedules]
    rota = records.rota(catalog, min(times, default=clock.real()))
    asked = options.at is not None
    found = [_then(rota, records, one, at, asked) for one, at in zip(schedules, times, strict=True)]
    _tell_skipped(rota)
    if options.json:
        answers = [who_json(*row) for row in zip(schedules, times, found, strict=True)]
        printing.document(answers[0] if options.schedule else answers)
    elif not schedules:
        print("No schedule is configured yet.")
    else:
        printing.columns([_on_call(catalog, *row) for row in zip(schedules, found, strict=True)])
    return 0


def _then(rota: Rota, records: Records, one: Schedule, at: datetime, asked: bool) -> OnCall:
    """What was recorded holds for what is past, whatever the schedule says today."""
    planned = rota.on_call(one.key, at)
    recorded = records.then(one.key, at) if asked and at < clock.real() else None
    return recorded._replace(until=recorded.until or planned.until) if recorded else planned


def _tell_skipped(rota: Rota) -> None:
    for sentence in rota.skipped:
        sys.stderr.write(f"note: {sentence}\n")


def _on_call(catalog: Catalog, one: Schedule, found: OnCall) -> tuple[str, str, str]:
    until = f"until {readable(found.until, one.zone)}" if found.until else ""
    return one.key, _names(catalog, found.people), until


def _at(text: str | None, zone: tzinfo) -> datetime:
    return moment(text, zone) or clock.real().replace(microsecond=0)


def _names(catalog: Catalog, people: tuple[str, ...]) -> str:
    known = (catalog.people.get(name) for name in people)
    shown = [f"{person.name} ({key})" if person else key for key, person in zip(people, known, strict=True)]
    return ", ".join(shown) or "NOBODY"


def _shifts(catalog: Catalog, options: Namespace, records: Records) -> int:
    one = schedule(catalog, options.schedule)
    start, end = span(options, one.zone)
    if options.history:
        plan = records.history(one.key, start, end)
    else:
        rota = records.rota(catalog, start)
        _tell_skipped(rota)
        plan = rota.shifts(one.key, start, end)
    if options.json:
        printing.document(shifts_json(one, plan))
    elif not plan:
        print("Nothing is recorded for this time: the bot writes down who is on call while it runs.")
    else:
        printing.columns([_line(catalog, shift, one.zone) for shift in plan])
    return 0


def _line(catalog: Catalog, shift: Shift, zone: tzinfo) -> tuple[str, str, str, str]:
    mark = " (override)" if shift.override else ""
    return (
        readable(shift.start, zone),
        readable(shift.end, zone),
        _names(catalog, shift.people),
        (shift.layer or "") + mark,
    )


def _gaps(catalog: Catalog, options: Namespace, records: Records) -> int:
    rows, lines = [], []
    rota = records.rota(catalog, span(options, UTC)[0])
    for one in chosen(catalog, options.schedule):
        for gap in rota.gaps(one.key, *span(options, one.zone)):
            rows.append({"schedule": one.key, "start": iso(gap.start, one.zone), "end": iso(gap.end, one.zone)})
            lines.append((one.key, readable(gap.start, one.zone), readable(gap.end, one.zone)))
    if options.json:
        printing.document(rows)
    elif lines:
        printing.columns(lines)
    else:
        start, end = span(options, UTC)
        print(f"No gaps from {readable(start, UTC)} to {readable(end, UTC)}.")
    return 0


def _picture(catalog: Catalog, options: Namespace, records: Records) -> int:
    one = schedule(catalog, options.schedule)
    zone = _zone(options.zone) if options.zone else one.zone
    now = moment(options.since, zone) or clock.real()
    start, end = picture_rules.window(now, zone)
    rota = records.rota(catalog, start)
    _tell_skipped(rota)
    drawn = picture_rules.picture(
        one.key, rota.shifts(one.key, start, end), now, zone, lambda who: display_name(who, catalog)
    )
    try:
        options.output.write_bytes(picture.png(drawn))
    except OSError as error:
        raise Refusal(f"{options.output} cannot be written: {error.strerror}.") from None
    if options.json:
        printing.document({"file": str(options.output), "summary": drawn.summary})
    else:
        print(f"{options.output}: {drawn.summary}")
    return 0


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Refusal(f'"{name}" is not a time zone: write one such as Europe/Madrid.', 2) from None


VERBS: dict[str, Callable[[Catalog, Namespace, Records], int]] = {
    "who": _who, "shifts": _shifts, "gaps": _gaps, "picture": _picture,
}  # fmt: skip
