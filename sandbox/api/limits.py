"""Rate limits: Slack's tiers for each method, and about one message a second in each channel. Real time.

A refusal is for the method in the whole workspace: until the seconds that it names are over, no call gets through.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.errors import SlackError

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}
MESSAGE_RATE = 1.0
MESSAGE_BURST = 6.0
POSTING = ("chat.postMessage", "chat.meMessage")


@dataclass
class Bucket:
    """Tokens that come back at `rate` a second, up to `size`."""

    rate: float
    size: float
    left: float
    filled: float

    def take(self, now: float) -> float:
        """Takes one token; returns 0, or the seconds until there is one."""
        self.left = min(self.size, self.left + (now - self.filled) * self.rate)
        self.filled = now
        if self.left < 1:
            return (1 - self.left) / self.rate
        self.left -= 1
        return 0.0


@dataclass
class Limits:
    enabled: bool = True
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    _refused: dict[str, float] = field(default_factory=dict)

    def take(self, method: str, tier: int, channel: str) -> None:
        """Counts a call. Raises SlackError ratelimited with `retry_after`, whole seconds."""
        if not self.enabled:
            return
        now, until = self.clock(), self._refused.get(method, 0.0)
        wait = until - now if until > now else self._wait(method, tier, channel)
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            self._refused[method] = max(until, now + wait)
            raise SlackError("ratelimited", retry_after=seconds)

    def _wait(self, method: str, tier: int, channel: str) -> float:
        size = float(PER_MINUTE[tier])
        wait = self._bucket(method, "", size / 60, size)
        if not wait and method in POSTING:
            wait = self._bucket("message", channel, MESSAGE_RATE, MESSAGE_BURST)
        return wait

    def _bucket(self, name: str, key: str, rate: float, size: float) -> float:
        now = self.clock()
        bucket = self._buckets.setdefault((name, key), Bucket(rate, size, size, now))
        return bucket.take(now)

    def reset(self) -> None:
        """Full buckets again."""
        self._buckets.clear()
        self._refused.clear()
