"""Deliveries of paging: pages and their edits, the paging thread and its log, the alarm when nobody answered."""

from dataclasses import replace

from sqlmodel import col, select

from bot.deliveries.assistance import questions
from bot.deliveries.contact import other_methods
from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind, by_method
from bot.deliveries.core.refusal import Refused, first, in_charge
from bot.deliveries.incidents import digest, losses
from bot.deliveries.paging import outcomes
from bot.domain.contact import steps
from bot.domain.core import refusals
from bot.domain.incidents.lifecycle import is_open, titled
from bot.domain.incidents.visibility import has_public_place
from bot.domain.links import bridges
from bot.integrations.outbound import Edit, NoAddress, Nothing, NotYet, Outbound, Post
from bot.rendering.contexts import render
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.contexts.links import messages as link_context
from bot.rendering.contexts.paging import page as pages
from bot.rendering.contexts.paging import thread
from bot.rendering.message import Message
from bot.rendering.template import TemplateFault
from bot.work import Work
from storage.models import Delivery, Escalation, EscalationState, Incident, Member, Page, PageState, RoomState
from storage.queries import command as command_queries
from storage.queries import incident_view as incident_views
from storage.queries import paging as paging_queries
from storage.queries import paging_evidence


def escaped(text: str) -> str:
    """Slack's three, for words that no template escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def page(draft: Composition) -> Outbound:
    """The direct message that asks one person. Raises NoAddress when they have no Slack account.

    One that is not wanted any more, but may be there since a process died in the middle of it, is looked for: its
    buttons would stay for good.
    """
    row = draft.page
    unwanted = _unwanted(draft, row)
    if unwanted and (draft.delivery.ambiguous_since is None or row.slack is None):
        return Nothing(unwanted)
    if row.slack is None:
        raise NoAddress(f"{row.person} has no Slack account")
    if _deactivated(draft, row.slack):  # Slack would take it, and nobody would read it
        raise NoAddress(f"the Slack account of {draft.composer.showing(draft.session, [row.person]).name(row.person)} "
                        "is deactivated")  # fmt: skip
    message = _bare_page(draft, row) if draft.payload.get("plain") else _page_message(draft, row)
    return Post(row.slack, message.text, message.blocks, draft.key, first=True, found_only=bool(unwanted))


def _unwanted(draft: Composition, row: Page) -> str:
    """Why this person is not to be asked by it; "" when they are."""
    if not steps.wanted(row):
        return f"not wanted any more: the page is {row.state}"
    return "a newer page asks the same person" if _asked_again(draft, row) else ""


def _deactivated(draft: Composition, slack: str) -> bool:
    known = draft.session.get(Member, slack)
    return known is not None and known.deleted


def _asked_again(draft: Composition, row: Page) -> bool:
    """After an outage, whoever came round again meanwhile is woken by one message, not by one per round."""
    newer = select(Page.id).where(
        Page.escalation == row.escalation, Page.person == row.person, col(Page.id) > row.id,
        col(Page.state).in_(PageState.WAITING),
    )  # fmt: skip
    return draft.session.exec(newer).first() is not None


def page_edit(draft: Composition) -> Outbound:
    row = draft.page
    if not row.channel or not row.ts:
        return Nothing("the page was never sent")
    message = _page_message(draft, row)
    return Edit(row.channel, row.ts, message.text, message.blocks, first=True)


def _page_message(draft: Composition, row: Page) -> Message:
    """A page leaves even if its template does not: then in plain words."""
    template, context = _page_context(draft, row)
    try:
        return draft.shown_to(draft.message(template, context), row.slack or "")
    except TemplateFault:
        shown = context.get("incident", {})
        command = f"/incident ack {shown['ref']}" if shown else "/oncall test-page"
        return Message(f"You are paged: {shown.get('ref', 'test page')}. Acknowledge: {command}", [])


def _bare_page(draft: Composition, row: Page) -> Message:
    """After a failure, from the records alone: no template, no context, nothing that could fail a second time."""
    if row.incident is None:
        return Message("You are paged: this is a test page.", [])
    ref = draft.composer.catalog.reference(row.incident)
    found = draft.session.get_one(Incident, row.incident)
    return Message(f"You are paged: {ref} {escaped(titled(found))}. Acknowledge: /incident ack {ref}", [])


def _page_context(draft: Composition, row: Page) -> tuple[str, Context]:
    if row.incident is None:
        return "test_page", _test_page(draft, row)
    found = incident_views.dossier(draft.session, row.incident, escalation=row.escalation)
    if found is None:
        raise LookupError(f"there is no incident {row.incident}")
    dossier = render.with_ways(draft.session, found, [row])
    show = draft.composer.for_dossier(draft.session, dossier, pages.enders(row))
    if asked := questions.question(draft.session, show, dossier, row):
        return "question", asked
    call = bridges.newest(command_queries.links(draft.session, row.incident)) if is_open(dossier.incident) else None
    return "page", pages.page(show, dossier, row) | {"call": link_context.shown(show, [call])[0] if call else None}


def _test_page(draft: Composition, row: Page) -> Context:
    show = draft.composer.showing(draft.session, [row.person])
    return pages.test_page(show, row, paging_queries.page_steps(draft.session, [row.id]))


def paging_thread(draft: Composition) -> Outbound:
    """Edited where it is; posted where the incident lives now if it has moved (the room came later), or if somebody
    has deleted it. Raises NoAddress."""
    if draft.home_is_coming():
        return Nothing("its place is being made, and owes the paging thread when it stands")
    home, escalation = draft.home(), draft.dossier.escalation
    if home is None or escalation is None:
        return Nothing("there is no place for the paging thread yet")
    message = draft.message("ladder", thread.paging_thread(draft.show, draft.dossier, escalation))
    stands = (home.channel, escalation.thread_ts)
    if escalation.thread_ts and escalation.thread_channel == home.channel and first(draft.delivery, stands):
        return Edit(home.channel, escalation.thread_ts, message.text, message.blocks)
    return _below(draft, message, f"{draft.key}:{home.channel}")


def _below(draft: Composition, message: Message, key: str) -> Post:
    """In the thread where the incident lives, or in its channel where that thread is gone. Raises NoAddress."""
    home = draft.home()
    place = first(draft.delivery, (home.channel, home.ts), (home.channel, None)) if home else None
    if place is None:
        raise NoAddress("there is no thread left to write in")
    return Post(place[0], message.text, message.blocks, key, thread_ts=place[1])


def thread_reply(draft: Composition) -> Outbound:
    """A line in the thread where the paging thread is, or will be: it waits for the place, not for the ladder."""
    if digest.is_told(draft):
        return Nothing(digest.TOLD)
    if draft.home_is_coming():
        return NotYet("the place for the log is being made", draft.bringer())
    if draft.home() is None:
        return Nothing("there is no thread to write in")
    return _below(draft, draft.named(), draft.key)


def thread_group(draft: Composition) -> Outbound:
    """The same, but one line for everybody whom it concerns: it is edited when there are more of them."""
    for before in reversed(paging_evidence.keyed(draft.session, draft.payload["group"], "ladder.group")):
        where = before.result or {}
        if "ts" in where and first(draft.delivery, (where["channel"], where["ts"])):
            message = draft.named()
            return Edit(where["channel"], where["ts"], message.text, message.blocks)
    return thread_reply(draft)


def alarm(draft: Composition) -> Outbound:
    """Nobody answered: said in the incidents channel. Raises NoAddress when there is nobody to tell."""
    escalation = draft.session.get_one(Escalation, draft.payload["escalation"])
    if escalation.incident is None:
        return Nothing("a test page wakes no one else")
    found = incident_views.dossier(draft.session, escalation.incident)
    if found is None or not is_open(found.incident):
        return Nothing("the incident is over")
    dossier = replace(found, escalation=escalation, pages=paging_queries.pages(draft.session, escalation.id))
    if escalation.state != EscalationState.EXHAUSTED:
        return Nothing("someone has answered meanwhile")
    to = _alarm_place(draft, dossier)
    if draft.payload.get("plain"):
        ref = draft.composer.catalog.reference(found.incident.number or 0)
        words = f"No one has answered {ref} {escaped(titled(found.incident))}. Take it: /incident ack {ref}"
        return Post(to, words, [], draft.key, first=True)
    show = draft.composer.for_dossier(draft.session, dossier)
    if dossier.pages:
        message = draft.message("exhausted", thread.exhausted(show, dossier, escalation))
    else:
        message = draft.message("nobody", thread.nobody(show, dossier, escalation))
    return Post(to, message.text, message.blocks, draft.key, first=True)


def call(draft: Composition) -> Outbound:
    """Nobody answers yet: everybody who is there is called, where incidents are announced, or in a private room."""
    row, escalation = draft.incident, draft.dossier.escalation
    if not is_open(row) or escalation is None or escalation.state != EscalationState.RUNNING:
        return Nothing("no one is called for any more")
    private = None if has_public_place(row) else row.channel_id if row.room == RoomState.OPEN else ""
    if private == "":
        return Nothing("there is no room in which a private incident may call")
    message = draft.named()
    return Post(private or draft.composer.catalog.incidents_channel, message.text, message.blocks, draft.key)


def _alarm_place(draft: Composition, dossier: incident_views.IncidentView) -> str:
    """The incidents channel; when that failed, the one person this alarm is for. Raises NoAddress."""
    if person := draft.payload.get("to"):
        slack = draft.slack(person)
        if slack is None:
            raise NoAddress(f"{person} has no Slack account")
        return slack
    return (
        draft.composer.catalog.incidents_channel if has_public_place(dossier.incident) else _confidant(draft, dossier)
    )


def _confidant(draft: Composition, dossier: incident_views.IncidentView) -> str:
    """A private incident alarms its room, else its commander, declarer, or an admin; never a public channel."""
    row = dossier.incident
    if row.room == RoomState.OPEN and row.channel_id:
        return row.channel_id
    admins = [one.key for one in draft.composer.catalog.admins()]
    for who in [dossier.roles.get("ic"), row.declared_by, *admins]:
        if who and (slack := draft.slack(who)):
            return slack
    raise NoAddress("no one who may know of this private incident can be reached")


def paged(w: Work, delivery: Delivery) -> list[str]:
    """Whoever the alert goes on ringing for."""
    return [delivery.payload["person"]]


PAGE = Refused(called="a page", moot=frozenset({refusals.NO_ADDRESS}))
"""The next way is used, and after the last one the next level is asked: `page_failed` sees to it."""
BY_WAY = Refused(called="a page by another way", moot=PAGE.moot, reasons=refusals.OTHER_PROVIDER)
THREAD = Refused(called="the paging thread", elsewhere=losses.drawn_again, believers=in_charge, edit="page.edit")
DELIVERIES: Deliveries = {
    "page": Kind(
        refused=PAGE,
        compose=page,
        sent=outcomes.page_sent,
        failed=outcomes.page_failed,
        put_back=outcomes.page_put_back,
        page=True,
    ),
    "page.way": Kind(
        refused=BY_WAY,
        compose=other_methods.page_by_way,
        sent=outcomes.page_sent,
        failed=outcomes.page_failed,
        put_back=outcomes.page_put_back,
        via=by_method,
        page=True,
        beyond_slack=True,
    ),
    "page.edit": Kind(
        compose=page_edit,
        draws=("page", "page.edit"),
        refused=Refused(called="the edit of a page", moot=refusals.DELETED),
    ),
    "page.withdraw": Kind(
        compose=other_methods.withdraw,
        via=by_method,
        refused=Refused(called="the end of an alert", believers=paged, reasons=refusals.OTHER_PROVIDER),
    ),
    "page.silence": Kind(
        compose=other_methods.do_not_disturb,
        sent=outcomes.do_not_disturb_known,
        refused=Refused(called="the question about do-not-disturb"),
    ),
    "alarm": Kind(
        compose=alarm, failed=outcomes.alarm_failed, refused=Refused(called="the alarm that no one answered")
    ),
    "alarm.way": Kind(
        compose=other_methods.alarm_by_way,
        via=by_method,
        beyond_slack=True,
        refused=Refused(called="the alarm by another way", moot=PAGE.moot, reasons=refusals.OTHER_PROVIDER),
    ),
    "silence.call": Kind(compose=call, refused=Refused(called="the call that no one answers")),
    "ladder": Kind(compose=paging_thread, sent=outcomes.ladder_posted, draws=("ladder",), refused=THREAD),
    "ladder.reply": Kind(compose=thread_reply, refused=THREAD, digested=True),
    "ladder.group": Kind(compose=thread_group, refused=THREAD, digested=True),
}
