"""What people call a war room, and who is told of a new name: whoever conducts the incident, unless they gave it.

Slack tells twice of one renaming, in either order: an event without the person, and a line in the room that names them.
A name of which it is not known yet who gave it is kept, and a timer tells of it when no line names anybody.
"""

from datetime import timedelta

from bot.domain.core.effect import Arm, Disarm
from bot.domain.incidents import war_room as rules
from bot.domain.incidents.war_room_effects import told_of_name
from bot.services.core import settings
from bot.services.incidents.war_room import others_in_charge
from bot.work import Work
from storage.models import Incident

TIMER = "room_renamed"
NAMED_WITHIN = timedelta(minutes=1)
"""How long the line that names the person is waited for: Slack sends again after a minute what failed twice."""


def rename(w: Work, incident: Incident, channel: str, name: str, before: str | None = None) -> None:
    """The room has this name now. `before`: its old one, where that is said.

    A line that comes after a later renaming says who did the earlier one, and changes the name no more.
    """
    late = before not in (None, incident.channel_name)
    facts = [] if late else rules.renamed(incident, channel, name)
    known, nameless = bool(w.actor.who), dict(_nameless(w, incident))
    told = others_in_charge(w, incident) if known else []
    w.record(facts, incident=incident, responders=told)
    if not known:
        _keep(w, incident, nameless | {one.channel_name: one.before for one in facts})
    elif name in nameless:
        w.carry_out(*told_of_name(incident, told, nameless.pop(name), name))
        _keep(w, incident, nameless)


def tell_nameless(w: Work, incident: Incident) -> None:
    """Slack has not said who did it."""
    told = others_in_charge(w, incident)
    for name, before in _nameless(w, incident).items():
        w.carry_out(*told_of_name(incident, told, before, name))
    _keep(w, incident, {})


def _key(incident: Incident) -> str:
    return f"room:{incident.number}:renamed"


def _nameless(w: Work, incident: Incident) -> dict[str, str]:
    """Each new name that nobody is known to have given, with the one before."""
    return settings.setting(w.session, _key(incident)) or {}


def _keep(w: Work, incident: Incident, nameless: dict[str, str]) -> None:
    subject = f"incident:{incident.number}"
    if nameless:
        settings.set_setting(w, _key(incident), nameless)
        w.carry_out(Arm(TIMER, subject, w.now + NAMED_WITHIN))
    else:
        settings.forget_settings(w, _key(incident))
        w.carry_out(Disarm(TIMER, subject))
