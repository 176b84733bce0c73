"""Requests that Slack signs and that are not carried out: of another workspace, without their parts, or too old."""

import json
import logging
import time
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from bot.engine.pulse import STILL
from handlers.web.guard import signature
from tests.domain.handlers.test_payload import BROKEN
from tests.stories.forging import SECRET, Forger, forger
from tests.stories.records import facts
from tests.stories.world import World

__all__ = ["forger"]
FOREIGN = {"user": {"id": "U99MALLORY", "team_id": "T99OTHER"}, "team": {"id": "T01ACME"}}
REFUSAL = "People of another workspace cannot do this here"


def send(world: World, body: dict[str, Any]) -> httpx.Response:
    """A body as Slack signs it: a command or an event as it is, an interaction as `payload`."""
    event = body.get("type") == "event_callback"
    form = urlencode(body if "command" in body else {"payload": json.dumps(body)})
    raw, stamp = (json.dumps(body) if event else form).encode(), str(int(time.time()))
    headers = {"content-type": "application/json" if event else "application/x-www-form-urlencoded",
               "x-slack-request-timestamp": stamp,
               "x-slack-signature": signature(world.sandbox.signing_secret, stamp, raw)}  # fmt: skip
    return httpx.post(f"{world.app.url}/slack/events", content=raw, headers=headers, trust_env=False, verify=False,
                      timeout=60)  # fmt: skip


def click(action: str, value: str, **more: Any) -> dict[str, Any]:
    actions = [{"action_id": action, "block_id": "b", "action_ts": "1", "type": "button", "value": value}]
    return {"type": "block_actions", "trigger_id": f"t-{action}", "channel": {"id": "C01GENERAL"}, "actions": actions,
            "message": {"ts": "1"}, **more}  # fmt: skip


def test_somebody_of_another_workspace_can_do_nothing_by_any_door(forger: Forger) -> None:
    world = forger.world
    world.ana.says("/incident sev1 Checkout is down").says("INC-2")
    before = len(facts(world, "incidents.role_assigned")), len(facts(world, "incidents.declared"))
    assert send(world, click("incident.take_ic", "2", **FOREIGN)).status_code == 200
    view = {"id": "V1", "type": "modal", "callback_id": "declare", "private_metadata": "{}", "blocks": [],
            "state": {"values": {"title": {"title": {"value": "mine"}}}}}  # fmt: skip
    form = send(world, {"type": "view_submission", "trigger_id": "t1", "view": view, **FOREIGN})
    assert REFUSAL in form.text
    command = {"command": "/incident", "text": "sev1 mail is down", "user_id": "U99MALLORY", "team_id": "T99OTHER",
               "channel_id": "C01GENERAL", "trigger_id": "t2"}  # fmt: skip
    assert REFUSAL in send(world, command).text
    asked = {"type": "block_suggestion", "action_id": "declare.service", "value": "", **FOREIGN}
    assert send(world, asked).json() == {"options": []}
    for name in ("shortcut", "message_action"):
        assert send(world, {"type": name, "callback_id": "incident.declare", "trigger_id": name, **FOREIGN}).is_success
    room = world.rooms()[-1]["id"]
    pin = {"type": "reaction_added", "user": "U99MALLORY", "user_team": "T99OTHER", "reaction": "pushpin",
           "item": {"type": "message", "channel": room, "ts": "1.1"}}  # fmt: skip
    assert send(world, {"type": "event_callback", "event_id": "Ev9", "event": pin}).status_code == 200
    world.settle()
    assert before == (len(facts(world, "incidents.role_assigned")), len(facts(world, "incidents.declared")))
    assert facts(world, "incidents.note_added") == []
    assert not [one for one in world.calls("views.open") if "declare" in str(one)]


def test_somebody_of_ours_is_let_in_whatever_workspace_the_channel_belongs_to(forger: Forger) -> None:
    world = forger.world
    world.ana.says("/incident sev1 Checkout is down").says("INC-2")
    before = len(facts(world, "incidents.role_assigned"))
    ours = {"user": {"id": world.bo.id, "team_id": "T01ACME"}, "team": {"id": "T99OTHER"}}
    send(world, click("incident.take_ic", "2", **ours))
    assert len(facts(world, "incidents.role_assigned")) == before + 1


def test_what_lacks_its_parts_is_acknowledged_and_logged_once(forger: Forger, caplog: pytest.LogCaptureFixture) -> None:
    world = forger.world
    for case, body in BROKEN.items():
        caplog.clear()
        answer = send(world, body)
        assert (answer.status_code, answer.text) == (200, ""), case
        said = [one for one in caplog.records if one.levelno >= logging.WARNING]
        assert len(said) == 1, (case, [one.getMessage() for one in said])
        assert not said[0].exc_info, case


@pytest.mark.parametrize("text", ["sev1 mail is down", "note INC-1 x", "resolve INC-1 x"])
def test_a_command_that_waited_longer_than_slack_is_told_and_not_carried_out(forger: Forger, text: str) -> None:
    world = forger.world
    pulse = world.app.pulse
    pulse.stop()  # we play its part
    pulse._thread.join()
    pulse._thread.is_alive = lambda: True  # type: ignore[method-assign]
    pulse._last -= 60 + STILL
    pulse.beat()
    command = {"command": "/incident", "text": text, "user_id": world.cy.id, "team_id": "T01ACME",
               "channel_id": "C01GENERAL", "trigger_id": "old"}  # fmt: skip
    journal = len(facts(world, "incidents.declared")), len(facts(world, "incidents.note_added"))
    assert SECRET not in send(world, command).text
    world.settle()
    assert journal == (len(facts(world, "incidents.declared")), len(facts(world, "incidents.note_added")))
    world.cy.dms().expects(f"/incident {text}", "62 seconds late", "nothing was done")
    world.app.pulse._woke -= 100
    assert world.cy.says(f"/incident {text}").ok, "a moment later the same command is carried out"
    assert "seconds late" not in world.cy.says("/incident list").text
