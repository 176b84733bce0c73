"""Socket Mode: the connections that the app opened, and the envelopes that travel over them."""

import asyncio
import itertools
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.delivery.envelope import Envelope, Outcome
from sandbox.faults import Faults
from sandbox.records import Json
from sandbox.world import World

MAX_CONNECTIONS = 10


@dataclass(eq=False)
class Connection:
    socket: WebSocket
    leaving: bool = False


@dataclass
class SocketDoor:
    """All Socket Mode connections of the app; each envelope goes to one of them in turn."""

    world: World
    faults: Faults
    _open: list[Connection] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, "asyncio.Future[Json | None]"] = field(default_factory=dict)
    _turn: "itertools.count[int]" = field(default_factory=itertools.count)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def connections(self) -> int:
        """How many connections can receive an envelope."""
        return len(self._usable())

    def ticket(self) -> str:
        """A single-use address for apps.connections.open."""
        ticket = secrets.token_urlsafe(12)
        self._tickets.add(ticket)
        base = self.world.base_url.replace("http", "ws", 1)
        return f"{base}/link/?ticket={ticket}&app_id={self.world.app.id}"

    async def serve(self, socket: WebSocket) -> None:
        """One connection from its handshake to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or self.world.app.revoked:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if len(self._usable()) >= MAX_CONNECTIONS:
            await self._goodbye(socket, "too_many_websockets")
            return
        connection = Connection(socket)
        self._open.append(connection)
        self.world.tell("presence")
        try:
            await socket.send_text(json.dumps(self._hello()))
            self._arrived.set()
            await self._listen(socket)
        except (WebSocketDisconnect, RuntimeError):
            return
        finally:
            self._open.remove(connection)
            self.world.tell("presence")

    async def _listen(self, socket: WebSocket) -> None:
        while True:
            frame = json.loads(await socket.receive_text())
            waiting = self._waiting.pop(frame.get("envelope_id", ""), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(frame.get("payload"))

    async def deliver(self, envelope: Envelope) -> Outcome:
        """Sends the envelope over one connection. `dispatch_failed` when there is none."""
        connection = self._next()
        if connection is None:
            return Outcome(error="dispatch_failed", reason="connection_failed")
        name, started = str(uuid.uuid4()), time.monotonic()
        self._waiting[name] = asyncio.get_running_loop().create_future()
        try:
            await connection.socket.send_text(json.dumps(_frame(name, envelope)))
            if self.faults.world("drop_ack"):
                return Outcome(error="operation_timeout", reason="http_timeout")
            body = await asyncio.wait_for(self._waiting[name], self.world.patience)
        except TimeoutError:
            return Outcome(error="operation_timeout", reason="http_timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Outcome(error="dispatch_failed", reason="connection_failed")
        finally:
            self._waiting.pop(name, None)
        return Outcome(body=body or None, ack_ms=int((time.monotonic() - started) * 1000))

    async def disconnect(self, reason: str) -> None:
        """Tells every connection to go (`warning`, `refresh_requested`, `link_disabled`); `abrupt` just cuts."""
        for connection in list(self._open):
            connection.leaving = True
            if reason == "abrupt":
                await connection.socket.close(1011)
            else:
                await self._goodbye(connection.socket, reason, close=reason != "warning")

    async def _goodbye(self, socket: WebSocket, reason: str, close: bool = True) -> None:
        await socket.send_text(json.dumps({"type": "disconnect", "reason": reason, "debug_info": _debug()}))
        if close:
            await socket.close(1000)

    def _usable(self) -> list[Connection]:
        return [connection for connection in self._open if not connection.leaving]

    def _next(self) -> Connection | None:
        usable = self._usable()
        return usable[next(self._turn) % len(usable)] if usable else None

    def _hello(self) -> Json:
        info = {"app_id": self.world.app.id}
        return {"type": "hello", "num_connections": self.connections(), "connection_info": info, "debug_info": _debug()}


def _frame(name: str, envelope: Envelope) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "envelope_id": name,
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.wants_answer and envelope.kind != "events_api",
    }
    if envelope.kind == "events_api":
        frame |= {"retry_attempt": envelope.retry, "retry_reason": envelope.retry_reason}
    return frame


def _debug() -> Json:
    return {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
