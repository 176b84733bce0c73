"""Use case: two incidents are the same one. One ends, its people are told and brought over, and the other goes on."""

from bot.domain.core.effect import FactContext
from bot.domain.incidents import mirror, surfaces, war_room
from bot.domain.incidents.roles import NAMES
from bot.domain.lifecycle import merging as rules
from bot.services.core.answer import Answer
from bot.services.core.incident import ref, responders
from bot.services.incidents import ending, roles
from bot.services.paging import escalations
from bot.work import Work
from storage.models import Incident, PageState, RoomState
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries


def merge(w: Work, loser: Incident, winner: Incident, reason: str = "") -> Answer:
    """`loser` ends, and the work goes on in `winner`. Raises what `merging.check` says."""
    people = _belonging(w, loser)
    holders = incident_queries.roles(w.session, loser.number or 0)
    ended, absorbed = rules.merge(
        loser, winner, now=w.now, ref=ref(w, loser), other=ref(w, winner), reason=reason
    )  # fmt: skip
    w.record(ended, incident=loser)
    w.record(war_room.decline(loser), incident=loser)
    ending.over(w, loser, f"merged into {ref(w, winner)}")
    noted = mirror.note(winner, w.catalog.integrations.mirrored, f"{ref(w, loser)} was merged into this one")
    w.record([*absorbed, *noted], incident=winner)
    _bring_over(w, winner, people)
    _hand_roles_over(w, winner, holders)
    _redraw(w, winner)
    return Answer("merged_answer", loser.number, {"into": winner.number})


def _belonging(w: Work, loser: Incident) -> list[str]:
    """Its people, and those of whatever had ended in it before."""
    earlier = (w.peek(Incident, number) for number in incident_queries.merged_into(w.session, loser.number or 0))
    people = [who for one in (loser, *earlier) if one is not None for who in responders(w, one)]
    return list(dict.fromkeys(people))


def _bring_over(w: Work, winner: Incident, people: list[str]) -> None:
    """Whoever belonged to the other one is invited to the room in which it goes on."""
    if winner.room == RoomState.OPEN and people:
        scene = FactContext(now=w.now, incident=winner)
        w.carry_out(surfaces.invite(scene, people, f"merged:{w.now.isoformat()}"))


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
