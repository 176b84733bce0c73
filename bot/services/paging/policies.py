"""Which policy pages for an incident, and when it may begin: severity, service and working hours decide."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from bot.catalog import Policy
from bot.domain.core.errors import NothingIsPaging
from bot.domain.core.people import TOCSIN
from bot.domain.incidents import lifecycle as incidents
from bot.domain.paging import escalation as escalations
from bot.domain.paging import policy_choice
from bot.services.core import settings
from bot.services.core.answer import Answer
from bot.services.core.clockwork import Sweep, Sweeps
from bot.services.paging import escalations as escalation_service
from bot.services.schedules import history
from bot.work import Work, WorkFactory
from storage.models import Escalation, EscalationKind, EscalationState, Incident

CHOSEN = "policies.of_services"


def page_for(w: Work, incident: Incident, reason: str, *, parent: int | None = None) -> None:
    """Starts the policy of this incident, now or when its severity allows. Without a policy the last resort is told.

    `parent` is the escalation whose place it takes: whoever was asked there is not asked for the first time.
    """
    choice = policy_choice.choose(w.catalog, incident.severity, incident.service, w.now)
    if choice.policy is None:
        snapshot, name = {"levels": [], "repeat": 0}, "none"
    else:
        snapshot, name = _snapshot(w, choice.policy, incident.severity), choice.policy.key
    wait_until = choice.begins if choice.waits else None
    escalation_service.start(w, incident, name, snapshot, reason, wait_until=wait_until, parent=parent)


def use_new(w: Work, incident: Incident, escalation: Escalation) -> Answer:
    """Pages by the policy as it is written now, from its first level. A stale press changes nothing."""
    n = incident.number
    policy = w.catalog.policies.get(escalation.policy_name)
    if escalation.state not in EscalationState.LIVE or policy is None or not incidents.is_open(incident):
        return Answer("holding_changed", n, {"by": escalation.acknowledged_by})
    snapshot = _snapshot(w, policy, incident.severity)
    if _snapshot(w, policy, escalation.policy.get("severity", incident.severity)) == escalation.policy:
        raise NothingIsPaging(ref=w.catalog.reference(n or 0), what="change: its policy is the present one")
    _replace(w, incident, escalation, "its policy has changed")
    escalation_service.start(
        w,
        incident,
        policy.key,
        snapshot,
        f"new policy, asked for by {w.actor.who}",
        kind=escalation.kind,
        parent=escalation.id,
    )
    return Answer("policy_renewed", n)


def _snapshot(w: Work, policy: Policy, severity: str) -> dict[str, Any]:
    return escalations.snapshot(policy, severity, w.catalog.ack_target(severity))


def _replace(w: Work, incident: Incident, escalation: Escalation, reason: str) -> None:
    pages = w.pages(escalation)
    facts = escalations.stop(escalation, pages, reason=reason, now=w.now)
    w.record(facts, incident=incident, escalation=escalation, pages=pages)


def sweep(desk: WorkFactory) -> None:
    """Acts when a service was given another policy; cheap while none was."""
    now = {key: one.policy for key, one in desk.catalog.services.items()}
    with desk.read() as session:
        if settings.setting(session, CHOSEN) == now:
            return
    if history.is_behind(desk):
        return
    with desk.work(TOCSIN) as w:
        _follow_services(w)


def _follow_services(w: Work) -> None:
    """Paging that is under way by the old policy begins anew by the other one."""
    now = {key: one.policy for key, one in w.catalog.services.items()}
    before = settings.setting(w.session, CHOSEN)
    if before == now:
        return
    settings.set_setting(w, CHOSEN, now)
    moved = {key for key, policy in now.items() if before is not None and key in before and before[key] != policy}
    if not moved:
        return
    query = select(Escalation).where(
        Escalation.kind == EscalationKind.POLICY,
        Escalation.state == EscalationState.RUNNING,
        col(Escalation.state).in_(EscalationState.LIVE),
    )
    for escalation in list(w.session.exec(query.order_by(col(Escalation.incident), col(Escalation.id)))):
        _follow(w, escalation, moved)


def _follow(w: Work, escalation: Escalation, moved: set[str]) -> None:
    incident = w.lock(Incident, escalation.incident)
    locked = w.lock(Escalation, escalation.id)
    if incident is None or locked is None or locked.state != EscalationState.RUNNING or incident.service not in moved:
        return
    if not incidents.is_open(incident):
        return
    _replace(w, incident, locked, f"{incident.service} has another policy now")
    page_for(w, incident, "the service has another policy", parent=locked.id)


SWEEPS: Sweeps = {"policies of services": Sweep(timedelta(seconds=5), sweep)}
