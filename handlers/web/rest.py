"""The REST API of incidents, behind the bearer token of this process."""

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, HTTPException, Query
from fastapi.responses import PlainTextResponse
from starlette.requests import Request

from bot.domain.core.people import Actor
from bot.rendering.contexts.core.composer import Composer
from handlers.door import Door
from handlers.sanitize import legible
from handlers.verb_body import BadRequest, Number
from handlers.web import known_fields, rest_verbs
from handlers.web.incidents_api import Incidents
from handlers.web.schedules.api import Schedules
from handlers.web.schedules.oncall import OnCallReads
from handlers.web.serializers import Json

Given = Annotated[dict[str, Any] | None, Body()]
Answers = Annotated[list[Number] | None, Query(max_length=50)]
OwnValues = Annotated[list[str] | None, Query(max_length=20, description="An own field, such as customer=Acme")]
Filter = Annotated[str, Query(max_length=200)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
ALSO_READ = {"next": ("schedule",)}
"""Fields of the address that a look has, although nobody writes them behind the command in Slack."""
As = Annotated[str, Header(alias="Tocsin-As", max_length=80)]


def narrowed(
    words: Filter = "",
    severity: Filter = "",
    status: Filter = "",
    service: Filter = "",
    since: Filter = "",
    until: Filter = "",
    role: Filter = "",
    person: Filter = "",
) -> dict[str, str]:
    """What narrows a list down, each as in `/incident search`. Words look through all incidents, open and past."""
    given = {"words": words, "severity": severity, "status": status, "service": service, "since": since,
             "until": until, "role": role, "person": person}  # fmt: skip
    return dict(legible(given))


Filters = Annotated[dict[str, str], Depends(narrowed)]


def router(door: Door, token: str) -> APIRouter:
    """GET and POST below /incidents; a verb takes its fields and answers with the incident as it is now."""

    def composer() -> Composer:
        return Composer(door.renderer, door.catalog, door.desk.clock.now(), door.base_url)

    incidents = Incidents(door.desk, composer)
    doors = APIRouter(tags=["incidents"], dependencies=[Depends(bearer(token)), Depends(known_fields.in_address)])
    _reads(doors, incidents)
    _changes(doors, incidents, Schedules(door.desk, composer))
    _on_call(doors, incidents, OnCallReads(door.desk))
    return doors


def bearer(token: str) -> Any:
    """What lets a request in that has the token as `Authorization: Bearer ...`."""

    def check(authorization: Annotated[str, Header()] = "") -> None:
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
            raise HTTPException(401, "Send the token as `Authorization: Bearer ...`.", {"WWW-Authenticate": "Bearer"})

    return check


def _seen(incidents: Incidents) -> Any:
    """Incidents with the eyes of whoever is named, else with those of the token, which is an admin's."""

    def seen(on_behalf_of: As = "") -> Incidents:
        return incidents.seen_by(on_behalf_of) if on_behalf_of else incidents

    return seen


def _reads(doors: APIRouter, incidents: Incidents) -> None:
    Seen = Annotated[Incidents, Depends(_seen(incidents))]

    @doors.get("/incidents")
    def list_incidents(seen: Seen, filters: Filters, all: bool = False, field: OwnValues = None) -> list[Json]:
        return seen.list(all, field or [], **filters)

    @doors.get("/problems")
    def problems(seen: Seen, all: bool = False) -> Sequence[Json]:
        return seen.problems(all)

    @doors.get("/incidents/{ref}")
    def show(seen: Seen, ref: str) -> Json:
        return seen.show(ref)

    @doors.get("/incidents/{ref}/timeline")
    def timeline(seen: Seen, ref: str) -> Iterable[Json]:
        return seen.timeline(ref)

    @doors.get("/incidents/{ref}/catchup")
    def catchup(seen: Seen, ref: str) -> Json:
        return seen.catchup(ref)

    @doors.get("/incidents/{ref}/why")
    def why(seen: Seen, ref: str) -> Json:
        return seen.why(ref)

    @doors.get("/incidents/{ref}/vendors")
    def vendors(seen: Seen, ref: str) -> Json:
        return seen.vendors(ref)

    @doors.get("/incidents/{ref}/links")
    def links(seen: Seen, ref: str) -> Json:
        return seen.links(ref)

    @doors.get("/incidents/{ref}/tree")
    def tree(seen: Seen, ref: str, answer: Answers = None) -> Json:
        return seen.tree(ref, answer or [])

    @doors.get("/incidents/{ref}/postmortem")
    def postmortem(seen: Seen, ref: str) -> PlainTextResponse:
        return PlainTextResponse(seen.postmortem(ref), media_type="text/markdown; charset=utf-8")

    @doors.get("/incidents/{ref}/export")
    def export(seen: Seen, ref: str) -> Json:
        return seen.export(ref)

    @doors.get("/incidents/{ref}/{verb}", include_in_schema=False)
    def look(seen: Seen, ref: str, verb: str, answer: Answers = None) -> Any:
        """The same by the verb's other words."""
        by_name = {"status": show, "timeline": timeline, "catchup": catchup, "why": why, "vendor": vendors,
                   "links": links, "postmortem": postmortem}  # fmt: skip
        reads: dict[str, Callable[[], Any]] = {name: partial(read, seen, ref) for name, read in by_name.items()}
        reads["tree"] = partial(tree, seen, ref, answer)
        known = rest_verbs.of("incident", verb)
        if known.name not in reads:
            raise rest_verbs.NoSuchVerb(f"`{known.name}` changes something: use POST.")
        return reads[known.name]()


def _acting(incidents: Incidents) -> Any:
    """Who acts, as the holder of the token says."""

    def actor(
        who: Annotated[str, Header(alias="Tocsin-Actor", max_length=80)] = "api",
        via: Annotated[str, Header(alias="Tocsin-Via", max_length=20)] = "api",
        on_behalf_of: As = "",
    ) -> Actor:
        if via not in ("api", "cli"):
            raise BadRequest("Tocsin-Via is api or cli")
        return incidents.actor(who, via, on_behalf_of)

    return actor


def _changes(doors: APIRouter, incidents: Incidents, schedules: Schedules) -> None:
    Who = Annotated[Actor, Depends(_acting(incidents))]
    Seen = Annotated[Incidents, Depends(_seen(incidents))]

    @doors.post("/incidents", status_code=201)
    def declare(seen: Seen, who: Who, given: Given = None, key: Key = None) -> Json:
        return seen.declare(who, legible(given or {}), key)

    @doors.post("/test-pages", status_code=201)
    def test_page(who: Who, given: Given = None) -> Json:
        _to_whoever_asks(given)
        return incidents.test_page(who)

    @doors.post("/incidents/{ref}/{verb}")
    def act(seen: Seen, ref: str, verb: str, who: Who, given: Given = None, key: Key = None) -> Json:
        return seen.act(who, ref, verb, legible(given or {}), key)

    @doors.get("/overrides")
    def overrides() -> list[Json]:
        return schedules.overrides()

    @doors.get("/covers")
    def covers() -> list[Json]:
        return schedules.covers()

    @doors.post("/schedules/{verb}")
    def change(verb: str, who: Who, given: Given = None, key: Key = None) -> Json:
        return schedules.change(who, verb, legible(given or {}), key)


def _to_whoever_asks(given: Mapping[str, Any] | None) -> None:
    """A test page has no fields. Raises BadRequest, which says how somebody else is named."""
    if {"person", "who", "to", "user"} & set(given or {}):
        raise BadRequest("A test page goes to the person who asks: name them in the header Tocsin-As")
    known_fields.require(given or {}, ())


def _on_call(doors: APIRouter, incidents: Incidents, schedules: OnCallReads) -> None:
    Who = Annotated[Actor, Depends(_acting(incidents))]

    @doors.get("/oncall/{verb}")
    def look(
        request: Request,
        verb: str,
        who: Who,
        schedule: str = "",
        at: str = "",
        since: str = "",
        until: str = "",
        weeks: Number = 4,
    ) -> Any:
        known = rest_verbs.of("oncall", verb)
        fields = [*(one.name for one in known.told("rest")), *ALSO_READ.get(known.name, ())]
        known_fields.require(request.query_params.keys(), fields)
        asked = {"schedule": schedule, "at": at, "since": since, "until": until, "weeks": weeks}
        return schedules.read(verb, who, legible(asked))

    @doors.post("/oncall/{verb}", status_code=201)
    def test_page(verb: str, who: Who, given: Given = None) -> Json:
        known = rest_verbs.of("oncall", verb)
        if known.name == "test-page":
            _to_whoever_asks(given)
            return incidents.test_page(who)
        elsewhere = "changes nothing here: use GET" if known.reads else "is done below /api/v1/schedules"
        raise rest_verbs.NoSuchVerb(f"`{known.name}` {elsewhere}.")
