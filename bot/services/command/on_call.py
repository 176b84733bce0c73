"""Who is on call for a role, who gets it by that, and who is paged for it while nobody has it."""

import json
from datetime import datetime

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.command import role_effects as rules
from bot.domain.command.facts import RolePaged
from bot.domain.core.eligibility import Task
from bot.domain.core.fact import stored_names
from bot.domain.core.people import TOCSIN
from bot.domain.incidents.roles import NAMES
from bot.domain.paging import escalation as escalations
from bot.domain.paging.resolver import resolver
from bot.domain.schedules.overrides import rota_of
from bot.services.command import holding
from bot.services.core.incident import find
from bot.services.paging import escalations as escalation_service
from bot.services.paging import last_resort
from bot.services.workspace import eligibility
from bot.work import Carrier, Work
from storage.models import EscalationKind, EscalationState, Incident
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries
from storage.queries import schedules as schedule_queries


def people(session: Session, catalog: Catalog, now: datetime, incident: Incident, role: str) -> list[str]:
    """Who is on call for this role now, at this severity."""
    schedule = rules.schedule_of(catalog, role, incident.severity)
    if schedule is None:
        return []
    found = resolver(rota_of(catalog, *schedule_queries.overrides(session, now)), now)(f"schedule:{schedule}")
    return list(dict.fromkeys(one.person for one in found))


def able(w: Work, incident: Incident, role: str) -> list[str]:
    """Those of them whom Slack lets have a role."""
    found = people(w.session, w.catalog, w.now, incident, role)
    unfit = eligibility.unfit(w, found, Task.ROLE)
    return [one for one in found if one not in unfit]


def assign(w: Work, incident: Incident) -> None:
    """Where its severity says so, whoever is on call for command has it at once, and is paged for it."""
    row = w.catalog.severities[incident.severity]
    if not row.assign_commander or not rules.brings(incident) or holding.commander(w, incident):
        return
    if not (found := able(w, incident, "ic")):
        return
    holding.give(w, incident, "ic", found[0], by=TOCSIN.who)
    page(w, incident, "ic", f"person:{found[0]}", "on call for command, and therefore commander")


def may_page(w: Work, incident: Incident, role: str) -> bool:
    """Whether the clock pages for this role: nobody has it, somebody is on call for it, and it has not paged yet."""
    if holding.holder(w, incident, role) or not rules.brings(incident) or not able(w, incident, role):
        return False
    told = incident_queries.facts(w.session, f"incident:{incident.number}", stored_names([RolePaged]))
    return all(json.loads(entry.body)["role"] != role for entry in told)


def page(w: Work, incident: Incident, role: str, target: str, why: str) -> None:
    """Pages beside everybody else: to take this page stops nobody's but that of whoever is asked for the same."""
    asking = paging_queries.being_asked(w.session, incident.number or 0)
    policy = escalations.direct([target], w.catalog.ack_target(incident.severity))
    escalation_service.start(
        w, incident, rules.page_name(role), {**policy, "why": {target: why}}, f"paged for the {NAMES[role]}",
        kind=EscalationKind.SPECIALIST, left_out=[] if target.startswith("schedule:") else sorted(asking),
    )  # fmt: skip


def _page(w: Work, effect: rules.PageForRole) -> None:
    why = f"on call for {effect.schedule}; no one is {NAMES[effect.role]}"
    page(w, find(w, effect.incident), effect.role, f"schedule:{effect.schedule}", why)


def _taken(w: Work, effect: rules.RoleTaken) -> None:
    """Whoever is paged for the role may sleep on."""
    incident = find(w, effect.incident)
    for one in paging_queries.running_escalations(w.session, effect.incident):
        if one.policy_name == rules.page_name(effect.role) and one.state in EscalationState.LIVE:
            pages = w.pages(one)
            facts = escalations.stop(one, pages, reason=f"someone is {NAMES[effect.role]}", now=w.now)
            w.record(facts, incident=incident, escalation=one, pages=pages)
            last_resort.over(w, one)


def _take(w: Work, effect: rules.TakeRole) -> None:
    """The page was taken: the role is theirs, unless somebody else took it before."""
    incident = find(w, effect.incident)
    if holding.holder(w, incident, effect.role) is None:
        holding.give(w, incident, effect.role, w.actor.who)


CARRIERS: dict[type, Carrier] = {rules.PageForRole: _page, rules.RoleTaken: _taken, rules.TakeRole: _take}
