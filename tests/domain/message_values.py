"""Values for every message that code names, and an incident in which help was asked for from outside."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.deliveries.core import composition
from bot.domain.core.people import TOCSIN, Actor
from bot.domain.oncall import effects
from bot.services.assistance import vendors
from bot.services.command import actions, decisions, handoff, mitigations, roles
from bot.services.contact import reachability
from bot.services.core import replies
from bot.services.incidents import corrections, lifecycle, marks, updates, war_room
from bot.services.incidents.marks import Mark
from bot.services.links import links
from bot.services.oncall import shift_handoff
from bot.services.paging import escalate, escalations
from bot.services.schedules import cover_requests, edits, history, overrides, picture
from bot.services.schedules.cover_requests import Window
from bot.services.schedules.overrides import Wanted
from bot.services.tickets import tickets
from storage.models import Delivery, Member
from tests.storage.delivery_harness import DeliveryHarness

HOSTILE = "Pay <!channel> *now* [Ack](page.ack:9) <@U01EVE> `x` " + "ü" * 150
CHANGE = datetime(2026, 11, 23, 8, tzinfo=UTC)  # Monday 09:00 in Madrid: Bo follows Ana
TIME = "2026-11-22T09:00:00+00:00"
VALUES: dict[str, Any] = {
    "override": 1, "cover": 1, "schedule": "primary-oncall", "start": TIME, "end": TIME, "at": TIME, "what": "added",
    "changes": [{"person": "U01BO", "gains": True, "start": TIME, "end": TIME}], "alone": [[TIME, TIME]],
    "note": HOSTILE,
    "by": "U01BO", "person": "U01BO", "people": {"U01CY": "is a guest"}, "who": ["critical"], "role": "ic",
    "into": 1, "other": 1, "left_out": 1200, "hold": 1800,
    "number": 1, "update": 1, "reason": "because", "level": 1, "cycle": 1, "seconds": 130, "link": "https://x.example",
    "specialist": "database", "vendor": "aws", "case": 1, "text": HOSTILE, "answer": "yes", "rationale": HOSTILE,
    "state": "open", "asked": 1, "lead": "dee", "until": TIME, "since": TIME,
    "item": 1, "offer": 1, "giver": "U01ANA", "held": 7800,
    "handoff": 1, "score": 4, "when": "during", "yours": True, "pages": 2, "owner": "U01DEE",
    "way": "e-mail", "via": "email", "gone": [HOSTILE], "problems": [f"tocsin.yml:3:5: {HOSTILE}"] * 12,
    "group": "@oncall", "schedules": ["primary-oncall"], "left": {"U01CY": "is gone"}, "problem": "",
    "lost": [{"override": 1, "schedule": "primary-oncall", "kind": "replace", "person": "U01BO", "substitute": "U01CY",
              "people": [], "start": TIME, "end": TIME, "cover": 1, "instead": ["U01ANA"]}],
    "shifts": [{"schedule": "primary-oncall", "zone": "Europe/Madrid", "gone": False, "state": "began", "until": TIME,
                "people": ["U01BO"], "was": [[TIME, TIME]], "now": [[TIME, None]]}],
    "private": True, "name": "incident-x", "before": "incident-w", "count": 4, "why": HOSTILE, "cure": HOSTILE,
    "url": "https://x.example/1", "title": HOSTILE, "kind": "ticket",
    "known": True, "target": "ack", "within": "5m",
    "severity": "SEV-2", "between": "SEV-3", "reasons": [{"because": HOSTILE, "severity": "SEV-2"}] * 5,
    "sentence": "Use `/incident list` <!here>", "overdue": True, "command": "/incident", "tip": None, "verbs": [],
    "sections": ["policies"], "goes_on": "critical",
}  # fmt: skip


def live_through(room: DeliveryHarness, title: str = HOSTILE) -> None:
    """An incident to which everything has happened once."""
    room.declare(title, service="checkout", description=title)
    room.deliver()
    room.act("U01ANA", lambda w, it: escalations.decline(w, it, reason=title[:100]))
    room.deliver()
    room.act("U01BO", lambda w, it: escalate.escalate(w, it))
    room.deliver()
    room.later(minutes=2)
    room.act("U01CY", lambda w, it: marks.owe(w, Mark.SHORTCUT, "C0ROOM", "1795230000.000100", "k"))
    room.act("U01LI", lambda w, it: war_room.joined(w, it, "U01LI"))
    room.act("U01LI", lambda w, it: war_room.regain(w, it, "C0FORMER"))
    room.act("U01DEE", lambda w, it: roles.take_role(w, it, "ic", "U01DEE"))
    keep(room, title)
    room.act("U01DEE", lambda w, it: handoff.offer(w, it, "U01CY", worry=title))
    room.act("U01CY", lambda w, it: handoff.answered(w, it, "later"))
    room.deliver()
    room.act("U01CY", lambda w, it: handoff.answered(w, it, "decline", title))
    room.act("U01DEE", lambda w, it: updates.publish(w, it, updates.Update(title, status="identified", impact=title)))
    room.later(minutes=29)
    room.act("tocsin", lifecycle.due_update)
    room.act("U01DEE", lambda w, it: replies.show_home(w, "U01DEE"))
    room.deliver()


def go_private(room: DeliveryHarness) -> None:
    """What was declared in public is declared again in private, and its room gets another name."""
    number = room.declare("The other one", "sev2", by="U01LI")
    room.deliver()
    change = corrections.Correction("The other one", "sev2", private=True)
    room.act("U01LI", lambda w, it: corrections.correct(w, it, change), number)
    room.deliver()


def keep(room: DeliveryHarness, title: str) -> None:
    """Decisions, an action, a mitigation and a link, each with everything that becomes of one."""
    room.act("U01DEE", lambda w, it: links.add(w, it, f"https://x.example/1 {title}"))
    room.act("U01DEE", lambda w, it: decisions.said(w, it, f"pending {title[:200]} in 5m"))
    room.act("U01DEE", lambda w, it: decisions.said(w, it, title))
    room.act("U01ANA", lambda w, it: decisions.said(w, it, f"D2 object {title}"))
    room.act("U01DEE", lambda w, it: actions.said(w, it, f"@bo {title} 2m"))
    room.act("U01DEE", lambda w, it: mitigations.said(w, it, title))
    room.deliver()
    room.act("U01BO", lambda w, it: actions.said(w, it, "A1 got"))
    room.act("U01DEE", lambda w, it: mitigations.said(w, it, "M1 worked"))
    room.later(minutes=6)
    room.deliver()


def ask_a_vendor(room: DeliveryHarness) -> None:
    """A vendor that is asked, silent, and answers at last: its reminder is put right."""
    room.act("U01DEE", lambda w, it: vendors.ask(w, it, "aws", HOSTILE))
    room.later(minutes=15)
    room.act("tocsin", lambda w, it: vendors.silent(w, 1, w.now))
    room.deliver()
    room.act("U01DEE", lambda w, it: vendors.answered(w, 1))
    room.deliver()


def change_shifts(room: DeliveryHarness) -> None:
    """Cover is asked for, asked again and taken; a picture is drawn, and an override leaves a gap."""
    start, end = (room.clock.now() + timedelta(hours=hours) for hours in (1, 4))
    with room.desk.work(Actor("U01ANA")) as w:
        cover_requests.ask(w, Window("primary-oncall", start, end, HOSTILE))
    room.deliver()
    with room.desk.work(TOCSIN) as w:
        cover_requests.due(w, 1)
    room.deliver()
    with room.desk.work(Actor("U01BO")) as w:
        cover_requests.take(w, 1)
        picture.picture(w, "primary-oncall")
        overrides.add(w, Wanted("primary-oncall", "remove", end, end + timedelta(hours=1), "ana", note=HOSTILE))
    room.deliver()
    with room.desk.work(TOCSIN) as w:
        edits.take_up(w)
        former = edits.settings.setting(w.session, edits.TOLD)
        edits.settings.set_setting(w, edits.TOLD, {**former, "schedules": {}})
        edits.take_up(w)
    room.deliver()


def hand_over(room: DeliveryHarness) -> None:
    """The rotation changes, the note is taken, and the user group follows."""
    with room.desk.work(TOCSIN) as w:
        history.settle(w)
    room.clock.forward(CHANGE - room.clock.now())
    with room.desk.work(TOCSIN) as w:
        history.follow(w, CHANGE)
    assert shift_handoff.sweep(room.desk) > 0
    room.deliver()
    with room.desk.work(Actor("U01BO")) as w:
        shift_handoff.take(w, 1)
    with room.desk.work(TOCSIN) as w:
        w.carry_out(effects.group({"group": "@oncall", "users": ["U01BO"]}))
    room.deliver()


def keep_a_ticket(room: DeliveryHarness) -> None:
    """One is made, told how its incident goes on, and read."""
    room.set_up_tickets()
    number = room.declare("The mail is late", "sev3", by="U01LI")
    room.act("U01LI", lambda w, it: tickets.create(w, it, HOSTILE), number)
    room.deliver()
    room.act("U01LI", lambda w, it: tickets.create(w, it), number)
    room.act("U01LI", lambda w, it: lifecycle.resolve(w, it, lifecycle.Resolution("caught up")), number)
    room.deliver()


def post_twice(room: DeliveryHarness) -> None:
    """A sender that had lost its lease posted the announcement as well."""
    with room.desk.work(TOCSIN) as w:
        row = w.session.exec(select(Delivery).where(Delivery.key == "announce:1")).one()
        row.result = {"channel": "C0INCIDENTS", "ts": "1.1"}
        composition.copied(w, row.id or 0, {"channel": "C0INCIDENTS", "ts": "1.2"})
    room.deliver()


def leave(room: DeliveryHarness) -> None:
    """Somebody on call is deactivated, and the nightly look finds it."""
    with room.desk.work(TOCSIN) as w:
        w.session.add(Member(slack="U01ANA", name="ana", deleted=True, seen_at=w.now))
        reachability.check(w)
    room.deliver()
