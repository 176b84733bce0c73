"""Programs that run on the sandbox's clock: who they are and whether they have caught up."""

import asyncio
import time
from dataclasses import dataclass, field

from sandbox.clock import SandboxClock
from sandbox.records import Json

FORGET_AFTER = 15.0
POLL = 10.0
SETTLE = 10.0


@dataclass
class Follower:
    seen: float
    version: int = 0
    polling: int = 0
    lost: bool = False


@dataclass
class Followers:
    """Real time here: a follower that has not polled for 15 seconds is gone."""

    clock: SandboxClock
    _known: dict[str, Follower] = field(default_factory=dict)
    _acked: asyncio.Event = field(default_factory=asyncio.Event)

    async def poll(self, name: str, version: int) -> Json:
        """Answers when the clock has a version other than `version`, or after ten seconds."""
        if name:
            follower = self._touch(name)
            follower.polling += 1
        try:
            if version == self.clock.version:
                await self.clock.changed(version, POLL)
        finally:
            if name:
                follower.polling -= 1
                follower.seen = time.monotonic()
        return self.reading()

    def lose(self, name: str) -> None:
        """The follower hung up in the middle of a poll: nobody waits for it until it is back."""
        if name in self._known:
            self._known[name].lost = True
        self._wake()

    def reading(self) -> Json:
        """The clock as everybody sees it."""
        clock = self.clock
        return {"version": clock.version, "now": clock.now(), "iso": clock.iso(), "speed": clock.speed}

    def ack(self, name: str, version: int, settled: bool) -> None:
        """A follower has nothing left to do at this version."""
        follower = self._touch(name)
        if settled:
            follower.version = max(follower.version, version)
            self._wake()

    async def settle(self) -> Json:
        """Waits until every follower has settled at the present version, ten real seconds at most."""
        version, deadline = self.clock.version, time.monotonic() + SETTLE
        while waiting := self._behind(version):
            left = deadline - time.monotonic()
            if left <= 0:
                return {"ok": True, "settled": False, "waiting_for": waiting, **self.reading()}
            try:
                await asyncio.wait_for(self._acked.wait(), min(left, 1.0))
            except TimeoutError:
                continue
        return {"ok": True, "settled": True, "waiting_for": [], **self.reading()}

    def names(self) -> list[str]:
        """Everybody who follows now."""
        self._forget()
        return [name for name, follower in self._known.items() if not follower.lost]

    def _behind(self, version: int) -> list[str]:
        self._forget()
        return [name for name, follower in self._known.items() if follower.version < version and not follower.lost]

    def _wake(self) -> None:
        acked, self._acked = self._acked, asyncio.Event()
        acked.set()

    def _forget(self) -> None:
        horizon = time.monotonic() - FORGET_AFTER
        gone = [name for name, one in self._known.items() if one.seen < horizon and not one.polling]
        for name in gone:
            del self._known[name]

    def _touch(self, name: str) -> Follower:
        follower = self._known.setdefault(name, Follower(time.monotonic()))
        follower.seen, follower.lost = time.monotonic(), False
        return follower
