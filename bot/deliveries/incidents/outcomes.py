"""What an answer to a room, a card or an announcement means for the records."""

from bot.deliveries.core.composition import Result, incident_of
from bot.domain.incidents import war_room as rooms
from bot.domain.incidents.facts import Announced, CardPosted, InvitesSkipped
from bot.services.core import incident as incidents
from bot.services.incidents import marks, room_names, war_room
from bot.services.incidents.marks import Mark, Seen
from bot.services.paging import escalations as escalation_service
from bot.work import Work
from storage.models import Delivery, Incident
from storage.queries import visibility as visibility_queries


def announced(w: Work, delivery: Delivery, result: Result) -> None:
    """It stands there now; that it was edited is no news."""
    incident = incident_of(w, delivery)
    if incident.announcement_ts == result["ts"]:
        return
    incident.announcement_channel, incident.announcement_ts = result["channel"], result["ts"]
    fact = Announced(channel=result["channel"], ts=result["ts"])
    _record_with_escalation(w, incident, fact)


def card_posted(w: Work, delivery: Delivery, result: Result) -> None:
    """It stands there now; that it was edited is no news."""
    incident = incident_of(w, delivery)
    if incident.card_ts == result["ts"] or result["channel"] != incident.channel_id:
        return
    incident.card_ts = result["ts"]
    _record_with_escalation(w, incident, CardPosted(ts=result["ts"]))


def _record_with_escalation(w: Work, incident: Incident, fact: Announced | CardPosted) -> None:
    newest = escalation_service.newest(w, incident)
    w.record([fact], incident=incident, escalation=newest, pages=w.pages(newest) if newest else [])


def room_created(w: Work, delivery: Delivery, result: Result) -> None:
    incident = incident_of(w, delivery)
    invited = incidents.responders(w, incident)
    if incident.channel_id is not None:  # it follows another: whoever took part was in that one
        number = incident.number or 0
        invited += sorted(visibility_queries.participants(w.session, [number]).get(number, ()))
    war_room.opened(w, incident, result["channel"], result["name"], list(dict.fromkeys(invited)))


def room_renamed(w: Work, delivery: Delivery, result: Result) -> None:
    room_names.rename(w, incident_of(w, delivery), result["channel"], result["name"])


def room_archived(w: Work, delivery: Delivery, result: Result) -> None:
    rooms.archived(incident_of(w, delivery))


def room_failed(w: Work, delivery: Delivery, detail: str) -> None:
    incident = incident_of(w, delivery)
    w.record(rooms.failed(incident, detail), incident=incident, escalation=escalation_service.newest(w, incident))


def invited(w: Work, delivery: Delivery, result: Result) -> None:
    if skipped := dict(result.get("skipped") or {}):
        w.record([InvitesSkipped(people=skipped)], incident=incident_of(w, delivery))


def captured(w: Work, delivery: Delivery, result: Result) -> None:
    seen = Seen(
        text=result["text"],
        user=result.get("user"),
        link=result.get("link"),
        thread=result.get("thread"),
        pinned=bool(marks.PUSHPINS & set(result.get("reactions") or ())),
    )
    marks.settle(w, *_mark(delivery), seen)


def not_captured(w: Work, delivery: Delivery, detail: str) -> None:
    marks.unread(w, *_mark(delivery), detail)


def _mark(delivery: Delivery) -> tuple[Mark, str, str, str]:
    """What was done to which message, and by whom. One that waits from an earlier release was pinned."""
    payload = delivery.payload
    return Mark(payload.get("mark", Mark.PINNED)), payload["channel"], payload["ts"], payload["person"]
