"""The tray has what the card lacks, nothing that the state refuses, and no verb is out of reach."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import handlers
from bot.catalog.loading import load_text
from bot.domain import verbs
from handlers.incidents import tray
from storage.models import Incident, IncidentStatus, RoomState

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CATALOG = load_text("fields:\n  customer: {type: text}\n", "tocsin.yml")
CARD = {"incident.update", "incident.page", "incident.roles", "incident.resolve"}
ANYWHERE = {"menu.catchup", "menu.timeline", "menu.why", "menu.links"}
WRITTEN = {"menu.note", "menu.checklist", "menu.times", "menu.fields", "menu.link", "problem.open"}
WORKING = {"menu.decision", "menu.action", "menu.mitigation", "menu.severity", "incident.affects", "tree.open",
           "command.offer", "command.take", "menu.merge"}  # fmt: skip
OPEN = ANYWHERE | WRITTEN | WORKING
CASES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("triage", {"status": "triage", "unaccepted": True},
     OPEN | {"triage.accept", "triage.reject", "incident.page", "incident.roles"}),
    ("investigating", {"room": RoomState.OPEN}, OPEN | CARD | {"menu.hold", "menu.cancel"}),
    ("without a room", {}, OPEN | CARD | {"menu.hold", "menu.cancel", "room.open"}),
    ("on hold", {"room": RoomState.OPEN, "held_until": AT}, OPEN | CARD | {"onhold.end", "menu.cancel"}),
    ("resolved", {"status": "resolved", "resolved_at": AT},
     ANYWHERE | WRITTEN | {"menu.reopen", "menu.close", "postmortem.open"}),
    ("closed", {"status": "closed", "resolved_at": AT}, ANYWHERE | WRITTEN | {"menu.reopen", "postmortem.open"}),
    ("cancelled", {"status": "cancelled"}, ANYWHERE | {"menu.reopen"}),
    ("merged", {"status": "merged", "merged_into": 2}, ANYWHERE),
]  # fmt: skip
REACHED = {
    "ack": "page.ack", "decline": "page.decline", "unack": "page.unack", "confirm": "hold.confirm",
    "pass": "page.handover", "escalate": "page.escalate", "pause": "ladder.pause", "resume": "ladder.resume",
    "stop": "ladder.stop", "why": "menu.why", "page": "incident.page", "ask-manager": "tree.open",
    "vendor": "tree.open", "tree": "tree.open", "answer": "question.yes", "accept": "triage.accept",
    "reject": "triage.reject", "status": "incident.update", "sev": "menu.severity", "classify": "menu.severity",
    "complaint": "incident.affects", "field": "menu.fields", "update": "incident.update", "note": "menu.note",
    "room": "room.open", "resolve": "incident.resolve", "merge": "menu.merge", "hold": "menu.hold",
    "unhold": "onhold.end", "set-times": "menu.times", "tick-off": "menu.checklist", "reopen": "menu.reopen",
    "close": "menu.close", "cancel": "menu.cancel", "undo": "declare.undo", "timeline": "menu.timeline",
    "postmortem": "postmortem.open", "catchup": "menu.catchup", "ic": "incident.take_ic", "handoff": "command.offer",
    "take-command": "command.take", "role": "incident.roles", "decision": "menu.decision", "action": "menu.action",
    "done": "action.done", "mitigation": "menu.mitigation", "ticket": "ticket.open", "link": "menu.link",
    "unlink": "link.remove", "links": "menu.links",
    "bridge": "menu.link", "problem": "problem.open",
}  # fmt: skip
"""Verb -> the button that does the same: on the card, in the tray, or on the message that it is about."""


def incident(**more: Any) -> Incident:
    given = {"number": 1, "title": "x", "severity": "SEV-1", "declared_by": "U1", "declared_at": AT, "started_at": AT,
             "detected_at": AT, "status": IncidentStatus.INVESTIGATING}  # fmt: skip
    return Incident(**given | more)


def offered(row: Incident, *, on_card: bool) -> list[str]:
    shown = tray.of(CATALOG, row, on_card=on_card)
    return [one["action_id"] for block in shown if block["type"] == "actions" for one in block["elements"]]


@pytest.mark.parametrize(("more", "actions"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_each_state_has_its_own_buttons(more: dict[str, Any], actions: set[str]) -> None:
    found = offered(incident(**more), on_card=False)
    assert len(found) == len(set(found))
    assert set(found) == actions
    assert set(offered(incident(**more), on_card=True)) == actions - CARD


def test_no_verb_about_an_incident_is_out_of_reach() -> None:
    about_one = {verb.name for verb in verbs.at("incident", "slack") if verb.about_one}
    assert about_one - REACHED.keys() == set()
    in_tray = {one.action for group in tray.GROUPS for one in group}
    known = handlers.table("ACTIONS")
    assert (in_tray | set(REACHED.values())) - known.keys() == set()
    assert all(len(group) <= 25 for group in tray.GROUPS)


def test_a_hold_is_ended_where_one_is_on() -> None:
    held = incident(held_until=AT + timedelta(hours=1))
    assert "menu.hold" not in offered(held, on_card=True)
