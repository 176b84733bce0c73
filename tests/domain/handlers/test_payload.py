"""What Slack might send and does not: each is told from what is whole, without a word of its content in the log."""

from copy import deepcopy
from typing import Any

import pytest

from handlers import payload

CLICK = {"type": "block_actions", "user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}, "trigger_id": "1",
         "channel": {"id": "C1"}, "actions": [{"action_id": "page.ack", "value": "7", "type": "button"}]}  # fmt: skip
FORM = {"type": "view_submission", "user": {"id": "U1"}, "trigger_id": "1",
        "view": {"id": "V1", "type": "modal", "callback_id": "note", "blocks": [],
                 "private_metadata": '{"incident": 1}',
                 "state": {"values": {"note": {"note": {"type": "plain_text_input", "value": "x"}}}}}}  # fmt: skip
SHORTCUT = {"type": "shortcut", "user": {"id": "U1"}, "trigger_id": "1", "callback_id": "incident.declare"}
ASKED = {"type": "block_suggestion", "user": {"id": "U1"}, "action_id": "declare.service", "value": "che"}
EVENT = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "reaction_added", "user": "U1", "item": {}}}
COMMAND = {"command": "/incident", "text": "", "user_id": "U1", "channel_id": "C1", "trigger_id": "1"}
WHOLE = {"click": CLICK, "form": FORM, "shortcut": SHORTCUT, "options": ASKED, "event": EVENT, "command": COMMAND}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_slack_sends_is_whole(kind: str) -> None:
    assert payload.is_whole(WHOLE[kind])


def without(kind: str, *path: str) -> dict[str, Any]:
    body: dict[str, Any] = deepcopy(WHOLE[kind])
    place = body
    for name in path[:-1]:
        place = place[name]
    del place[path[-1]]
    return body


def having(kind: str, value: Any, *path: str) -> dict[str, Any]:
    body: dict[str, Any] = deepcopy(WHOLE[kind])
    place = body
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return body


BROKEN = {
    "a click without actions": without("click", "actions"),
    "a click with no action": having("click", [], "actions"),
    "a click whose action has no id": having("click", [{"value": "1"}], "actions"),
    "a click whose actions are a text": having("click", "page.ack", "actions"),
    "a click whose action is null": having("click", [None], "actions"),
    "a click whose value is a number": having("click", [{"action_id": "page.ack", "value": 7}], "actions"),
    "a click by no one": without("click", "user"),
    "a click by a name": having("click", "ana", "user"),
    "a click in a channel that is a number": having("click", 7, "channel"),
    "a click from a team that is a number": having("click", 7, "team"),
    "a click in a form that is a text": having("click", "V1", "view"),
    "a form without its view": without("form", "view"),
    "a form without its id": without("form", "view", "id"),
    "a form of no kind": without("form", "view", "type"),
    "a form of no name": without("form", "view", "callback_id"),
    "a form of another product": {"type": "dialog_submission", "callback_id": "x", "user": {"id": "U1"}},
    "a button of an attachment": {"type": "interactive_message", "callback_id": "x", "user": {"id": "U1"}},
    "a body of no kind": {},
    "a body whose kind is a list": {"type": ["block_actions"]},
    "a form by no one": without("form", "user"),
    "a form whose metadata is no JSON": having("form", "incident 1", "view", "private_metadata"),
    "a form whose metadata is a list": having("form", "[1]", "view", "private_metadata"),
    "a form whose metadata is a number": having("form", 7, "view", "private_metadata"),
    "a form whose state is a text": having("form", "x", "view", "state"),
    "a form whose values are a list": having("form", [1], "view", "state", "values"),
    "a form whose field is a text": having("form", {"note": "x"}, "view", "state", "values"),
    "a shortcut without its id": without("shortcut", "callback_id"),
    "a shortcut without a trigger": without("shortcut", "trigger_id"),
    "options for no action": without("options", "action_id"),
    "an event without its id": without("event", "event_id"),
    "an event without its inner part": without("event", "event"),
    "an event of no type": having("event", {}, "event"),
    "an event about a text": having("event", {"type": "reaction_added", "item": "x"}, "event"),
    "a command without a channel": without("command", "channel_id"),
    "a command by no one": without("command", "user_id"),
    "a command without a trigger": without("command", "trigger_id"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_lacks_a_part_is_not(case: str, caplog: pytest.LogCaptureFixture) -> None:
    assert not payload.is_whole(BROKEN[case])
    assert len(caplog.records) == 1
    assert "incident 1" not in caplog.text


def test_state_and_metadata_may_be_left_out() -> None:
    assert payload.is_whole(without("form", "view", "state"))
    assert payload.is_whole(without("form", "view", "private_metadata"))
    assert payload.is_whole({"type": "url_verification", "challenge": "x"})


def test_a_body_is_read_as_slack_sends_it() -> None:
    assert payload.read("command=%2Fincident&text=a%20b", "application/x-www-form-urlencoded")["text"] == "a b"
    assert payload.read("payload=%7B%22type%22%3A%22shortcut%22%7D", "application/x-www-form-urlencoded") == {
        "type": "shortcut"
    }
    assert payload.read('{"type": "event_callback"}', "application/json; charset=utf-8")["type"] == "event_callback"
