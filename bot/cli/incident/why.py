"""`tocsin incident why`: the stored decisions behind the pages of an incident, readable in a terminal."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from bot.domain.contact.methods import NAMES
from bot.rendering.contexts.paging.why import WAYS

Json = dict[str, Any]


def show(found: Json, zone: tzinfo) -> None:
    """Prints every policy that ran, the newest first: why it ended there, then one sentence a person."""
    if not found["escalations"]:
        print(f"No one was paged for {found['incident']}.")
    for run in reversed(found["escalations"]):
        for line in _run(run, zone):
            print(line)


def _run(run: Json, zone: tzinfo) -> Iterator[str]:
    why = "; ".join(text for text in (run["reason"], run["chosen"]) if text)
    yield f"{run['policy']} since {_at(run['started_at'], zone)}: {why}"
    yield f"  {run['end']}"
    if run["not_reached"]:
        yield f"  level {', '.join(str(level) for level in run['not_reached'])} not reached"
    yield from (f"  {sentence}" for sentence in run["sentences"])
    yield "  Every way of every page, in the order of time:"
    for level in run["levels"]:
        for page in level["pages"]:
            who, asked = page["person"]["name"], ", ".join(level["to"])
            yield f"    {_at(page['at'], zone)}  {who}, level {level['level']}: {asked}"
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
