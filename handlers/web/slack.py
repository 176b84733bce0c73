"""Slack's traffic in HTTP mode: guarded, then handed to Bolt in a worker thread.

A bare ASGI door: what FastAPI does for a door (parameters, dependencies, its own thread pool) took a
third of the time that Slack waits for an answer, and there is nothing here for it to do.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App, BoltRequest
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot import clock
from handlers import payload
from handlers.web.guard import MAX_BODY, Refused, guard, is_ssl_check

WORKERS = 32
"""Listeners at once; a listener is a database transaction, so it runs in a thread and not in the loop."""


class SlackDoor:
    """POST /slack/events."""

    def __init__(self, bolt: App | None, signing_secret: str) -> None:
        self._bolt, self._secret = bolt, signing_secret
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="slack")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await raw_body(Request(scope, receive))
        answer = await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, scope, raw)
        await answer(scope, receive, send)

    def _answer(self, scope: Scope, raw: bytes) -> Response:
        if self._bolt is None or not self._secret:
            return _refusal(404, "this installation does not receive Slack's traffic by HTTP")
        if is_ssl_check(raw):
            return Response(status_code=200)
        given = Headers(scope=scope)
        try:
            text = guard(given, raw, [self._secret], clock.wall())
        except Refused as refused:
            return _refusal(refused.status, str(refused))
        if not payload.is_whole(payload.read(text, given.get("content-type", ""))):
            return Response(status_code=200)
        headers: dict[str, str | Sequence[str]] = {name: [value] for name, value in given.items()}
        query = scope["query_string"].decode("latin-1")
        answer = self._bolt.dispatch(BoltRequest(body=text, query=query, headers=headers))
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())


async def raw_body(request: Request) -> bytes:
    """The bytes as they came, read no further than the guard needs to see that they are too many."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            break
    return bytes(body)


def route(bolt: App | None, signing_secret: str) -> Route:
    return Route("/slack/events", SlackDoor(bolt, signing_secret), methods=["POST"])


def _refusal(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"error": reason}, status)
