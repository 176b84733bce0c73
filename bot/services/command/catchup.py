"""Use cases of whoever comes late: they have a hand free, or only watch. Where it stands they read for themselves."""

import json

from bot.domain.command.facts import HelpOffered
from bot.domain.incidents import lifecycle
from bot.services.command import holding, roles
from bot.services.core.answer import Answer
from bot.services.core.incident import ref
from bot.work import Work
from storage.models import Incident
from storage.queries import incidents as incident_queries
from storage.queries import paging as paging_queries


def can_help(w: Work, incident: Incident) -> Answer:
    """Whoever leads it hears of that once; an observer is one no more. Raises NotOpen."""
    lifecycle.require_open(incident, ref(w, incident), "offering to help")
    number, me = incident.number or 0, w.actor.who
    said = incident_queries.facts(w.session, f"incident:{number}", [HelpOffered.name])
    known = any(json.loads(one.body)["person"] == me for one in said)
    lead = _in_the_lead(w, incident)
    if not known:
        holding.empty(w, incident, "observer", me)
        w.record([HelpOffered(person=me, lead=lead)], incident=incident)
    return Answer(
        "help_noted", number, {"lead": lead, "by": me, "known": known, "people": [me, *([lead] if lead else [])]}
    )


def watch(w: Work, incident: Incident) -> Answer:
    """An observer reads along, and nobody counts on them. Raises NotOpen."""
    return roles.take_role(w, incident, "observer", w.actor.who)


def _in_the_lead(w: Work, incident: Incident) -> str | None:
    """Who commands it; without a commander whoever acknowledged. Nobody, if that is the one who asks."""
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    lead = holding.commander(w, incident) or (newest.acknowledged_by if newest else None)
    return None if lead == w.actor.who else lead
