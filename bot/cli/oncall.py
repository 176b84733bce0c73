"""`tocsin oncall`: pure reads of the schedules; they need neither Slack nor a database."""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from bot import clock
from bot.catalog import Catalog, Schedule, did_you_mean
from bot.cli import configuration, printing
from bot.cli.refusal import Refusal
from bot.domain.schedule import OnCall, Shift, gaps, on_call, shifts
from bot.domain.schedule_report import shifts_json, who_json

WINDOW = timedelta(days=28)


def run(options: Namespace) -> int:
    """One of who, shifts, gaps."""
    catalog = configuration.catalog(options.config)
    return VERBS[options.verb](catalog, options)


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


def _who(catalog: Catalog, options: Namespace) -> int:
    schedules = chosen(catalog, options.schedule)
    times = [_at(options.at, one.zone) for one in schedules]
    found = [on_call(one, at) for one, at in zip(schedules, times, strict=True)]
    if options.json:
        answers = [who_json(*row) for row in zip(schedules, times, found, strict=True)]
        printing.document(answers[0] if options.schedule else answers)
    elif not schedules:
        print("No schedule is configured yet.")
    else:
        printing.columns([_on_call(catalog, *row) for row in zip(schedules, found, strict=True)])
    return 0


def _on_call(catalog: Catalog, one: Schedule, found: OnCall) -> tuple[str, str, str]:
    until = f"until {readable(found.until, one.zone)}" if found.until else ""
    return one.key, _names(catalog, found.people), until


def _at(text: str | None, zone: tzinfo) -> datetime:
    return moment(text, zone) or clock.real().replace(microsecond=0)


def _names(catalog: Catalog, people: tuple[str, ...]) -> str:
    known = (catalog.people.get(name) for name in people)
    shown = [f"{person.name} ({key})" if person else key for key, person in zip(people, known, strict=True)]
    return ", ".join(shown) or "NOBODY"


def _shifts(catalog: Catalog, options: Namespace) -> int:
    one = schedule(catalog, options.schedule)
    plan = shifts(one, *span(options, one.zone))
    if options.json:
        printing.document(shifts_json(one, plan))
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


def _gaps(catalog: Catalog, options: Namespace) -> int:
    rows, lines = [], []
    for one in chosen(catalog, options.schedule):
        for gap in gaps(one, *span(options, one.zone)):
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


VERBS: dict[str, Callable[[Catalog, Namespace], int]] = {"who": _who, "shifts": _shifts, "gaps": _gaps}
