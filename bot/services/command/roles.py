"""Use cases: who has which role in an incident. Command that somebody has is offered on; every other role moves."""

from bot.domain.command.errors import OnlyTheCommander
from bot.domain.core import people
from bot.domain.core.eligibility import Task
from bot.domain.core.errors import AlreadyThat
from bot.domain.incidents import lifecycle, roles
from bot.services.command import handoff, holding
from bot.services.core.answer import Answer
from bot.services.core.incident import ref
from bot.services.paging import side_escalations
from bot.services.workspace import eligibility
from bot.work import Work
from storage.models import Incident


def take_role(w: Work, incident: Incident, name: str, person: str) -> Answer:
    """Gives a role to somebody; the holder before them is released.

    Command of an incident that has a commander is offered; whoever wants it for themselves is told how that goes.
    """
    key, number = roles.parse(name), incident.number or 0
    commander = holding.commander(w, incident) if key == "ic" else None
    if commander not in (None, person):
        if person == w.actor.who:
            return Answer("command_held", number, {"person": commander, "by": w.actor.who})
        return handoff.offer(w, incident, person)
    if person != w.actor.who:
        eligibility.require(w, person, Task.ROLE, side_escalations.on_call(w, incident))
    given = holding.give(w, incident, key, person)
    return Answer("role_taken" if given else "role_held", number, {"role": key, "person": person})


def take_vacant_role(w: Work, incident: Incident, name: str) -> Answer:
    """For a button that shows while nobody has the role: whoever has taken it meanwhile keeps it, and is named."""
    key = roles.parse(name)
    holder = holding.holder(w, incident, key)
    if holder and holder.person != w.actor.who:
        return Answer("role_held", incident.number, {"role": key, "person": holder.person})
    return take_role(w, incident, name, w.actor.who)


def stay(w: Work, incident: Incident) -> Answer:
    """Whoever gave command away goes on as tech lead, if nobody is."""
    return take_vacant_role(w, incident, "tech")


def leave(w: Work, incident: Incident) -> Answer:
    """Whoever is released gives back every role that they have; a page that they hold is theirs until they pass it."""
    for key in roles.NAMES:
        _emptied(w, incident, key, w.actor.who)
    return Answer("command_left", incident.number, {"person": w.actor.who, "holds": handoff.holds_page(w, incident)})


def empty(w: Work, incident: Incident, name: str) -> Answer:
    """`role ROLE none`: no one has it, and an offer of command is withdrawn with it.

    Raises NotOpen, AlreadyThat, and OnlyTheCommander: command is left, or taken with a reason.
    """
    key, number = roles.parse(name), incident.number or 0
    lifecycle.require_open(incident, ref(w, incident), "emptying a role")
    holder = holding.commander(w, incident) if key == "ic" else None
    if holder not in (None, w.actor.who) and people.slack_id(w.actor.who, w.catalog):
        raise OnlyTheCommander(ref=ref(w, incident), who=eligibility.name(w, holder or ""))
    gone = _emptied(w, incident, key)
    if not gone:
        raise AlreadyThat(ref=ref(w, incident), what=f"without a {roles.NAMES[key]}")
    return Answer("role_emptied", number, {"role": key, "person": gone[0]})


def refuse(w: Work, incident: Incident, name: str) -> Answer:
    """Whoever was given a role cannot take it, and gives it back."""
    key, number = roles.parse(name), incident.number or 0
    gone = _emptied(w, incident, key, w.actor.who)
    return Answer("role_emptied" if gone else "role_held", number, {"role": key, "person": w.actor.who})


def _emptied(w: Work, incident: Incident, key: str, person: str | None = None) -> list[str]:
    """Who had the role until now. What a commander has offered goes with their chair."""
    gone = holding.empty(w, incident, key, person)
    if gone and key == "ic":
        handoff.vacated(w, incident)
    return gone
