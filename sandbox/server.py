"""Runs a sandbox in a thread of its own, on a free loopback port."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import uvicorn

from sandbox import company as companies
from sandbox import manifest as manifests
from sandbox.app import build
from sandbox.delivery.http_post import HttpDoor
from sandbox.ledger import Ledger
from sandbox.world import PATIENCE

HOST = "127.0.0.1"
GLANCE = 0.002
"""Seconds between two looks at connections that only have to close."""


class _Server(uvicorn.Server):
    """Says when it listens, and is woken when it shall end instead of looking ten times a second."""

    def __init__(self, config: uvicorn.Config, farewell: Callable[[], None]) -> None:
        super().__init__(config)
        self.listening = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._farewell, self._ending = farewell, asyncio.Event()

    def end(self) -> None:
        """Lets whoever waits for news go home first, so that nobody has to be cut off."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._farewell)
                self._loop.call_soon_threadsafe(self._ending.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to listen and says so."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        """Each second the date in the answers is made new."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), 1.0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Waits for requests under way, and no longer than for them. Whoever hangs after a second is cut off."""
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            await asyncio.wait_for(self._deserted(), self.config.timeout_graceful_shutdown)
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()

    async def _deserted(self) -> None:
        state = self.server_state
        while state.tasks or state.connections:
            if state.tasks:
                await asyncio.wait(set(state.tasks))
            else:
                await asyncio.sleep(GLANCE)


class Sandbox:
    """A local Slack workspace with one app in it.

    `manifest` is the app's manifest.yml, `company` a file like company.yml, `ledger` a JSONL file that receives every
    applied write, `request_url` switches from Socket Mode to signed HTTP, `latency` (seconds) delays every API answer,
    `patience` (seconds; Slack has 3) is how long an acknowledgement may take and a trigger lives.
    """

    def __init__(
        self,
        manifest: Path = Path("manifest.yml"),
        company: Path | None = None,
        port: int = 0,
        ledger: Path | None = None,
        request_url: str | None = None,
        latency: float = 0.0,
        patience: float = PATIENCE,
    ) -> None:
        self.world = companies.found(manifests.load(Path(manifest)), company)
        self.world.patience = patience
        self._ledger = Ledger(ledger)
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        self.world.base_url = self.url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        front = build(self.world, self._ledger, latency, request_url)
        self.limits, self._front = front.api.limits, front
        config = uvicorn.Config(
            front,
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
            loop="asyncio",
            http="httptools",
            ws="websockets-sansio",
        )
        self._server = _Server(config, self.world.farewell)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    @property
    def api_url(self) -> str:
        """The base url for a Slack client; ends with `/api/`."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """xoxb- token of the app."""
        return self.world.app.bot_token

    @property
    def app_token(self) -> str:
        """xapp- token for Socket Mode."""
        return self.world.app.app_token

    @property
    def signing_secret(self) -> str:
        """Key of the v0 request signatures."""
        return self.world.app.signing_secret

    def start(self) -> "Sandbox":
        """Returns when the server listens."""
        self._thread.start()
        while not self._server.listening.wait(0.05):
            if not self._thread.is_alive():
                raise RuntimeError("the sandbox did not start")
        return self

    def stop(self) -> None:
        """Closes every connection and returns when the server is gone."""
        self._server.end()
        self._thread.join(5)
        self._socket.close()
        self._ledger.close()

    def deliver_to(self, request_url: str) -> None:
        """From now on by signed HTTP to this address, as when somebody changes it in the app's settings."""
        self._front.courier.door = HttpDoor(self.world, self._front.api.faults, request_url)

    def wait(self) -> None:
        """Blocks until the server ends."""
        self._thread.join()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> "Sandbox":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
