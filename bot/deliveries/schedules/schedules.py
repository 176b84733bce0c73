"""Deliveries about schedules: a request for cover in the team's channel, and its edits; the picture of two weeks."""

from bot.deliveries.core.composition import Composition, Result
from bot.deliveries.core.kind import Deliveries, Kind, by_files
from bot.deliveries.core.refusal import Place, Refused, first, next_place
from bot.domain.core.refusals import DELETED
from bot.domain.schedules import effects as effect_rules
from bot.domain.schedules import picture as picture_rules
from bot.domain.schedules.owner import place_of
from bot.integrations.outbound import Edit, NoAddress, Nothing, Outbound, Post, Upload
from bot.rendering.contexts.schedules import edits, schedules
from bot.rendering.message import Message
from bot.rendering.slug import slug
from bot.services.schedules import cover_requests
from bot.work import Work
from storage.models import CoverRequest, CoverState, Delivery


def cover(draft: Composition) -> Outbound:
    """In the schedule's channel, its team's, or the incidents channel."""
    row = draft.session.get_one(CoverRequest, draft.payload["cover"])
    if row.state != CoverState.OPEN:
        return Nothing(f"the request is {row.state} already")
    place = draft.slack(row.partner) if row.partner else draft.payload.get("to") or _place(draft, row.schedule)
    if place is None:
        return Nothing("the person asked to swap has no Slack account; the command line shows it")
    message = _message(draft, row)
    return Post(place, message.text, message.blocks, draft.key)


def cover_again(draft: Composition) -> Outbound:
    """Nobody has taken it yet: in the thread of the request and in its channel; to one person as a new message."""
    row = draft.session.get_one(CoverRequest, draft.payload["cover"])
    if row.state != CoverState.OPEN:
        return Nothing(f"the request is {row.state} already")
    show = draft.composer.showing(draft.session, _people(row))
    message = draft.message("cover_again", {**schedules.cover(show, row), "last": draft.payload["left"] == 0})
    if row.partner:
        place = _alone(draft.slack(row.partner))
    else:
        below = (row.channel, row.ts) if row.channel and row.ts else None
        incidents_channel = draft.composer.catalog.incidents_channel
        place = first(draft.delivery, below, (_place(draft, row.schedule), None), (incidents_channel, None))
    if place is None:
        raise NoAddress("there is no one left to ask")
    return Post(place[0], message.text, message.blocks, draft.key, thread_ts=place[1], aloud=place[1] is not None)


def _alone(person: str | None) -> Place | None:
    return (person, None) if person else None


def cover_edit(draft: Composition) -> Outbound:
    row = draft.session.get_one(CoverRequest, draft.payload["cover"])
    if not row.channel or not row.ts:
        return Nothing("the request was never posted")
    message = _message(draft, row)
    return Edit(row.channel, row.ts, message.text, message.blocks)


def picture(draft: Composition) -> Outbound:
    """The coming two weeks for one person, in the zone that Slack shows them times in. Drawn only when it is sent."""
    name, person, composer = draft.payload["schedule"], draft.slack(draft.payload["person"]), draft.composer
    if person is None or name not in composer.catalog.schedules:
        return Nothing("there is no one to show it to, or the schedule is gone")
    zone = composer.zone(draft.session, person)
    start, end = picture_rules.window(composer.now, zone)
    shifts = composer.showing(draft.session, since=start).plan.shifts(name, start, end)
    show = composer.showing(draft.session, [who for one in shifts for who in one.people])
    drawn = picture_rules.picture(name, shifts, composer.now, zone, show.name)
    comment = draft.message("rota_picture", schedules.rota_picture(name, zone)).text
    return Upload(person, f"{slug(name)}.png", name, drawn, comment, alone=False, alt=drawn.summary)


