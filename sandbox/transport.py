"""Replies that arrive, and replies that a fault lets arrive late, cut off, or not at all."""

import asyncio
import contextlib
import json
import socket
import struct
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.faults import STATUS, Fault
from sandbox.records import Json

_HARD_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Reply:
    """A JSON answer; `way` says how it gets lost: reset, fin, hang, truncate, badjson, or "" for not at all."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)
    way: str = ""
    delay: float = 0.0

    def after(self, seconds: float) -> "Reply":
        """The same reply, `seconds` later."""
        return replace(self, delay=self.delay + seconds)

    def shown(self) -> Json:
        """What GET /_sandbox/calls says about it."""
        return {**self.body, "lost": self.way} if self.way else self.body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it, or breaks the connection in the chosen way."""
        if self.delay:
            await asyncio.sleep(self.delay)
        raw = json.dumps(self.body, ensure_ascii=False).encode("utf-8", "replace")
        if self.way == "hang":
            await _until_gone(receive)
        elif self.way in ("reset", "fin"):
            _cut(scope, hard=self.way == "reset")
        elif self.way == "truncate":
            await self._half(scope, send, raw)
        else:
            raw = raw[: len(raw) // 2] if self.way == "badjson" else raw
            await Response(raw, self.status, self.headers, "application/json; charset=utf-8")(scope, receive, send)

    async def _half(self, scope: Scope, send: Send, raw: bytes) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(raw)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": raw[: len(raw) // 2], "more_body": True})
        _cut(scope, hard=False)


def broken(fault: Fault, answer: Json | None, headers: dict[str, str]) -> Reply | None:
    """The reply that a fault makes of an answer (None when the call was never applied); None for no change."""
    if fault.kind == "slow":
        return Reply(200, answer or {}, headers, delay=fault.seconds)
    if fault.kind == "429":
        return Reply(429, {"ok": False, "error": "ratelimited"}, {**headers, "retry-after": fault.retry_after})
    if fault.kind in STATUS:
        error = "service_unavailable" if fault.kind == "503" else "internal_error"
        return Reply(int(fault.kind), {"ok": False, "error": error}, headers)
    if fault.kind.startswith("ok_false:"):
        return Reply(200, {"ok": False, "error": fault.kind.removeprefix("ok_false:")}, headers)
    return Reply(200, answer or {"ok": False, "error": "internal_error"}, headers, way=fault.kind)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def _cut(scope: Scope, hard: bool) -> None:
    transport: Any = scope.get("sandbox.transport")
    if transport is None:
        return
    if hard:
        with contextlib.suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD_CLOSE)
        transport.abort()
    else:
        transport.close()
