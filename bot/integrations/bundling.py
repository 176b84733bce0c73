"""How many messages one person gets by one way: a few a minute, and what is more in one message afterwards.

In memory and per process. A message that is held back stays owed in the database, so a restart can only make it come
alone. What is urgent is never held back.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.integrations.outbound import Reach
from bot.integrations.outcome import Outcome, Reason, Retry, Sent

WINDOW = 60.0
"""Seconds in which messages count."""
STALE = 45.0
"""Seconds after which what did not come again is not wanted any more: the dispatcher comes back within 30 s."""
KEPT = 3600.0
"""Seconds for which it is remembered that something went out in a bundle."""
BUNDLED = frozenset({"email", "sms", "phone", "push"})
"""Ways that end at a person; machines do their own counting."""
MOST_TITLE, MOST_TEXT = 120, 1500


@dataclass
class _Inbox:
    """One person by one way: when messages went, and what is held back with when it was last asked for."""

    sent: list[float] = field(default_factory=list)
    held: dict[str, tuple[Reach, float]] = field(default_factory=dict)


class Bundler:
    """`admit` says what to send now; `settled` tells it what became of that. Threads may share one."""

    def __init__(self, monotonic: Callable[[], float], most: Callable[[], int]) -> None:
        self._monotonic, self._most = monotonic, most
        self._lock = threading.Lock()
        self._inboxes: dict[tuple[str, str], _Inbox] = {}
        self._done: dict[str, tuple[str, float]] = {}

    def admit(self, item: Reach) -> tuple[Reach, frozenset[str]] | Outcome:
        """The message to send and the keys it speaks for; or that it went with another, or has to wait."""
        if item.via not in BUNDLED:
            return item, frozenset({item.key})
        now = self._monotonic()
        with self._lock:
            self._forget(now)
            if done := self._done.get(item.key):
                return Sent({"bundled_in": done[0]}, item.text)
            inbox = self._inboxes.setdefault((item.via, item.person), _Inbox())
            if len(inbox.sent) >= self._most() and not item.urgent:
                inbox.held[item.key] = item, now
                seconds = inbox.sent[-self._most()] + WINDOW - now
                return Retry(Reason.WAITING, "sent to this person often enough for this minute", max(seconds, 0.1))
            inbox.sent.append(now)
            inbox.held.pop(item.key, None)
            if item.urgent or not inbox.held:
                return item, frozenset({item.key})
            others = [held for held, _ in inbox.held.values()]
            return bundle(item, others), frozenset({item.key, *(one.key for one in others)})

    def settled(self, item: Reach, keys: frozenset[str], outcome: Outcome) -> None:
        """Only what was really sent speaks for the others, and only what may have arrived is counted."""
        now = self._monotonic()
        with self._lock:
            inbox = self._inboxes.get((item.via, item.person))
            if isinstance(outcome, Sent):
                for key in keys - {item.key}:
                    self._done[key] = item.key, now
                    if inbox:
                        inbox.held.pop(key, None)
            elif inbox and inbox.sent and outcome.reason is not Reason.AMBIGUOUS:
                inbox.sent.pop()

    def _forget(self, now: float) -> None:
        self._done = {key: done for key, done in self._done.items() if now - done[1] < KEPT}
        for place, inbox in list(self._inboxes.items()):
            inbox.sent = [at for at in inbox.sent if now - at < WINDOW]
            inbox.held = {key: one for key, one in inbox.held.items() if now - one[1] < STALE}
            if not inbox.sent and not inbox.held:
                del self._inboxes[place]


def bundle(first: Reach, others: list[Reach]) -> Reach:
    """One message for several: the first in full, the others by title and link as far as there is room."""
    title = f"{len(others) + 1} pages, the first: {first.title}"
    text = f"{first.text}\n\nAnd {len(others)} more:"
    for number, one in enumerate(others):
        line = f"\n- {one.title}" + (f" {one.ack_url}" if one.ack_url else "")
        if len(text) + len(line) > MOST_TEXT - 30:
            text += f"\n- and {len(others) - number} more"
            break
        text += line
    return replace(first, title=title[:MOST_TITLE], text=text[:MOST_TEXT])
