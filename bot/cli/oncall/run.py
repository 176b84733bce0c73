"""`tocsin oncall`: reads of the schedules; they need neither Slack nor a database, which only adds the overrides."""

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from bot import clock
from bot.catalog import Catalog, Schedule
from bot.cli import chosen_config, console
from bot.cli.console import Refusal
from bot.cli.schedule_records import Records, _at, _zone, chosen, moment, readable, schedule, span
from bot.cli.terminal import painted
from bot.domain.core.people import display_name
from bot.domain.schedules import picture as picture_rules
from bot.domain.schedules.report import gaps_json, shifts_json, who_json
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import OnCall, Shift
from bot.rendering import picture


def run(options: Namespace, records: Records) -> int:
    """One of who, shifts, gaps, picture."""
    catalog = chosen_config.catalog(options.config)
    return VERBS[options.verb](catalog, options, records)


def _who(catalog: Catalog, options: Namespace, records: Records) -> int:
    schedules = chosen(catalog, options.schedule)
    times = [_at(options.at, one.zone) for one in schedules]
    rota = records.rota(catalog, min(times, default=clock.real()))
    asked = options.at is not None
    found = [_then(rota, records, one, at, asked) for one, at in zip(schedules, times, strict=True)]
    _tell_skipped(rota)
    if options.json:
        answers = [who_json(*row) for row in zip(schedules, times, found, strict=True)]
        console.document(answers[0] if options.schedule else answers)
    elif not schedules:
        print("No schedule is configured yet.")
    else:
        console.columns([_on_call(catalog, *row) for row in zip(schedules, found, strict=True)])
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


def _names(catalog: Catalog, people: tuple[str, ...]) -> str:
    known = (catalog.people.get(name) for name in people)
    shown = [f"{person.name} ({key})" if person else key for key, person in zip(people, known, strict=True)]
    return ", ".join(shown) or painted("NO ONE", "red")


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
        console.document(shifts_json(one, plan))
    elif not plan:
        print("Nothing is recorded for this time: the bot writes down who is on call while it runs.")
    else:
        console.columns([_line(catalog, shift, one.zone) for shift in plan])
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
    rows: list[dict[str, str]] = []
    lines = []
    rota = records.rota(catalog, span(options, UTC)[0])
    for one in chosen(catalog, options.schedule):
        found = rota.gaps(one.key, *span(options, one.zone))
        rows += gaps_json(one, found)
        lines += [(one.key, readable(gap.start, one.zone), readable(gap.end, one.zone)) for gap in found]
    if options.json:
        console.document(rows)
    elif lines:
        console.columns(lines)
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
        console.document({"file": str(options.output), "summary": drawn.summary})
    else:
        print(f"{options.output}: {drawn.summary}")
    return 0


VERBS: dict[str, Callable[[Catalog, Namespace, Records], int]] = {
    "who": _who, "shifts": _shifts, "gaps": _gaps, "picture": _picture,
}  # fmt: skip
