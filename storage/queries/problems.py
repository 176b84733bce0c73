"""Reads about problems: what there is, and which incidents each explains."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage.models import Incident, Problem, ProblemIncident, ProblemState

MOST = 100
"""So many are listed: those that are not fixed, newest first."""
_OF: Any = bindparam("of")
_OF_INCIDENT = (
    select(Problem)
    .join(ProblemIncident, col(ProblemIncident.problem) == col(Problem.id))
    .where(ProblemIncident.incident == _OF)
    .order_by(col(Problem.id))
)


def of_incident(session: Session, number: int) -> list[Problem]:
    """The problems that an incident comes from, oldest first."""
    return list(session.exec(_OF_INCIDENT, params={"of": number}))


def unfixed(session: Session) -> list[Problem]:
    """The newest that are not fixed."""
    states = (ProblemState.OPEN, ProblemState.KNOWN)
    query = select(Problem).where(col(Problem.state).in_(states)).order_by(col(Problem.id).desc()).limit(MOST)
    return list(session.exec(query))


def newest(session: Session) -> list[Problem]:
    """The newest, fixed ones too."""
    return list(session.exec(select(Problem).order_by(col(Problem.id).desc()).limit(MOST)))


def incidents(session: Session, problems: Sequence[int]) -> dict[int, list[Incident]]:
    """Problem -> the incidents that it explains, oldest first."""
    found: dict[int, list[Incident]] = {number: [] for number in problems}
    query = (
        select(ProblemIncident.problem, Incident)
        .join(Incident, col(Incident.number) == col(ProblemIncident.incident))
        .where(col(ProblemIncident.problem).in_(problems))
        .order_by(col(ProblemIncident.incident))
    )
    for number, incident in session.exec(query):
        found[number].append(incident)
    return found


def row(session: Session, problem: int, incident: int) -> ProblemIncident | None:
    """That the one explains the other."""
    query = select(ProblemIncident).where(ProblemIncident.problem == problem, ProblemIncident.incident == incident)
    return session.exec(query).first()
