"""The web application: its parts, and what holds for every door (headers, errors as sentences)."""

import logging
import secrets

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.domain.errors import BadReference, DomainError, NoSuchIncident
from handlers.web import ack, api, calendars, health, replies, slack
from handlers.web.order import BadOrder
from handlers.web.site import Site

_log = logging.getLogger(__name__)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_app(site: Site) -> FastAPI:
    """The application of one installation; nothing is shared between two of them."""
    app = FastAPI(title="Tocsin", docs_url=None, redoc_url=None)
    app.include_router(health.router(site.health, site.metrics))
    app.router.routes.append(slack.route(site.bolt, site.signing_secret))
    app.include_router(ack.router(site.door, site.links))
    app.include_router(replies.router(site.door, site.alert_token))
    app.include_router(calendars.router(site.door, site.links.key if site.links else None))
    app.include_router(api.router(site.door, site.token), prefix="/api/v1")
    app.include_router(calendars.imports(site.door, api.bearer(site.token)), prefix="/api/v1")
    app.add_middleware(WithHeaders)
    app.exception_handler(DomainError)(_refused)
    app.exception_handler(BadOrder)(_refused)
    app.exception_handler(RequestValidationError)(_unreadable)
    app.exception_handler(HTTPException)(_not_there)
    app.exception_handler(DBAPIError)(_no_database)
    app.exception_handler(Exception)(_broken)
    return app


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


def _refused(request: Request, error: Exception) -> JSONResponse:
    status = {NoSuchIncident: 404, BadReference: 404, BadOrder: 400}.get(type(error), 409)
    return JSONResponse({"error": str(error)}, status)


def _unreadable(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": "The request cannot be read: send a JSON object."}, 400)


def _not_there(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)


def _no_database(request: Request, error: Exception) -> JSONResponse:
    _log.error("the database did not answer %s: %s", request.url.path, error)
    return JSONResponse({"error": "The database cannot be reached now; nothing was changed. Try again."}, 503)


def _broken(request: Request, error: Exception) -> JSONResponse:
    """The trace is logged by the server, which raises the error again after this answer."""
    reference = secrets.token_hex(4)
    _log.error("request %s to %s failed (reference %s)", request.method, request.url.path, reference)
    return JSONResponse({"error": f"Something went wrong (reference {reference}); nothing was changed."}, 500)
