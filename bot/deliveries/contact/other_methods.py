"""Deliveries of a page that leave by another way than Slack.

Their rows stand with the pages, whose outcomes they share.
"""

from typing import TypedDict

from bot.catalog.sections.policies import QUIET
from bot.deliveries.core.composition import Composition
from bot.domain.contact import methods
from bot.domain.contact import steps as step_rules
from bot.domain.contact.methods import Contactee, Occasion
from bot.domain.core.errors import OfANewerRelease
from bot.domain.incidents.lifecycle import is_open
from bot.domain.paging import method_effects
from bot.domain.paging.method_effects import PAGERS
from bot.integrations.outbound import AskDoNotDisturb, NoAddress, Nothing, Outbound, Reach, Withdraw
from bot.rendering.contexts.contact import plain_text
from bot.rendering.template import TemplateFault
from storage.models import Escalation, EscalationState, Incident, Page
from storage.queries import incident_view as incident_views
from storage.queries import paging as paging_queries
from storage.queries import paging_evidence

MOST_TITLE, MOST_TEXT = 120, 1500


def page_by_way(draft: Composition) -> Outbound:
    """Raises NoAddress when this way does not lead to them any more."""
    row = draft.page
    if not step_rules.wanted(row):
        return Nothing(f"not wanted any more: the page is {row.state}")
    via, catalog = _way(draft), draft.composer.catalog
    who = Contactee.of(row.person, row.slack, catalog)
    if why := methods.refusal(via, who, methods.hindrances(catalog)):
        raise NoAddress(why)
    priority, links = _priority(draft, row), draft.composer.links
    ack_url = links.url(row.id or 0, draft.composer.now) if links else ""
    title, text = _words(draft, row, who, ack_url)
    return Reach(
        via=via,
        person=row.person,
        address=methods.address(via, who),
        title=_cut(" ".join(title.split()), MOST_TITLE),
        text=_cut(text, MOST_TEXT),
        key=draft.key,
        ack_url=ack_url,
        urgent=_urgent(draft, row, priority),
        priority=priority,
        test=row.incident is None,
        unconfirmed=paging_evidence.unconfirmed(draft.session, draft.delivery),
        **_pager_alias(draft, row.incident, row.person),
    )


def _way(draft: Composition) -> str:
    """Raises OfANewerRelease for a way that this release does not know."""
    via: str = draft.payload["via"]
    if via not in methods.NAMES:
        raise OfANewerRelease(what=f"the way {via}")
    return via


def do_not_disturb(draft: Composition) -> Outbound:
    row = draft.page
    if row.slack is None or not step_rules.wanted(row):
        return Nothing(f"not wanted any more: the page is {row.state}")
    return AskDoNotDisturb(row.slack)


class PagerAlias(TypedDict):
    alert: str
    afresh: bool


def _pager_alias(draft: Composition, incident: int | None, person: str) -> PagerAlias:
    """What another pager knows this by, and whether the last that it heard of it was that it is over."""
    if draft.payload["via"] not in PAGERS or incident is None:
        return {"alert": draft.key, "afresh": False}
    name = method_effects.pager_alias(draft.session.get_one(Incident, incident), person)
    return {"alert": name, "afresh": paging_evidence.said_before(draft.session, draft.delivery) == "page.withdraw"}


