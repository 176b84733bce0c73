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
    holders = {number: _holder(escalations) for number, escalations in of_incident.items()}
    asked = _asked(session, [row for _, row in holders.values() if row is not None])
    found = {number: asked.get(row.id) if row is not None else who for number, (who, row) in holders.items()}
    return {number: who for number, who in found.items() if who}


def _holder(escalations: Sequence[Escalation]) -> tuple[str | None, Escalation | None]:
    """Whoever has it, or the escalation that asks for it."""
    held = [row for row in escalations if row.state == EscalationState.ACKNOWLEDGED]
    running = [row for row in escalations if row.state == EscalationState.RUNNING]
    own = next((row for row in escalations if row.kind == EscalationKind.POLICY), None)
    if own is not None and own in held:
        return own.acknowledged_by, None
    if held and own not in running:
        return held[0].acknowledged_by, None
    return None, running[0]


def _asked(session: Session, running: Sequence[Escalation]) -> dict[int | None, str]:
    """Whom each of these escalations asks first on its present level."""
    pages = (
        select(Page.escalation, Page.person)
        .join(Escalation, col(Page.escalation) == col(Escalation.id))
        .where(
            col(Escalation.id).in_([row.id for row in running]),
            Page.cycle == Escalation.cycle,
            Page.level == Escalation.level,
            col(Page.state).not_in(OUT),
        )
        .order_by(col(Page.id).desc())
    )
    return dict(session.exec(pages).all()) if running else {}
