"""Notices that this process was stopped for a while: by a signal, by a machine that slept or was moved.

What arrives right after is as old as the stop was long, and nothing in it says so.
"""

import threading

from bot import clock as clocks

BEAT = 0.25
STILL = 2.0
"""Seconds between two beats that no busy machine explains."""
AFTER = 1.0
"""Seconds after a stop within which what had arrived meanwhile has been read."""


class Pulse:
    """`start()` begins a thread that beats; `missed(at)` is how long nothing had run when something came at `at`."""

    def __init__(self) -> None:
        self._last = self._woke = clocks.since_boot()
        self._gap = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def start(self) -> None:
        self._last = clocks.since_boot()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def missed(self, at: float) -> float:
        """Seconds; 0 in an ordinary moment. Before `start` nothing is known to be missed."""
        if not self._thread.is_alive():
            return 0.0
        if at - self._last > STILL:  # we were woken, and the thread has not beaten yet
            return at - self._last
        return self._gap if 0 <= at - self._woke < AFTER else 0.0

    def beat(self) -> None:
        now = clocks.since_boot()
        if now - self._last > STILL:
            self._gap, self._woke = now - self._last, now
        self._last = now

    def _run(self) -> None:
        while not self._stopping.wait(BEAT):
            self.beat()
