"""Letters about schedules: a request for cover in the team's channel, and its edits."""

from bot.engine.letters_draft import Draft
from bot.integrations.letter import Edit, Letter, Nothing, Post
from bot.rendering.contexts import schedules
from bot.rendering.message import Message
from storage.models import CoverRequest


def cover(draft: Draft) -> Letter:
    """In the schedule's channel, its team's, or the incidents channel."""
    row = draft.session.get_one(CoverRequest, draft.payload["cover"])
    if row.state != "open":
        return Nothing(f"the request is {row.state} already")
    message = _message(draft, row)
    return Post(draft.payload.get("to") or _place(draft, row.schedule), message.text, message.blocks, draft.key)


def cover_edit(draft: Draft) -> Letter:
    row = draft.session.get_one(CoverRequest, draft.payload["cover"])
    if not row.channel or not row.ts:
        return Nothing("the request was never posted")
    message = _message(draft, row)
    return Edit(row.channel, row.ts, message.text, message.blocks)


def _message(draft: Draft, row: CoverRequest) -> Message:
    show = draft.composer.showing(draft.session, [row.person, *([row.taken_by] if row.taken_by else [])])
    return draft.message("cover", schedules.cover(show, row))


def _place(draft: Draft, schedule: str) -> str:
    catalog = draft.composer.catalog
    found = catalog.schedules.get(schedule)
    team = catalog.teams.get(found.team or "") if found else None
    own = (found.channel if found else None) or (team.channel if team else None)
    return own or catalog.incidents_channel
