"""Use cases of the links of an incident: added, named anew, removed; its call, typed or configured."""

from collections.abc import Sequence
from secrets import token_hex

from sqlmodel import select

from bot.domain.links import bridges
from bot.domain.links import links as rules
from bot.domain.links.effects import bookmark
from bot.domain.links.errors import (
    NoAddressInIt,
    NoCallConfigured,
    NoCallIsMeant,
    NoSuchLink,
    SeveralLinks,
    TooManyLinks,
    UnknownKind,
)
from bot.domain.links.facts import LinkAdded, LinkChanged, LinkRemoved
from bot.services.core.answer import Answer
from bot.services.core.incident import find, ref
from bot.work import Work
from storage.models import Incident, IncidentLink
from storage.queries import command as queries


def add(w: Work, incident: Incident, text: str, kind: str = "", label: str = "") -> Answer:
    """The address in `text` is kept once; said again with another kind or name, it has those.

    Raises what `rules.read` raises, UnknownKind and TooManyLinks.
    """
    said = rules.read(text)
    meant = rules.kind(kind) if kind else said.kind
    if kind and not meant:
        raise UnknownKind(text=kind[:40], choices=", ".join(rules.KINDS))
    return _keep(w, incident, said.url, meant, rules.named(label) or said.title)


def _keep(w: Work, incident: Incident, url: str, kind: str, title: str) -> Answer:
    number = incident.number or 0
    query = select(IncidentLink).where(IncidentLink.incident == number, IncidentLink.url == url)
    row = w.session.exec(query).first()
    if row is None or row.removed_at is not None:
        if len(queries.links(w.session, number)) >= rules.MOST:
            raise TooManyLinks(ref=ref(w, incident), most=rules.MOST)
        row = row or IncidentLink(incident=number, kind="", url=url, by=w.actor.who, at=w.now)
        row.kind, row.title, row.removed_at = kind or rules.looks_like(url), title, None
        row.by, row.at = w.actor.who, w.now
        w.session.add(row)
        w.session.flush()
        w.record([LinkAdded(link=row.id or 0, kind=row.kind, url=url, title=title)], incident=incident)
        return _answer(row, "added")
    before = (row.kind, row.title)
    row.kind, row.title = kind or row.kind, title or row.title
    if (row.kind, row.title) == before:
        return _answer(row, "known")
    w.record([LinkChanged(link=row.id or 0, kind=row.kind, url=url, title=row.title)], incident=incident)
    return _answer(row, "changed")


def remove(w: Work, incident: Incident, words: str) -> Answer:
    """Raises NoSuchLink and SeveralLinks."""
    found = rules.meant(queries.links(w.session, incident.number or 0), words)
    if not found:
        raise NoSuchLink(ref=ref(w, incident), text=words.strip()[:60])
    if len(found) > 1:
        raise SeveralLinks(ref=ref(w, incident), count=len(found))
    return _removed(w, incident, found[0])


def remove_one(w: Work, ident: int) -> Answer:
    """A button of the list of links; pressed twice, it is gone already."""
    incident = find(w, w.session.get_one(IncidentLink, ident).incident)
    row = w.lock(IncidentLink, ident)
    assert row is not None
    return _removed(w, incident, row)


def _removed(w: Work, incident: Incident, row: IncidentLink) -> Answer:
    if row.removed_at is None:
        row.removed_at = w.now
        gone = LinkRemoved(link=row.id or 0, kind=row.kind, url=row.url, title=row.title)
        w.record([gone], incident=incident)
    return _answer(row, "removed")


def call(w: Work, incident: Incident, text: str = "") -> Answer:
    """The call there is; without one, the configured one is opened. An address makes that the call.

    Raises NoCallConfigured, and NoCallIsMeant for words that are no address.
    """
    if text.strip():
        try:
            said = rules.read(text)
        except NoAddressInIt:
            raise NoCallIsMeant(ref=ref(w, incident), text=text.strip()[:60]) from None
        return _keep(w, incident, said.url, rules.BRIDGE, said.title)
    if known := bridges.newest(queries.links(w.session, incident.number or 0)):
        return _answer(known, "known")
    url = _configured(w, incident)
    if url is None:
        raise NoCallConfigured(ref=ref(w, incident))
    return _keep(w, incident, url, rules.BRIDGE, "")


def open_call(w: Work, incident: Incident) -> None:
    """The configured call of an incident whose severity has one, as long as it has none."""
    url = _configured(w, incident) if w.catalog.severities[incident.severity].bridge else None
    if url is not None and bridges.newest(queries.links(w.session, incident.number or 0)) is None:
        _keep(w, incident, url, rules.BRIDGE, "")


def _configured(w: Work, incident: Incident) -> str | None:
    return bridges.configured(w.catalog.war_room.bridge, incident.number or 0, ref(w, incident), token_hex(4))


def furnish(w: Work, incident: Incident) -> None:
    """A room that opened gets the bookmarks of all links."""
    owe(w, incident, queries.links(w.session, incident.number or 0))


def owe(w: Work, incident: Incident, rows: Sequence[IncidentLink]) -> None:
    w.carry_out(*(bookmark(incident.number or 0, row.id or 0) for row in rows))


def _answer(row: IncidentLink, what: str) -> Answer:
    values = {"what": what, "kind": row.kind, "url": row.url, "title": row.title}
    return Answer("link_kept", row.incident, values)
