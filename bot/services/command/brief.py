"""What whoever takes command over has to know: written from the records, the same for a form and for a command."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.command import brief as rules
from storage.models import Incident, PageState
from storage.queries import command as command_queries
from storage.queries import paging as paging_queries


def written(session: Session, catalog: Catalog, incident: Incident, now: datetime) -> str:
    """The brief as plain lines; people stand in it as {person:ID}."""
    number = incident.number or 0
    pages = paging_queries.incident_pages(session, number)
    return rules.written(
        incident,
        rules.Known(
            severity=catalog.severity_label(incident.severity),
            decisions=command_queries.rulings(session, number),
            actions=command_queries.actions(session, number),
            mitigations=command_queries.mitigations(session, number),
            links=command_queries.links(session, number),
            waiting=[page.person for page in pages if page.state in PageState.WAITING],
            zone=ZoneInfo(catalog.display.time_zone),
        ),
        now,
    )
