"""The only place that reads the time.

Business time (`now`) may be a pushed clock; real time (`real`, `monotonic`) runs leases and back-off. Neither goes back
when the machine's clock is set back: what waits would stand still for as long. `wall` is that clock itself.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


STEP = 1.0
"""Seconds by which the machine's clock may go back without being said to have been set back."""
SLOWED = 0.9
"""How fast time goes on while that clock catches up: a wait of ten minutes takes eleven."""


class Steady:
    """Follows a clock forward at once. When it is set back, time goes on a little slower until it has caught up."""

    def __init__(self, wall: Callable[[], float], since_boot: Callable[[], float]) -> None:
        self._wall, self._since_boot = wall, since_boot
        self._lock = threading.Lock()
        self._now, self._at = wall(), since_boot()

    def read(self) -> float:
        with self._lock:
            wall, at = self._wall(), self._since_boot()
            passed, self._at = at - self._at, at
            if self._now + passed - wall > STEP:
                self._now = max(wall, self._now + passed * SLOWED)
            else:
                self._now = wall
            return self._now

    def ahead(self) -> float:
        """Seconds by which we are ahead of the clock that was set back."""
        return max(0.0, self.read() - self._wall())


class Clock(Protocol):
    """Business time in UTC, and how many real seconds a wait until a moment takes."""

    def now(self) -> datetime: ...

    def real_seconds(self, business_seconds: float) -> float: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return real()

    def real_seconds(self, business_seconds: float) -> float:
        return business_seconds


class ManualClock:
    """Stands still until a test moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def forward(self, step: timedelta) -> None:
        self._now += step

    def real_seconds(self, business_seconds: float) -> float:
        return 3600.0


class SteeredClock:
    """Runs on from a base that somebody else sets, `speed` times as fast as real time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._base, self._at, self._speed = real(), time.monotonic(), 1.0

    def steer(self, base: datetime, speed: float) -> None:
        with self._lock:
            self._base, self._at, self._speed = base, time.monotonic(), speed

    def now(self) -> datetime:
        with self._lock:
            return self._base + timedelta(seconds=(time.monotonic() - self._at) * self._speed)

    def real_seconds(self, business_seconds: float) -> float:
        return business_seconds / self._speed if self._speed > 0 else 3600.0


def real() -> datetime:
    """Real time, whatever the business clock says."""
    return datetime.fromtimestamp(_STEADY.read(), UTC)


def wall() -> datetime:
    """What the machine's clock says: what others compare with theirs."""
    return datetime.now(UTC)


def ahead() -> float:
    """Seconds by which the machine's clock was set back and has not caught up."""
    return _STEADY.ahead()


def monotonic() -> float:
    """Seconds that never jump, for measuring."""
    return time.monotonic()


def since_boot() -> float:
    """The same, running on while the machine sleeps."""
    return time.clock_gettime(_SINCE_BOOT)


_STEADY = Steady(time.time, since_boot)
