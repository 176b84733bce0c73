"""Whose shifts another configuration would move, and how to change a rotation without moving everybody."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.catalog.catalog import Catalog
from bot.catalog.sections.schedules import Layer, Schedule
from bot.domain.core.people import display_name
from bot.domain.schedules import days, edits
from bot.domain.schedules.edits import Edit, Span
from bot.domain.schedules.local_clock import LocalClock, instant, local_moment
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.rotation import Rotation

_ROUND = timedelta(days=366)
SHOWN = 4


def compare(old: Rota, new: Rota, now: datetime) -> list[Edit]:
    """As the bot compares when it reads the new file; a schedule under another name is the same one."""
    before = edits.restored(edits.kept(old.catalog), new.catalog)
    return edits.compare(Rota(before, old.overrides), new, now)


def sentences(old: Catalog, new: Catalog, found: list[Edit], now: datetime) -> Iterator[str]:
    for edit in found:
        schedule = new.schedules.get(edit.schedule) or old.schedules[edit.schedule]
        yield _head(new, edit)
        for one in edit.moved:
            was, planned = (_spans(schedule, spans, now) for spans in (one.was, one.now))
            yield f"  {display_name(one.person, new)}: " + "; ".join(
                [*([f"no longer {was}"] if was else []), *([f"now {planned}"] if planned else [])]
            )
        if edit.schedule in old.schedules and edit.schedule in new.schedules:
            yield from _gentler(old.schedules[edit.schedule], schedule, now)


def _head(catalog: Catalog, edit: Edit) -> str:
    before, people = (
        " and ".join(display_name(who, catalog) for who in whom) or "no one" for whom in (edit.before, edit.people)
    )
    change = f"{people} instead of {before}" if set(edit.before) != set(edit.people) else f"{people}, as before"
    state = "is removed" if edit.gone else "is new" if edit.new else "moves shifts of the next 8 weeks"
    return f"{edit.schedule} {state}; on call now: {change}."


def _spans(schedule: Schedule, spans: tuple[Span, ...], now: datetime) -> str:
    shown = [_span(schedule, start, end, now) for start, end in spans[:SHOWN]]
    more = [f"and {len(spans) - SHOWN} more"] if len(spans) > SHOWN else []
    return ", ".join([*shown, *more])


def _span(schedule: Schedule, start: datetime, end: datetime | None, now: datetime) -> str:
    zone = schedule.zone
    if end is None:
        return f"from {'now' if start <= now else days.at(start, zone)} on"
    if start <= now:
        return days.from_now(end, zone) or f"now – {days.at(end, zone)}"
    return days.words(start, end, zone)


def _gentler(old: Schedule, new: Schedule, now: datetime) -> Iterator[str]:
    """For a layer whose list has become longer or shorter: when a round begins, so that nobody moves before it."""
    for layer in new.layers:
        was = next((one for one in old.layers if one.name == layer.name), None)
        if was is None or len(was.people) == len(layer.people) or was.start != layer.start or was.until:
            continue
        begins = _next_round(old, was, now)
        if begins:
            yield (
                f'  To move no one before that: keep the layer "{layer.name}" as it was with `until: {begins}`, and '
                f"begin the new list in a layer of its own with `start: {begins}`."
            )


def _next_round(schedule: Schedule, layer: Layer, now: datetime) -> str:
    """When the first turn of the list begins again, as the file writes times."""
    clock = LocalClock(schedule.zone, instant(now), instant(now + _ROUND))
    local = clock.local(instant(now))
    for piece in Rotation(layer, schedule).pieces(local, local + int(_ROUND.total_seconds())):
        if piece.turn % len(layer.people) == 0 and piece.start > local:
            return f"{local_moment(piece.start):%Y-%m-%dT%H:%M}"
    return ""
