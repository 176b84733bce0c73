"""What a door answers when it cannot do what it was asked: a sentence in JSON, and never a trace."""

import logging
import secrets
from typing import Any

from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.domain.core.errors import BadReference, DomainError, NoSuchIncident
from bot.domain.incidents.visibility import WentPrivate
from handlers.verb_body import BadRequest, OutOfRange
from handlers.web.rest_verbs import NoSuchVerb

_log = logging.getLogger(__name__)


def _refused(request: Request, error: Exception) -> JSONResponse:
    statuses = {
        NoSuchIncident: 404,
        WentPrivate: 404,
        BadReference: 404,
        NoSuchVerb: 404,
        BadRequest: 400,
        OutOfRange: 422,
    }
    status = statuses.get(type(error), 409)
    return JSONResponse({"error": str(error)}, status)


def _not_there(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)


def _no_database(request: Request, error: Exception) -> JSONResponse:
    _log.error("the database did not answer %s: %s", request.url.path, error)
    return JSONResponse({"error": "The database cannot be reached now; nothing was changed. Try again."}, 503)


def _broken(request: Request, error: Exception) -> JSONResponse:
    reference, where = secrets.token_hex(4), request.url.path
    _log.error("request %s to %s failed (reference %s)", request.method, where, reference, exc_info=error)
    return JSONResponse({"error": f"Something went wrong (reference {reference}); nothing was changed."}, 500)


ANSWERS: dict[Any, Any] = {
    DomainError: _refused,
    BadRequest: _refused,
    NoSuchVerb: _refused,
    HTTPException: _not_there,
    DBAPIError: _no_database,
    Exception: _broken,
}
