"""Reads of what was asked further: decisions and cases at vendors."""

from sqlmodel import Session, col, select

from storage.models import CaseState, Decision, Escalation, EscalationKind, EscalationState, VendorCase


def decision_of(session: Session, escalation: int | None) -> Decision | None:
    """The question that an escalation pages for."""
    return session.exec(select(Decision).where(Decision.escalation == escalation)).first()


def decisions(session: Session, incident: int) -> list[Decision]:
    """The questions of an incident, newest first."""
    query = select(Decision).where(Decision.incident == incident)
    return list(session.exec(query.order_by(col(Decision.id).desc())))


def open_case(session: Session, incident: int, vendor: str) -> VendorCase | None:
    """The newest case with this vendor that waits for its answer."""
    query = select(VendorCase).where(
        VendorCase.incident == incident, VendorCase.vendor == vendor, VendorCase.state == CaseState.OPEN
    )
    return session.exec(query.order_by(col(VendorCase.id).desc())).first()


def cases(session: Session, incident: int) -> list[VendorCase]:
    """Every case of an incident, oldest first."""
    return list(session.exec(select(VendorCase).where(VendorCase.incident == incident).order_by(col(VendorCase.id))))


def waiting_specialists(session: Session, incident: int, specialist: str) -> Escalation | None:
    """The paging of these specialists that is under way, if there is one."""
    query = select(Escalation).where(
        Escalation.incident == incident,
        Escalation.kind == EscalationKind.SPECIALIST,
        Escalation.policy_name == specialist,
        col(Escalation.state).in_(EscalationState.GOING_ON),
    )
    return session.exec(query.order_by(col(Escalation.id).desc())).first()
