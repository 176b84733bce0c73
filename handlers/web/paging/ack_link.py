"""The signed acknowledge link of an e-mail or SMS: GET changes nothing, since scanners follow links; POST acts."""

import secrets
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from bot.domain.core.errors import DomainError
from bot.domain.paging import ack_link
from bot.domain.paging.ack_link import AckLinks, BadLink, OldLink
from bot.rendering.contexts.paging import ack_page
from bot.rendering.contexts.paging.ack_page import Json
from bot.services.paging import external_replies
from handlers.door import Door
from handlers.web.slack import raw_body
from storage.models import Escalation, Page
from storage.queries import incident_view as incident_views


def router(door: Door, links: AckLinks | None) -> APIRouter:
    """GET and POST /ack/{token}."""
    doors = APIRouter(tags=["acknowledge"])

    @doors.get("/ack/{token}")
    def ask(token: str) -> HTMLResponse:
        number = _number(door, links, token)
        return number if isinstance(number, HTMLResponse) else _shown(door, number)

    @doors.post("/ack/{token}")
    def act(token: str, raw: Annotated[bytes, Depends(raw_body)]) -> HTMLResponse:
        number = _number(door, links, token)
        if isinstance(number, HTMLResponse):
            return number
        try:
            external_replies.acknowledge(door.desk, number, _press(raw) or secrets.token_hex(8))
        except DomainError as refusal:
            return _shown(door, number, str(refusal))
        except LookupError:
            return _page(door, ack_page.BAD, 404)
        return _shown(door, number)

    return doors


def _number(door: Door, links: AckLinks | None, token: str) -> int | HTMLResponse:
    """The page of a good token, or the answer to one that is not."""
    try:
        if links is None:
            raise BadLink()
        return ack_link.read(links.key, token, door.desk.clock.now())
    except BadLink:
        return _page(door, ack_page.BAD, 404)
    except OldLink:
        return _page(door, ack_page.OLD, 410)


def _press(raw: bytes) -> str:
    """What makes this press of the button one press, however often the browser sends it."""
    try:
        return parse_qs(raw.decode("ascii"), max_num_fields=5).get("press", [""])[0][:32]
    except ValueError:
        return ""


def _shown(door: Door, number: int, refusal: str = "") -> HTMLResponse:
    with door.desk.read() as session:
        page = session.get(Page, number)
        if page is None:
            return _page(door, ack_page.BAD, 404)
        dossier = incident_views.dossier(session, page.incident) if page.incident else None
        escalation = session.get_one(Escalation, page.escalation)
        composer = door.composer()
        show = composer.for_dossier(session, dossier) if dossier else composer.showing(session, [page.person])
        shown = ack_page.ask(show, dossier, page, escalation)
    if refusal and shown["button"]:
        shown["sentence"] = refusal
    return _page(door, shown, 200)


def _page(door: Door, shown: Json, status: int) -> HTMLResponse:
    nonce = secrets.token_urlsafe(12)
    blank = {"sentence": "", "rows": [], "button": "", "press": secrets.token_hex(8), "nonce": nonce}
    policy = (f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; frame-ancestors 'none'; "
              "base-uri 'none'")  # fmt: skip
    return HTMLResponse(door.renderer.text("web/ack.html", blank | shown), status,
                        {"Content-Security-Policy": policy})  # fmt: skip
