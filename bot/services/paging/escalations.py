"""Use cases of paging: start a policy, move it on, acknowledge, decline, stop."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.domain.core.effect import Effect
from bot.domain.core.errors import NothingToAcknowledge, NotPaged
from bot.domain.core.fact import Fact
from bot.domain.core.newer_release import require_known
from bot.domain.core.people import TOCSIN
from bot.domain.incidents import lifecycle as incidents
from bot.domain.incidents import war_room as war_room_rules
from bot.domain.incidents.visibility import is_public
from bot.domain.paging import acknowledgement, effects, reasons, resolver
from bot.domain.paging import escalation as rules
from bot.domain.paging.acknowledgement_effects import holder_known
from bot.domain.paging.escalation import Asked
from bot.domain.paging.facts import EscalationStarted, Paged, PeoplePassed
from bot.domain.paging.method_effects import PAGERS
from bot.domain.paging.stop_paging import StopPaging
from bot.services.contact import steps as step_service
from bot.services.core import operators
from bot.services.core.answer import Answer
from bot.services.paging import last_resort, reassignment, side_escalations
from bot.services.paging import resolver as resolver_service
from bot.services.workspace import eligibility
from bot.work import Work
from storage import steps
from storage.models import Escalation, EscalationKind, EscalationState, Incident, Page, PageState
from storage.queries import paging as paging_queries

DECLINE_REASONS = {
    "asleep": "asleep or ill",
    "travelling": "travelling",
    "busy": "already on another incident",
    "not_mine": "not my area",
}


def start(
    w: Work,
    incident: Incident | None,
    policy_name: str,
    policy: dict[str, Any],
    reason: str,
    *,
    kind: EscalationKind = EscalationKind.POLICY,
    parent: int | None = None,
    wait_until: datetime | None = None,
    left_out: Sequence[str] = (),
) -> Escalation:
    """A policy begins: the first level that has somebody is paged in this transaction, or when the wait is over."""
    escalation = Escalation(
        incident=incident.number if incident else None,
        kind=kind,
        parent=parent,
        policy_name=policy_name,
        policy=policy,
        reason=reason,
        decision=reasons.of_policy(w.catalog, incident, policy_name, kind),
        started_at=w.now,
    )
    w.session.add(escalation)
    w.session.flush()
    started = EscalationStarted(escalation=escalation.id or 0, policy=policy_name, reason=reason)
    if wait_until is not None:
        paused = acknowledgement.pause(escalation, by=TOCSIN.who, until=wait_until, reason="not urgent, so it waits")
        w.record([started, *paused], incident=incident, escalation=escalation)
    else:
        begin(w, incident, escalation, before=[started], left_out=left_out)
    return escalation


def begin(
    w: Work,
    incident: Incident | None,
    escalation: Escalation,
    before: Sequence[Fact] = (),
    left_out: Sequence[str] = (),
) -> None:
    """Asks the first level of an escalation that has asked nobody yet; the facts `before` are recorded with it."""
    step = rules.begin(escalation, w.now, resolver_service.resolver(w, incident, escalation), left_out)
    _apply(w, incident, escalation, [], step, before)


def advance(
    w: Work, incident: Incident | None, escalation: Escalation, reason: str, level: int | None = None, *, by: str = ""
) -> None:
    """Gives up on the present level; `level` (from 0) is asked instead of the next one.

    `by` is who asked for it before the time of the level was over.
    """
    pages = w.pages(escalation)
    resolve = resolver_service.resolver(w, incident, escalation)
    step = rules.advance(escalation, pages, w.now, resolve, reason, level, by=by)
    _apply(w, incident, escalation, pages, step)


def ask_again(
    w: Work, incident: Incident | None, escalation: Escalation, *, level: int, reason: str, left_out: Sequence[str] = ()
) -> None:
    """Asks anew from `level` (from 0) on: an answer was taken back, or a pause is over."""
    pages = w.pages(escalation)
    resolve = resolver_service.resolver(w, incident, escalation)
    step = rules.again(escalation, pages, w.now, resolve, level=level, reason=reason, left_out=left_out)
    _apply(w, incident, escalation, pages, step)


def _apply(
    w: Work,
    incident: Incident | None,
    escalation: Escalation,
    pages: list[Page],
    step: rules.Step,
    before: Sequence[Fact] = (),
) -> None:
    """Everybody whom the step asks is paged; its facts and effects are recorded once."""
    beside = last_resort.is_beside(w, incident, escalation)
    step = rules.without_alarm(escalation, step) if beside else step
    new = [_page(w, incident, escalation, asked) for asked in step.asked]
    w.session.flush()
    facts: list[Fact] = [*before, *step.facts]
    effects: list[Effect] = [step_service.supersede(pages, page.person) for page in new]
    for page in new:
        ways, waiting = step_service.begin(w, incident, escalation, page)
        facts.append(Paged(escalation=page.escalation, page=page.id or 0, person=page.person, why=page.why, ways=ways))
        effects += waiting
    w.record(facts, incident=incident, escalation=escalation, pages=[*pages, *new], effects=effects)
    for fact in step.facts:
        if isinstance(fact, PeoplePassed):
            _tell_who_can_mend(w, incident, escalation, fact)
    if incident and new:
        _room_for_second_team(w, incident)
    if incident and escalation.state == EscalationState.EXHAUSTED:
        handover = escalation.kind == EscalationKind.HANDOVER
        told = reassignment.refused if handover else last_resort.tell_requester if beside else last_resort.tell
        told(w, incident, escalation)


def _tell_who_can_mend(w: Work, incident: Incident | None, escalation: Escalation, fact: PeoplePassed) -> None:
    """A rota that names somebody who left is mended by an operator, who hears of each person once a day."""
    whom = ",".join(sorted(fact.people))
    values = {"incident": incident.number if incident and is_public(incident) else None,
              "unfit": fact.people, "targets": escalation.policy["levels"][fact.level]["to"]}  # fmt: skip
    operators.tell(w, "people_passed", f"passed:{whom}:{w.now:%Y-%m-%d}", values)


def _page(w: Work, incident: Incident | None, escalation: Escalation, asked: Asked) -> Page:
    page = Page(
        escalation=escalation.id or 0,
        incident=incident.number if incident else None,
        cycle=escalation.cycle,
        level=escalation.level,
        person=asked.person,
        slack=asked.slack,
        why=side_escalations.why(escalation, asked),
        decision=reasons.of_page(asked),
        owed_at=w.now,
    )
    w.session.add(page)
    return page


def _room_for_second_team(w: Work, incident: Incident) -> None:
    """Every page of the incident counts: a second team is mostly paged by name, beside the running policy."""
    war_room = w.catalog.severities[incident.severity].war_room
    if not war_room_rules.awaits_second_team(incident, war_room):
        return
    paged = [page.person for page in paging_queries.incident_pages(w.session, incident.number or 0)]
    facts = war_room_rules.second_team(incident, war_room, resolver.teams_of(w.catalog, paged), w.now)
    if facts:
        w.record(facts, incident=incident)


def acknowledge(w: Work, incident: Incident, *, page: int | None = None) -> Answer:
    """Stops the paging of everybody. A late or second press is told what is true now."""
    eligibility.require_part(w, incident)
    number = incident.number or 0
    escalations = [
        one
        for one in paging_queries.running_escalations(w.session, number)
        if side_escalations.answerable(w, one, page)
    ]
    if not escalations:
        return _who_has_it(w, incident, page)
    for escalation in escalations:
        pages = w.pages(escalation)
        facts: list[Fact] = rules.acknowledge(escalation, pages, person=w.actor.who, now=w.now)
        if escalation.kind != EscalationKind.SPECIALIST:
            incidents.acknowledge(incident, w.now)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
        last_resort.over(w, escalation)
        if escalation.kind == EscalationKind.HANDOVER:
            reassignment.accepted(w, incident, escalation)
    return Answer("acknowledged", number, {"by": w.actor.who})


def _who_has_it(w: Work, incident: Incident, page: int | None) -> Answer:
    last = side_escalations.pressed(w, incident, page) or newest(w, incident)
    repair(w, page)
    if last and last.acknowledged_by:
        template = "already_yours" if last.acknowledged_by == w.actor.who else "already_acknowledged"
        return Answer(template, incident.number, {"by": last.acknowledged_by})
    if page is not None:  # a refusal would take the repair of the message back
        return Answer("holding_changed", incident.number)
    ref = w.catalog.reference(incident.number or 0)
    state = "" if incidents.is_open(incident) else f": it is {incident.status}"
    raise NothingToAcknowledge(ref=ref, state=state)


def repair(w: Work, page: int | None) -> None:
    """Somebody pressed a stale button: draw the message anew."""
    row = w.session.get(Page, page) if page else None
    if row is not None:
        redraw(w, row)


def redraw(w: Work, page: Page) -> None:
    """Owes an edit of a page's message to what is true now."""
    w.carry_out(effects.redraw_page(page))


