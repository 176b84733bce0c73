"""Answers at the door: reads what an answer is about and renders it. The one function that handlers need."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.rendering import limits
from bot.rendering.contexts import home as home_context
from bot.rendering.contexts import messages
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.contexts.core.presenter import Showing
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.contexts.messages import Matter
from bot.rendering.message import Message
from storage.models import Escalation, Incident
from storage.queries import incidents
from storage.queries.incidents import Dossier

Values = Mapping[str, Any]


def answer(
    session: Session, composer: Composer, template: str, number: int | None = None, values: Values | None = None
) -> Message:
    """The message for an `Answer(template, incident, values)`, with the present state of its incident.

    Raises LookupError for an incident or a template that does not exist.
    """
    given = values or {}
    if number is None:
        context = messages.bare(template, composer.showing(session, _people(given)), given)
    else:
        parts = messages.PARTS.get(template, incidents.PARTS)
        dossier = _dossier(session, number, parts)
        if not parts:
            return brief(composer, template, dossier.incident)
        context = about(session, composer, template, dossier, given)
    return written(composer, template, context)


def is_brief(template: str) -> bool:
    """Does the message name nobody and link nowhere, so that the incident's own row is enough for it?"""
    return messages.PARTS.get(template, incidents.PARTS) == frozenset()


def brief(composer: Composer, template: str, incident: Incident) -> Message:
    """The message of such a template."""
    show = Showing(composer.catalog, composer.now, composer.base_url)
    return written(composer, template, messages.context(template, Matter(show, Dossier(incident))))


def about(session: Session, composer: Composer, template: str, dossier: Dossier, values: Values) -> Context:
    """The context of a message about one incident."""
    number = dossier.incident.number or 0
    timeline = incidents.timeline(session, number) if template in messages.NEED_TIMELINE else []
    authors = [entry.actor for entry in timeline]
    show = composer.for_dossier(session, dossier, [*_people(values), *authors])
    return messages.context(template, Matter(show, dossier, values, timeline))


def written(composer: Composer, template: str, context: Context) -> Message:
    """The rendered message, within Slack's limits. Raises TemplateFault."""
    message = composer.renderer.message(template, context)
    fitted = limits.fit("chat.postMessage", {"text": message.text, "blocks": message.blocks})
    return Message(fitted["text"], fitted["blocks"])


def open_list(session: Session, composer: Composer, viewer: str | None = None) -> Message:
    """The open incidents that this person may see."""
    dossiers = _open(session)
    people = [one.roles["ic"] for one in dossiers if "ic" in one.roles]
    show = composer.showing(session, people)
    return written(composer, "list", home_context.open_list(show, dossiers, viewer))


def who(session: Session, composer: Composer, at: datetime | None = None, schedule: str | None = None) -> Message:
    """Who is on call, on all schedules or one. Raises KeyError for a schedule that does not exist."""
    show = composer.showing(session, since=at or composer.now)
    return written(composer, "who", home_context.who(show, at, schedule))


def home(session: Session, composer: Composer, viewer: str) -> dict[str, Any]:
    """The App Home view of one person."""
    dossiers = _open(session)
    people = [viewer, *(one.roles["ic"] for one in dossiers if "ic" in one.roles)]
    show = composer.showing(session, people, since=composer.now)
    context = home_context.home(show, viewer, dossiers, incidents.live_pages(session, viewer))
    view: dict[str, Any] = limits.fit("views.publish", {"view": composer.renderer.home("home", context)})["view"]
    return view


def of_escalation(session: Session, dossier: Dossier, number: int) -> Dossier:
    """The dossier with another of the incident's escalations, its pages and their ways. Raises LookupError."""
    row = session.get(Escalation, number)
    if row is None:
        raise LookupError(f"there is no escalation {number}")
    pages = incidents.pages(session, number)
    steps = incidents.page_steps(session, [page.id for page in pages])
    return replace(dossier, escalation=row, pages=pages, steps=steps, giver=incidents.giver(session, row))


def _dossier(session: Session, number: int, parts: frozenset[str]) -> Dossier:
    dossier = incidents.dossier(session, number, parts)
    if dossier is None:
        raise LookupError(f"there is no incident {number}")
    return dossier


def _open(session: Session) -> list[Dossier]:
    found = (incidents.dossier(session, row.number or 0) for row in incidents.open_incidents(session))
    return [one for one in found if one is not None]


def _people(values: Values) -> list[str]:
    """People among the values of an answer, whose names may have to be shown."""
    several = values.get("people", [])
    single = [values[key] for key in ("by", "person") if values.get(key)]
    return [*(str(who) for who in several), *(str(who) for who in single)]
