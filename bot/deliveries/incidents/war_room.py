"""Deliveries that make and furnish a war room: the channel, who is invited, card, topic, bookmark, pin."""

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused, first, in_charge
from bot.deliveries.incidents import losses, outcomes
from bot.domain.core import refusals
from bot.domain.core.permissions import may_be_invited
from bot.domain.incidents.lifecycle import DRILL, is_open, titled
from bot.domain.incidents.visibility import has_public_place
from bot.integrations.outbound import (
    Archive,
    Edit,
    Invite,
    MakeChannel,
    Nothing,
    NotYet,
    Outbound,
    Pin,
    Post,
    Rename,
    SetBookmark,
    SetTopic,
)
from bot.rendering import limits
from bot.rendering import topic as topics
from bot.rendering.contexts.incidents import surfaces
from bot.rendering.contexts.incidents.incident import OVER, Context
from bot.rendering.contexts.links import messages as link_context
from bot.rendering.slug import room_name
from storage.models import IncidentStatus, RoomState
from storage.queries import command as command_queries
from storage.queries import incidents as incident_queries
from storage.queries import members as member_queries

NO_ROOM = Nothing("there is no war room")
SUFFIXES = (0, *range(2, 20))


def create(draft: Composition) -> Outbound:
    """Names to try in order; the last is as good as free, and the same at every attempt."""
    row = draft.incident
    if row.room != RoomState.CREATING:
        return Nothing("the room is not wanted any more")
    catalog = draft.composer.catalog
    day = row.declared_at.astimezone(ZoneInfo(catalog.display.time_zone)).date()
    ref = draft.show.ref(row.number)
    names = [room_name(catalog.war_room.name, day, row.title, suffix, ref) for suffix in SUFFIXES]
    chance = hashlib.sha256(f"{draft.key}:{draft.delivery.id}:{row.declared_at}".encode()).hexdigest()[:6]
    names.append(room_name(catalog.war_room.name, day, f"{row.title[:40]} {chance}", 0, ref))
    known = incident_queries.room_names(draft.session, names[:-1])
    free = [name for name in dict.fromkeys(names) if name not in known]
    kept = incident_queries.room_is_by_invitation(draft.session, row.number or 0)
    return MakeChannel(tuple(free), private=catalog.war_room.private or kept or not has_public_place(row))


def rename(draft: Composition) -> Outbound:
    """The room of what was made private keeps its number only: its name was made of the title."""
    row, catalog = draft.incident, draft.composer.catalog
    if not row.channel_id:
        return NO_ROOM
    day = row.declared_at.astimezone(ZoneInfo(catalog.display.time_zone)).date()
    ref = draft.show.ref(row.number)
    return Rename(row.channel_id, room_name(catalog.war_room.name, day, ref, reference=ref))


def invite(draft: Composition) -> Outbound:
    """People whom Slack would refuse are left out beforehand, so that one of them does not fail the others."""
    row = draft.incident
    if row.room != RoomState.OPEN or not row.channel_id:
        return NO_ROOM
    first = draft.key.endswith(f":invite:{row.channel_id}")
    wanted = [*draft.payload["people"], *(_owners(draft) if first else [])]
    slack = {who: draft.slack(who) for who in dict.fromkeys(wanted)}
    members = member_queries.members(draft.session, [one for one in slack.values() if one])
    skipped = {}
    for who, ident in slack.items():
        if ident is None:
            skipped[who] = "has no Slack account"
        elif why := may_be_invited(members.get(ident)):
            skipped[ident] = why
    users = tuple(dict.fromkeys(one for one in slack.values() if one and one not in skipped))
    return Invite(row.channel_id, users, _groups(draft) if first or draft.payload.get("groups") else (), skipped)


def _owners(draft: Composition) -> list[str]:
    """The team of the incident's service: the service owners."""
    catalog = draft.composer.catalog
    service = catalog.services.get(draft.incident.service or "")
    team = catalog.teams.get(service.team or "") if service else None
    return list(team.members) if team else []


def _groups(draft: Composition) -> tuple[str, ...]:
    row = draft.composer.catalog.severities.get(draft.incident.severity)
    return tuple(row.groups) if row else ()


def card(draft: Composition) -> Outbound:
    row = draft.incident
    if not row.channel_id:
        return NO_ROOM
    message = draft.message("card", _card(draft))
    return Post(row.channel_id, message.text, message.blocks, draft.key)


def _card(draft: Composition) -> Context:
    links = command_queries.links(draft.session, draft.incident.number or 0)
    return surfaces.card(draft.show, draft.dossier) | link_context.on_card(draft.show, links)