def newest(w: Work, incident: Incident) -> Escalation | None:
    """Raises OfANewerRelease for one that may be at work in a way that this release does not know."""
    found = paging_queries.escalation_of(w.session, incident.number or 0)
    return found and require_known(found)


def acknowledge_test(w: Work, escalation: Escalation, page: int) -> Answer:
    """The acknowledgement of a test page, which belongs to no incident."""
    pages = w.pages(escalation)
    facts = rules.acknowledge(escalation, pages, person=w.actor.who, now=w.now)
    if not facts:
        repair(w, page)
        return Answer("test_page_over")
    w.record(facts, escalation=escalation, pages=pages)
    return Answer("test_page_acknowledged")


def decline(w: Work, incident: Incident, *, page: int | None = None, reason: str = "") -> Answer:
    """This person cannot take it: the next level is paged now unless somebody else of this level is still asked."""
    ref = w.catalog.reference(incident.number or 0)
    for escalation in paging_queries.running_escalations(w.session, incident.number or 0):
        pages = w.pages(escalation)
        mine = _mine(pages, w.actor.who, page)
        if mine is None:
            continue
        facts = rules.decline(mine, reason=reason, now=w.now)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
        if rules.nobody_left(escalation, pages):
            why = f"{len([p for p in pages if p.state == PageState.DECLINED])} can't take it"
            advance(w, incident, escalation, why)
        return Answer("declined", incident.number, {"alone": last_resort.is_left(w, incident, escalation)})
    if page is not None:
        return present(w, incident, page)
    newest(w, incident)
    raise NotPaged(ref=ref)


