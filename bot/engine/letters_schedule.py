"""Letters about schedules: a request for cover in the team's channel, and its edits; the picture of two weeks."""

from bot.domain import rota_picture
from bot.engine.letters_draft import Draft
from bot.integrations.letter import Edit, Letter, Nothing, Post, Upload
from bot.rendering.contexts import schedules
from bot.rendering.message import Message
from bot.rendering.slug import slug
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


def picture(draft: Draft) -> Letter:
    """The coming two weeks for one person, in the zone that Slack shows them times in. Drawn only when it is sent."""
    name, person, composer = draft.payload["schedule"], draft.slack(draft.payload["person"]), draft.composer
    if person is None or name not in composer.catalog.schedules:
        return Nothing("there is nobody to show it to, or the schedule is gone")
    zone = composer.zone(draft.session, person)
    start, end = rota_picture.window(composer.now, zone)
    shifts = composer.showing(draft.session, since=start).plan.shifts(name, start, end)
    show = composer.showing(draft.session, [who for one in shifts for who in one.people])
    drawn = rota_picture.picture(name, shifts, composer.now, zone, show.name)
    comment = draft.message("rota_picture", schedules.rota_picture(name, zone)).text
    return Upload(person, f"{slug(name)}.png", name, drawn, comment, alone=False, alt=drawn.summary)


def _message(draft: Draft, row: CoverRequest) -> Message:
    show = draft.composer.showing(draft.session, [row.person, *([row.taken_by] if row.taken_by else [])])
    return draft.message("cover", schedules.cover(show, row))


def _place(draft: Draft, schedule: str) -> str:
    catalog = draft.composer.catalog
    found = catalog.schedules.get(schedule)
    team = catalog.teams.get(found.team or "") if found else None
    own = (found.channel if found else None) or (team.channel if team else None)
    return own or catalog.incidents_channel
