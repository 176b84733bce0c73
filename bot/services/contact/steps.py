"""Use cases of reaching one person: a page begins by the ways that are due, and goes on by the others.

Everything here runs with the page's incident and escalation locked.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.contact import do_not_disturb, methods, planning
from bot.domain.contact import steps as step_rules
from bot.domain.contact.methods import Contactee, Occasion
from bot.domain.core.effect import Arm, Disarm, Effect
from bot.domain.core.fact import Fact
from bot.domain.paging import method_effects
from bot.domain.paging.facts import MethodFailed, MethodTried
from bot.domain.paging.stop_paging import StopPaging
from bot.services.contact import provider_health
from bot.work import Work
from storage import steps
from storage.models import DoNotDisturb, Escalation, EscalationKind, Incident, Page, PageStep, StepState
from storage.queries import do_not_disturb as do_not_disturb_queries
from storage.queries import paging as paging_queries


def begin(w: Work, incident: Incident | None, escalation: Escalation, page: Page) -> tuple[list[str], list[Effect]]:
    """Keeps the ways of a new page; which ones are owed now, and what the others need meanwhile."""
    occasion = _occasion(incident, escalation, escalation.level)
    who = Contactee.of(page.person, page.slack, w.catalog)
    ailing = _ailing(w, page, who)
    ways = planning.plan(who, occasion, methods.hindrances(w.catalog), ailing)
    before = [one for one in _pages_of_one_asking(w, escalation) if one.person == page.person]
    since = step_rules.first_asked(before, page.person, w.now)
    rang = step_rules.last_used(paging_queries.page_steps(w.session, [one.id for one in before]))
    planned = step_rules.begin(page.id or 0, ways, w.now, since, rang)
    steps.keep(w.session, planned)
    effects: list[Effect] = [_next_look(page, planned)]
    by_slack = page.slack and any(step.via == methods.SLACK and step.state == StepState.OWED for step in planned)
    if by_slack and methods.SLACK not in ailing and any(step.state == StepState.WAITING for step in planned):
        effects.append(method_effects.ask_do_not_disturb(page.id or 0))
    return [step.via for step in planned if step.state == StepState.OWED], effects


def _occasion(incident: Incident | None, escalation: Escalation, level: int) -> Occasion:
    if incident is None:
        return Occasion.of_page(escalation.policy, level, None, "test")
    return Occasion.of_page(escalation.policy, level, incident.severity)


def _pages_of_one_asking(w: Work, escalation: Escalation) -> list[Page]:
    """The pages of an escalation and of those that it took the place of, or goes on from above."""
    found, row = list(w.pages(escalation)), escalation
    while row.kind in (EscalationKind.POLICY, EscalationKind.ASKED) and row.parent is not None:
        row = w.session.get_one(Escalation, row.parent)
        found += w.pages(row)
    return found


def _ailing(w: Work, page: Page, who: Contactee) -> dict[str, str]:
    """What is known not to get through to this person now: what does not work at all, and Slack while they sleep."""
    ailing = {via: one.reason for via, one in provider_health.ailments(w.session).items()}
    row = w.session.get(DoNotDisturb, page.slack) if page.slack else None
    timezone = who.person.timezone if who.person else None
    if said := do_not_disturb.ailment(row, timezone, w.now):
        ailing.setdefault(methods.SLACK, said)
    return ailing


def supersede(pages: Sequence[Page], person: str) -> StopPaging:
    """Somebody who is asked again is reached by the new page alone."""
    older = [page for page in pages if page.person == person and step_rules.wanted(page)]
    return StopPaging(tuple(page.id or 0 for page in older), "asked again")


def due(w: Work, incident: Incident | None, escalation: Escalation, page: Page) -> None:
    """The clock: the ways whose time has come, once each, however late it is."""
    if not step_rules.wanted(page):
        return
    found = paging_queries.page_steps(w.session, [page.id])
    unused = _unused_now(w, incident, escalation, page)
    for step in found:
        if step.state == StepState.WAITING and (why := unused.get(step.via, "")):
            step_rules.refused(step, why, w.now)
    facts = [_tried(page, step, why) for step, why in step_rules.due(found, w.now)]
    w.record(
        facts, incident=incident, escalation=escalation, pages=w.pages(escalation), effects=[_next_look(page, found)]
    )


def _unused_now(w: Work, incident: Incident | None, escalation: Escalation, page: Page) -> dict[str, str]:
    """Why each way is not to be used any more, "" when it is: configuration and severity may have changed meanwhile."""
    occasion = _occasion(incident, escalation, page.level)
    who = Contactee.of(page.person, page.slack, w.catalog)
    ways = planning.plan(who, occasion, methods.hindrances(w.catalog), _ailing(w, page, who))
    return {way.via: way.unused for way in ways}


def sent(w: Work, page: Page, via: str) -> bool:
    """A way reached them; whether it stood in for one that did not work."""
    found = paging_queries.page_steps(w.session, [page.id])
    for step in found:
        if step.via == via:
            step_rules.sent(step, w.now)
    if step_rules.wanted(page):
        w.carry_out(_next_look(page, found))
    return any(step.state == StepState.FAILED or (step.late_at and step.state == StepState.OWED) for step in found)


def failed(w: Work, page: Page, via: str, detail: str) -> list[Fact] | None:
    """What follows from a way that did not work; None when it was the last one: nobody can be reached."""
    found = paging_queries.page_steps(w.session, [page.id])
    step = next((one for one in found if one.via == via), None)
    if step is None:
        return None
    following = step_rules.failed(found, step, detail, w.now)
    who = Contactee.of(page.person, page.slack, w.catalog)
    if (
        not step_rules.in_use(found)
        and step_rules.wanted(page)
        and not methods.refusal("email", who, methods.hindrances(w.catalog))
    ):
        following = step_rules.by_mail(found, w.now)
    if not step_rules.in_use(found):
        return None
    w.carry_out(_next_look(page, found))
    fact = MethodFailed(escalation=page.escalation, page=page.id or 0, person=page.person, via=via, reason=detail)
    return [fact, *(_tried(page, one, f"{methods.NAMES.get(via, via)} failed") for one in following)]


def stumbled(w: Work, incident: Incident | None, escalation: Escalation, page: Page, via: str) -> None:
    """A way goes on failing: the next one is used beside it."""
    if not step_rules.wanted(page):
        return
    found = paging_queries.page_steps(w.session, [page.id])
    following = [one for step in found if step.via == via for one in step_rules.stumbled(found, step, w.now)]
    facts = [_tried(page, one, f"{methods.NAMES.get(via, via)} keeps failing") for one in following]
    w.record(
        facts, incident=incident, escalation=escalation, pages=w.pages(escalation), effects=[_next_look(page, found)]
    )


def do_not_disturb_known(
    w: Work, incident: Incident | None, escalation: Escalation, page: Page, said: Mapping[str, Any]
) -> None:
    """Slack has said whether it wakes this person; when it does not, the next way waits no longer."""
    if page.slack is None:
        return
    do_not_disturb_queries.keep(w.session, {page.slack: do_not_disturb.stretch(said)}, w.now)
    w.session.flush()
    why = _ailing(w, page, Contactee.of(page.person, page.slack, w.catalog)).get(methods.SLACK)
    if not why or not step_rules.wanted(page):
        return
    found = paging_queries.page_steps(w.session, [page.id])
    facts = [_tried(page, one, f"{methods.NAMES[methods.SLACK]} {why}") for one in step_rules.silent(found, w.now)]
    w.record(
        facts, incident=incident, escalation=escalation, pages=w.pages(escalation), effects=[_next_look(page, found)]
    )


def _tried(page: Page, step: PageStep, reason: str) -> MethodTried:
    return MethodTried(escalation=page.escalation, page=page.id or 0, person=page.person, via=step.via, reason=reason)


def _next_look(page: Page, found: Sequence[PageStep]) -> Effect:
    """The timer of the way that is used next, if there is one."""
    subject, at = f"page:{page.id}", step_rules.next_at(found)
    return Arm("contact", subject, at) if at else Disarm("contact", subject)
