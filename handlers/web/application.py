"""The web application: its parts, and what holds for every door (headers, errors as sentences)."""

import logging
import secrets
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

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
    app.include_router(slack.router(site.bolt, site.signing_secret))
    app.include_router(ack.router(site.door, site.links))
    app.include_router(replies.router(site.door, site.alert_token))
    app.include_router(calendars.router(site.door, site.links.key if site.links else None))
    app.include_router(api.router(site.door, site.token), prefix="/api/v1")
    app.include_router(calendars.imports(site.door, api.bearer(site.token)), prefix="/api/v1")
    app.middleware("http")(_with_headers)
    app.exception_handler(DomainError)(_refused)
    app.exception_handler(BadOrder)(_refused)
    app.exception_handler(RequestValidationError)(_unreadable)
    app.exception_handler(HTTPException)(_not_there)
    app.exception_handler(DBAPIError)(_no_database)
    app.exception_handler(Exception)(_broken)
    return app


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


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
