"""Modals: opened, filled in, refused, pushed, closed; a real Bolt app answers over Socket Mode."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from tests.sandbox.conftest import Heard, People

Json = dict[str, Any]
TEXT = {"type": "plain_text", "text": "t"}
OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word.lower()} for word in ("Low", "High")]
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": TEXT,
    "submit": TEXT,
    "notify_on_close": True,
    "private_metadata": "kept",
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": TEXT,
            "element": {"type": "plain_text_input", "action_id": "in"},
        },
        {
            "type": "input",
            "block_id": "level",
            "label": TEXT,
            "element": {"type": "static_select", "action_id": "in", "options": OPTIONS, "initial_option": OPTIONS[0]},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": TEXT,
            "element": {"type": "multi_users_select", "action_id": "in"},
        },
        {
            "type": "input",
            "block_id": "quiet",
            "optional": True,
            "label": TEXT,
            "element": {"type": "checkboxes", "action_id": "in", "options": OPTIONS[:1]},
        },
        {
            "type": "input",
            "block_id": "service",
            "optional": True,
            "label": TEXT,
            "element": {"type": "external_select", "action_id": "find"},
        },
    ],
}


def _open_form(bolt: App, connect: Callable[[], Any], people: People) -> str:
    @bolt.command("/bell")
    def form(ack: Any, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    connect()
    view: str = people.do("command", user="ana", channel="incidents", text="/bell")["view_id"]
    return view


def test_a_modal_is_filled_in_and_submitted(
    bolt: App, connect: Callable[[], Any], people: People, heard: Heard
) -> None:
    @bolt.view("form")
    def submitted(ack: Any, view: Json) -> None:
        heard.append(view)
        ack()

    view = _open_form(bolt, connect, people)
    values = {"title": {"in": "Payments"}, "who": {"in": ["U01BO"]}, "quiet": {"in": True}}
    assert people.do("submit", user="ana", view_id=view, values=values)["ok"]
    state = heard[0]["state"]["values"]
    assert state["title"]["in"] == {"type": "plain_text_input", "value": "Payments"}
    assert state["level"]["in"]["selected_option"] == OPTIONS[0], "untouched inputs keep what they began with"
    assert state["who"]["in"]["selected_users"] == ["U01BO"]
    assert state["quiet"]["in"]["selected_options"] == OPTIONS[:1]
    assert state["service"]["find"] == {"type": "external_select", "selected_option": None}
    assert heard[0]["private_metadata"] == "kept"
    assert people.look("state")["views"] == {}


def test_a_required_input_is_checked_before_the_app_hears(
    bolt: App, connect: Callable[[], Any], people: People
) -> None:
    view = _open_form(bolt, connect, people)
    answer = people.do("submit", user="ana", view_id=view, values={})
    assert (answer["error"], list(answer["errors"])) == ("required", ["title"])


def test_errors_keep_the_modal_and_what_was_typed(bolt: App, connect: Callable[[], Any], people: People) -> None:
    bolt.view("form")(lambda ack: ack(response_action="errors", errors={"title": "too vague"}))
    view = _open_form(bolt, connect, people)
    answer = people.do("submit", user="ana", view_id=view, values={"title": {"in": "It"}, "level": {"in": "high"}})
    assert answer["response"] == {"response_action": "errors", "errors": {"title": "too vague"}}
    shown = people.look("state")["views"]["U01ANA"][0]
    assert shown["state"]["values"]["title"]["in"]["value"] == "It"
    assert shown["state"]["values"]["level"]["in"]["selected_option"]["value"] == "high"


@pytest.mark.parametrize(
    ("action", "stack"),
    [({"response_action": "clear"}, 0), ({"response_action": "update", "view": FORM}, 1), ({}, 0)],
)
def test_what_a_submission_may_answer(
    bolt: App, connect: Callable[[], Any], people: People, action: Json, stack: int
) -> None:
    bolt.view("form")(lambda ack: ack(**action))
    view = _open_form(bolt, connect, people)
    assert people.do("submit", user="ana", view_id=view, values={"title": {"in": "It"}})["ok"]
    assert len(people.look("state")["views"].get("U01ANA", [])) == stack


def test_views_are_pushed_three_deep(bolt: App, connect: Callable[[], Any], people: People) -> None:
    bolt.view("form")(lambda ack: ack(response_action="push", view=FORM))
    view, values = _open_form(bolt, connect, people), {"title": {"in": "It"}}
    for _ in range(2):
        view = people.do("submit", user="ana", view_id=view, values=values)["view_id"]
    assert people.do("submit", user="ana", view_id=view, values=values)["error"] == "push_limit_reached"
    stack = people.look("state")["views"]["U01ANA"]
    assert [(v["root_view_id"], v["previous_view_id"]) for v in stack] == [
        (stack[0]["id"], None),
        (stack[0]["id"], stack[0]["id"]),
        (stack[0]["id"], stack[1]["id"]),
    ]


def test_a_closed_modal_is_reported(bolt: App, connect: Callable[[], Any], people: People, heard: Heard) -> None:
    @bolt.view_closed("form")
    def closed(ack: Any, body: Json) -> None:
        heard.append(body)
        ack()

    view = _open_form(bolt, connect, people)
    assert people.do("close_view", user="ana", view_id=view)["ok"]
    assert (heard[0]["type"], heard[0]["is_cleared"], heard[0]["view"]["id"]) == ("view_closed", False, view)


def test_options_are_asked_from_the_app(bolt: App, connect: Callable[[], Any], people: People, heard: Heard) -> None:
    bolt.options("find")(lambda ack, body: ack(options=[o for o in OPTIONS if body["value"] in o["value"]]))

    @bolt.view("form")
    def submitted(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"]["service"]["find"])
        ack()

    view = _open_form(bolt, connect, people)
    found = people.do("options", user="ana", view_id=view, block_id="service", action_id="find", query="hi")
    assert found["options"] == OPTIONS[1:]
    values = {"title": {"in": "It"}, "service": {"find": "high"}}
    assert people.do("submit", user="ana", view_id=view, values=values)["ok"]
    assert heard[0]["selected_option"] == OPTIONS[1]


def test_a_trigger_opens_one_modal(
    bolt: App, connect: Callable[[], Any], people: People, client: WebClient, slack: Sandbox
) -> None:
    errors: list[str] = []

    @bolt.command("/bell")
    def form(ack: Any, body: Json, client: WebClient) -> None:
        for _ in range(2):
            try:
                client.views_open(trigger_id=body["trigger_id"], view=FORM)
            except SlackApiError as refusal:
                errors.append(refusal.response["error"])
        ack()

    connect()
    people.do("command", user="ana", channel="incidents", text="/bell")
    people.do("faults", expire_trigger=1)
    people.do("command", user="ana", channel="incidents", text="/bell")
    assert errors == ["exchanged_trigger_id", "expired_trigger_id", "expired_trigger_id"]
