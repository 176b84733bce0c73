"""Letters of handing on: the note in the team's channel and to whoever comes, its edits, and the user groups."""

from bot.deliveries.core.composition import Draft
from bot.integrations.outbound import Edit, Letter, Nothing, Post, SetGroup
from bot.rendering.contexts.oncall import shift_handoff
from bot.rendering.message import Message
from bot.services.oncall import shift_handoff as shift_handoff_service
from storage.models import HandoffNote

TEAM = "team"


def note(draft: Draft) -> Letter:
    """In the schedule's channel, its team's, or the incidents channel; or to one person."""
    row = draft.session.get_one(HandoffNote, draft.payload["note"])
    to = draft.payload["to"]
    place = _place(draft, row.schedule) if to == TEAM else draft.slack(to)
    if place is None:
        return Nothing("this person has no Slack account")
    message = _message(draft, row)
    return Post(place, message.text, message.blocks, draft.key)


def note_edit(draft: Draft) -> Letter:
    row = draft.session.get_one(HandoffNote, draft.payload["note"])
    where = row.posts.get(draft.payload["to"])
    if where is None:
        return Nothing("the note was never posted there")
    message = _message(draft, row)
    return Edit(where[0], where[1], message.text, message.blocks)


def group(draft: Draft) -> Letter:
    return SetGroup(draft.payload["group"], tuple(draft.payload["users"]))


def _message(draft: Draft, row: HandoffNote) -> Message:
    composer = draft.composer
    handed = shift_handoff_service.gather(draft.session, composer.catalog, row, composer.now)
    show = composer.showing(draft.session, shift_handoff.people(row, handed))
    return draft.message("handoff", shift_handoff.note(show, row, handed))


def _place(draft: Draft, schedule: str) -> str:
    catalog = draft.composer.catalog
    found = catalog.schedules.get(schedule)
    team = catalog.teams.get(found.team or "") if found else None
    own = (found.channel if found else None) or (team.channel if team else None)
    return own or catalog.incidents_channel