def present(w: Work, incident: Incident, page: int | None) -> Answer:
    """For a button of a page that is over: nothing is changed, the message is drawn anew, and who has it is said."""
    repair(w, page)
    held = paging_queries.held_escalations(w.session, incident.number or 0)
    return Answer("holding_changed", incident.number, {"by": held[0].acknowledged_by if held else None})


def waits(session: Session, page: int) -> bool:
    """Is this page still waiting for its person? What is not known waits for nobody."""
    row = session.get(Page, page)
    return row is not None and row.state in PageState.WAITING


def _mine(pages: Sequence[Page], person: str, number: int | None) -> Page | None:
    mine = [
        one for one in pages if one.person == person and one.state in PageState.WAITING and number in (None, one.id)
    ]
    return mine[-1] if mine else None


def stop_all(w: Work, incident: Incident, reason: str) -> None:
    """The incident needs nobody any more, and other pagers are told so, also of what was answered long ago."""
    running = paging_queries.running_escalations(w.session, incident.number or 0)
    if not running:
        newest(w, incident)
    for escalation in running:
        pages = w.pages(escalation)
        facts = rules.stop(escalation, pages, reason=reason, now=w.now)
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
        last_resort.over(w, escalation)
    for held in paging_queries.held_escalations(w.session, incident.number or 0):
        w.carry_out(holder_known(incident.number or 0, held.id or 0))
        last_resort.over(w, held)
    w.carry_out(StopPaging(tuple(steps.pages_left_by(w.session, incident.number or 0, PAGERS)), reason))
