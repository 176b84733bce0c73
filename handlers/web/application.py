"""What FastAPI serves: pages behind signed links, replies, calendars and the API."""

from functools import cache

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from handlers.web import errors, rest, rest_verbs
from handlers.web.paging import ack_link, replies
from handlers.web.schedules import calendars
from handlers.web.site import Site


def create_app(site: Site) -> FastAPI:
    """The application of one installation; nothing is shared between two of them."""
    app = FastAPI(title="Tocsin", docs_url=None, redoc_url=None, exception_handlers=errors.ANSWERS)
    app.include_router(ack_link.router(site.door, site.links))
    app.include_router(replies.router(site.door, site.alert_token))
    app.include_router(calendars.router(site.door, site.links.key if site.links else None))
    app.include_router(rest.router(site.door, site.token), prefix="/api/v1")
    app.include_router(calendars.imports(site.door, rest.bearer(site.token)), prefix="/api/v1")
    app.exception_handler(RequestValidationError)(_unreadable)
    made = app.openapi
    app.openapi = cache(lambda: rest_verbs.described(made()))  # type: ignore[method-assign]
    return app


def _unreadable(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    wrong = [one for one in error.errors() if one["loc"][0] in ("query", "path", "header")]
    if wrong:
        said = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in wrong)
        return JSONResponse({"error": said}, 422)
    return JSONResponse({"error": "The request cannot be read: send a JSON object."}, 400)
