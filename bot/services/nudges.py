"""Every reminder about an incident, merged from the nouns: they start together, and each can be put off by name."""

from datetime import timedelta

from bot.domain.core.table import merged
from bot.domain.incidents.last_edit import last_edit
from bot.domain.incidents.nudges import EndNudges, StartNudges, asks
from bot.services.command import nudges as command
from bot.services.command import on_call
from bot.services.core import nudge
from bot.services.core.answer import Answer
from bot.services.core.nudge import Nudge
from bot.services.incidents import nudges as incidents
from bot.work import Carrier, Work
from storage.models import Incident

NOUNS = (incidents, command)
NUDGES: dict[str, Nudge] = merged(noun.NUDGES for noun in NOUNS)
TIMERS = nudge.timers(NUDGES)


def start(w: Work, effect: StartNudges) -> None:
    incident = w.session.get_one(Incident, effect.incident)
    nudge.start(w, incident, NUDGES)
    on_call.assign(w, incident)


def snooze(w: Work, incident: Incident, name: str, by: timedelta) -> Answer:
    """The reminder itself says when it comes again. Raises KeyError for a reminder that there is not, and NotOpen."""
    nudge.snooze(w, incident, name, NUDGES[name], by)
    return Answer("nothing")


def end(w: Work, effect: EndNudges) -> None:
    w.carry_out(*(last_edit(effect.incident, asks(effect.incident, name)) for name in NUDGES))


CARRIERS: dict[type, Carrier] = {StartNudges: start, EndNudges: end}
