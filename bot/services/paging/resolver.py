"""Whom the targets of an escalation stand for now: what the pure resolver needs, read from the records."""

from dataclasses import replace

from bot.domain.core.eligibility import Task
from bot.domain.core.line import because
from bot.domain.paging import resolver as resolver_rules
from bot.domain.paging import targets
from bot.domain.paging.escalation import Asked, Resolve
from bot.domain.paging.targets import Named
from bot.domain.schedules import overrides
from bot.services.workspace import eligibility, user_groups
from bot.work import Work
from storage.models import Escalation, EscalationKind, Incident
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries
from storage.queries import schedules as schedule_queries


def resolver(w: Work, incident: Incident | None, escalation: Escalation) -> Resolve:
    """A function from a target's text to the people it stands for at this moment."""
    targets = [target for level in escalation.policy["levels"] for target in level["to"]]
    kinds = {target.partition(":")[0] for target in targets}
    number = incident.number or 0 if incident else 0
    holders = incident_queries.roles(w.session, number) if incident and "role" in kinds else {}
    resolve = resolver_rules.resolver(
        overrides.rota_of(w.catalog, *schedule_queries.overrides(w.session, w.now)),
        w.now,
        incident=incident,
        roles=holders,
        groups=user_groups.members(w.session) if "usergroup" in kinds else {},
        before=[page.person for page in paging_queries.incident_pages(w.session, number)]
        if "role:manager" in targets
        else (),
    )

    def asked(target: str) -> list[Asked]:
        found = resolve(target)
        unfit = eligibility.unfit(w, [one.person for one in found if not one.person.startswith("channel:")], Task.PAGE)
        said = because(str(escalation.policy.get("because", "")))
        return [
            replace(one, why=(_why(escalation, target) or one.why) + said, unfit=unfit.get(one.person, ""))
            for one in found
        ]

    return asked


def _why(escalation: Escalation, target: str) -> str:
    """What is known better here than from the target alone: "paged by name" is only whoever somebody named."""
    if escalation.kind == EscalationKind.HANDOVER:
        return escalation.reason
    named = target.startswith("person:") and escalation.kind == EscalationKind.POLICY
    reason: str = escalation.policy.get("why", {}).get(target, "")
    return reason or (f"named by the {escalation.policy_name} policy" if named else "")


def named(w: Work, incident: Incident, text: str) -> Named | None:
    """The name and the snapshot of what is meant; None when no such thing is configured."""
    return targets.named(w.catalog, lambda: user_groups.members(w.session), text, incident.severity)
