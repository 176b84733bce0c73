"""`--against OLD`: what the configuration at hand changes compared with another, in numbers, names and commands."""

from argparse import Namespace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock
from bot.catalog import Catalog
from bot.cli import chosen_config, console
from bot.cli.console import Refusal
from bot.cli.schedule_records import Records, iso
from bot.domain.preview import difference, moves, summary
from bot.domain.preview.difference import Difference, Lost, Use
from bot.domain.schedules.edits import Edit, Span

MOST_DAYS = 366
"""How far a difference looks at most."""


def of_file(options: Namespace, records: Records) -> int:
    """`tocsin check NEW --against OLD`."""
    return run(options, chosen_config.catalog(options.file), records, clock.real().replace(microsecond=0))


def run(options: Namespace, new: Catalog, records: Records, at: datetime) -> int:
    """Prints the difference within `--days` from `at` on."""
    if not 1 <= options.days <= MOST_DAYS:
        raise Refusal(f"--days takes 1 to {MOST_DAYS}, not {options.days}.")
    old = chosen_config.catalog(options.against)
    end = at + timedelta(days=options.days)
    before, after = records.rota(old, at), records.rota(new, at)
    found = difference.compare(before, after, at, end, records.groups())
    moved = moves.compare(before, after, at)
    idle = records.without_effect(new, at)
    if options.json:
        console.document({**document(old, new, found, at, end), "shifts": _shifts(new, moved), "without_effect": idle})
        return 0
    for sentence in [*moves.sentences(old, new, moved, at), *idle, *summary.sentences(old, new, found),
                     _total(found, options.days)]:  # fmt: skip
        print(sentence)
    return 0


def _shifts(new: Catalog, moved: list[Edit]) -> list[dict[str, Any]]:
    """Whose shifts move within eight weeks, as the bot will tell them."""
    zone = ZoneInfo(new.display.time_zone)

    def spans(rows: tuple[Span, ...]) -> list[list[str | None]]:
        return [[iso(start, zone), iso(end, zone) if end else None] for start, end in rows]

    return [
        {"schedule": one.schedule, "before": list(one.before), "now": list(one.people),
         "moved": [{"person": row.person, "was": spans(row.was), "now": spans(row.now)} for row in one.moved]}
        for one in moved
    ]  # fmt: skip


def _total(found: Difference, days: int) -> str:
    if not (found.swaps or found.gaps or found.lost):
        return f"No one is paged differently in the next {days} days."
    return f"In the next {days} days: {summary.summary(found)}"


def document(old: Catalog, new: Catalog, found: Difference, start: datetime, end: datetime) -> dict[str, Any]:
    """The difference as plain JSON; `removed` are the sentences about what is gone."""
    zone = ZoneInfo(new.display.time_zone)
    return {
        "from": iso(start, zone),
        "to": iso(end, zone),
        "removed": list(summary.removals(old, new, found)),
        "changes": [
            {**_use(one.use), "level": one.level, "start": iso(one.start, zone), "end": iso(one.end, zone),
             "before": list(one.before), "after": list(one.after)}
            for one in found.swaps
        ],
        "gaps": [
            {"schedule": one.schedule, "start": iso(one.start, zone), "end": iso(one.end, zone),
             "before": list(one.before), "command": summary.command(one, new)}
            for one in found.gaps
        ],
        "nobody": [
            {**_use(one.use), "start": iso(one.start, zone), "end": iso(one.end, zone)} for one in found.silences
        ],
        "less_reachable": [_lost(one) for one in found.lost],
    }  # fmt: skip


def _lost(one: Lost) -> dict[str, Any]:
    return {
        "person": one.person,
        "gone": list(one.gone),
        "left": list(one.left),
        "beyond_slack": not one.severe,
        "unreachable": one.unreachable,
        "for": [case for use in one.uses for case in use.cases],
        "policies": list(dict.fromkeys(use.new for use in one.uses)),
    }


def _use(use: Use) -> dict[str, Any]:
    return {"policy_before": use.old, "policy_after": use.new, "for": list(use.cases)}
