"""Slack's traffic in HTTP mode: guarded, then handed to Bolt in a worker thread."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from slack_bolt import App, BoltRequest

from bot import clock
from handlers.web.guard import MAX_BODY, Refused, guard, is_ssl_check


async def raw_body(request: Request) -> bytes:
    """The bytes as they came, read no further than the guard needs to see that they are too many."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            break
    return bytes(body)


def router(bolt: App | None, signing_secret: str) -> APIRouter:
    """POST /slack/events. Plain `def`: a listener is a database transaction and belongs in a thread."""
    doors = APIRouter(tags=["slack"])

    @doors.post("/slack/events")
    def events(request: Request, raw: Annotated[bytes, Depends(raw_body)]) -> Response:
        if bolt is None or not signing_secret:
            return _refusal(404, "this installation does not receive Slack's traffic by HTTP")
        if is_ssl_check(raw):
            return Response(status_code=200)
        try:
            text = guard(request.headers, raw, [signing_secret], clock.real())
        except Refused as refused:
            return _refusal(refused.status, str(refused))
        headers: dict[str, str | Sequence[str]] = {name: [value] for name, value in request.headers.items()}
        answer = bolt.dispatch(BoltRequest(body=text, query=request.url.query, headers=headers))
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())

    return doors


def _refusal(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"error": reason}, status)
