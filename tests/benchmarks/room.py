"""P1 and P2: rounds and calls from declare to a room that is ready, and how long that takes at 100 ms per call."""

import time
from collections.abc import Iterator

from tests.benchmarks import peer
from tests.benchmarks.bench import Json, Program, Slack, bot, depths, slack
from tests.benchmarks.figure import Figure, median

ROUNDS_LATENCY, LATENCY, REPEATS = 0.5, 0.1, 7
INVITE, PIN = "conversations.invite", "pins.add"
READY = (INVITE, "card", "announcement", "conversations.setTopic", "bookmarks.add")

ROUTINE = ("auth.test", "dnd.teamInfo", "users.list", "usergroups.list")
"""What is asked now and then, whether or not anybody declares."""


def _declare(where: Slack, running: Program, n: int) -> tuple[list[Json], float]:
    """The calls until the pin, and when the command was typed (seconds since 1970, like the times of the calls)."""
    since = max((call["n"] for call in where.calls()), default=0)
    started = time.time()
    where.do("command", user="dee", channel="general", text=f"/incident declare sev1 Outage {n} --service checkout")
    calls: list[Json] = []
    while not any(call["method"] == PIN for call in calls):
        running.lives(0.01)
        calls = [call for call in where.calls(since) if call["method"] not in ROUTINE]
    pin = next(n for n, call in enumerate(calls) if call["method"] == PIN)
    return calls[: pin + 1], started


def rounds() -> Iterator[Figure]:
    """P1, from the call log."""
    with slack(ROUNDS_LATENCY) as where, bot(where, followed=True) as running:
        where.connected(running)
        where.do("settle")
        calls, _ = _declare(where, running, 1)
    deep = dict.fromkeys(("page", INVITE, "card", "announcement", "conversations.setTopic", "bookmarks.add", PIN), 0)
    for call, depth in zip(calls, depths(calls, ROUNDS_LATENCY), strict=True):
        deep[_named(call)] = depth
    yield Figure("P1", "the page is sent in round", deep["page"], "", goal=1, ratio=False)
    second = max(deep[one] for one in READY)
    yield Figure("P1", "invited, card, announcement, topic, bookmark by round", second, "", goal=2, ratio=False)
    yield Figure("P1", "pinned in round", deep[PIN], "", 9, "the peer's sequence", goal=3, ratio=False)
    yield Figure("P1", "calls until the pin", len(calls), "", 9, "the peer's sequence", goal=8, ratio=False)


def _named(call: Json) -> str:
    if call["method"] != "chat.postMessage":
        return str(call["method"])
    key = str(call["arguments"].get("metadata", ""))
    return next((name for name in ("page", "announce", "card") if f"{name}:" in key), "post").replace(
        "announce", "announcement"
    )


def ready() -> Iterator[Figure]:
    """P2: the median of several declares beside the median of the peer's nine calls, the last of which invites.

    A room is ready when everybody is invited and the card, the topic, the bookmark and the announcement stand.
    """
    with slack(LATENCY) as where, bot(where, followed=True) as running:
        where.connected(running)
        where.do("settle")
        stands, pinned, before = [], [], running.cpu()
        for n in range(REPEATS):
            calls, started = _declare(where, running, n)
            stands.append(max(call["time"] for call in calls if _named(call) in READY) + where.latency - started)
            pinned.append(calls[-1]["time"] + where.latency - started)
            where.do("settle")
        cpu = (running.cpu() - before) / REPEATS  # of the whole declare, all its deliveries included
        theirs = median([peer.nine_calls(where.sandbox.api_url, where.sandbox.bot_token) for _ in range(3)])
    by = "nine slack_sdk calls in sequence"
    yield Figure("P2", "declare to room ready, 100 ms per call", median(stands), "s", theirs, by, 1 / 3, cpu=cpu)
    yield Figure("P2", "the same, until the card is pinned", median(pinned), "s", theirs, by)
