"""Rules of mitigations: what was tried against the impact, by whom, with what result, and how to take it back."""

from datetime import datetime

from bot.domain.command.errors import NothingSaid
from bot.domain.command.keeping_facts import MitigationEnded, MitigationStarted
from bot.domain.core.fact import Fact
from bot.domain.core.typed_text import says_something
from bot.domain.incidents import lifecycle
from storage.models import Incident, Mitigation, MitigationState

CATALOGUE: dict[str, tuple[str, ...]] = {
    "immediate (under 15 min)": ("rollback", "flag-off", "scale-up", "reroute", "restart", "maintenance-mode"),
    "short-term (15 min to 2 h)": ("hotfix", "limits", "rate-limit", "backup-system", "data-fix"),
    "workaround": ("degrade", "queue", "cached-data", "maintenance-message"),
}
"""R-108: the kinds of mitigation, by how long they take."""
KINDS = tuple(kind for kinds in CATALOGUE.values() for kind in kinds)


def start(
    incident: Incident, *, number: int, text: str, kind: str, owner: str, rollback: str, now: datetime, ref: str
) -> Mitigation:
    """The mitigation, to be stored before it is told (`started`). Raises NotOpen and NothingSaid."""
    lifecycle.require_open(incident, ref, "a mitigation")
    if not says_something(text):
        raise NothingSaid(what="try", example=f"/incident mitigation {ref} roll back checkout 4812")
    return Mitigation(
        incident=incident.number or 0, number=number, kind=kind, text=lifecycle.tidy(text, 500), owner=owner,
        rollback=lifecycle.tidy(rollback, 500), started_at=now,
    )  # fmt: skip


def kind_of(text: str) -> str:
    """The kind that these words begin with, "" for none: "rollback of 4812", "scale up the pool"."""
    words = text.lower().replace(" ", "-")
    spelled = words.replace("roll-back", "rollback").replace("rolling-back", "rollback")
    return next((kind for kind in KINDS if spelled.startswith(kind)), "")


def started(row: Mitigation) -> list[Fact]:
    return [
        MitigationStarted(
            mitigation=row.id or 0,
            number=row.number,
            text=row.text,
            kind=row.kind,
            owner=row.owner,
            rollback=row.rollback,
        )
    ]


def end(row: Mitigation, state: MitigationState, *, person: str, now: datetime, result: str = "") -> list[Fact]:
    """Its result; said once more, it is corrected."""
    if row.state == state and not result:
        return []
    corrected = row.state != MitigationState.RUNNING
    row.state, row.ended_at, row.result = state, now, lifecycle.tidy(result, 500)
    return [
        MitigationEnded(
            mitigation=row.id or 0, number=row.number, text=row.text, owner=row.owner, state=state, result=row.result,
            person=person, corrected=corrected,
        )
    ]  # fmt: skip
