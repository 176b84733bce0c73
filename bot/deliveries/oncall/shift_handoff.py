"""Deliveries of handing on: the note in the team's channel and to whoever comes, its edits, and the user groups."""

from bot.deliveries.core.composition import Composition, Result
from bot.deliveries.core.kind import Deliveries, Kind
from bot.integrations.outbound import Edit, Nothing, Outbound, Post, SetGroup
from bot.rendering.contexts.oncall import shift_handoff
from bot.rendering.message import Message
from bot.services.oncall import shift_handoff as shift_handoff_service
from bot.services.workspace import user_groups
from bot.work import Work
from storage.models import Delivery, HandoffNote

TEAM = "team"


def note(draft: Composition) -> Outbound:
    """In the schedule's channel, its team's, or the incidents channel; or to one person."""
    row = draft.session.get_one(HandoffNote, draft.payload["note"])
    to = draft.payload["to"]
    place = _place(draft, row.schedule) if to == TEAM else draft.slack(to)
    if place is None:
        return Nothing("this person has no Slack account")
    message = _message(draft, row)
    return Post(place, message.text, message.blocks, draft.key)


def note_edit(draft: Composition) -> Outbound:
    row = draft.session.get_one(HandoffNote, draft.payload["note"])
    where = row.posts.get(draft.payload["to"])
    if where is None:
        return Nothing("the note was never posted there")
    message = _message(draft, row)
    return Edit(where[0], where[1], message.text, message.blocks)


def group(draft: Composition) -> Outbound:
    return SetGroup(draft.payload["group"], tuple(draft.payload["users"]))


def _message(draft: Composition, row: HandoffNote) -> Message:
    composer = draft.composer
    handed = shift_handoff_service.gather(draft.session, composer.catalog, row, composer.now)
    show = composer.showing(draft.session, shift_handoff.people(row, handed))
    return draft.message("handoff", shift_handoff.note(show, row, handed))


def _place(draft: Composition, schedule: str) -> str:
    catalog = draft.composer.catalog
    found = catalog.schedules.get(schedule)
    team = catalog.teams.get(found.team or "") if found else None
    own = (found.channel if found else None) or (team.channel if team else None)
    return own or catalog.incidents_channel


def handed(w: Work, delivery: Delivery, result: Result) -> None:
    shift_handoff_service.posted(w, delivery.payload["note"], delivery.payload["to"], result["channel"], result["ts"])


def grouped(w: Work, delivery: Delivery, result: Result) -> None:
    user_groups.grouped(w, delivery.payload)


def not_grouped(w: Work, delivery: Delivery, detail: str) -> None:
    user_groups.not_grouped(w, delivery.payload)


DELIVERIES: Deliveries = {
    "handoff": Kind(compose=note, sent=handed),
    "handoff.edit": Kind(compose=note_edit),
    "usergroup": Kind(compose=group, sent=grouped, failed=not_grouped),
}
