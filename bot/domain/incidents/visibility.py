"""Who may know of a private incident: the one rule, which every door, list and search asks.

What a surface writes or where it posts is another question with its own name below: a private incident has no public
place, and mail and push keep its words to themselves. Nothing else reads `Incident.private`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError, NoSuchIncident
from storage.models import Incident

Participants = Callable[[Sequence[int]], Mapping[int, Collection[str]]]
"""Numbers of incidents -> who takes or took part in each: roles, pages, acknowledgements; names as in our records."""


class WentPrivate(NoSuchIncident):
    """{ref} was declared again in private: only the people who were asked about it can see it."""


class Replaced(DomainError):
    """{ref} was declared again in private, and its room is still public. Use the incident that replaced it."""


class Knows(StrEnum):
    """Why somebody may know of an incident."""

    PUBLIC = "public"
    """It is not private: everybody may."""
    SEES_ALL = "sees_all"
    """They see everything: the holder of the API token, the command line."""
    ADMIN = "admin"
    """They administer Tocsin."""
    ROOM = "room"
    """They ask in its war room, so they are in it."""
    DECLARED = "declared"
    """They declared it."""
    PART = "part"
    """They have or had a role in it, are offered its command, were paged for it, acknowledged it, or were given
    something to do."""


@dataclass(frozen=True)
class Viewer:
    """Whoever asks. `names` are the Slack id and the catalogue key of one person, `room` the channel they ask in."""

    names: frozenset[str] = frozenset()
    room: str | None = None
    admin: bool = False
    sees_all: bool = False


ANYBODY = Viewer()
"""No particular person: what a whole team or channel reads."""
SEES_ALL = Viewer(sees_all=True)


def viewer(catalog: Catalog, person: str, room: str | None = None) -> Viewer:
    """The viewer behind a Slack id."""
    known = catalog.person_by_slack(person)
    if known is None:
        return Viewer(frozenset({person}), room)
    return Viewer(frozenset({person, known.key}), room, admin=catalog.is_admin(known))


def why(incident: Incident, viewer: Viewer, part: Collection[str] = ()) -> Knows | None:
    """Why the viewer may know of the incident, None when they may not. `part` is who takes or took part in it."""
    if not incident.private:
        return Knows.PUBLIC
    if viewer.sees_all:
        return Knows.SEES_ALL
    if viewer.admin:
        return Knows.ADMIN
    if incident.channel_id is not None and incident.channel_id == viewer.room and not was_public(incident):
        return Knows.ROOM
    if incident.declared_by in viewer.names:
        return Knows.DECLARED
    return None if viewer.names.isdisjoint(part) else Knows.PART


def known(incidents: Iterable[Incident], viewer: Viewer, participants: Participants) -> list[Incident]:
    """Those that the viewer may know of, in order. Participants are only asked for where they decide it."""
    rows = list(incidents)
    unclear = [row.number for row in rows if row.number is not None and why(row, viewer) is None]
    part = participants(unclear) if unclear and viewer.names else {}
    return [row for row in rows if why(row, viewer, part.get(row.number or 0, ())) is not None]


def was_public(incident: Incident) -> bool:
    """Was it made private after everybody could read of it? Its announcement and its room are public still: they go on
    showing that it is over, without its words."""
    return incident.private and incident.announcement_channel is not None


def make_private(incident: Incident) -> None:
    """From now on it is known to those who take part in it, and to nobody else."""
    incident.private = True


def require_not_replaced(incident: Incident, ref: str) -> None:
    """For what would bring its words back to where everybody reads. Raises Replaced."""
    if was_public(incident):
        raise Replaced(ref=ref)


def unknown(incident: Incident | None, ref: str) -> NoSuchIncident:
    """The refusal for somebody who may not know of it. That it was there is no secret when everybody has read it."""
    return WentPrivate(ref=ref) if incident is not None and was_public(incident) else NoSuchIncident(ref=ref)


def has_public_place(incident: Incident) -> bool:
    """May it be posted where people read along who take no part: an announcement, a public channel, another product?"""
    return is_public(incident) and not incident.unaccepted


def is_public(incident: Incident) -> bool:
    """May everyone know of it? That what is in triage is posted nowhere yet is another matter."""
    return why(incident, ANYBODY) is not None


def hides_words(incident: Incident) -> bool:
    """Do title and summary stay inside Slack, so that mail, push, calls and web pages leave them out?"""
    return not is_public(incident)
