"""Use cases of paging: start a policy, move it on, acknowledge, decline, stop."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from bot.domain import effects_paging, oncall, override, room
from bot.domain import escalation as rules
from bot.domain import incident as incidents
from bot.domain.errors import NothingToAcknowledge, NotPaged
from bot.domain.escalation import Asked, Resolve
from bot.domain.facts import EscalationAdvanced, EscalationStarted, Fact, Paged
from bot.services.answer import Answer
from bot.work import Work
from storage import queries
from storage.models import Escalation, Incident, Page

DECLINE_REASONS = {
    "asleep": "asleep or ill",
    "travelling": "travelling",
    "busy": "already on another incident",
    "not_mine": "not my area",
}


def start(w: Work, incident: Incident | None, policy_name: str, policy: dict[str, Any], reason: str) -> Escalation:
    """A policy begins: the first level that has somebody is paged in this transaction."""
    escalation = Escalation(
        incident=incident.number if incident else None,
        policy_name=policy_name,
        policy=policy,
        reason=reason,
        started_at=w.now,
    )
    w.session.add(escalation)
    w.session.flush()
    number = escalation.id or 0
    w.record(
        [EscalationStarted(escalation=number, policy=policy_name, reason=reason)],
        incident=incident,
        escalation=escalation,
    )
    step = rules.begin(escalation, w.now, _resolver(w, incident, escalation))
    _apply(w, incident, escalation, [], step)
    return escalation


def advance(w: Work, incident: Incident | None, escalation: Escalation, reason: str) -> None:
    """Gives up on the present level."""
    pages = w.pages(escalation)
    step = rules.advance(escalation, pages, w.now, _resolver(w, incident, escalation), reason)
    _apply(w, incident, escalation, pages, step)


def _apply(w: Work, incident: Incident | None, escalation: Escalation, pages: list[Page], step: rules.Step) -> None:
    new = [_page(w, incident, escalation, asked) for asked in step.asked]
    w.session.flush()
    facts: list[Fact] = [*step.facts]
    facts += [Paged(escalation=escalation.id or 0, page=page.id or 0, person=page.person, why=page.why) for page in new]
    w.record(facts, incident=incident, escalation=escalation, pages=[*pages, *new])
    if incident and new:
        _room_for_second_team(w, incident)


def _page(w: Work, incident: Incident | None, escalation: Escalation, asked: Asked) -> Page:
    page = Page(
        escalation=escalation.id or 0,
        incident=incident.number if incident else None,
        cycle=escalation.cycle,
        level=escalation.level,
        person=asked.person,
        slack=asked.slack,
        why=asked.why,
        owed_at=w.now,
    )
    w.session.add(page)
    return page


def _room_for_second_team(w: Work, incident: Incident) -> None:
    """Every page of the incident counts: a second team is mostly paged by name, beside the running policy."""
    war_room = w.catalog.severities[incident.severity].war_room
    if not room.awaits_second_team(incident, war_room):
        return
    paged = [page.person for page in queries.incident_pages(w.session, incident.number or 0)]
    facts = room.second_team(incident, war_room, oncall.teams_of(w.catalog, paged), w.now)
    if facts:
        w.record(facts, incident=incident)


def _resolver(w: Work, incident: Incident | None, escalation: Escalation) -> Resolve:
    by_role = any(target.startswith("role:") for level in escalation.policy["levels"] for target in level["to"])
    holders = queries.roles(w.session, incident.number or 0) if incident and by_role else {}
    rota = override.rota_of(w.catalog, *queries.overrides(w.session, w.now))
    return oncall.resolver(rota, w.now, incident=incident, roles=holders)


def acknowledge(w: Work, incident: Incident, *, page: int | None = None) -> Answer:
    """Stops the paging of everybody. A late or second press is told what is true now."""
    number = incident.number or 0
    escalations = queries.running_escalations(w.session, number)
    if not escalations:
        return _who_has_it(w, incident, page)
    for escalation in escalations:
        pages = w.pages(escalation)
        facts: list[Fact] = rules.acknowledge(escalation, pages, person=w.actor.who, now=w.now)
        facts += incidents.acknowledge(incident, w.now)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
    return Answer("acknowledged", number, {"by": w.actor.who})


def _who_has_it(w: Work, incident: Incident, page: int | None) -> Answer:
    last = newest(w, incident)
    _repair(w, page)
    if last and last.acknowledged_by:
        template = "already_yours" if last.acknowledged_by == w.actor.who else "already_acknowledged"
        return Answer(template, incident.number, {"by": last.acknowledged_by})
    ref = w.catalog.reference(incident.number or 0)
    state = "" if incidents.is_open(incident) else f": it is {incident.status}"
    raise NothingToAcknowledge(ref=ref, state=state)


def _repair(w: Work, page: int | None) -> None:
    """Somebody pressed a stale button: draw the message anew."""
    row = w.session.get(Page, page) if page else None
    if row is not None:
        redraw(w, row)


def redraw(w: Work, page: Page) -> None:
    """Owes an edit of a page's message to what is true now."""
    w.carry_out(effects_paging.redraw_page(page), f"redraw:{page.id}:{uuid4().hex}")


