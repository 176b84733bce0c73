"""Deliveries of handing on: the note in the team's channel and to whoever comes, its edits, and the user groups."""

from bot.deliveries.core.composition import Composition, Result
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused, first, next_place
from bot.domain.core.refusals import DELETED
from bot.domain.schedules.owner import place_of
from bot.integrations.outbound import Edit, NoAddress, Nothing, Outbound, Post, SetGroup
from bot.rendering.contexts.oncall import shift_handoff
from bot.rendering.message import Message
from bot.services.oncall import group_members
from bot.services.oncall import shift_handoff as shift_handoff_service
from bot.work import Work
from storage.models import Delivery, HandoffNote

TEAM = "team"


def note(draft: Composition) -> Outbound:
    """In the schedule's channel, its team's, or the incidents channel; or to one person. Raises NoAddress."""
    row = draft.session.get_one(HandoffNote, draft.payload["note"])
    to = draft.payload["to"]
    person = draft.slack(to)
    if to != TEAM and person is None:
        return Nothing("this person has no Slack account")
    team = [(_place(draft, row.schedule), None), (draft.composer.catalog.incidents_channel, None)]
    place = first(draft.delivery, *(team if to == TEAM else [(str(person), None)]))
    if place is None:
        raise NoAddress("there is no channel left for it")
    message = _message(draft, row)
    return Post(place[0], message.text, message.blocks, draft.key)


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
    return place_of(draft.composer.catalog, schedule)


def handed(w: Work, delivery: Delivery, result: Result) -> None:
    shift_handoff_service.posted(w, delivery.payload["note"], delivery.payload["to"], result["channel"], result["ts"])


def outgoing(w: Work, delivery: Delivery) -> list[str]:
    """Whoever hands over."""
    return list(w.session.get_one(HandoffNote, delivery.payload["note"]).outgoing)


def grouped(w: Work, delivery: Delivery, result: Result) -> None:
    group_members.grouped(w, delivery.payload, result.get("refused", {}))


def not_grouped(w: Work, delivery: Delivery, detail: str) -> None:
    group_members.not_grouped(w, delivery.payload, detail)


DELIVERIES: Deliveries = {
    "handoff": Kind(
        compose=note,
        sent=handed,
        refused=Refused(called="the hand-off note", elsewhere=next_place, believers=outgoing),
    ),
    "handoff.edit": Kind(compose=note_edit, refused=Refused(called="the edit of a hand-off note", moot=DELETED)),
    "usergroup": Kind(
        compose=group,
        sent=grouped,
        failed=not_grouped,
        refused=Refused(called="the members of a user group", about=lambda delivery: delivery.payload["group"]),
    ),
}
