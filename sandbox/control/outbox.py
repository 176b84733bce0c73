"""What left the app by other ways than Slack: mail, SMS, calls, push messages and webhooks."""

import re

from sandbox.control.context import ControlContext
from sandbox.records import Json
from sandbox.world import World

MAX_TEXT = 20_000
_LINK = re.compile(r"https?://[^\s<>\"'`|]+")
_TRAILING = ".,;:!?)]}"
NEEDED = ("service", "to")


async def arrived(desk: ControlContext, body: Json) -> Json:
    """`{service, to, act?, title?, text?, body?, wrong?}`: a stand-in for a service took something for a person."""
    missing = [name for name in NEEDED if not body.get(name)]
    if missing:
        raise ValueError(f"missing: {', '.join(missing)}")
    world = desk.world
    title, text = str(body.get("title") or ""), str(body.get("text") or "")[:MAX_TEXT]
    item: Json = {
        "n": world.outbox[-1]["n"] + 1 if world.outbox else 1,
        "time": world.clock.now(),
        "service": str(body["service"]),
        "act": str(body.get("act") or "send"),
        "to": str(body["to"]),
        "title": title,
        "text": text,
        "links": links_in(f"{title}\n{text}"),
        "body": body.get("body") or {},
        "wrong": [str(one) for one in body.get("wrong") or ()],
    }
    world.outbox.append(item)
    world.tell("outbox", text=item["service"])
    return {"ok": True, "n": item["n"]}


def links_in(text: str) -> list[str]:
    """The addresses that somebody can follow, each once, without the full stop behind them."""
    return list(dict.fromkeys(found.rstrip(_TRAILING) for found in _LINK.findall(text)))


def listed(world: World, since: int) -> list[Json]:
    """What came after number `since`, oldest first."""
    return [item for item in world.outbox if item["n"] > since]
