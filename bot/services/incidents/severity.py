"""Use case: another severity, and whom that pages."""

from bot.catalog import Catalog, SeverityRow
from bot.domain.core.errors import UnknownSeverity
from bot.domain.core.fact import Fact
from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents import mirror, war_room
from bot.services.core.answer import Answer
from bot.services.core.incident import ref, responders
from bot.services.incidents import executives
from bot.services.paging import escalations, policies
from bot.work import Work
from storage.models import EscalationKind, EscalationState, Incident, PageState
from storage.queries import paging as paging_queries


def parse_severity(catalog: Catalog, text: str) -> str:
    level = catalog.severity(text)
    if level is None:
        choices = ", ".join(catalog.severity_label(key) for key in catalog.severities)
        raise UnknownSeverity(text=text, choices=choices)
    return level


def set_severity(w: Work, incident: Incident, text: str, reason: str = "") -> Answer:
    """A new severity re-plans cadence and room; a worse one pages by the new policy while nobody has answered."""
    level = parse_severity(w.catalog, text)
    before = incident.severity
    facts: list[Fact] = rules.set_severity(incident, level, ref=ref(w, incident), reason=reason)
    row = w.catalog.severities[level]
    incident.next_update_at = rules.next_update(w.now, row.cadence)
    worse = rules.is_worse(level, before)
    facts += war_room.at_severity(incident, row.war_room, w.now, worse=worse)
    facts += _to_the_twin(w, incident, before, reason)
    w.record(facts, incident=incident, responders=responders(w, incident))
    if worse:
        _page_again(w, incident, row)
    for page in paging_queries.incident_pages(w.session, incident.number or 0):
        if page.state in PageState.WAITING:
            escalations.redraw(w, page)  # it names the severity
    executives.plan(w, incident)
    return Answer("severity_set", incident.number, {} if worse else _going_on(w, incident))


def _going_on(w: Work, incident: Incident) -> dict[str, str]:
    """The policy that goes on paging: a lower severity calls nobody back whom a worse one has asked."""
    running = paging_queries.running_escalations(w.session, incident.number or 0)
    paging = [row.policy_name for row in running
              if row.kind == EscalationKind.POLICY and row.state == EscalationState.RUNNING]  # fmt: skip
    return {"goes_on": paging[-1]} if paging else {}


def _to_the_twin(w: Work, incident: Incident, before: str, reason: str) -> list[Fact]:
    """A twin for what became grave enough for one; the one that is there already hears of it."""
    mirrored, level = w.catalog.integrations.mirrored, incident.severity
    found: list[Fact] = [*mirror.want(incident, mirrored)] if rules.is_worse(level, before) else []
    if incident.pagerduty_id or before in mirrored:
        label = w.catalog.severity_label
        words = f"{label(before)} is {label(level)} now" + (f": {reason}" if reason else "")
        urgency = mirror.urgency(level)
        found += mirror.note(incident, mirrored, words, urgency if urgency != mirror.urgency(before) else "")
    return found


def _page_again(w: Work, incident: Incident, row: SeverityRow) -> None:
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    if newest is not None and newest.state == EscalationState.ACKNOWLEDGED:
        return
    reason = f"severity raised to {w.catalog.severity_label(row.key)}"
    escalations.stop_all(w, incident, reason)
    policies.page_for(w, incident, reason, parent=newest.id if newest else None)
