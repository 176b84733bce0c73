"""The clocks of a severity as reminders: when one runs out, the timeline says so and whoever can act gets one line."""

from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.core.fact import Fact
from bot.domain.incidents import severity as severity_rules
from bot.domain.incidents.severity import Target
from bot.domain.incidents.severity_facts import TargetMissed
from bot.domain.paging import policy_choice
from bot.services.core.nudge import Nudge, Nudges
from bot.services.incidents import severity_review
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries

RESPONSES = frozenset({"note", "update", "status", "role", "severity", "decision", "action", "mitigation"})
"""Kinds of lines in the timeline by which somebody shows that they are at work."""


def clock(target: Target) -> Nudge:
    """The reminder of one target, once for each severity."""
    return Nudge(
        after=partial(_left, target),
        wanted=partial(_is_missed, target),
        to=severity_review.in_charge,
        message="target_missed",
        fact=partial(_missed, target),
    )


def _left(target: Target, w: Work, incident: Incident) -> timedelta | None:
    """From now, when the incident gets this severity, until its time is over. Answers are waited for from when paging
    begins."""
    catalog, severity = w.catalog, incident.severity
    start = w.now if target is Target.RESOLVE else policy_choice.allowed_at(catalog, severity, w.now)
    hours = catalog.business_hours
    zone = ZoneInfo(hours.timezone or catalog.display.time_zone)
    end = severity_rules.limit(catalog.severities[severity], target, hours, zone, start)
    return end - w.now if end else None


def _is_missed(target: Target, w: Work, incident: Incident) -> bool:
    number = incident.number or 0
    known = incident_queries.timeline_source(w.session, number, severity_rules.key(target, incident.severity))
    commanded = "ic" in incident_queries.roles(w.session, number)
    responded = incident_queries.has_entry_by_person(w.session, number, RESPONSES)
    return known is None and not severity_rules.is_met(incident, target, commanded=commanded, responded=responded)


def _missed(target: Target, w: Work, incident: Incident, person: str) -> Fact:
    row = w.catalog.severities[incident.severity]
    asked_already = target is Target.RESOLVE and row.suggest_raise == row.resolve and severity_review.worse(w, incident)
    return TargetMissed(
        target=target.value,
        severity=incident.severity,
        within=severity_rules.within(row, target),
        person=person,
        told=not asked_already,
    )


CLOCKS: Nudges = {f"late_{target.value}": clock(target) for target in Target}
