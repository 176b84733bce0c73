"""Whom an incident is with: whoever acknowledged it, or else whom the level asks that is being asked now."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from storage.models import Escalation, EscalationKind, EscalationState, Page, PageState

NEVER = (*EscalationKind.ASIDE, EscalationKind.TEST)
OUT = (PageState.DECLINED, PageState.FAILED, PageState.RELEASED)


def assignees(session: Session, numbers: Iterable[int | None]) -> dict[int, str]:
    """By incident; nobody for one that nobody has and nobody is asked about.

    Whoever holds the incident's own policy comes first. While that one asks, it is with whom the newest escalation
    asks; when it is over, with whoever holds what was paged by hand. Worked out from the records, it moves with them.
    """
    rows = session.exec(
        select(Escalation)
        .where(
            col(Escalation.incident).in_([one for one in numbers if one is not None]),
            col(Escalation.kind).not_in(NEVER),
            col(Escalation.state).in_((EscalationState.ACKNOWLEDGED, EscalationState.RUNNING)),
        )
        .order_by(col(Escalation.id).desc())
    )
    of_incident: dict[int, list[Escalation]] = {}
    for row in rows:
        of_incident.setdefault(row.incident or 0, []).append(row)
    found = {number: _one(session, escalations) for number, escalations in of_incident.items()}
    return {number: who for number, who in found.items() if who}


def _one(session: Session, escalations: Sequence[Escalation]) -> str | None:
    held = [row for row in escalations if row.state == EscalationState.ACKNOWLEDGED]
    running = [row for row in escalations if row.state == EscalationState.RUNNING]
    own = next((row for row in escalations if row.kind == EscalationKind.POLICY), None)
    if own is not None and own in held:
        return own.acknowledged_by
    if held and own not in running:
        return held[0].acknowledged_by
    row = running[0]
    asked = select(Page.person).where(
        Page.escalation == row.id, Page.cycle == row.cycle, Page.level == row.level, col(Page.state).not_in(OUT)
    )
    return session.exec(asked.order_by(col(Page.id))).first()
