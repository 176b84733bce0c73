"""The server under the web application: uvicorn's, woken when it shall end instead of looking ten times a second."""

import asyncio
import logging
import socket
from contextlib import suppress

import uvicorn

GLANCE = 0.002
"""Seconds between two looks at connections whose last answer is written and that only have to close."""

_log = logging.getLogger(__name__)


class Serving(uvicorn.Server):
    """`end()` from any thread: no new connections, requests under way are answered, and `run` returns."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()

    def end(self) -> None:
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._ending.set)

    async def main_loop(self) -> None:
        """Each second the date in the answers is made new; in between nothing is looked at."""
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), 1.0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets every request under way end within the time of the configuration, and waits no longer than for them."""
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            await asyncio.wait_for(self._deserted(), self.config.timeout_graceful_shutdown)
        except TimeoutError:
            tasks = self.server_state.tasks
            _log.warning("%d requests were not answered in time and are broken off", len(tasks))
            for task in tasks:
                task.cancel()
        await self.lifespan.shutdown()

    async def _deserted(self) -> None:
        state = self.server_state
        while state.tasks or state.connections:
            if state.tasks:
                await asyncio.wait(set(state.tasks))
            else:
                await asyncio.sleep(GLANCE)
