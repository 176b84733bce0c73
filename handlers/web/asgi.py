"""All doors of one installation: the three kinds that are always in use, and behind them what FastAPI serves.

FastAPI and its routes are made when somebody first asks for one of them. Most processes are never asked, and they cost
a tenth of the memory and of a start.
"""

import asyncio
import threading
from contextlib import suppress

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.web import errors, health, slack
from handlers.web.site import Site

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def make(site: Site) -> ASGIApp:
    """The front; nothing is shared between two of them."""
    routes = [
        *health.routes(site.health, site.metrics),
        slack.route(site.bolt, site.signing_secret),
        Mount("/", app=Rest(site)),
    ]
    return WithHeaders(Starlette(routes=routes, exception_handlers=errors.ANSWERS))


class Rest:
    """Pages, replies, calendars and the API. The first request waits the third of a second that making them takes."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            await asyncio.to_thread(self._make)
        assert self._app
        with suppress(Exception):  # it has answered and logged what it raises again
            await self._app(scope, receive, send)

    def _make(self) -> None:
        with self._lock:
            if self._app is None:
                from handlers.web.application import create_app

                self._app = create_app(self._site)


class WithHeaders:
    """Adds HEADERS to every answer that does not set them itself. Plain ASGI: the ready-made kind starts tasks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)