def gaps(draft: Composition) -> Outbound:
    """To whoever looks after the schedule: what nobody covers any more, as far as that is still so."""
    payload, composer = draft.payload, draft.composer
    name = payload["schedule"]
    if name not in composer.catalog.schedules:
        return Nothing("the schedule is gone")
    show = composer.showing(draft.session, [payload["by"]], since=composer.now)
    context = schedules.gaps_opened(show, payload)
    if not context["gaps"]:
        return Nothing("someone covers all of it again")
    message = draft.message("gaps_opened", context)
    return Post(payload.get("to") or _place(draft, name), message.text, message.blocks, draft.key)


def edited(draft: Composition) -> Outbound:
    """In the schedule's channel: what an edit of tocsin.yml has moved."""
    payload = draft.payload
    windows = [who for one in payload["windows"] for side in ("was", "now") for who in one[side]]
    show = draft.composer.showing(draft.session, [*payload["people"], *payload["before"], *windows])
    message = draft.message("rota_edited", edits.rota_edited(show, payload))
    place = payload.get("to") or payload["place"] or _place(draft, payload["schedule"])
    return Post(place, message.text, message.blocks, draft.key)


def _message(draft: Composition, row: CoverRequest) -> Message:
    show = draft.composer.showing(draft.session, _people(row))
    return draft.message("cover", schedules.cover(show, row))


def _people(row: CoverRequest) -> list[str]:
    return [who for who in (row.person, row.partner, row.taken_by) if who]


def _place(draft: Composition, schedule: str) -> str:
    return place_of(draft.composer.catalog, schedule)


def cover_posted(w: Work, delivery: Delivery, result: Result) -> None:
    row = w.session.get_one(CoverRequest, delivery.payload["cover"])
    row.channel, row.ts = result["channel"], result["ts"]
    if row.state != CoverState.OPEN:  # it was settled while the message was on its way
        w.carry_out(effect_rules.redraw(row.id or 0))


def cover_failed(w: Work, delivery: Delivery, detail: str) -> None:
    cover_requests.not_posted(w, delivery.payload["cover"], elsewhere="to" in delivery.payload)


def gaps_failed(w: Work, delivery: Delivery, detail: str) -> None:
    """The owner's channel refused it: the incidents channel hears."""
    if "to" not in delivery.payload:
        payload = {**delivery.payload, "to": w.catalog.incidents_channel}
        w.carry_out(effect_rules.gaps(payload, f"{delivery.key.removeprefix('gaps:')}:elsewhere"))


def edited_failed(w: Work, delivery: Delivery, detail: str) -> None:
    """The schedule's channel refused it: the incidents channel hears."""
    if "to" not in delivery.payload:
        payload = {**delivery.payload, "to": w.catalog.incidents_channel}
        w.carry_out(effect_rules.edit(payload, f"{delivery.key.removeprefix('rota:')}:elsewhere"))


def asker(w: Work, delivery: Delivery) -> list[str]:
    """Whoever asked to be replaced."""
    return [w.session.get_one(CoverRequest, delivery.payload["cover"]).person]


def viewer(w: Work, delivery: Delivery) -> list[str]:
    return [delivery.payload["person"]]


DELIVERIES: Deliveries = {
    "cover": Kind(compose=cover, sent=cover_posted, failed=cover_failed, refused=Refused(called="a request for cover")),
    "cover.again": Kind(
        compose=cover_again,
        refused=Refused(called="the reminder of a request for cover", elsewhere=next_place, believers=asker),
    ),
    "cover.edit": Kind(compose=cover_edit, refused=Refused(called="the edit of a request for cover", moot=DELETED)),
    "gaps": Kind(compose=gaps, failed=gaps_failed, refused=Refused(called="the message that no one is on call")),
    "rota.edited": Kind(
        compose=edited, failed=edited_failed, refused=Refused(called="the message that a schedule has changed")
    ),
    "rota.picture": Kind(
        compose=picture, via=by_files, refused=Refused(called="the picture of a schedule", believers=viewer)
    ),
}
