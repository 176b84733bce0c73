"""Calendar feeds for anybody who has the key, and calendars brought in by whoever has the token."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, HTTPException, Query, Response

from bot.domain.core.people import Actor
from bot.domain.schedules import calendar_feed
from bot.domain.schedules.calendar_feed import Kind
from handlers.door import Door
from handlers.sanitize import legible
from handlers.schedules import calendars
from handlers.verb_body import BadRequest
from handlers.web import known_fields
from handlers.web.serializers import Json

Key = Annotated[str, Query(max_length=200)]
Known = Annotated[str, Header(alias="If-None-Match", max_length=1000)]
FIELDS = ("content", "kind", "source", "file", "dry_run")
HEADERS = {"Cache-Control": "private, max-age=300", "Content-Disposition": 'inline; filename="oncall.ics"'}


def router(door: Door, secret: bytes | None) -> APIRouter:
    """GET /oncall/{schedule}.ics and /oncall/person/{person}.ics. Without `secret` there are none.

    A wrong key and a name that does not exist get the same answer: whoever asks learns no names.
    """
    doors = APIRouter(tags=["calendars"])

    @doors.get("/oncall/{schedule}.ics")
    def of_schedule(schedule: str, key: Key = "", known: Known = "") -> Response:
        return _answer(door, secret, "schedule", schedule, key, known)

    @doors.get("/oncall/person/{person}.ics")
    def of_person(person: str, key: Key = "", known: Known = "") -> Response:
        return _answer(door, secret, "person", person, key, known)

    return doors


def imports(door: Door, bearer: Any) -> APIRouter:
    """POST /oncall/{schedule}/calendar {content, kind, source, dry_run}, behind the token that `bearer` asks for."""
    doors = APIRouter(tags=["calendars"], dependencies=[Depends(bearer), Depends(known_fields.in_address)])

    @doors.post("/oncall/{schedule}/calendar")
    def bring_in(
        schedule: str,
        given: Annotated[dict[str, Any], Body()],
        who: Annotated[str, Header(alias="Tocsin-Actor", max_length=80)] = "api",
        via: Annotated[str, Header(alias="Tocsin-Via", max_length=20)] = "api",
    ) -> Json:
        if via not in ("api", "cli"):
            raise BadRequest("Tocsin-Via is api or cli")
        known_fields.require(given, FIELDS)
        return calendars.bring_in(door.desk, Actor(who, via), schedule, legible(given))

    return doors


def _answer(door: Door, secret: bytes | None, kind: Kind, name: str, key: str, known: str) -> Response:
    if secret is None or not calendar_feed.opens(secret, kind, name, key):
        raise HTTPException(404, "There is no such calendar, or its key is wrong: ask for the address again.")
    at = door.desk.clock.now()
    with door.desk.read() as session:
        rota = calendars.rota(session, door.catalog, at)
    made = calendars.content(rota, kind, name, at)
    if made is None:
        raise HTTPException(404, "There is no such calendar, or its key is wrong: ask for the address again.")
    headers = {**HEADERS, "ETag": calendar_feed.etag(made)}
    if calendar_feed.matches(known.split(","), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(made, media_type="text/calendar; charset=utf-8", headers=headers)
