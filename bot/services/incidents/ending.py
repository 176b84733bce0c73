"""What every end of an incident does: paging stops, and whoever holds it, or a role in it, is told once in person."""

from bot.domain.core.effect import tell
from bot.domain.incidents.last_edit import last_edit
from bot.domain.incidents.lifecycle import UNDONE
from bot.domain.incidents.nudges import EndNudges
from bot.services.paging import escalations
from bot.work import Work
from storage.models import Incident, PageState
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries


def over(w: Work, incident: Incident, how: str) -> None:
    """`how` is what the pages and other pagers are told. Whoever ended it knows."""
    n = incident.number or 0
    holders = [one.acknowledged_by for one in paging_queries.held_escalations(w.session, n)]
    pages = [
        one for one in paging_queries.incident_pages(w.session, n) if one.ts and one.state not in PageState.WAITING
    ]
    escalations.stop_all(w, incident, how)
    for page in pages:
        escalations.redraw(w, page)  # nothing is left to press
    holders += [one.person for one in pages if one.state == PageState.ACKNOWLEDGED]
    w.carry_out(last_edit(n), EndNudges(n))
    told = {one for one in [*holders, *incident_queries.roles(w.session, n).values()] if one} - {w.actor.who}
    for who in sorted(told):
        key = f"over:{n}:{who}:{w.now.isoformat()}"
        w.carry_out(tell(who, "holding_over", key, incident=n, by=w.actor.who, undone=how == UNDONE))
