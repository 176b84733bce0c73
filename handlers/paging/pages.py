"""Pages: acknowledge, decline, escalate, join from the page itself or by command, and paging somebody by name."""

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.incidents.visibility import is_public
from bot.domain.paging import all_hands
from bot.services.assistance import page_by_name
from bot.services.core import incident as incidents
from bot.services.core.answer import Answer
from bot.services.incidents import war_room
from bot.services.paging import all_hands as all_hands_service
from bot.services.paging import escalate as escalate_service
from bot.services.paging import escalations
from bot.work import Work
from handlers import form, incident_reference, verbs
from handlers.assistance import specialists
from handlers.door import Door
from handlers.form import Choice
from handlers.incident_reference import Several
from handlers.paging import dry_run
from handlers.request import Request
from handlers.response import Errors, Redraw, Reply, Show, View
from handlers.words.command import Command
from handlers.words.incident_command import about, looking
from storage.models import Escalation, EscalationState, Incident, Page
from storage.queries import paging as paging_queries

MOST_PAGES = 20
PAGES = "pages"
PAGE = "Page someone"


def _paged(w: Work, number: int) -> tuple[Page, Incident | None, Escalation]:
    """The page with its incident and escalation, locked in this order."""
    page = w.session.get_one(Page, number)
    incident = incidents.find(w, page.incident) if page.incident else None
    escalation = w.lock(Escalation, page.escalation)
    assert escalation is not None
    return page, incident, escalation


