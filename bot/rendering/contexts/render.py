"""Answers at the door: reads what an answer is about and renders it. The one function that handlers need."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.domain.core import people
from bot.domain.core.fact import stored_names
from bot.domain.incidents import visibility
from bot.domain.incidents.lifecycle import is_open
from bot.domain.incidents.visibility import ANYBODY, Viewer, hides_words
from bot.domain.paging.acknowledgement_facts import ReassignmentOffered
from bot.rendering import limits
from bot.rendering.contexts import home as home_context
from bot.rendering.contexts import messages
from bot.rendering.contexts.contact.plain_text import HIDDEN
from bot.rendering.contexts.core.composer import Composer
from bot.rendering.contexts.core.message import MessageContext, Values
from bot.rendering.contexts.core.presenter import Presenter, named_in
from bot.rendering.contexts.incidents import lists
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.contexts.schedules import lists as list_context
from bot.rendering.message import Message
from storage.models import Incident, Page, Setting, Wanted
from storage.queries import at_home, searching
from storage.queries import command as command_queries
from storage.queries import incident_view as incident_views
from storage.queries import incidents as incident_queries
from storage.queries import members as member_queries
from storage.queries import paging as paging_queries
from storage.queries import visibility as visibility_queries
from storage.queries.command import Kept
from storage.queries.incident_view import IncidentView

_WORDS = ("description", "impact", "focus", "resolution", "channel_name")
"""What of an incident's record tells what it is about, beside its title."""


def answer(
    session: Session, composer: Composer, template: str, number: int | None = None, values: Values | None = None
) -> Message:
    """The message for an `Answer(template, incident, values)`, with the present state of its incident.

    Raises LookupError for an incident or a template that does not exist.
    """
    given = values or {}
    if number is None:
        context = messages.plain_context(template, composer.showing(session, _people(given)), given)
    else:
        dossier = _dossier(session, number, messages.parts(template))
        if messages.is_brief(template):
            return brief(composer, template, dossier.incident, given)
        context = about(session, composer, template, dossier, given)
    return written(composer, template, context)


def answer_outside(session: Session, composer: Composer, template: str, number: int | None, values: Values) -> Message:
    """The same for a reader outside of Slack, where a private incident keeps its words to itself."""
    dossier = _dossier(session, number, messages.parts(template)) if number is not None else None
    if dossier is None or not hides_words(dossier.incident):
        return answer(session, composer, template, number, values)
    hidden = Incident(**dossier.incident.model_dump() | dict.fromkeys(_WORDS, "") | {"title": HIDDEN})
    return written(composer, template, about(session, composer, template, replace(dossier, incident=hidden), values))


def brief(composer: Composer, template: str, incident: Incident, values: Values) -> Message:
    """The message of a template that needs no more than the incident's row and values that name nobody."""
    show = Presenter(composer.catalog, composer.now, composer.base_url)
    return written(composer, template, messages.context(template, MessageContext(show, IncidentView(incident), values)))


def about(session: Session, composer: Composer, template: str, dossier: IncidentView, values: Values) -> Context:
    """The context of a message about one incident."""
    number = dossier.incident.number or 0
    row = messages.about_incident(template)
    timeline = incident_queries.timeline(session, number) if row.timeline else []
    kept = command_queries.kept(session, number) if row.kept else Kept()
    authors = [who for entry in timeline for who in (entry.actor, *named_in(entry.text))]
    show = composer.for_dossier(session, dossier, [*_people(values), *authors, *kept.people])
    return messages.context(template, MessageContext(show, dossier, values, timeline, kept))


def written(composer: Composer, template: str, context: Context) -> Message:
    """The rendered message, within Slack's limits. Raises TemplateFault."""
    message = composer.renderer.message(template, context)
    fitted = limits.fit("chat.postMessage", {"text": message.text, "blocks": message.blocks})
    return Message(fitted["text"], fitted["blocks"])


ENDED, MOST_OPEN = 20, 1000
"""So many that are over are listed for whoever asks for all; so many open ones are looked at."""


