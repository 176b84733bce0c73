"""Which state of an incident leads to which: one table that every rule of its life moves by.

A step that is not in the table is refused with a sentence that says what comes first. Being held (`held_until`) is no
state: it stands beside one, and ends with the work.
"""

from enum import StrEnum

from bot.domain.core.errors import AlreadyThat, DomainError, NotOpen, NotResolved
from storage.models import Incident, IncidentStatus

S = IncidentStatus


class Step(StrEnum):
    """What can be done with the state of an incident. The value ends the sentence "... needs an open incident"."""

    ACCEPT = "accepting"
    REJECT = "declining"
    SET_STATUS = "a change of status"
    RESOLVE = "resolving"
    REOPEN = "reopening"
    CLOSE = "closing"
    CANCEL = "cancelling"
    MERGE = "merging"


class InTriage(DomainError):
    """{ref} is in triage, so {what} has to wait: `/incident accept {ref}` makes it an incident,
    `/incident reject {ref} why` says that it is none. Nothing was changed.
    """


class Merged(DomainError):
    """{ref} was merged into {into}, and the work goes on there: use {into}. Nothing was changed."""


class NotInTriage(DomainError):
    """{ref} is {status}, so there is nothing to accept or decline. Nothing was changed."""


WORKED_ON = frozenset({S.INVESTIGATING, S.IDENTIFIED, S.MONITORING})
OPEN = WORKED_ON | {S.TRIAGE}
OVER = frozenset({S.RESOLVED, S.CLOSED, S.CANCELLED})
MOVES: dict[Step, tuple[frozenset[IncidentStatus], frozenset[IncidentStatus]]] = {
    Step.ACCEPT: (frozenset({S.TRIAGE}), frozenset({S.INVESTIGATING})),
    Step.REJECT: (frozenset({S.TRIAGE}), frozenset({S.CANCELLED})),
    Step.SET_STATUS: (WORKED_ON, WORKED_ON),
    Step.RESOLVE: (WORKED_ON, frozenset({S.RESOLVED})),
    Step.REOPEN: (OVER, frozenset({S.INVESTIGATING})),
    Step.CLOSE: (frozenset({S.RESOLVED}), frozenset({S.CLOSED})),
    Step.CANCEL: (OPEN, frozenset({S.CANCELLED})),
    Step.MERGE: (OPEN, frozenset({S.MERGED})),
}
"""Step -> the states it may begin in, and those it may lead to. What begins as triage or investigating is declared."""
DONE = {Step.RESOLVE: "resolved", Step.REOPEN: "open", Step.CLOSE: "closed"}
"""What an incident is already that has taken this step before."""


def require(incident: Incident, step: Step, ref: str) -> None:
    """Raises the refusal of a step that cannot be taken now."""
    begins, leads = MOVES[step]
    status = incident.status
    if status in begins:
        return
    if status == S.MERGED:
        raise Merged(ref=ref, into=other_reference(incident, ref))
    if step in (Step.ACCEPT, Step.REJECT):
        raise NotInTriage(ref=ref, status=status)
    if step in DONE and (status in leads or (step == Step.REOPEN and status in OPEN)):
        raise AlreadyThat(ref=ref, what=DONE[step])
    if step == Step.CLOSE:
        raise NotResolved(ref=ref, status=status)
    if status == S.TRIAGE:
        raise InTriage(ref=ref, what=step.value)
    raise NotOpen(ref=ref, status=status, what=step.value)


def other_reference(incident: Incident, ref: str) -> str:
    """How the incident into which this one was merged is written, from how this one is."""
    return f"{ref.removesuffix(str(incident.number))}{incident.merged_into}"


def move(incident: Incident, step: Step, to: IncidentStatus) -> None:
    """Moves it, after `require`. A step to a state that the table does not know is a fault of ours."""
    begins, leads = MOVES[step]
    if incident.status not in begins or to not in leads:
        raise AssertionError(f"{step} does not lead from {incident.status} to {to}")
    incident.status = to
    if to not in WORKED_ON:
        incident.held_until = incident.held_for = None


def require_accepted(incident: Incident, ref: str, what: str) -> None:
    """Raises InTriage for what only an incident that was accepted takes, and NotOpen for one that is over."""
    if incident.status == S.TRIAGE:
        raise InTriage(ref=ref, what=what)
    if incident.status == S.MERGED:
        raise Merged(ref=ref, into=other_reference(incident, ref))
