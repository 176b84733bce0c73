"""What people can see: the messages that stand in Slack, and what reached someone by which way."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.records import Channel, Message
from sandbox.world import World
from tests.stories.world import actions, words
from tests.torture.rota import person_at

Json = dict[str, Any]

REFERENCE = re.compile(r"INC-\d+")
READ = ("email", "sms", "phone", "push", "webhook")
"""Ways beyond Slack whose message must say how it is answered; the others are answered in their own app."""


@dataclass(frozen=True)
class Shown:
    """One message of the bot's as it stands in Slack. `person`: whose direct message it is. `buttons` work now, `once`
    are all that it ever had."""

    place: str
    ts: str
    words: str
    channel: str = ""
    person: str = ""
    thread: str = ""
    key: str = ""
    buttons: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()

    @property
    def reference(self) -> str:
        return next(iter(REFERENCE.findall(self.words)), "")

    @property
    def asks(self) -> bool:
        return "page.ack" in self.buttons

    @property
    def is_page(self) -> bool:
        return bool(self.person) and ("page.ack" in self.once or self.key.startswith("page:"))


@dataclass(frozen=True)
class Came:
    """Something that woke someone. `there`: it has not been taken away again. `told`: what it said. `key` is the
    label it came with, which only tells copies from one another."""

    person: str
    via: str
    told: str
    at: float
    there: bool = True
    answerable: bool = True
    key: str = ""

    def is_about(self, title: str, reference: str) -> bool:
        return reference in REFERENCE.findall(self.told) or title in self.told


def shown_in(world: World) -> list[Shown]:
    """Everything that the bot has said, as it reads now; what only one person was shown for a moment is left out."""
    return [
        _shown(world, channel, message)
        for channel in list(world.channels.values())
        for message in list(channel.messages.values())
        if message.user == world.app.user_id and not message.ephemeral_for
    ]


def _shown(world: World, channel: Channel, message: Message) -> Shown:
    person = next((one for one in channel.members if one != world.app.user_id), "") if channel.kind == "im" else ""
    now: Json = {"text": message.text, "blocks": message.blocks}
    buttons = frozenset(actions(now))
    once = buttons.union(*(actions({"blocks": blocks}) for blocks in message.past))
    return Shown(channel.id, message.ts, words(now), channel.name, person, message.thread_ts or "",
                 key_of(message.metadata), buttons, once)  # fmt: skip


def key_of(metadata: Json | None) -> str:
    return str(((metadata or {}).get("event_payload") or {}).get("key", ""))


def rooms_in(world: World) -> list[Json]:
    """The rooms that the bot made: whom they hold, what is pinned, the links above."""
    made = [one for one in list(world.channels.values()) if one.creator == world.app.user_id and not one.direct]
    return [{"id": one.id, "name": one.name, "members": list(one.members), "pins": [pin.ts for pin in one.pins],
             "bookmarks": [{"title": mark.title} for mark in one.bookmarks]} for one in made]  # fmt: skip


def in_slack(ledger: Iterable[Json], shown: Iterable[Shown]) -> Iterator[Came]:
    """Every page that was posted to a person. One that is gone counts as a copy, and not as a page that is there."""
    stands = {(one.place, one.ts): one for one in shown}
    for call in ledger:
        if call["method"] != "chat.postMessage" or not call["channel"].startswith("D"):
            continue
        one, key = stands.get((call["channel"], call["ts"])), key_of(call["metadata"])
        if one is not None and one.is_page:
            yield Came(one.person, "slack", one.words, call["time"], answerable="page.ack" in one.once, key=key)
        elif one is None and key.startswith("page:"):
            yield Came(call["recipient"], "slack", call["text"], call["time"], there=False, key=key)


def beyond(arrivals: Iterable[Json]) -> Iterator[Came]:
    """Every page that a service took for a person."""
    for one in arrivals:
        if one["asks"]:
            answerable = bool(one["tokens"]) or one["service"] not in READ
            yield Came(person_at(one["to"]), one["service"], one["told"], one["time"], answerable=answerable)
