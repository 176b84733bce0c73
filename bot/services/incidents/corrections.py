"""Use case: what was declared is put right, and whoever reads or is paged for it sees it.

What was public cannot be made private: people may have read it, and Slack lets no app turn a channel private. So it is
cancelled, and declared again in private: what was public is known to nobody but those who took part any more.
"""

from dataclasses import dataclass

from bot.domain.core.errors import DomainError
from bot.domain.incidents import lifecycle as rules
from bot.domain.incidents import mirror
from bot.domain.incidents.visibility import is_public, make_private
from bot.domain.incidents.war_room import unwanted
from bot.domain.incidents.war_room_effects import renamed_after_number
from bot.domain.paging import policy_choice
from bot.services.core.answer import Answer
from bot.services.core.catalog_words import parse_service
from bot.services.core.incident import ref
from bot.services.incidents import lifecycle
from bot.services.incidents import severity as severity_service
from bot.services.incidents.lifecycle import Declaration
from bot.services.paging import escalations, policies
from bot.work import Work
from storage.models import EscalationState, Incident, PageState
from storage.queries import paging as paging_queries

IN_PRIVATE = "declared again in private"
HIDDEN = "Declared again in private"
"""What stands in the place of its title."""


class StaysPrivate(DomainError):
    """{ref} is private, and so is what was said in its room. To tell everyone, declare another incident."""


@dataclass(frozen=True)
class Correction:
    """What should stand there: words as typed or chosen; an empty service is none, None leaves an option as it is."""

    title: str
    severity: str
    service: str = ""
    private: bool | None = None
    drill: bool | None = None


def correct(w: Work, incident: Incident, what: Correction) -> Answer:
    """Title, service, severity, drill. Another service pages by its own policy while no one has answered.

    Raises StaysPrivate.
    """
    level = severity_service.parse_severity(w.catalog, what.severity)
    public = is_public(incident)
    if what.private is False and not public:
        raise StaysPrivate(ref=ref(w, incident))
    if what.private and public:
        return _again_in_private(w, incident, what)
    service, was = parse_service(w.catalog, what.service), incident.service
    facts = rules.correct(incident, title=what.title, service=service, ref=ref(w, incident), drill=what.drill)
    facts += mirror.want(incident, w.catalog.integrations.mirrored) if what.drill is False and facts else []
    w.record(facts, incident=incident)
    if service != was:
        _page_by_service(w, incident)
    if level != incident.severity:
        severity_service.set_severity(w, incident, level, "corrected after declaring")
    elif facts:
        for page in paging_queries.incident_pages(w.session, incident.number or 0):
            if page.state in PageState.WAITING:
                escalations.redraw(w, page)  # it names the incident
    else:
        return Answer("no_change", incident.number)
    return Answer("declared", incident.number, {"given": "form", "changed": True})


def _again_in_private(w: Work, incident: Incident, what: Correction) -> Answer:
    """Its words leave every door and all that can be edited; its room is renamed; the new one is paged for."""
    drill = incident.drill if what.drill is None else what.drill
    again = Declaration(
        title=what.title,
        severity=what.severity,
        service=what.service,
        description=incident.description,
        private=True,
        drill=drill,
        channel=incident.origin_channel,
        given="form",
        own={key: str(text) for key, text in (incident.own or {}).items()},
        again=True,
    )
    rules.require_open(incident, ref(w, incident), "a change")
    facts = rules.correct(incident, title=HIDDEN, service=incident.service, ref=ref(w, incident))
    w.record(facts, incident=incident)
    lifecycle.cancel(w, incident, IN_PRIVATE)
    make_private(incident)
    unwanted(incident)
    w.carry_out(renamed_after_number(incident))
    answer = lifecycle.declare(w, again)
    return Answer(
        answer.template,
        answer.incident,
        {
            **answer.values,
            "replaces": ref(w, incident),
            "was_room": incident.channel_name,
            "twin": incident.pagerduty_id is not None,
        },
    )


def _page_by_service(w: Work, incident: Incident) -> None:
    newest = paging_queries.escalation_of(w.session, incident.number or 0)
    chosen = policy_choice.choose(w.catalog, incident.severity, incident.service, w.now).policy
    same = newest is not None and chosen is not None and newest.policy_name == chosen.key
    if same or (newest is not None and newest.state == EscalationState.ACKNOWLEDGED):
        return
    escalations.stop_all(w, incident, "the service was corrected")
    policies.page_for(w, incident, "the service was corrected")
