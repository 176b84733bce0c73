"""The sandbox's own time: it runs, can be pushed forward and can run faster than the wall clock."""

import asyncio
import time
from datetime import UTC, datetime


class SandboxClock:
    """Virtual now, in epoch seconds. It never goes back."""

    def __init__(self) -> None:
        self.speed = 1.0
        self.version = 1
        self.ended = False
        self._virtual = time.time()
        self._real = time.monotonic()
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Epoch seconds on the sandbox's clock."""
        return self._virtual + (time.monotonic() - self._real) * self.speed

    def iso(self) -> str:
        """Now as ISO 8601 with offset."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    def advance(self, seconds: float) -> None:
        """Pushes the clock forward by `seconds` (>= 0)."""
        self._rebase()
        self._virtual += seconds
        self.touch()

    def run_at(self, speed: float) -> None:
        """One real second is `speed` sandbox seconds from now on; 0 stops the clock."""
        self._rebase()
        self.speed = speed
        self.touch()

    def touch(self) -> None:
        """A new version: everybody who waits looks again."""
        self.version += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def end(self) -> None:
        """Nobody waits for this clock any more."""
        self.ended = True
        self.touch()

    async def changed(self, version: int, patience: float) -> None:
        """Returns when the version is above `version`, or after `patience` real seconds."""
        if self.version > version or self.ended:
            return
        await self._wait(patience)

    async def until(self, moment: float) -> None:
        """Returns when the sandbox's clock shows `moment` (epoch seconds)."""
        while (left := moment - self.now()) > 0:
            await self._wait(left / self.speed if self.speed else None)

    async def sleep(self, seconds: float) -> None:
        """Waits `seconds` of sandbox time."""
        await self.until(self.now() + seconds)

    async def _wait(self, patience: float | None) -> None:
        try:
            await asyncio.wait_for(self._moved.wait(), patience)
        except TimeoutError:
            return

    def _rebase(self) -> None:
        self._virtual, self._real = self.now(), time.monotonic()
