"""The only place that reads the time.

Business time (`now`) may be a pushed clock; real time (`real`, `monotonic`) runs leases, back-off and signatures.
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock(Protocol):
    """Business time in UTC, and how many real seconds a wait until a moment takes."""

    def now(self) -> datetime: ...

    def real_seconds(self, business_seconds: float) -> float: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

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
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that never jump, for measuring."""
    return time.monotonic()


def since_boot() -> float:
    """The same, running on while the machine sleeps."""
    return time.clock_gettime(_SINCE_BOOT)
