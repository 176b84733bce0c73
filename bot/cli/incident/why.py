"""`tocsin incident why`: the stored decisions behind the pages of an incident, readable in a terminal."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from bot.domain.contact.methods import NAMES
from bot.rendering.contexts.paging.why import PAGES, WAYS

Json = dict[str, Any]


def show(found: Json, zone: tzinfo) -> None:
    """Prints every policy that ran, level after level."""
    if not found["escalations"]:
        print(f"Nobody was paged for {found['incident']}.")
    for run in found["escalations"]:
        for line in _run(run, zone):
            print(line)


def _run(run: Json, zone: tzinfo) -> Iterator[str]:
    why = "; ".join(text for text in (run["reason"], run["chosen"]) if text)
    yield f"{run['policy']} since {_at(run['started_at'], zone)}: {why}"
    for level in run["levels"]:
        yield from _level(level, zone)
    if run["not_reached"]:
        yield f"  level {', '.join(str(level) for level in run['not_reached'])} not reached"
    yield f"  {run['end']}"


def _level(level: Json, zone: tzinfo) -> Iterator[str]:
    again = f", round {level['round']}" if level["round"] > 1 else ""
    because = f" ({level['because']})" if level["because"] else ""
    head = f"  {_at(level['at'], zone)}  level {level['level']}{again}{because}: {', '.join(level['to'])}"
    yield f"{head} SKIPPED, {level['skipped']}" if level["skipped"] else head
    for page in level["pages"]:
        note = f" ({page['note']})" if page["note"] else ""
        yield f"    {page['person']['name']}: {page['because']} · {PAGES.get(page['state'], page['state'])}{note}"
        for way in page["ways"]:
            yield from _way(way, zone)


def _way(way: Json, zone: tzinfo) -> Iterator[str]:
    address = f" {way['address']}" if way["address"] else ""
    reason = f": {way['reason']}" if way["reason"] else ""
    yield f"      {NAMES.get(way['via'], way['via'])}{address} {WAYS.get(way['state'], way['state'])}{reason}"
    for one in way["tries"]:
        yield f"        {_at(one['at'], zone)} {one['answer']}{': ' + one['reason'] if one['reason'] else ''}"


def _at(text: str, zone: tzinfo) -> str:
    return datetime.fromisoformat(text).astimezone(zone).strftime("%d %b %H:%M:%S")
