"""Who takes or took part in incidents: what the rule about private ones is asked over."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, union
from sqlmodel import Session, col, select

from storage.models import Action, CommandOffer, Escalation, Incident, OfferState, Page, RoleAssignment

_OF: Any = bindparam("of", expanding=True)
_MERGED: Any = select(Incident.number, Incident.merged_into, Incident.declared_by).where(
    col(Incident.merged_into).in_(_OF)
)
_PARTICIPANTS: Any = union(
    select(RoleAssignment.incident, RoleAssignment.person).where(col(RoleAssignment.incident).in_(_OF)),
    select(CommandOffer.incident, CommandOffer.person).where(
        col(CommandOffer.incident).in_(_OF), col(CommandOffer.state).in_((OfferState.OFFERED, OfferState.ACCEPTED))
    ),
    select(Action.incident, Action.owner).where(col(Action.incident).in_(_OF)),
    select(col(Page.incident), Page.person).where(col(Page.incident).in_(_OF)),
    select(col(Escalation.incident), col(Escalation.acknowledged_by)).where(
        col(Escalation.incident).in_(_OF), col(Escalation.acknowledged_by).is_not(None)
    ),
)


def participants(session: Session, numbers: Sequence[int]) -> dict[int, set[str]]:
    """Incident -> whoever ever had a role in it, is offered its command or accepted it, was paged for it, acknowledged
    it or was given something to do in it; in what was merged into it too, which they may also have declared.
    """
    found: dict[int, set[str]] = {number: set() for number in numbers}
    lives_in = {number: {number} for number in numbers}
    newest = list(numbers)
    while newest:
        rows, newest = list(session.execute(_MERGED, {"of": newest})), []
        for number, into, declarer in rows:
            known = lives_in.setdefault(number, set())
            if lives_in[into] - known:
                newest.append(number)
            known |= lives_in[into]
            for one in known:
                found[one].add(declarer)
    for number, person in session.execute(_PARTICIPANTS, {"of": list(lives_in)}):
        for one in lives_in[number]:
            found[one].add(person)
    return found
