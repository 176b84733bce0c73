"""Replies to pages from an SMS gateway or a mail server: who wrote is matched to a person, never to a stranger."""

import hmac
import json
import logging
import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import PlainTextResponse

from bot.domain.contact import page_reply
from bot.domain.core.errors import DomainError
from bot.rendering.contexts import render
from bot.services.assistance import pass_on
from bot.services.core.answer import Answer
from bot.services.paging import external_replies
from handlers.door import Door
from handlers.sanitize import legible
from handlers.web.slack import raw_body

MOST_BYTES = 64 * 1024
FROM = ("from", "From", "sender", "phone")
TEXT = ("text", "Body", "body", "message", "subject")
SLACK_USER = re.compile(r"<@([UW][A-Z0-9]+)")
IDS = ("id", "MessageSid", "SmsMessageSid", "message-id", "Message-Id")

_log = logging.getLogger(__name__)


class Unreadable(Exception):
    """The request cannot be used; the text says why."""


def router(door: Door, token: str) -> APIRouter:
    """POST /replies/{source} with a form or a JSON object; the answer is the text to send back."""
    doors = APIRouter(tags=["replies"])

    @doors.post("/replies/{source}")
    def replied(
        source: str,
        raw: Annotated[bytes, Depends(raw_body)],
        authorization: Annotated[str, Header()] = "",
        content_type: Annotated[str, Header()] = "",
        key: Annotated[str, Query()] = "",
    ) -> PlainTextResponse:
        if not token:
            return _said("Replies are not taken here yet: set TOCSIN_ALERT_TOKEN and start Tocsin again.", 503)
        if not _knows(token, authorization, key):
            return _said("Send the key as `Authorization: Bearer ...` or as ?key=...", 401)
        try:
            given = _read(raw, content_type)
        except Unreadable as error:
            return _said(str(error), 400)
        return _answer(door, source, given)

    return doors


def _knows(token: str, authorization: str, key: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    offered = given.strip() if scheme.lower() == "bearer" else key
    return hmac.compare_digest(offered.encode(), token.encode())


def _read(raw: bytes, content_type: str) -> Mapping[str, Any]:
    """The fields of the body. Raises Unreadable."""
    if len(raw) > MOST_BYTES:
        raise Unreadable("The reply is longer than 64 KiB.")
    try:
        text = raw.decode("utf-8")
        if content_type.partition(";")[0].strip().lower() == "application/json":
            fields = json.loads(text)
        else:
            fields = {name: values[0] for name, values in parse_qs(text, max_num_fields=200).items()}
    except (ValueError, RecursionError):
        raise Unreadable("The reply cannot be read: send a form or a JSON object.") from None
    if not isinstance(fields, dict):
        raise Unreadable("The reply is not an object: send {from, text}.")
    kept: Mapping[str, Any] = legible(fields)
    return kept


def _answer(door: Door, source: str, given: Mapping[str, Any]) -> PlainTextResponse:
    who, text, ident = _first(given, FROM), _first(given, TEXT), _first(given, IDS)
    if not who or not text:
        return _said("A reply needs who wrote it and what: send {from, text}.", 400)
    person = page_reply.sender(who, door.catalog)
    if person is None:
        _log.warning("a reply by %s came from an address that no one of tocsin.yml has", source[:40])
        return _said("This address belongs to no one here, so nothing was changed.", 403)
    try:
        said = page_reply.page_reply(text, door.catalog)
        key = f"{source}:{ident}"[:200] if ident else None
        name = person.slack or person.key
        answer = external_replies.reply(door.desk, name, said, pass_on.decline, key)
    except DomainError as refusal:
        return _said(str(refusal).replace("`", ""), 200)  # the gateway did its part: it has nothing to repeat
    return _said(_words(door, answer))


def _words(door: Door, answer: Answer) -> str:
    """What Slack would say, without its marks. The words of a private incident stay inside Slack."""
    with door.desk.read() as session:
        composer = door.composer()
        message = render.answer_outside(session, composer, answer.template, answer.incident, answer.values)
        show = composer.showing(session, SLACK_USER.findall(message.text))
    return " ".join(show.words(message.text).replace("*", "").replace("`", "").split())


def _first(given: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(given[name]).strip() for name in names if isinstance(given.get(name), str | int)), "")


def _said(text: str, status: int = 200) -> PlainTextResponse:
    return PlainTextResponse(text, status)