def open_list(
    session: Session,
    composer: Composer,
    viewer: str | None = None,
    which: str = "",
    own: Mapping[str, str] = incident_queries.EVERY,
) -> Message:
    """The open incidents that this person may see, worst first. `which`: `all` (with those that ended) or `mine`;
    `own`: only those with these values in own fields.

    Only what is shown is read whole.
    """
    who, everything = visibility.viewer(composer.catalog, viewer) if viewer else ANYBODY, which == "all"
    rows = lists.worst_first(_known(session, incident_queries.open_incidents(session, MOST_OPEN, own), who))
    most = len(rows) if which == "mine" else lists.most(everything=everything)
    found = incident_views.listed(session, rows[:most])
    others = 0
    if which == "mine":
        with_role = at_home.own_roles(session, who.names)
        found = [one for one in found if one.incident.number in with_role or lists.is_mine(one, viewer or "")]
        others = len(rows) - len(found)
    over = [row for row in incident_queries.all_incidents(session, own=own) if not is_open(row)] if everything else []
    ended = incident_views.listed(session, _known(session, over, who)[:ENDED])
    show = composer.showing(session, [one.roles["ic"] for one in [*found, *ended] if "ic" in one.roles])
    context = lists.open_list(show, found, rows[most:], everything=everything, ended=ended, own=own, others=others)
    return written(composer, "list", context)


FOUND = 20
"""So many of what fits are shown."""


def found(session: Session, composer: Composer, viewer: str, wanted: Wanted, asked: str) -> Message:
    """What fits, of what this person may know of; `asked` is how they put it."""
    who = visibility.viewer(composer.catalog, viewer)
    rows = searching.found(session, wanted, who.names, lambda some: _known(session, some, who), FOUND + 1)
    dossiers = incident_views.listed(session, rows[:FOUND])
    show = composer.showing(session, [one.roles["ic"] for one in dossiers if "ic" in one.roles])
    return written(composer, "found", lists.found(show, dossiers, more=len(rows) > FOUND, asked=asked))


def who(session: Session, composer: Composer, at: datetime | None = None, schedule: str | None = None) -> Message:
    """Who is on call, on all schedules or one. Raises KeyError for a schedule that does not exist."""
    show = composer.showing(session, since=at or composer.now)
    names, moment = list_context.asked_about(show, schedule), at or composer.now
    on_call = {who for name in names for who in show.plan.on_call(name, moment).people}
    accounts = sorted(slack for one in on_call if (slack := people.slack_id(one, composer.catalog)))
    gone = {slack for slack, row in member_queries.members(session, accounts).items() if row.deleted}
    return written(composer, "who", list_context.who(show, at, schedule, gone))


def home(session: Session, composer: Composer, viewer: str) -> dict[str, Any]:
    """The App Home view of one person."""
    who = visibility.viewer(composer.catalog, viewer)
    rows = lists.worst_first(_known(session, incident_queries.open_incidents(session, MOST_OPEN), who))
    mine = at_home.mine(session, viewer, who.names, rows)
    dossiers = incident_views.listed(session, home_context.first(rows, mine))
    people = [viewer, *(one.roles["ic"] for one in dossiers if "ic" in one.roles), *(one.giver for one in mine.offers)]
    show = composer.showing(session, people, since=composer.now)
    found = session.get(Setting, "reachability")
    at = home_context.AtHome(viewer, rows, dossiers, mine, found.value.get("findings", ()) if found else ())
    context = home_context.home(show, at)
    view: dict[str, Any] = limits.fit("views.publish", {"view": composer.renderer.home("home", context)})["view"]
    return view


def with_ways(session: Session, dossier: IncidentView, of_pages: Sequence[Page]) -> IncidentView:
    """The dossier with the ways of these of its pages, and with who offers what its escalation offers. Raises
    LookupError when there is no such escalation."""
    row = dossier.escalation
    if row is None:
        raise LookupError(f"there is no such escalation of incident {dossier.incident.number}")
    steps = paging_queries.page_steps(session, [page.id for page in of_pages])
    giver, note = paging_queries.giver(session, row, stored_names([ReassignmentOffered]))
    return replace(dossier, steps=steps, giver=giver, note=note)


def _dossier(session: Session, number: int, parts: frozenset[str]) -> IncidentView:
    dossier = incident_views.dossier(session, number, parts)
    if dossier is None:
        raise LookupError(f"there is no incident {number}")
    return dossier


def _known(session: Session, rows: list[Incident], viewer: Viewer) -> list[Incident]:
    return visibility.known(rows, viewer, partial(visibility_queries.participants, session))


def _people(values: Values) -> list[str]:
    """People among the values of an answer, whose names may have to be shown."""
    several = values.get("people", [])
    single = [values[key] for key in ("by", "person") if values.get(key)]
    listed = [*several, *values.get("already", []), *(values["unfit"] if isinstance(values.get("unfit"), dict) else ())]
    return [*(str(who) for who in listed), *(str(who) for who in single)]
