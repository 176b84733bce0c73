"""Links in a command that stand for an incident: its war room, its announcement or a message in its room."""

import re

from sqlmodel import Session

from bot.domain.core import typed_references
from bot.domain.core.errors import NoSuchIncident
from bot.domain.core.typed_text import bare_word
from handlers import incident_reference, verbs
from handlers.door import Door
from handlers.request import Request
from storage.queries import incidents as incident_queries

_CHANNEL = re.compile(r"<#(?P<channel>[A-Z0-9]+)(?:\|[^<>]*)?>")
_LABELLED = re.compile(r"<https?://[^<>|\s]*\|(?P<label>[^<>]*)>")
_MESSAGE = re.compile(
    r"<?https?://[\w.-]+/archives/(?P<channel>[CG][A-Z0-9]+)(?:/p(?P<seconds>\d{10})(?P<rest>\d{6}))?"
    r"(?:\?(?:[^<>|\s]*&)?(?:thread_ts=(?P<root>\d+\.\d+))?[^<>|\s]*)?(?:\|[^<>]*)?>?"
)


def read(door: Door, request: Request, text: str) -> str:
    """The words with the incident in the place of such a link: "resolve #incident-checkout: fixed".

    To whoever may not know of the incident, it is a link like any other. So it is where an address is what is kept.
    """
    if _keeps_addresses(text):
        return text
    shown = _LABELLED.sub(lambda one: _label(door, one), text)
    if not (_CHANNEL.search(shown) or _MESSAGE.search(shown)):
        return shown
    with door.desk.read() as session:

        def reference(one: re.Match[str]) -> str:
            number = _number(session, one.groupdict())
            if number is None or not _known(door, session, request, number):
                return one[0]
            return door.catalog.reference(number)

        return _MESSAGE.sub(reference, _CHANNEL.sub(reference, shown))


def _keeps_addresses(text: str) -> bool:
    """Whether one of the first two words is a verb about links: "link https://...", "INC-2 link https://..."."""
    said = (verbs.find("/incident", bare_word(word).lower()) for word in text.split(maxsplit=2)[:2])
    return any(verb is not None and verb.name in ("link", "unlink", "bridge") for verb in said)


def _label(door: Door, one: re.Match[str]) -> str:
    """What people read: a link that is called INC-2 is INC-2, wherever it leads."""
    found = typed_references.find(one["label"], door.catalog.display.id_prefix)
    whole = len(found) == 1 and typed_references.leads(one["label"], found[0])
    return one["label"] if whole and typed_references.ends(one["label"], found[0]) else one[0]


def _number(session: Session, link: dict[str, str | None]) -> int | None:
    channel = link["channel"] or ""
    if room := incident_reference.in_room(session, channel):
        return room
    roots = [link.get("root"), f"{link['seconds']}.{link['rest']}" if link.get("seconds") else None]
    found = (incident_queries.number_of_thread(session, channel, root) for root in roots if root)
    return next((number for number in found if number is not None), None)


def _known(door: Door, session: Session, request: Request, number: int) -> bool:
    try:
        return bool(incident_reference.visible(session, door.catalog, request, number))
    except NoSuchIncident:
        return False