def newest(w: Work, incident: Incident) -> Escalation | None:
    return queries.escalation_of(w.session, incident.number or 0)


def acknowledge_test(w: Work, escalation: Escalation, page: int) -> Answer:
    """The acknowledgement of a test page, which belongs to no incident."""
    pages = w.pages(escalation)
    facts = rules.acknowledge(escalation, pages, person=w.actor.who, now=w.now)
    if not facts:
        _repair(w, page)
        return Answer("test_page_over")
    w.record(facts, escalation=escalation, pages=pages)
    return Answer("test_page_acknowledged")


def decline(w: Work, incident: Incident, *, page: int | None = None, reason: str = "") -> Answer:
    """This person cannot take it: the next level is paged now unless somebody else of this level is still asked."""
    ref = w.catalog.reference(incident.number or 0)
    for escalation in queries.running_escalations(w.session, incident.number or 0):
        pages = w.pages(escalation)
        mine = _mine(pages, w.actor.who, page)
        if mine is None:
            continue
        facts = rules.decline(mine, reason=reason, now=w.now)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
        if rules.nobody_left(escalation, pages):
            why = f"{len([p for p in pages if p.state == 'declined'])} cannot take it"
            advance(w, incident, escalation, why)
        return Answer("declined", incident.number)
    _repair(w, page)
    raise NotPaged(ref=ref)


def _mine(pages: Sequence[Page], person: str, number: int | None) -> Page | None:
    mine = [page for page in pages if page.person == person and page.state in rules.WAITING]
    if number is not None:
        mine = [page for page in mine if page.id == number]
    return mine[-1] if mine else None


def escalate(w: Work, incident: Incident, *, page: int | None = None, level: int | None = None) -> Answer:
    """Pages the next level at once. After the last level it says so instead of failing."""
    number = incident.number or 0
    running = [one for one in queries.running_escalations(w.session, number) if one.state == "running"]
    stale = w.session.get(Page, page) if page else None
    if not running or (stale is not None and stale.state not in rules.WAITING):
        _repair(w, page)
        return Answer("nothing_to_escalate", number)
    if level is not None and level != running[-1].level:
        return Answer("nothing_to_escalate", number)
    return _up(w, incident, running[-1])


def _up(w: Work, incident: Incident, escalation: Escalation) -> Answer:
    w.record(
        [EscalationAdvanced(escalation=escalation.id or 0, reason=f"asked for by {w.actor.who}")],
        incident=incident,
        escalation=escalation,
    )
    advance(w, incident, escalation, "escalated on request")
    return Answer("escalated" if escalation.state == "running" else "escalation_exhausted", incident.number)


def stop_all(w: Work, incident: Incident, reason: str) -> None:
    """The incident needs nobody any more."""
    for escalation in queries.running_escalations(w.session, incident.number or 0):
        pages = w.pages(escalation)
        facts = rules.stop(escalation, pages, reason=reason, now=w.now)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
