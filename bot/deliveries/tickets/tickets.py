"""Deliveries of an incident's ticket: it is made, told what becomes of its incident, and read."""

from datetime import datetime, timedelta

from bot.catalog.sections.integrations import TicketTracker
from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind, by_tracker
from bot.deliveries.core.refusal import Refused
from bot.domain.core.refusals import OTHER_PROVIDER
from bot.domain.incidents.visibility import is_public
from bot.domain.tickets.tickets import of
from bot.integrations.outbound import Nothing, Outbound
from bot.integrations.trackers.letters import MakeTicket, NoteTicket, ReadTicket
from bot.rendering.contexts.core.presenter import Presenter, named_in
from bot.rendering.contexts.tickets import plain
from bot.services.tickets import tickets
from storage.models import TicketState


def _section(draft: Composition) -> TicketTracker:
    return draft.composer.catalog.integrations.tickets


def make(draft: Composition) -> Outbound:
    row = draft.incident
    if of(row).state != TicketState.WANTED:
        return Nothing("no ticket is wanted any more")
    show = _show(draft, row.title, row.description, row.impact, row.declared_by)
    return MakeTicket(
        title=show.words(draft.payload["title"]) or plain.title(show, row),
        text=plain.text(show, row),
        key=of(row).key,
        look=bool(draft.payload["look"]),
        since=draft.delivery.ambiguous_since,
    )


def note(draft: Composition) -> Outbound:
    row, payload = draft.incident, draft.payload
    if of(row).state != TicketState.THERE:
        return Nothing("there is no ticket")
    words = str(payload.get("words") or "") if is_public(row) else ""
    show = _show(draft, words)
    at = datetime.fromisoformat(payload["at"])
    done = payload.get("done") if _section(draft).close else None
    return NoteTicket(of(row).id, plain.note(show, row, payload["what"], at, {**payload, "words": words}), done)


def read(draft: Composition) -> Outbound:
    row = draft.incident
    if of(row).state != TicketState.THERE:
        return Nothing("there is no ticket")
    return ReadTicket(of(row).id)


def _show(draft: Composition, *texts: str) -> Presenter:
    """With the names of everybody who is named: over there no one knows our ids."""
    named = [one for text in texts for one in (named_in(text) or [text])]
    return draft.composer.showing(draft.session, named)


MADE = Refused(called="the ticket", reasons=OTHER_PROVIDER)
TOLD = Refused(called="a comment on the ticket", reasons=OTHER_PROVIDER)
READ = Refused(called="the state of the ticket", reasons=OTHER_PROVIDER)
DELIVERIES: Deliveries = {
    "ticket.make": Kind(compose=make, sent=tickets.made, failed=tickets.refused, via=by_tracker, refused=MADE),
    "ticket.note": Kind(compose=note, sent=tickets.read, failed=tickets.behind, via=by_tracker, refused=TOLD),
    "ticket.read": Kind(compose=read, sent=tickets.read, via=by_tracker, refused=READ,
                        give_up_after=timedelta(minutes=10)),
}  # fmt: skip
