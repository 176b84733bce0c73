"""Why was I paged, why was somebody else not: the stored decisions behind the pages of an incident."""

from sqlmodel import Session

from bot.domain import explanation, people
from bot.domain.explanation import Run
from bot.rendering.contexts import answering
from bot.rendering.contexts.composer import cast
from bot.rendering.contexts.why import why as context
from handlers import reference
from handlers.door import Door
from handlers.grammar import Said
from handlers.meant import looking
from handlers.paging import PageIsGone
from handlers.reply import Reply, Screen
from handlers.request import Request
from storage import evidence, queries
from storage.models import Page


def why(door: Door, request: Request, said: Said) -> Reply:
    """`why`, `why INC-4`, `why INC-4 @bo`. Raises UnknownPerson."""
    person = people.identify(said.text, door.catalog) if said.text.strip() else request.user
    return looking(door, request, said, lambda session, number: _screen(door, session, number, person))


def why_button(door: Door, request: Request) -> Reply:
    """From a page: about whoever presses. A test page has no more to say than that it was asked for."""

    def read(session: Session) -> Reply:
        page = session.get(Page, request.number)
        if page is None or page.incident is None:
            raise PageIsGone()
        number = reference.visible(session, door.catalog, request, page.incident)
        return _screen(door, session, number, request.user)

    return door.look(request, "why", read)


def _screen(door: Door, session: Session, number: int, person: str) -> Screen:
    composer, dossier, runs = door.composer(), queries.dossier(session, number), told(session, number)
    assert dossier is not None
    asked = [one.person for run in runs for rung in run.rungs for one in rung.asked]
    show = composer.for_dossier(session, dossier, [person, *cast(dossier), *asked])
    return Screen(
        f"Why: {door.catalog.reference(number)}",
        answering.written(composer, "why", context(show, dossier, runs, person)),
    )


def told(session: Session, number: int) -> list[Run]:
    """Every policy that ran for an incident, from what was stored."""
    found = evidence.of_incident(session, number)
    return explanation.explain(
        found.escalations, found.pages, found.facts, found.steps, found.deliveries, found.attempts
    )


COMMANDS = {"why": why}
ACTIONS = {"page.why": why_button}
