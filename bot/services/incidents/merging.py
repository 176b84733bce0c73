"""Use case: two incidents are the same one. One ends, its people are told and brought over, and the other goes on.

The one that goes on is as grave as the worse of the two, and nobody whom either still wants is forgotten.
"""

from bot.domain.incidents import mirror, war_room
from bot.domain.incidents.lifecycle import is_worse, tidy
from bot.domain.incidents.roles import NAMES
from bot.domain.lifecycle import merging as rules
from bot.services.core.answer import Answer
from bot.services.core.incident import ref, responders
from bot.services.incidents import ending, holding, roles, severity
from bot.services.incidents import war_room as war_rooms
from bot.services.paging import escalations, policies
from bot.work import Work
from storage.models import ActionState, EscalationState, Incident, MitigationState, PageState, RulingState
from storage.queries import command as command_queries
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries

MOST = 80
"""Characters of what is left open."""


def merge(w: Work, loser: Incident, winner: Incident, reason: str = "") -> Answer:
    """`loser` ends, and the work goes on in `winner`. Raises what `merging.check` says."""
    rules.check(loser, winner, ref=ref(w, loser), other=ref(w, winner))
    left, owners = _left(w, loser)
    people = list(dict.fromkeys([*_belonging(w, loser), *owners]))
    holders = incident_queries.roles(w.session, loser.number or 0)
    newest, paused = paging_queries.escalation_of(w.session, loser.number or 0), loser.held_until is not None
    unanswered = newest is not None and newest.state in EscalationState.LIVE
    ended, absorbed = rules.merge(
        loser, winner, now=w.now, ref=ref(w, loser), other=ref(w, winner), reason=reason, left=left
    )  # fmt: skip
    w.record(ended, incident=loser)
    w.record(war_room.decline(loser), incident=loser)
    ending.over(w, loser, f"merged into {ref(w, winner)}")
    off_hold = winner.held_until is not None and not paused
    if off_hold:
        holding.end(w, winner)
    raised = is_worse(loser.severity, winner.severity)
    why = f"{ref(w, loser)} was merged into this one"
    if raised:
        severity.set_severity(w, winner, loser.severity, why)
    noted = mirror.note(winner, w.catalog.integrations.mirrored, why)
    w.record([*absorbed, *noted], incident=winner)
    war_rooms.bring(w, winner, people, f"merged:{loser.number}")
    _hand_roles_over(w, winner, holders)
    if unanswered:
        _go_on_paging(w, winner, why, raised=raised)
    _redraw(w, winner)
    said = {"into": winner.number, "left": left, "people": owners, "off_hold": off_hold}
    return Answer("merged_answer", loser.number, {**said, "raised": winner.severity if raised else None})


def _belonging(w: Work, loser: Incident) -> list[str]:
    """Its people, and those of whatever had ended in it before."""
    earlier = (w.peek(Incident, number) for number in incident_queries.merged_into(w.session, loser.number or 0))
    people = [who for one in (loser, *earlier) if one is not None for who in responders(w, one)]
    return list(dict.fromkeys(people))


def _left(w: Work, loser: Incident) -> tuple[list[str], list[str]]:
    """What is open in the one that ends, in words, and whose it is: nobody is reminded of it any more."""
    number = loser.number or 0
    undone = [one for one in command_queries.actions(w.session, number) if one.state == ActionState.OPEN]
    tried = [one for one in command_queries.mitigations(w.session, number) if one.state == MitigationState.RUNNING]
    open_ones = (RulingState.PROPOSED, RulingState.OBJECTED, RulingState.PENDING)
    undecided = [one for one in command_queries.rulings(w.session, number) if one.state in open_ones]
    found = [
        *((f"A{one.number}", one.text, one.owner) for one in undone),
        *((f"D{one.number}", one.text, one.by) for one in undecided),
        *((f"M{one.number}", one.text, one.owner) for one in tried),
    ]
    words = [f"{name} {tidy(text, MOST)} ({{person:{who}}})" for name, text, who in found]
    return words, list(dict.fromkeys(who for _, _, who in found))


def _go_on_paging(w: Work, winner: Incident, why: str, *, raised: bool) -> None:
    """Nobody has answered the other one. It is paged for here, unless that goes on anyway, or somebody has this one
    and knew how grave it is."""
    newest = paging_queries.escalation_of(w.session, winner.number or 0)
    known = newest is not None and newest.state == EscalationState.ACKNOWLEDGED and not raised
    if not known and (newest is None or newest.state not in EscalationState.GOING_ON):
        policies.page_for(w, winner, why)


def _hand_roles_over(w: Work, winner: Incident, holders: dict[str, str]) -> None:
    """A role that no one has here stays with whoever had it there."""
    taken = incident_queries.roles(w.session, winner.number or 0)
    for role in NAMES:
        if role in holders and role not in taken:
            roles.keep_role(w, winner, role, holders[role])


def _redraw(w: Work, winner: Incident) -> None:
    for page in paging_queries.incident_pages(w.session, winner.number or 0):
        if page.ts and page.state in PageState.WAITING:
            escalations.redraw(w, page)
