"""The messages of commanding in every state: within Slack's limits, with the buttons that belong there."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from bot.rendering import limits
from bot.rendering.message import Renderer
from tests.domain.template_cases import ANA, AT, BARE, BO, INCIDENT, RESOLVED, Context

OFFER: Context = {
    "offer": 3, "state": "offered", "giver": ANA, "asked": BO, "by": ANA, "in_their_name": False, "until": AT,
    "reason": None, "next": None, "held": None, "brief": "State: SEV-1\nImpact: all", "worry": "The replica.",
    "more": True, "again": False,
}  # fmt: skip
ITEM: Context = {
    "item": 5, "number": 2, "words": "Roll back <4812>", "state": "open", "owner": BO, "by": ANA, "person": None,
    "due": AT, "due_at": 1796810400, "until": AT, "at": AT, "condition": None, "reason": None, "rollback": None,
    "result": None,
    "confirmed": False,
}  # fmt: skip
PROPOSED, PENDING = ITEM | {"state": "proposed"}, ITEM | {"state": "pending", "condition": "it lags"}
OBJECTED = ITEM | {"state": "objected", "person": BO, "reason": "It lags"}
RUNNING = ITEM | {"state": "running", "rollback": "Deploy it again"}
DOING = {"action.done", "action.got", "action.more", "action.drop"}
TRYING = {"mitigation.worked", "mitigation.partly", "mitigation.failed"}
RESULTS = ("worked", "partly", "failed")
HELD: Context = {"person": ANA, "before": ANA, "by": BO, "reason": "Ana is asleep", "holds": False}
ANSWERS = {"command.accept", "command.later", "command.decline"}
LINES = [{"label": "What", "text": "x (SEV-1)", "rests": "declared 03:12"}, {"label": "Who", "text": "y", "rests": ""}]
JOINED: Context = {"lines": LINES, "welcome": True}
HELP: Context = {"by": BO, "lead": ANA, "known": False}
PARTS = {"catchup.help", "catchup.watch"}
ENDED = ("accepted", "declined", "expired", "withdrawn")

CASES: list[tuple[str, Context, set[str], str]] = [
    ("command_offer", OFFER, ANSWERS, "stays commander until you accept"),
    ("command_offer", OFFER | {"in_their_name": True, "by": BO, "worry": None}, ANSWERS, "from"),
    ("command_offer", OFFER | {"state": "later", "more": False}, ANSWERS - {"command.later"}, "answer by"),
    *(("command_offer", OFFER | {"state": state, "brief": None, "reason": "x"}, set(), "INC-42") for state in ENDED),
    ("command_offered", OFFER, set(), "stays commander until they accept"),
    ("command_offered", OFFER | {"again": True}, set(), "has been asked already"),
    ("command_offered", OFFER | {"state": "accepted"}, set(), "is over"),
    ("command_offer_told", OFFER | {"by": BO}, set(), "from you"),
    ("command_offer_told", OFFER | {"state": "later"}, set(), "a little time"),
    ("command_offer_told", OFFER | {"state": "declined", "reason": "asleep"}, {"command.offer"}, "declined"),
    ("command_offer_told", OFFER | {"state": "expired", "next": BO}, {"command.offer"}, "is on call for command"),
    ("command_offer_told", OFFER | {"state": "withdrawn", "reason": "it is over"}, set(), "no longer offered"),
    *(("command_offer_over", OFFER | {"state": state}, set(), "The offer") for state in ENDED),
    ("command_offer_later", OFFER | {"state": "later"}, set(), "Please answer by"),
    ("command_accepted", OFFER | {"state": "accepted"}, set(), "You are incident commander"),
    ("command_declined", OFFER | {"state": "declined"}, set(), "keeps it"),
    ("command_moved", OFFER | {"state": "accepted", "held": timedelta(minutes=130)}, {"command.brief"}, "2 h 10 min"),
    ("command_released", OFFER | {"state": "accepted"}, {"command.stay", "command.leave"}, "released"),
    ("command_held", HELD, {"command.take"}, "nothing was changed"),
    ("command_taken", HELD, set(), "Ana is asleep"),
    ("command_left", HELD | {"holds": True}, set(), "You still hold its page"),
    ("command_left", HELD, set(), "Rest well"),
    ("help_offered", HELP, set(), "can help with *INC-42*"),
    ("help_noted", HELP, set(), "knows that you can help"),
    ("help_noted", HELP | {"lead": None}, set(), "No one commands it yet"),
    ("help_noted", HELP | {"known": True}, set(), "already"),
    ("action", ITEM, DOING, "*A2*"),
    ("action", ITEM | {"confirmed": True, "due": None}, DOING - {"action.got"}, "got it"),
    ("action", ITEM | {"state": "done", "person": ANA}, set(), "done"),
    ("action", ITEM | {"state": "dropped"}, set(), "dropped"),
    ("action_overdue", ITEM, {"action.done", "action.more"}, "Done, or more time?"),
    *(("action_noted", ITEM | {"state": state}, set(), "*A2*") for state in ("open", "done", "dropped")),
    ("action_stands", ITEM | {"state": "done", "person": ANA}, set(), "is done already"),
    ("decision", PROPOSED, {"ruling.object", "ruling.proceed"}, "unless someone objects"),
    ("decision", PENDING, {"ruling.proceed", "ruling.drop"}, "still to be decided"),
    ("decision", PENDING | {"until": None, "condition": None}, {"ruling.proceed", "ruling.drop"}, "still"),
    ("decision", OBJECTED, {"ruling.proceed", "ruling.drop"}, "Strong objection"),
    ("decision", ITEM | {"state": "dropped", "person": BO}, set(), "dropped"),
    ("decision", ITEM | {"state": "decided"}, set(), "stands"),
    ("decision_objected", OBJECTED, set(), "objects to D2"),
    ("decision_due", PENDING, {"ruling.proceed", "ruling.drop"}, "is due now"),
    *(("decision_due", ITEM | {"state": state}, set(), "D2") for state in ("decided", "dropped", "over")),
    *(("decision_noted", ITEM | {"state": state}, set(), "*D2*")
      for state in ("proposed", "pending", "objected", "decided", "dropped")),
    *(("decision_stands", ITEM | {"state": state}, set(), "already") for state in ("objected", "decided", "dropped")),
    ("mitigation", RUNNING, TRYING, "To take it back: Deploy it again"),
    *(("mitigation", RUNNING | {"state": state, "result": "x"}, set(), "*M2*") for state in RESULTS),
    *(("mitigation_noted", ITEM | {"state": state}, set(), "*M2*") for state in ("running", *RESULTS)),
]  # fmt: skip
renderer = Renderer()


@pytest.mark.parametrize(("template", "context", "buttons", "says"), CASES,
                         ids=[f"{n}-{one[0]}" for n, one in enumerate(CASES)])  # fmt: skip
@pytest.mark.parametrize("incident", [INCIDENT, BARE], ids=["full", "bare"])
def test_each_state_is_worded(
    template: str, context: Context, buttons: set[str], says: str, incident: dict[str, Any]
) -> None:
    message = renderer.message(template, {**context, "incident": incident})
    assert limits.check("chat.postMessage", {"text": message.text, "blocks": message.blocks}) == []
    shown = json.dumps(message.blocks, ensure_ascii=False)
    found = {one for one in re.findall(r'"action_id": "([^"]+)"', shown) if not one.startswith("link:")}
    assert found == buttons
    assert says in shown
    assert "None" not in shown
    assert message.text not in ("", "…")


def test_a_catch_up_offers_command_only_while_no_one_has_it() -> None:
    for incident, more in ((INCIDENT, set()), (BARE, {"incident.take_ic"})):
        shown = json.dumps(renderer.message("joined", {**JOINED, "incident": incident}).blocks, ensure_ascii=False)
        assert set(re.findall(r'"action_id": "([^"]+)"', shown)) == PARTS | more
        assert "*What:* x (SEV-1)" in shown


def test_nothing_can_be_pressed_when_the_incident_is_over() -> None:
    for template in ("command_released", "command_held", "joined"):
        message = renderer.message(template, {**OFFER, **HELD, **JOINED, "incident": RESOLVED})
        assert "action_id" not in json.dumps(message.blocks)
    for template, context in (("action", ITEM), ("action_overdue", ITEM), ("decision", PROPOSED), ("decision", PENDING),
                              ("decision", OBJECTED), ("decision_due", PENDING), ("mitigation", RUNNING)):  # fmt: skip
        message = renderer.message(template, {**context, "incident": RESOLVED})
        assert "action_id" not in json.dumps(message.blocks), template
