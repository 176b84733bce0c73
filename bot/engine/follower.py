"""Follows the sandbox's clock: long-polls it, steers ours, and says when nothing that is due is left.

Exists only with TOCSIN_CLOCK. Everything here runs on real time.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
from sqlalchemy.exc import SQLAlchemyError

from bot import clock as clocks
from bot.clock import SteeredClock
from bot.services import timers as rules
from bot.work import WorkFactory
from storage import outbox, timers

SOON = timedelta(seconds=5)
FOR_EVER = 2**53
"""A version that the sandbox's clock will not reach."""

_log = logging.getLogger(__name__)


class ClockFollower:
    """Two threads: one learns of each new version of the clock, one reports it settled."""

    def __init__(self, url: str, clock: SteeredClock) -> None:
        self._url, self._clock = url.rstrip("/"), clock
        self._name = f"tocsin-{uuid4().hex[:8]}"
        self._http = httpx.Client(timeout=httpx.Timeout(40.0, connect=5.0), trust_env=False, verify=False)
        self._version = -1
        self._settled = -1
        self._changed = threading.Event()
        self._stopping = threading.Event()
        self._on_change: Callable[[], None] = lambda: None
        self._busy: Callable[[], bool] = lambda: False

    def first_look(self) -> None:
        """Sets the clock before anything runs on it. Raises when the sandbox is not there."""
        self._look(wait=False)

    def start(self, on_change: Callable[[], None], busy: Callable[[], bool]) -> None:
        self._on_change, self._busy = on_change, busy
        for target in (self._follow, self._report):
            threading.Thread(target=target, name=f"clock-{target.__name__}", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        self._changed.set()
        self._take_leave()
        self._http.close()

    def _take_leave(self) -> None:
        """Nobody has to wait for us at any later version: a poll that hangs does not end with its client."""
        body = {"follower": self._name, "version": FOR_EVER, "settled": True}
        with suppress(httpx.HTTPError, RuntimeError):
            self._http.post(f"{self._url}/_sandbox/clock/ack", json=body, timeout=1.0)

    def _look(self, *, wait: bool) -> None:
        version = self._version if wait else -1
        answer = self._http.get(
            f"{self._url}/_sandbox/clock", params={"version": version, "follower": self._name}
        ).json()
        self._clock.steer(datetime.fromtimestamp(answer["now"], tz=UTC), float(answer["speed"]))
        if answer["version"] != self._version:
            self._version = answer["version"]
            self._changed.set()

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                self._look(wait=True)
                self._on_change()
            except (httpx.HTTPError, RuntimeError, ValueError, KeyError):
                self._stopping.wait(0.5)

    def _report(self) -> None:
        """Says that the newest version is settled as soon as the engine has nothing left to do."""
        while not self._stopping.is_set():
            if self._settled == self._version:
                self._changed.wait(1.0)
                self._changed.clear()
                continue
            version = self._version
            if self._is_busy():
                self._stopping.wait(0.005)
                continue
            body = {"follower": self._name, "version": version, "settled": True}
            try:
                self._http.post(f"{self._url}/_sandbox/clock/ack", json=body)
                self._settled = version
            except (httpx.HTTPError, RuntimeError):
                self._stopping.wait(0.5)

    def _is_busy(self) -> bool:
        """As long as the database is away nobody knows, and nothing is settled."""
        try:
            return self._busy()
        except SQLAlchemyError:
            self._stopping.wait(0.2)
            return True


def unsettled(desk: WorkFactory) -> bool:
    """Is a timer due, or a delivery to be sent within moments?"""
    with desk.read() as session:
        if timers.due(session, desk.clock.now(), rules.known()):
            return True
        return outbox.unsettled_soon(session, clocks.real() + SOON)
