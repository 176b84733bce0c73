"""Use cases of the dispatcher: what an answer of the outside means for the records.

Each kind of delivery has at most one rule for "sent" and one for "failed"; a failure without a rule is recorded as a
delivery that died, visible to operators, and nothing waits for it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.contact import steps
from bot.domain.core.effect import Owe
from bot.domain.facts import Announced, CardPosted, DeliveryDied, InvitesSkipped, PageFailed, PageSent
from bot.domain.incidents import war_room as rooms
from bot.domain.paging import effects
from bot.domain.paging import escalation as escalations
from bot.domain.schedules import effects as effect_rules
from bot.services.contact import steps as step_service
from bot.services.incidents import lifecycle, mirror, updates
from bot.services.oncall import shift_handoff, wellbeing
from bot.services.paging import escalations as escalation_service
from bot.services.schedules import cover_requests
from bot.work import Work
from storage.models import CoverRequest, Delivery, Escalation, Incident, Page

Result = Mapping[str, Any]


def sent(w: Work, delivery: Delivery, result: Result) -> None:
    """Applied: store what later steps need, and what follows from it."""
    if "nothing" in result:
        return
    rule = SENT.get(delivery.kind)
    if rule:
        rule(w, delivery, result)


def failed(w: Work, delivery: Delivery, detail: str) -> None:
    """Given up: the rule of its kind decides, never silence. The system's journal comes last: incidents are locked
    first."""
    rule = FAILED.get(delivery.kind)
    if rule:
        rule(w, delivery, detail)
    died(w, delivery, detail)


def died(w: Work, delivery: Delivery, detail: str) -> None:
    """Given up, and nothing more than that is recorded. The auditor keeps a page of which no more is known."""
    w.record([DeliveryDied(delivery=delivery.id or 0, kind=delivery.kind, reason=detail)])


def copied(w: Work, delivery: int, result: Result) -> None:
    """A sender that stood still between its last look at the lease and its call has posted what another posted too.

    Which of the two stays, the delivery's own outcome says; the other would show for ever what was true once.
    """
    where = {"of": delivery, "channel": result["channel"], "ts": result["ts"]}
    lane = f"copy:{delivery}"
    w.carry_out(Owe(kind="copy.remove", lane=lane, payload=where, key=f"{lane}:{result['ts']}"), "")


def _incident(w: Work, delivery: Delivery) -> Incident:
    return lifecycle.find(w, delivery.payload["incident"])


def _page(w: Work, delivery: Delivery) -> tuple[Page, Escalation, Incident | None]:
    """A page with its escalation and incident, locked in the order incident, escalation."""
    page = w.session.get_one(Page, delivery.payload["page"])
    incident = lifecycle.find(w, page.incident) if page.incident else None
    escalation = w.lock(Escalation, page.escalation)
    assert escalation is not None
    w.session.refresh(page)
    return page, escalation, incident


def _page_sent(w: Work, delivery: Delivery, result: Result) -> None:
    page, escalation, incident = _page(w, delivery)
    via = _way(delivery)
    over = page.state not in escalations.WAITING
    page.state = "sent" if page.state == "owed" else page.state
    page.sent_at = page.sent_at or w.now
    if via == "slack":
        page.channel, page.ts = result["channel"], result["ts"]
    instead = step_service.sent(w, page, via)
    fact = PageSent(escalation=page.escalation, page=page.id or 0, person=page.person, via=via, instead=instead)
    w.record([fact], incident=incident, escalation=escalation, pages=w.pages(escalation))
    if over and via == "slack":  # it crossed an acknowledgement on its way: say at once what is true
        escalation_service.redraw(w, page)


def _silence_known(w: Work, delivery: Delivery, result: Result) -> None:
    page, escalation, incident = _page(w, delivery)
    step_service.silence_known(w, incident, escalation, page, result["said"])


def _way(delivery: Delivery) -> str:
    return str(delivery.payload.get("via", "slack"))


def _page_failed(w: Work, delivery: Delivery, detail: str) -> None:
    """The next way is used now; after the last one the next level is, unless others of this level were reached."""
    page, escalation, incident = _page(w, delivery)
    if not steps.wanted(page):
        return
    pages, via = w.pages(escalation), _way(delivery)
    facts = step_service.failed(w, page, via, detail)
    if facts is not None:
        w.record(facts, incident=incident, escalation=escalation, pages=pages)
        return
    if page.state not in escalations.WAITING:  # the policy has moved on already
        return
    page.state, page.settled_at, page.note = "failed", w.now, detail
    fact = PageFailed(escalation=page.escalation, page=page.id or 0, person=page.person, via=via, reason=detail)
    w.record([fact], incident=incident, escalation=escalation, pages=pages)
    if escalation.state == "running" and escalations.nobody_left(escalation, pages):
        escalation_service.advance(w, incident, escalation, "the page could not be delivered")


STUMBLES = 2
"""Attempts that a page may fail by one way before the next one is used beside it."""


def put_back(w: Work, delivery: Delivery, *, long: bool) -> None:
    """It failed and is tried again; `long`: not soon."""
    if delivery.kind not in ("page", "page.way") or not (long or delivery.attempts >= STUMBLES):
        return
    page, escalation, incident = _page(w, delivery)
    step_service.stumbled(w, incident, escalation, page, _way(delivery))


def _alarm_failed(w: Work, delivery: Delivery, detail: str) -> None:
    """The place for alarms cannot be told: everybody who was asked, who declared it, and the admins are."""
    escalation = w.session.get_one(Escalation, delivery.payload["escalation"])
    incident = w.session.get(Incident, escalation.incident) if escalation.incident else None
    if incident is None or "to" in delivery.payload:
        return
    admins = [one.slack or one.key for one in w.catalog.people.values() if one.access == "admin"]
    asked = [page.person for page in w.pages(escalation)]
    for person in dict.fromkeys([*asked, incident.declared_by, *admins]):
        w.carry_out(effects.alarm_in_person(escalation.id or 0, person, escalation.alarms), "")


def _announced(w: Work, delivery: Delivery, result: Result) -> None:
    incident = _incident(w, delivery)
    incident.announcement_channel, incident.announcement_ts = result["channel"], result["ts"]
    fact = Announced(channel=result["channel"], ts=result["ts"])
    _record_with_escalation(w, incident, fact)


def _card_posted(w: Work, delivery: Delivery, result: Result) -> None:
    incident = _incident(w, delivery)
    incident.card_ts = result["ts"]
    _record_with_escalation(w, incident, CardPosted(ts=result["ts"]))


def _record_with_escalation(w: Work, incident: Incident, fact: Announced | CardPosted) -> None:
    newest = escalation_service.newest(w, incident)
    w.record([fact], incident=incident, escalation=newest, pages=w.pages(newest) if newest else [])


def _room_created(w: Work, delivery: Delivery, result: Result) -> None:
    incident = _incident(w, delivery)
    facts = rooms.opened(incident, result["channel"], result["name"], w.now)
    w.record(facts, incident=incident, responders=lifecycle.responders(w, incident))


def _room_failed(w: Work, delivery: Delivery, detail: str) -> None:
    incident = _incident(w, delivery)
    w.record(rooms.failed(incident, detail), incident=incident, escalation=escalation_service.newest(w, incident))


def _invited(w: Work, delivery: Delivery, result: Result) -> None:
    if skipped := dict(result.get("skipped") or {}):
        w.record([InvitesSkipped(people=skipped)], incident=_incident(w, delivery))


def _ladder_posted(w: Work, delivery: Delivery, result: Result) -> None:
    escalation = w.lock(Escalation, delivery.payload["escalation"])
    if escalation is not None:
        escalation.thread_channel, escalation.thread_ts = result["channel"], result["ts"]


def _handed(w: Work, delivery: Delivery, result: Result) -> None:
    shift_handoff.posted(w, delivery.payload["note"], delivery.payload["to"], result["channel"], result["ts"])


def _captured(w: Work, delivery: Delivery, result: Result) -> None:
    payload = delivery.payload
    source = f"{payload['channel']}:{payload['ts']}"
    text = result["text"] or "(a message without text)"
    at = datetime.fromtimestamp(float(payload["ts"]), tz=w.now.tzinfo)
    who = f"{{person:{result['user']}}}: " if result.get("user") else ""
    updates.note(w, _incident(w, delivery), f"{who}{text}", at=at, source_key=source, link=result.get("link"))


def _file_posted(w: Work, delivery: Delivery, result: Result) -> None:
    incident = _incident(w, delivery)
    incident.postmortem_link = result.get("link") or incident.postmortem_link


def _cover_posted(w: Work, delivery: Delivery, result: Result) -> None:
    row = w.session.get_one(CoverRequest, delivery.payload["cover"])
    row.channel, row.ts = result["channel"], result["ts"]
    if row.state != "open":  # it was settled while the message was on its way
        w.carry_out(effect_rules.redraw(row.id or 0), f"{row.id}:posted")


def _cover_failed(w: Work, delivery: Delivery, detail: str) -> None:
    cover_requests.not_posted(w, delivery.payload["cover"], elsewhere="to" in delivery.payload)


def _gaps_failed(w: Work, delivery: Delivery, detail: str) -> None:
    """The owner's channel refused it: the incidents channel hears."""
    if "to" not in delivery.payload:
        payload = {**delivery.payload, "to": w.catalog.incidents_channel}
        w.carry_out(effect_rules.gaps(payload, f"{delivery.key.removeprefix('gaps:')}:elsewhere"), "")


SENT: dict[str, Callable[[Work, Delivery, Result], None]] = {
    "page": _page_sent,
    "page.way": _page_sent,
    "page.silence": _silence_known,
    "announce": _announced,
    "room.create": _room_created,
    "room.card": _card_posted,
    "room.invite": _invited,
    "ladder": _ladder_posted,
    "capture": _captured,
    "handoff": _handed,
    "usergroup": lambda w, delivery, result: wellbeing.grouped(w, delivery.payload),
    "postmortem.file": _file_posted,
    "cover": _cover_posted,
    "mirror.open": mirror.opened,
}
FAILED: dict[str, Callable[[Work, Delivery, str], None]] = {
    "page": _page_failed,
    "page.way": _page_failed,
    "alarm": _alarm_failed,
    "room.create": _room_failed,
    "cover": _cover_failed,
    "gaps": _gaps_failed,
    "usergroup": lambda w, delivery, detail: wellbeing.not_grouped(w, delivery.payload),
    "mirror.open": mirror.failed,
    "mirror.resolve": mirror.failed,
}
