"""The letter of a page that leaves by another way than Slack."""

from bot.domain import contact, contact_steps
from bot.domain.contact import Who
from bot.domain.effects_contact import key_of
from bot.domain.incident import is_open
from bot.engine.dispatcher import NoAddress
from bot.engine.letters_draft import Draft
from bot.integrations.letter import Letter, Nothing, Reach, Withdraw
from bot.rendering.contexts import reaching
from bot.rendering.template import TemplateFault
from storage import outbox, queries
from storage.models import Escalation, Page

MOST_TITLE, MOST_TEXT = 120, 1500


def page_by_way(draft: Draft) -> Letter:
    """Raises NoAddress when this way does not lead to them any more."""
    row = draft.session.get_one(Page, draft.payload["page"])
    if not contact_steps.wanted(row):
        return Nothing(f"not wanted any more: the page is {row.state}")
    via, catalog = draft.payload["via"], draft.composer.catalog
    who = Who.of(row.person, row.slack, catalog)
    if why := contact.refusal(via, who, contact.hindrances(catalog)):
        raise NoAddress(why)
    links = draft.composer.links
    ack_url = links.url(row.id or 0, draft.composer.now) if links else ""
    title, text = _words(draft, row, who, ack_url)
    return Reach(
        via=via,
        person=row.person,
        address=contact.address(via, who.person),
        title=_cut(" ".join(title.split()), MOST_TITLE),
        text=_cut(text, MOST_TEXT),
        key=draft.key,
        ack_url=ack_url,
        urgent=_urgent(draft, row),
        test=row.incident is None,
    )


def alarm_by_way(draft: Draft) -> Letter:
    """Nobody answered: to somebody who can do something about it. Raises NoAddress as a page does."""
    escalation = draft.session.get_one(Escalation, draft.payload["escalation"])
    found = queries.dossier(draft.session, escalation.incident or 0)
    if found is None or not is_open(found.incident) or escalation.state != "exhausted":
        return Nothing("it is over, or somebody has answered meanwhile")
    via, catalog = draft.payload["via"], draft.composer.catalog
    who = Who.of(draft.payload["to"], None, catalog)
    if why := contact.refusal(via, who, contact.hindrances(catalog)):
        raise NoAddress(why)
    context = reaching.unanswered(draft.composer.for_dossier(draft.session, found), found, who.person)
    try:
        text = draft.composer.renderer.text("mail/alarm.txt", context)
    except TemplateFault:
        text = f"Nobody has answered {context['incident']['ref']}."
    return Reach(
        via=via,
        person=draft.payload["to"],
        address=contact.address(via, who.person),
        title=f"Nobody has answered {context['incident']['ref']}",
        text=_cut(text, MOST_TEXT),
        key=draft.key,
        ack_url="",
        urgent=True,
        test=False,
    )


def _urgent(draft: Draft, row: Page) -> bool:
    """The first page of an incident that must not be missed is never put off."""
    found = queries.dossier(draft.session, row.incident, frozenset()) if row.incident else None
    return found is not None and row.cycle == 0 and found.incident.severity in contact.TWO_WAYS


def _words(draft: Draft, row: Page, who: Who, ack_url: str) -> tuple[str, str]:
    """Title and text; a page leaves even if its template does not."""
    found = queries.dossier(draft.session, row.incident) if row.incident else None
    if draft.payload.get("plain"):
        return _bare(draft, row, ack_url)
    show = draft.composer.for_dossier(draft.session, found) if found else draft.composer.showing(draft.session)
    context = reaching.reach(show, found, row, who.person, ack_url)
    try:
        text = draft.composer.renderer.text
        return text("mail/title.txt", context), text("mail/page.txt", context)
    except TemplateFault:
        return _bare(draft, row, ack_url)


def _bare(draft: Draft, row: Page, ack_url: str) -> tuple[str, str]:
    """From the reference alone: nothing that could fail a second time."""
    if row.incident is None:
        return "Test page: nothing is wrong", "This is a test page. Nothing is wrong."
    ref = draft.composer.catalog.reference(row.incident)
    return f"You are paged: {ref}", f"You are paged: {ref}. Acknowledge: {ack_url or f'/incident ack {ref}'}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def withdraw(draft: Draft) -> Letter:
    """For a pager of another company: somebody has answered, or nobody is needed any more."""
    row, via = draft.session.get_one(Page, draft.payload["page"]), draft.payload["via"]
    escalation = draft.session.get_one(Escalation, row.escalation)
    sent = outbox.by_key(draft.session, key_of(row.id or 0, via))
    if sent is None or (sent.state == "dropped" and not sent.attempts):
        return Nothing("the page never left that way")
    found = queries.dossier(draft.session, row.incident, frozenset()) if row.incident else None
    answered = found is not None and is_open(found.incident) and escalation.state == "acknowledged"
    return Withdraw(via, sent.key, "acknowledged" if answered else "over")
