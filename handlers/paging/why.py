"""Why was I paged, why was somebody else not: the stored decisions behind the pages of an incident."""

from sqlmodel import Session

from bot.domain.core import people
from bot.domain.core.fact import stored_names
from bot.domain.paging import explanation, whom
from bot.domain.paging.explanation import EscalationView
from bot.rendering.contexts import render
from bot.rendering.contexts.core.composer import participants
from bot.rendering.contexts.paging.why import why as context
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply, Screen
from handlers.subject import PageIsGone
from handlers.words.command import Command
from handlers.words.incident_command import looking
from handlers.words.people_named import MYSELF
from storage.models import Page
from storage.queries import incident_view as incident_views
from storage.queries import paging_evidence


def why(door: Door, request: Request, said: Command) -> Reply:
    """`why`, `why INC-4`, `why INC-4 @bo`. Raises UnknownPerson."""
    asked = whom.bare(said.text)
    person = request.user if asked.lower() in ("", *MYSELF) else people.identify(asked, door.catalog)
    return looking(door, request, said, lambda session, number: _screen(door, session, number, person))


def why_button(door: Door, request: Request) -> Reply:
    """From a page: about whoever presses. A test page has no more to say than that it was asked for."""

    def read(session: Session) -> Reply:
        page = session.get_one(Page, request.number)
        if page.incident is None:
            raise PageIsGone()
        return _screen(door, session, page.incident, request.user)

    return door.look(request, "why", read)


def tray_button(door: Door, request: Request) -> Reply:
    """From the tray of an incident: about whoever presses, then about everybody."""
    return door.look(request, "why", lambda session: _screen(door, session, request.number, request.user))


def _screen(door: Door, session: Session, number: int, person: str) -> Screen:
    composer, dossier = door.composer(), incident_views.dossier(session, number)
    runs = told(session, number)
    assert dossier is not None
    asked = [one.person for run in runs for level in run.levels for one in level.asked]
    show = composer.for_dossier(session, dossier, [person, *participants(dossier), *asked])
    return Screen(
        f"Why: {door.catalog.reference(number)}",
        render.written(composer, "why", context(show, dossier, runs, person)),
    )


def told(session: Session, number: int) -> list[EscalationView]:
    """Every policy that ran for an incident, from what was stored."""
    found = paging_evidence.of_incident(session, number, stored_names(explanation.FACTS))
    return explanation.explain(
        found.escalations, found.pages, found.facts, found.steps, found.deliveries, found.attempts
    )


COMMANDS = {"why": why}
ACTIONS = {"page.why": why_button, "menu.why": tray_button}
