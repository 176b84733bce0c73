"""Copies, and the events that may excuse them: a kill or a broken call may double what was in mid-air, once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import inf

from tests.torture.evidence import Evidence
from tests.torture.replicas import PAUSE
from tests.torture.ways import DISTURBED, Pages

IMPRECISE = 1.0
"""Seconds by which a ledger and whoever noted an event may differ."""
IN_FLIGHT = 10.0
"""Seconds for which a call waits for its answer: what arrived earlier than that before an event had been answered."""
RESTART = 10.0
"""Seconds after which a database that was cut off is back."""
AT_MOST = {"slack": 1, "beyond": 2, "bookmark": 1}
"""How many things of each kind one event can double. Two senders serve the ways beyond Slack, where no one can ask what
arrived. What is in Slack can be looked up, but for what someone who stood still says a second time."""


@dataclass(frozen=True)
class Copy:
    """Something that is there once more than it should be; `before` and `at` are when the one before it and it came,
    in real time, as far as that is known. `kind` is a key of AT_MOST, "" for what nothing excuses."""

    what: str
    kind: str = ""
    via: str = ""
    before: float = 0.0
    at: float = inf


@dataclass
class Event:
    """After it no one but the other side can know what took effect. It excuses one copy of each thing that was under
    way: by one of `ways`, where that is known, and as far as `left` goes."""

    begins: float = 0.0
    ends: float = inf
    left: dict[str, int] = field(default_factory=AT_MOST.copy)
    ways: frozenset[str] | None = None

    def excuses(self, copy: Copy) -> bool:
        """It lies between the two, and the first had not long been there."""
        if not self.left.get(copy.kind) or (copy.via and self.ways is not None and copy.via not in self.ways):
            return False
        between = self.begins <= copy.at and self.ends >= copy.before - IMPRECISE
        recent = self.ends == inf or not copy.before or self.begins - copy.before <= IN_FLIGHT
        return between and recent and (copy.at == inf or self.ends == inf or copy.at - self.ends <= DISTURBED)


def found_in(found: Evidence, all_pages: Iterable[Pages]) -> list[Copy]:
    pages = [
        Copy(f"page of {one.reference} to {person} by {via}", "slack" if via == "slack" else "beyond", via, before, at)
        for one in all_pages
        for person, via, before, at in one.copies()
    ]
    return [*pages, *_surfaces(found)]


def events(found: Evidence) -> list[Event]:
    """A failure beyond Slack is not known by its time, so it excuses one copy whenever that came."""
    kill = {**AT_MOST, "slack": 0}
    known = [Event(one.at, one.at, dict(kill), one.mid_air) for one in found.exits if one.is_kill]
    known += [Event(at, at + PAUSE) for at in found.pauses]
    known += [Event(at, at + RESTART) for at in found.restarts]
    known += [Event(one["time"], one["time"], {**AT_MOST, "beyond": 0}) for one in found.ledger if one["fault"]]
    return [*known, *(Event(left={"beyond": 1}) for _ in range(found.beyond))]


def unexcused(found: Evidence, copies: Iterable[Copy]) -> Iterator[str]:
    """The last event before a copy is the one that explains it."""
    known = events(found)
    for copy in sorted(copies, key=lambda one: one.at):
        fits = [one for one in known if one.excuses(copy)]
        if fits:
            min(fits, key=lambda one: (one.ends == inf, abs(one.begins - copy.before))).left[copy.kind] -= 1
        else:
            yield f"{copy.what} is there once too often, and none of {len(known)} events excuses it"


def _surfaces(found: Evidence) -> Iterator[Copy]:
    """Everything in Slack but a page: messages, cards, announcements, ladders, rooms, bookmarks, pins."""
    keys = Counter(one.key for one in found.shown if one.key and not one.is_page)
    for key, count in keys.items():
        yield from (Copy(key) for _ in range(count - 1))
    places = Counter(filter(None, map(_surface, keys)))
    for name, count in places.items():
        yield from (Copy(name) for _ in range(count - 1))
    for title in found.incidents():
        yield from (Copy(f"announcement of {title}") for _ in found.announced(title)[1:])
    yield from (Copy("rooms") for _ in found.rooms[len(found.incidents()) :])
    for room in found.rooms:
        extra = len(room["bookmarks"]) - len({one["title"] for one in room["bookmarks"]})
        yield from (Copy(f"bookmarks of {room['name']}", "bookmark") for _ in range(extra))
        yield from (Copy(f"pins of {room['name']}") for _ in room["pins"][1:])
        cards = [one for one in found.shown if one.place == room["id"] and "incident.more" in one.once]
        yield from (Copy(f"card in {room['name']}") for _ in cards[1:])


def _surface(key: str) -> str:
    """Posts that must be one per incident or escalation although their keys differ.

    A ladder begins again where the incident moves: a room that took longer than a minute finds one in the
    announcement's thread. Its key ends with the channel.
    """
    parts = key.split(":")
    if parts[0] == "room" and parts[2:3] == ["card"]:
        return f"card of {parts[1]}"
    return f"{key.partition('@')[0]} in {parts[-1]}" if key.startswith("ladder:") and "@" in key else ""
