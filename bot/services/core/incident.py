"""The incident of a use case: found and locked, named, and who answers for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.errors import NoSuchIncident
from bot.domain.incidents import visibility
from bot.domain.incidents.visibility import Viewer
from bot.work import Work
from storage.models import Incident, PageState
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries
from storage.queries import visibility as visibility_queries


def find(w: Work, number: int) -> Incident:
    """The incident, locked; every change of it begins here."""
    incident = w.lock(Incident, number)
    if incident is None:
        raise NoSuchIncident(ref=w.catalog.reference(number))
    return incident


def find_known(w: Work, number: int, viewer: Viewer) -> Incident:
    """The same for somebody who may know of it; else NoSuchIncident, as if there were none."""
    incident = find(w, number)
    if not known_to(w.session, viewer, [incident]):
        raise visibility.unknown(incident, w.catalog.reference(number))
    return incident


def known_to(session: Session, viewer: Viewer, incidents: Iterable[Incident]) -> list[Incident]:
    """Those of them that the viewer may know of, in order."""
    return visibility.known(incidents, viewer, partial(visibility_queries.participants, session))


def known_in(
    session: Session, catalog: Catalog, person: str, channel: str | None, incidents: Sequence[Incident]
) -> list[Incident]:
    """The same for somebody who asks in a channel: who is in the room of one knows of it, in a former room too."""
    viewer = visibility.viewer(catalog, person, channel)
    known = known_to(session, viewer, incidents)
    if len(known) == len(incidents):
        return known
    return known_to(session, replace(viewer, room=incident_queries.present_room(session, channel)), incidents)


def responders(w: Work, incident: Incident) -> list[str]:
    """Who belongs in the room: roles (IC and comms first), whoever acknowledged or is paged, owners, the declarer."""
    number = incident.number or 0
    holders = incident_queries.roles(w.session, number)
    people = [holders[role] for role in ("comms", "ic") if role in holders]
    newest = paging_queries.escalation_of(w.session, number)
    if newest and newest.acknowledged_by:
        people.append(newest.acknowledged_by)
    people.append(incident.declared_by)
    if newest:
        people += [
            page.person for page in paging_queries.pages(w.session, newest.id) if page.state != PageState.DECLINED
        ]
    return list(dict.fromkeys([*people, *holders.values()]))


def ref(w: Work, incident: Incident) -> str:
    return w.catalog.reference(incident.number or 0)
