"""A form that f5317fa opened is still on somebody's screen after the upgrade: what they submit counts."""

import json

from sqlmodel import select

import handlers
from handlers import request
from handlers.door import Door
from storage.models import Decision
from tests.storage.delivery_harness import DeliveryHarness


def test_a_question_to_the_manager_from_the_former_form_is_asked(room: DeliveryHarness) -> None:
    view = {
        "id": "V01",
        "hash": "1",
        "callback_id": "ask",
        "private_metadata": json.dumps({"incident": 1, "channel": "C0INCIDENTS", "bot_is_there": True}),
        "state": {"values": {"question": {"question": {"type": "plain_text_input", "value": "May we fail over?"}}}},
    }
    body = {"type": "view_submission", "user": {"id": "U01ANA"}, "team": {"id": "T1"}, "view": view}
    handlers.table("VIEWS")["ask"](Door(room.desk, room.renderer), request.submission(body))
    with room.desk.read() as session:
        assert [one.text for one in session.exec(select(Decision))] == ["May we fail over?"]
