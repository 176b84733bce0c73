"""Holding an incident: still on it, give it back, hand it over; pause, resume and stop the paging; another policy.

Every button carries what it was drawn for: a page, an acknowledgement, or a level of a round. When that has passed,
nothing is changed and the person reads what is true now.
"""

from sqlmodel import Session

from bot.domain.paging import whom
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.paging import acknowledgement, escalations, policies
from bot.services.paging import pause as pause_service
from bot.services.workspace import directory
from bot.work import Work
from handlers import form, incident_reference
from handlers.door import Door
from handlers.request import CannotBeRead, Request, number
from handlers.response import Errors, Reply, Show, View
from handlers.subject import MessageIsGone
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import Escalation, EscalationState, Incident, Page, PageState


def _page(w: Work, row: int) -> tuple[Page, Incident]:
    """The page and its incident, which is locked. Raises MessageIsGone."""
    page = w.session.get_one(Page, row)
    if page.incident is None:
        raise MessageIsGone()
    return page, incidents.find(w, page.incident)


def _escalation(w: Work, ident: int) -> tuple[Escalation, Incident]:
    row = w.session.get_one(Escalation, ident)
    if row.incident is None:
        raise MessageIsGone()
    incident = incidents.find(w, row.incident)
    locked = w.lock(Escalation, ident)
    assert locked is not None
    return locked, incident


def _numbers(value: str, count: int) -> list[int]:
    """The numbers of a token. Raises CannotBeRead."""
    found = [number(part) for part in value.split("-")]
    if len(found) != count:
        raise CannotBeRead()
    return found


def _acknowledged(w: Work, value: str) -> tuple[Escalation, Incident, bool]:
    """The escalation of a question to its holder, and whether that acknowledgement still stands."""
    row, at = _numbers(value, 2)
    escalation, incident = _escalation(w, row)
    since = escalation.acknowledged_at
    return escalation, incident, since is not None and int(since.timestamp()) == at


def _changed(incident: Incident, escalation: Escalation) -> Answer:
    return Answer("holding_changed", incident.number, {"by": escalation.acknowledged_by})


def confirm_button(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        escalation, incident, current = _acknowledged(w, request.value)
        return acknowledgement.still_on_it(w, incident, escalation) if current else _changed(incident, escalation)

    return door.do(request, "ack", use_case)


def unack_asked(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        escalation, incident, current = _acknowledged(w, request.value)
        return acknowledgement.unack(w, incident) if current else _changed(incident, escalation)

    return door.do(request, "unack", use_case)


def unack_button(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        page, incident = _page(w, request.number)
        return acknowledgement.unack(w, incident, page=page)

    return door.do(request, "unack", use_case)


def pass_on(door: Door, request: Request, said: Command) -> Reply:
    """`pass @cy`, `pass to cy`, `pass @cy the replica lags`; alone it opens the form."""

    def use_case(w: Work, incident: Incident) -> Answer:
        person, note = directory.person_and_words(w, said.text)
        return acknowledgement.offer(w, incident, person, note=note)

    if whom.bare(said.text):
        return about(door, request, said, use_case)
    return looking(door, request, said, lambda session, one: Show(_offer_view(door, session, one, request)))


def _offer_view(door: Door, session: Session, about: int, request: Request, **more: object) -> View:
    incident = incident_reference.open_one(session, door.catalog, request, about, "passing a page")
    blocks = [
        form.said(incident_reference.label(door.catalog, incident)),
        form.field("person", "Who should take over?", form.person(),
                   hint="They are paged. It stays with you until they accept."),
        form.field("note", "What should they know?", form.words(lines=True), optional=True,
                   hint="Shown on their page."),
    ]  # fmt: skip
    meta = {**incident_reference.meta(request, incident), **more}
    return form.modal("hold.offer", "Pass it on", blocks, submit="Ask", meta=meta)


def offer_button(door: Door, request: Request) -> Reply:
    """The form, while the page still says that it is theirs."""

    def draw(session: Session) -> View | None:
        page = session.get_one(Page, request.number)
        if page.incident is None:
            raise MessageIsGone()
        stale = page.state != PageState.ACKNOWLEDGED
        return None if stale else _offer_view(door, session, page.incident, request, page=page.id)

    view = door.look(request, "handover", draw)
    return Show(view) if view else door.do(request, "handover", lambda w: _as_it_is(w, request.number))


def _as_it_is(w: Work, row: int) -> Answer:
    page, incident = _page(w, row)
    return escalations.present(w, incident, page.id or 0)


def offer_asked(door: Door, request: Request) -> Reply:
    def draw(session: Session) -> View:
        row = session.get_one(Escalation, request.number)
        if row.incident is None:
            raise MessageIsGone()
        return _offer_view(door, session, row.incident, request)

    return Show(door.look(request, "handover", draw))


def offered(door: Door, request: Request) -> Reply:
    person = request.values.user("person")
    if not person:
        return Errors({"person": "Choose who should take over."})

    def use_case(w: Work) -> Answer:
        paged = request.meta.get("page")
        page = w.session.get(Page, int(paged)) if paged else None
        note = request.values.text("note")
        return acknowledgement.offer(w, incidents.find(w, request.number), person, note=note, page=page)

    return door.do(request, "handover", use_case)


def pause_page(door: Door, request: Request) -> Reply:
    choice = request.value.partition(":")[2]

    def use_case(w: Work) -> Answer:
        page, incident = _page(w, request.number)
        return pause_service.pause(w, incident, choice, page=page)

    return door.do(request, "pause", use_case)


def _drawn(w: Work, token: str) -> tuple[Escalation, Incident, bool]:
    """The escalation of a paging thread, and whether it stands where it stood when the paging thread was drawn."""
    row, cycle, level = _numbers(token, 3)
    escalation, incident = _escalation(w, row)
    return escalation, incident, (escalation.cycle, escalation.level) == (cycle, level)


def pause_ladder(door: Door, request: Request) -> Reply:
    token, _, choice = request.value.partition(":")

    def use_case(w: Work) -> Answer:
        escalation, incident, current = _drawn(w, token)
        if not current or escalation.state not in EscalationState.GOING_ON:
            return _changed(incident, escalation)
        return pause_service.pause(w, incident, choice)

    return door.do(request, "pause", use_case)


def resume_ladder(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        escalation, incident, current = _drawn(w, request.value)
        if not current or escalation.state != EscalationState.PAUSED:
            return _changed(incident, escalation)
        return pause_service.resume(w, incident)

    return door.do(request, "pause", use_case)


def stop_ladder(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        escalation, incident, current = _drawn(w, request.value)
        if not current or escalation.state not in EscalationState.GOING_ON:
            return _changed(incident, escalation)
        return pause_service.stop(w, incident)

    return door.do(request, "stop", use_case)


def renew_ladder(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        escalation, incident, current = _drawn(w, request.value)
        return policies.use_new(w, incident, escalation) if current else _changed(incident, escalation)

    return door.do(request, "escalate", use_case)


def take(door: Door, request: Request) -> Reply:
    return door.do(request, "ack", lambda w: escalations.acknowledge(w, incidents.find(w, request.number)))


COMMANDS = {"pass": pass_on}
ACTIONS = {
    "page.unack": unack_button,
    "page.handover": offer_button,
    "page.pause": pause_page,
    "hold.confirm": confirm_button,
    "hold.unack": unack_asked,
    "hold.offer": offer_asked,
    "ladder.pause": pause_ladder,
    "ladder.resume": resume_ladder,
    "ladder.stop": stop_ladder,
    "ladder.renew": renew_ladder,
    "incident.ack": take,
}
VIEWS = {"hold.offer": offered}