def alarm_by_way(draft: Composition) -> Outbound:
    """Nobody answered: to somebody who can do something about it. Raises NoAddress as a page does."""
    escalation = draft.session.get_one(Escalation, draft.payload["escalation"])
    found = incident_views.dossier(draft.session, escalation.incident or 0)
    if found is None or not is_open(found.incident) or escalation.state != EscalationState.EXHAUSTED:
        return Nothing("it is over, or someone has answered meanwhile")
    via, catalog = _way(draft), draft.composer.catalog
    who = Contactee.of(draft.payload["to"], None, catalog)
    if why := methods.refusal(via, who, methods.hindrances(catalog)):
        raise NoAddress(why)
    context = plain_text.unanswered(draft.composer.for_dossier(draft.session, found), found, who.person)
    try:
        text = draft.composer.renderer.text("mail/alarm.txt", context)
    except TemplateFault:
        text = f"No one has answered {context['incident']['ref']}."
    return Reach(
        via=via,
        person=draft.payload["to"],
        address=methods.address(via, who),
        title=f"No one has answered {context['incident']['ref']}",
        text=_cut(text, MOST_TEXT),
        key=draft.key,
        ack_url="",
        urgent=True,
        test=False,
        unconfirmed=paging_evidence.unconfirmed(draft.session, draft.delivery),
        **_pager_alias(draft, escalation.incident, draft.slack(draft.payload["to"]) or draft.payload["to"]),
    )


def _priority(draft: Composition, row: Page) -> str:
    """What the level says of this way, or else the severity."""
    if row.incident is None:
        return ""
    policy = draft.session.get_one(Escalation, row.escalation).policy
    severity = draft.session.get_one(Incident, row.incident).severity
    return Occasion.of_page(policy, row.level, severity).priority_of(draft.payload["via"])


def _urgent(draft: Composition, row: Page, priority: str) -> bool:
    """The first page of an incident that must not be missed is never put off, unless its level says that it may be."""
    if row.incident is None or row.cycle != 0 or priority in QUIET:
        return False
    return draft.session.get_one(Incident, row.incident).severity in methods.TWO_WAYS


def _words(draft: Composition, row: Page, who: Contactee, ack_url: str) -> tuple[str, str]:
    """Title and text; a page leaves even if its template does not."""
    found = incident_views.dossier(draft.session, row.incident) if row.incident else None
    if draft.payload.get("plain"):
        return _bare(draft, row, ack_url)
    show = draft.composer.for_dossier(draft.session, found) if found else draft.composer.showing(draft.session)
    context = plain_text.reach(show, found, row, who.person, ack_url)
    try:
        text = draft.composer.renderer.text
        return text("mail/title.txt", context), text("mail/page.txt", context)
    except TemplateFault:
        return _bare(draft, row, ack_url)


def _bare(draft: Composition, row: Page, ack_url: str) -> tuple[str, str]:
    """From the reference alone: nothing that could fail a second time."""
    if row.incident is None:
        return "Test page: nothing is wrong", "This is a test page. Nothing is wrong."
    ref = draft.composer.catalog.reference(row.incident)
    return f"You are paged: {ref}", f"You are paged: {ref}. Acknowledge: {ack_url or f'/incident ack {ref}'}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def withdraw(draft: Composition) -> Outbound:
    """For a pager of another company: somebody has answered, or nobody is needed any more."""
    payload, session = draft.payload, draft.session
    found = incident_views.dossier(session, payload["incident"], frozenset()) if payload["incident"] else None
    if found and _still_asked(draft):
        return Nothing("this person is still asked by it")
    if not paging_evidence.tried_before(session, draft.delivery):
        return Nothing("the page never left that way")
    escalation = session.get_one(Escalation, payload["escalation"])
    answered = found is not None and is_open(found.incident) and escalation.state == EscalationState.ACKNOWLEDGED
    alert = method_effects.pager_alias(found.incident, payload["person"]) if found else draft.delivery.lane
    place = methods.address(payload["via"], Contactee.of(payload["person"], None, draft.composer.catalog))
    return Withdraw(payload["via"], alert, "acknowledged" if answered else "over", address=place)


def _still_asked(draft: Composition) -> bool:
    """Another page of this incident waits for the same person's answer: the alert is its alert too."""
    for page in paging_queries.incident_pages(draft.session, draft.payload["incident"]):
        if page.person != draft.payload["person"] or not step_rules.wanted(page):
            continue
        if draft.session.get_one(Escalation, page.escalation).state not in EscalationState.LIVE:
            continue
        steps = paging_queries.page_steps(draft.session, [page.id])
        if any(step.via == draft.payload["via"] for step in step_rules.in_use(steps)):
            return True
    return False