def card_refresh(draft: Composition) -> Outbound:
    """The edit of the card; one that was refused, or that somebody deleted, is posted again."""
    row = draft.incident
    if row.room != RoomState.OPEN or not row.channel_id:
        return NO_ROOM
    if not row.card_ts and draft.owed(f"room:{row.number}:card:{row.channel_id}"):
        return NotYet("the card is being posted")
    message = draft.message("card", _card(draft))
    if row.card_ts and first(draft.delivery, (row.channel_id, row.card_ts)):
        return Edit(row.channel_id, row.card_ts, message.text, message.blocks)
    return Post(row.channel_id, message.text, message.blocks, draft.key)


def topic(draft: Composition) -> Outbound:
    row = draft.incident
    if row.room != RoomState.OPEN or not row.channel_id:
        return NO_ROOM
    catalog = draft.composer.catalog
    service = catalog.services.get(row.service or "")
    ic = draft.dossier.roles.get("ic")
    values: dict[str, str | datetime] = {
        "dot": _mark(draft),
        "severity": catalog.severity_label(row.severity),
        "title": titled(row),
        "ic": draft.show.name(ic) if ic else "no one yet",
        "status": row.status.capitalize(),
        "reference": draft.show.ref(row.number),
        "service": service.name if service else "",
        "started": row.started_at.astimezone(ZoneInfo(catalog.display.time_zone)),
    }
    text = topics.topic(catalog.war_room.topic, values, over=not is_open(row))
    return SetTopic(row.channel_id, limits.fit("conversations.setTopic", {"topic": text})["topic"])


def _mark(draft: Composition) -> str:
    """The severity's dot, or that it is over; a drill says so even where the title, which says it too, is left out."""
    row = draft.incident
    dot = draft.show.dot(row.severity) if is_open(row) else OVER
    return f"{DRILL}{dot}" if row.drill and "{title}" not in draft.composer.catalog.war_room.topic else dot


def bookmark(draft: Composition) -> Outbound:
    """The announcement's permalink."""
    row = draft.incident
    if not row.channel_id:
        return NO_ROOM
    permalink = draft.show.message_url(row.announcement_channel, row.announcement_ts)
    if permalink is None and draft.owed(f"announce:{row.number}"):
        return NotYet("the announcement is not posted yet", f"announce:{row.number}")
    if permalink is None:
        return Nothing("there is nothing to link to")
    return SetBookmark(row.channel_id, "Announcement", permalink)


def pointer(draft: Composition) -> Outbound:
    """In a former room, where the incident goes on now."""
    if draft.incident.channel_id == draft.payload["to"]:
        return Nothing("it is the room again")
    message = draft.named()
    return Post(draft.payload["to"], message.text, message.blocks, draft.key)


def archive(draft: Composition) -> Outbound:
    row = draft.incident
    if row.status != IncidentStatus.CLOSED or not row.channel_id:
        return Nothing("it is not closed any more")
    return Archive(row.channel_id)


def pin(draft: Composition) -> Outbound:
    row = draft.incident
    if not row.channel_id or not row.card_ts:
        return Nothing("there is no card to pin")
    return Pin(row.channel_id, row.card_ts)


def _furniture(called: str) -> Refused:
    """What a room does without."""
    return Refused(called=called, elsewhere=losses.room_refused)


DELIVERIES: Deliveries = {
    "room.create": Kind(
        compose=create,
        sent=outcomes.room_created,
        failed=outcomes.room_failed,
        give_up_after=timedelta(minutes=10),
        refused=Refused(
            called="the war room", believers=losses.declarer, admins=True, reasons=refusals.CREATION_REFUSED
        ),
    ),
    "room.rename": Kind(
        compose=rename,
        sent=outcomes.room_renamed,
        refused=Refused(
            called="the new name of the old room, whose name still shows the title", believers=losses.declarer
        ),
    ),
    "room.invite": Kind(
        compose=invite,
        sent=outcomes.invited,
        refused=Refused(
            called="the invitation to the war room", elsewhere=losses.not_invited, reasons=refusals.INVITING_REFUSED
        ),
    ),
    "room.card": Kind(
        compose=card,
        sent=outcomes.card_posted,
        refused=Refused(called="the incident card", elsewhere=losses.card_refused, believers=in_charge),
    ),
    "card.refresh": Kind(
        compose=card_refresh,
        sent=outcomes.card_posted,
        draws=("room.card", "card.refresh"),
        refused=Refused(called="the incident card", elsewhere=losses.drawn_again, believers=in_charge),
    ),
    "room.topic": Kind(compose=topic, draws=("room.topic",), refused=_furniture("the room's topic")),
    "room.bookmark": Kind(compose=bookmark, refused=_furniture("the room's bookmark")),
    "room.pin": Kind(compose=pin, refused=_furniture("the pinning of the card")),
    "room.pointer": Kind(
        compose=pointer,
        refused=Refused(called="the way to the new room", moot=refusals.TAKES_NO_MESSAGE | {refusals.NO_ADDRESS}),
    ),
    "room.archive": Kind(
        compose=archive,
        sent=outcomes.room_archived,
        refused=Refused(called="the archiving of the room", elsewhere=losses.room_refused, believers=in_charge),
    ),
}
