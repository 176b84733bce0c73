"""Which incident is meant: its number, the room a command was typed in, or the only one that fits."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.errors import DomainError
from bot.domain.core.people import slack_id
from bot.domain.core.verb import Verb
from bot.domain.incidents import visibility
from bot.domain.incidents.lifecycle import require_open, titled
from bot.services.core import incident as incidents
from handlers.request import Request
from storage.models import Incident, IncidentStatus
from storage.queries import incidents as incident_queries

MOST = 100
"""As many as a menu of Slack's holds."""


class NothingToMean(DomainError):
    """No incident is {state} now. Say which one you mean by its number, for example `/incident {verb} {example}`."""


class Several(Exception):
    """More than one incident could be meant; `choices` are (number, label), worst first, `more` are left out."""

    def __init__(self, choices: Sequence[tuple[int, str]], more: int = 0) -> None:
        super().__init__("several incidents")
        self.choices, self.more = choices, max(0, more)


def number(session: Session, catalog: Catalog, request: Request, verb: Verb, given: int | None) -> int:
    """The incident's number. Raises Several, NothingToMean or NoSuchIncident."""
    if given is not None:
        return visible(session, catalog, request, given)
    if room := in_room(session, request.channel):
        return visible(session, catalog, request, room)
    states = [state for one in verb.meant for state in (IncidentStatus.OPEN if one == "open" else (one,))]
    fitting = incident_queries.in_states(session, states, 1000)
    found = incidents.known_to(session, visibility.viewer(catalog, request.user), fitting)
    if not found:
        raise NothingToMean(state=verb.meant[0], verb=verb.name, example=catalog.reference(42))
    if len(found) > 1:
        raise Several([(one.number or 0, label(catalog, one)) for one in found[:MOST]], len(found) - MOST)
    return found[0].number or 0


def visible(session: Session, catalog: Catalog, request: Request, given: int) -> int:
    """The number, if there is such an incident and this person may know of it. Raises NoSuchIncident."""
    incident = session.get(Incident, given)
    if incident is None or not incidents.known_in(session, catalog, request.user, request.channel, [incident]):
        raise visibility.unknown(incident, catalog.reference(given))
    return given


def in_room(session: Session, channel: str | None) -> int | None:
    """The incident whose war room this channel is."""
    return incident_queries.number_of_channel(session, channel) if channel else None


def label(catalog: Catalog, incident: Incident) -> str:
    """One line for a menu."""
    return f"{catalog.reference(incident.number or 0)} {catalog.severity_label(incident.severity)} {titled(incident)}"


def slack_of(catalog: Catalog, person: str | None) -> str:
    """The Slack id of somebody in our records, "" without one: what a menu of people is given."""
    return (slack_id(person, catalog) or "") if person else ""


def known(session: Session, catalog: Catalog, request: Request, given: int) -> Incident:
    """The incident of a number that this person may know of. Raises NoSuchIncident."""
    found = session.get(Incident, visible(session, catalog, request, given))
    assert found is not None
    return found


def open_one(session: Session, catalog: Catalog, request: Request, given: int, what: str) -> Incident:
    """The same, for a form that needs an open incident. Raises NoSuchIncident and NotOpen."""
    incident = known(session, catalog, request, given)
    require_open(incident, catalog.reference(given), what)
    return incident


def meta(request: Request, incident: Incident) -> dict[str, object]:
    """What a form about an incident carries: where its answer belongs."""
    in_its_room = incident.channel_id is not None and incident.channel_id == request.channel
    there = request.bot_is_there or in_its_room
    return {"incident": incident.number, "channel": request.channel, "bot_is_there": there}
