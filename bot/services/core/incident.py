"""The incident of a use case: found and locked, named, and who answers for it."""

from bot.domain.core.errors import NoSuchIncident
from bot.work import Work
from storage.models import Incident, PageState
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries


def find(w: Work, number: int) -> Incident:
    """The incident, locked; every change of it begins here."""
    incident = w.lock(Incident, number)
    if incident is None:
        raise NoSuchIncident(ref=w.catalog.reference(number))
    return incident


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