def ack_button(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        page, incident, escalation = _paged(w, request.number)
        if incident is None:
            return escalations.acknowledge_test(w, escalation, page.id or 0)
        return escalations.acknowledge(w, incident, page=page.id)

    answer = door.do(request, "ack", use_case)
    if (request.view or {}).get("callback_id") == PAGES:
        return Redraw(door.look(request, "ack", lambda session: pages_view(session, door, request)))
    return answer


def escalate_button(door: Door, request: Request) -> Reply:
    def use_case(w: Work) -> Answer:
        page, incident, _ = _paged(w, request.number)
        return escalate_service.escalate(w, incident, page=page.id) if incident else Answer("nothing_to_escalate")

    return door.do(request, "escalate", use_case)


def join_button(door: Door, request: Request) -> Reply:
    """Somebody whose page is over is here after all: they take it when nobody has, and come into the room."""

    def use_case(w: Work) -> Answer:
        page, incident, escalation = _paged(w, request.number)
        if incident is None:
            return escalations.acknowledge_test(w, escalation, page.id or 0)
        if escalation.state in EscalationState.LIVE:
            return escalations.acknowledge(w, incident, page=page.id)
        return war_room.bring_in(w, incident)

    return door.do(request, "ack", use_case)


def decline_button(door: Door, request: Request) -> Reply:
    """Asks why first; the answer is for the next person, and costs one choice. A page that is over asks nothing."""
    if not door.look(request, "decline", lambda session: escalations.waits(session, request.number)):
        return door.do(request, "decline", lambda w: _declined(w, request.number, ""))
    meta: dict[str, object] = {"page": request.number, "channel": request.channel, "bot_is_there": request.bot_is_there}
    return Show(decline_view(meta))


def decline_view(meta: dict[str, object]) -> View:
    reasons = [Choice(key, label[0].upper() + label[1:]) for key, label in escalations.DECLINE_REASONS.items()]
    blocks = [
        form.said("The next level will be paged now. This is never counted against you."),
        form.field("reason", "Why?", form.radios(reasons, "asleep")),
    ]
    return form.modal("page.decline", "Can't take this page?", blocks, submit="Pass it on", meta=meta)


def declined(door: Door, request: Request) -> Reply:
    reason = escalations.DECLINE_REASONS.get(request.values.choice("reason"), "")
    number = int(request.meta["page"])
    return door.do(request, "decline", lambda w: _declined(w, number, reason))


def _declined(w: Work, number: int, reason: str) -> Answer:
    page, incident, _ = _paged(w, number)
    if incident is None:
        return Answer("test_page_over")
    return escalations.decline(w, incident, page=page.id, reason=reason)


def page(door: Door, request: Request, said: Command) -> Reply:
    """`page @bo`, `page database-oncall`; alone it opens the form; with `--dry-run` it shows who would be paged."""
    if said.dry_run:
        return dry_run.shown(door, request, said)
    why = all_hands.reason(said.text)
    if why is not None:
        return looking(door, request, said, lambda session, number: Show(
            _all_hands_view(door, session, number, request, why)))  # fmt: skip
    if said.text:
        return about(door, request, said, lambda w, incident: page_by_name.page(w, incident, said.text))
    return looking(door, request, said, lambda session, number: Show(page_view(door.catalog, session, number, request)))


def _all_hands_view(door: Door, session: Session, number: int, request: Request, why: str) -> View:
    """How many people that wakes, and why; nobody is paged before the button is pressed."""
    catalog = door.catalog
    incident = incident_reference.open_one(session, catalog, request, number, "paging")
    if not is_public(incident):
        raise all_hands.AllHandsPrivate(ref=catalog.reference(number))
    whom = all_hands_service.survey(session, catalog, door.desk.clock.now())
    blocks = [
        form.said(incident_reference.label(catalog, incident)),
        form.said(f"Pages {whom.sentence(catalog)}, all at once."),
        form.field("why", "Why is everyone needed?", form.words(initial=why, focus=not why)),
    ]
    submit = f"Page all {len(whom.people)}"
    return form.modal(
        "page.all_hands", "All hands", blocks, submit=submit, meta=incident_reference.meta(request, incident)
    )


def all_hands_submitted(door: Door, request: Request) -> Reply:
    why, number = request.values.text("why"), request.number
    try:
        return door.do(
            request,
            "page",
            lambda w: page_by_name.page(w, incidents.find(w, number), f"all-hands {why}", confirmed=True),
        )
    except all_hands.AllHandsWhy:
        return Errors({"why": "Say why everyone is needed."})


def page_button(door: Door, request: Request) -> Reply:
    view = door.look(request, "page", lambda session: page_view(door.catalog, session, request.number, request))
    return Show(view)


def home_button(door: Door, request: Request) -> Reply:
    """The button of the home tab, where no incident is meant yet: the only open one, or one of a menu."""
    return Show(door.look(request, "page", lambda session: _home_view(door.catalog, session, request)))


def _home_view(catalog: Catalog, session: Session, request: Request) -> View:
    verb = verbs.find("/incident", "page")
    assert verb is not None
    try:
        number = incident_reference.number(session, catalog, request, verb, None)
    except incident_reference.NothingToMean:
        blocks = [
            form.said(
                "No incident is open now, and a page is always about one. Declaring one pages the people on call."
            ),
            form.row(form.button("menu.declare", "🚨 Declare an incident", style="primary")),
        ]
        return form.modal("notice", PAGE, blocks, close="Close")
    except Several as several:
        choices = [Choice(str(one), label) for one, label in several.choices]
        which = form.field("incident", "Incident", form.menu(choices, placeholder="Choose the incident"))
        return _page_form(catalog, which, {})
    return page_view(catalog, session, number, request)


def page_view(catalog: Catalog, session: Session, number: int, request: Request) -> View:
    incident = incident_reference.open_one(session, catalog, request, number, "paging")
    return _page_form(
        catalog, form.said(incident_reference.label(catalog, incident)), incident_reference.meta(request, incident)
    )


def _page_form(catalog: Catalog, about: View, meta: dict[str, object]) -> View:
    """Whom to page; `about` says, or asks, for which incident."""
    policies = [Choice(key, key, policy.description[:75]) for key, policy in catalog.policies.items()][:100]
    blocks = [about, form.field("person", "Person", form.person(), optional=True), *specialists.field(catalog)]
    if policies:
        menu = form.menu(policies, placeholder="Choose a policy")
        blocks.append(form.field("policy", "Or a policy", menu, optional=True))
    return form.modal("page", PAGE, blocks, submit="Page now", meta=meta)


def page_submitted(door: Door, request: Request) -> Reply:
    chosen = request.values
    target = chosen.user("person") or chosen.choice("specialist") or chosen.choice("policy")
    if not target:
        return Errors({"person": "Choose who to page: a person, specialists, or a policy."})
    number = int(chosen.choice("incident") or request.number)
    return door.do(request, "page", lambda w: page_by_name.page(w, incidents.find(w, number), target))


def pages_button(door: Door, request: Request) -> Reply:
    """The pages that wait for whoever asks, each with its answer beside it."""
    return Show(door.look(request, "ack", lambda session: pages_view(session, door, request)))


def pages_view(session: Session, door: Door, request: Request) -> View:
    blocks = []
    for row in paging_queries.live_pages(session, request.user)[:MOST_PAGES]:
        incident = session.get(Incident, row.incident) if row.incident else None
        about = incident_reference.label(door.catalog, incident) if incident else "A test page"
        button = form.button("page.ack", "✋ Acknowledge", str(row.id), style="primary")
        blocks.append({**form.said(f"{about}\nWhy you: {row.why}"), "accessory": button})
    meta = {"channel": request.channel, "bot_is_there": request.bot_is_there}
    nothing = [form.said("No one is waiting for you: you have no open page.")]
    return form.modal(PAGES, "My pages", blocks or nothing, close="Close", meta=meta)


COMMANDS = {"page": page}
ACTIONS = {
    "page.ack": ack_button,
    "page.escalate": escalate_button,
    "page.join": join_button,
    "page.decline": decline_button,
    "incident.page": page_button,
    "home.page": home_button,
    "menu.pages": pages_button,
}
VIEWS = {"page.decline": declined, "page": page_submitted, "page.all_hands": all_hands_submitted}
