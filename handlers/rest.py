"""The last listeners: what nobody else takes is acknowledged, so that Slack does not show or repeat a failure.

Whoever presses a button or sends a form of an older version is told so, with what is true now.
"""

import logging
import re

from sqlmodel import Session, select

from bot.domain.core.errors import DomainError
from bot.services.core.answer import Answer
from handlers import incident_reference
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply
from storage.models import Incident

log = logging.getLogger(__name__)
_WORD = re.compile(r"#?[A-Za-z]+[-_]?[0-9]{1,9}\b")


class OldButton(DomainError):
    """This button is from an older message, so nothing was changed. `/incident` shows where things stand."""


class OldForm(DomainError):
    """This form is from an older version, so nothing was changed. Copy what you wrote, and open it again."""


def link(door: Door, request: Request) -> Reply:
    """A button that opened a web address in the person's browser."""
    return None


def unknown(door: Door, request: Request) -> Reply:
    """Something of an older version, or of another installation with the same app. Raises OldButton."""
    log.info("nothing listens to this %s", request.kind)
    if request.kind == "shortcut":
        raise OldButton()
    return None


def closed(door: Door, request: Request) -> Reply:
    """A form was put away: there is nothing to do."""
    return None


def old_form(door: Door, request: Request) -> Reply:
    """What was written stays where it can be copied. Raises OldForm."""
    log.info("nothing listens to this form")
    raise OldForm()


def old_button(door: Door, request: Request) -> Reply:
    """With the present state of the incident that its message is about. Raises OldButton where that is not known."""
    log.info("nothing listens to this button")
    number = door.look(request, "list", lambda session: _about(door, session, request))
    if number is None:
        raise OldButton()
    return door.do(request, "list", lambda w: Answer("old_button", number))


def _about(door: Door, session: Session, request: Request) -> int | None:
    """The incident whose card or announcement it is, whose room it stands in, or which its words name; only one of
    which this person may know."""
    ts = str(request.message.get("ts") or "")
    shown = select(Incident.number).where((Incident.card_ts == ts) | (Incident.announcement_ts == ts))
    named = (door.catalog.parse_reference(word) for word in _WORD.findall(str(request.message.get("text") or "")))
    found = [
        session.exec(shown).first() if ts else None,
        incident_reference.in_room(session, request.channel),
        *named,
    ]
    for number in filter(None, found):
        try:
            return incident_reference.visible(session, door.catalog, request, number)
        except DomainError:
            continue
    return None
