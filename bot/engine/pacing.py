"""Keeps us below Slack's limit of about one message a second and channel.

Real time. A denied send is not an attempt: the delivery is put back with the moment to try again. What Slack allows of
each method, and its pauses, `bot/integrations/slack/budget.py` knows.
"""

import threading

from bot.clock import monotonic

PER_SECOND = 1.0
BURST = 3.0


class Pacer:
    """A token bucket per channel."""

    def __init__(self, per_second: float = PER_SECOND) -> None:
        self._rate = per_second
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}
        self._places: dict[str, str] = {}

    def place(self, target: str) -> str:
        """Whose pace this target has: that of the channel in which it was found to lie, if it was."""
        return self._places.get(target, target)

    def found(self, target: str, place: str) -> None:
        """A message for a "#name" arrived here. What is sent there by id has the same pace, of which some is spent."""
        with self._lock:
            self._places[target] = place
            if target != place and target in self._buckets:
                spent = self._buckets.pop(target)
                self._buckets[place] = min(spent, self._buckets.get(place, spent))

    def wait(self, target: str, *, urgent: bool) -> float:
        """Seconds to wait before sending to `target`; 0 takes a token. Pages take one even when none is left."""
        now = monotonic()
        with self._lock:
            tokens, at = self._buckets.get(target, (BURST, now))
            tokens = min(BURST, tokens + (now - at) * self._rate)
            if tokens < 1 and not urgent:
                self._buckets[target] = (tokens, now)
                return (1 - tokens) / self._rate
            self._buckets[target] = (max(tokens - 1, -BURST), now)
            return 0.0
