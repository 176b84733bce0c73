"""Modals that change while somebody fills them in: what stays, what is refused, what closing does."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Heard, People
from tests.sandbox.test_modals import FORM, OPTIONS, TEXT, Json

LEVEL: Json = {
    "type": "input",
    "block_id": "level",
    "dispatch_action": True,
    "label": TEXT,
    "element": {"type": "static_select", "action_id": "pick", "options": OPTIONS},
}
LIVE = {
    "type": "modal",
    "callback_id": "live",
    "external_id": "live-1",
    "clear_on_close": True,
    "notify_on_close": True,
    "title": TEXT,
    "submit": TEXT,
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": TEXT,
            "element": {"type": "plain_text_input", "action_id": "in"},
        },
        LEVEL,
    ],
}


def _open_live(bolt: App, connect: Callable[[], Any], people: People) -> str:
    @bolt.command("/bell")
    def form(ack: Any, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=LIVE)
        ack()

    connect()
    view: str = people.do("command", user="ana", channel="incidents", text="/bell")["view_id"]
    return view


def test_what_was_typed_survives_an_update(bolt: App, connect: Callable[[], Any], people: People, heard: Heard) -> None:
    @bolt.action("pick")
    def picked(ack: Any, body: Json, client: WebClient) -> None:
        heard.append(body["view"]["state"]["values"])
        more = {"type": "section", "text": {"type": "mrkdwn", "text": "high needs a reason"}}
        client.views_update(
            view_id=body["view"]["id"], hash=body["view"]["hash"], view={**LIVE, "blocks": [more, *LIVE["blocks"]]}
        )
        ack()

    view = _open_live(bolt, connect, people)
    before = people.look("state")["views"]["U01ANA"][0]
    typed = {"title": {"in": "Payments"}}
    assert people.do("click", user="ana", view_id=view, action_id="pick", value="high", values=typed)["ok"]
    after = people.look("state")["views"]["U01ANA"][0]
    assert heard[0]["title"]["in"]["value"] == "Payments"
    assert after["state"]["values"] == heard[0], "typed and chosen things stay"
    assert (len(after["blocks"]), after["hash"] != before["hash"]) == (3, True)


def test_an_update_does_not_reach_into_an_input_that_is_still_there(
    bolt: App, connect: Callable[[], Any], people: People, client: WebClient
) -> None:
    view = _open_live(bolt, connect, people)
    title, level = LIVE["blocks"]
    said = {**title, "element": {**title["element"], "initial_value": "from the app"}}
    chosen = {**level, "element": {**level["element"], "initial_option": OPTIONS[1]}}
    fresh = {**chosen, "block_id": "level-2"}
    client.views_update(view_id=view, view={**LIVE, "blocks": [said, chosen, fresh]})
    values = people.look("state")["views"]["U01ANA"][0]["state"]["values"]
    assert values["title"]["in"]["value"] is None, "it was empty, and nobody touched it"
    assert values["level"]["pick"]["selected_option"] is None
    assert values["level-2"]["pick"]["selected_option"] == OPTIONS[1], "another block_id is another input"
    fewer = {**chosen, "block_id": "level-2", "element": {**level["element"], "options": OPTIONS[:1]}}
    client.views_update(view_id=view, view={**LIVE, "blocks": [said, fewer]})
    values = people.look("state")["views"]["U01ANA"][0]["state"]["values"]
    assert values["level-2"]["pick"]["selected_option"] is None, "what is not offered any more is not chosen"


def test_a_stale_hash_an_external_id_and_a_deep_stack(bolt: App, connect: Callable[[], Any], people: People) -> None:
    errors: list[str] = []

    @bolt.action("pick")
    def picked(ack: Any, body: Json, client: WebClient) -> None:
        for attempt in (
            lambda: client.views_update(view_id=body["view"]["id"], hash="stale", view=LIVE),
            lambda: client.views_update(external_id="live-1", hash=body["view"]["hash"], view=LIVE),
            lambda: client.views_push(trigger_id=body["trigger_id"], view=LIVE),
            lambda: client.views_push(trigger_id=body["trigger_id"], view=FORM),
        ):
            try:
                attempt()
                errors.append("")
            except SlackApiError as refusal:
                errors.append(refusal.response["error"])
        ack()

    view = _open_live(bolt, connect, people)
    people.do("click", user="ana", view_id=view, action_id="pick", value="low")
    assert errors == ["hash_conflict", "", "duplicate_external_id", ""]
    assert len(people.look("state")["views"]["U01ANA"]) == 2


def test_an_injected_conflict(bolt: App, connect: Callable[[], Any], people: People, client: WebClient) -> None:
    view = _open_live(bolt, connect, people)
    fresh = people.look("state")["views"]["U01ANA"][0]["hash"]
    people.do("faults", hash_conflict=1)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view, hash=fresh, view=LIVE)
    assert client.views_update(view_id=view, hash=fresh, view=LIVE)["ok"]


def test_closing_clears_the_stack_where_the_view_says_so(
    bolt: App, connect: Callable[[], Any], people: People, heard: Heard
) -> None:
    for callback_id in ("live", "form"):
        bolt.view_closed(callback_id)(lambda ack, body: (heard.append(body), ack()))
    view = _open_live(bolt, connect, people)
    assert people.do("close_view", user="ana", view_id=view)["ok"]
    assert heard[0]["is_cleared"] is True
    assert people.look("state")["views"] == {}


def test_an_input_that_goes_and_comes_back_is_empty(
    bolt: App, connect: Callable[[], Any], people: People, client: WebClient
) -> None:
    bolt.action("pick")(lambda ack: ack())
    view = _open_live(bolt, connect, people)
    people.do("click", user="ana", view_id=view, action_id="pick", value="high")
    other = {**LEVEL, "element": {**LEVEL["element"], "action_id": "other"}}
    client.views_update(view_id=view, view={**LIVE, "blocks": [other]})
    client.views_update(view_id=view, view=LIVE)
    shown = people.look("state")["views"]["U01ANA"][0]
    assert shown["state"]["values"]["level"]["pick"]["selected_option"] is None
