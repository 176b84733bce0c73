"""Why a policy was chosen and why somebody was paged, as plain JSON that is stored at that moment and never redone."""

from typing import Any

from bot.catalog import Catalog
from bot.domain.paging.escalation import Asked
from storage.models import EscalationKind, Incident

Decision = dict[str, Any]


def of_policy(catalog: Catalog, incident: Incident | None, policy: str, kind: EscalationKind) -> Decision:
    """`by` is service, severity, hours (of the working day), hand, a kind beside, test or none: what led here."""
    if incident is None:
        return {"by": "test"}
    found: Decision = {"severity": incident.severity, "service": incident.service}
    owner = catalog.services.get(incident.service or "")
    if kind == EscalationKind.ASKED:
        return {"by": "hand", **found}
    if kind in EscalationKind.ASIDE:
        return {"by": kind.value, **found}
    if policy not in catalog.policies:
        return {"by": "none", **found}
    if owner is not None and policy in (owner.policy, owner.after_hours):
        return {"by": "service", **found}
    return {"by": "severity" if catalog.severities[incident.severity].policy == policy else "hours", **found}


def of_page(asked: Asked) -> Decision:
    """The target that named somebody, and what that rested on: schedule, layer, override, until when."""
    return {"target": asked.target, **asked.basis}
