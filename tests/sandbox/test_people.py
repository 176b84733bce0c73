"""People act and a real Bolt app answers, over Socket Mode."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.sandbox.conftest import Heard, People

Json = dict[str, Any]
TEXT = {"type": "plain_text", "text": "t"}
OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word.lower()} for word in ("Low", "High")]
BUTTONS = [
    {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "x"}},
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [
            {"type": "button", "action_id": "go", "text": TEXT, "value": "42"},
            {"type": "static_select", "action_id": "pick", "options": OPTIONS},
            {"type": "button", "action_id": "link", "text": TEXT, "url": "https://x.example"},
        ],
    },
]


def test_a_slash_command_is_answered_three_ways(bolt: App, connect: Callable[[], Any], people: People) -> None:
    @bolt.command("/bell")
    def ring(ack: Any, body: Json, respond: Any) -> None:
        respond("by response_url")
        respond({"text": "for all", "response_type": "in_channel"})
        ack(f"by ack: {body['text']} {body['channel_name']} {body['user_name']}")

    connect()
    answer = people.do("command", user="ana", channel="incidents", text="/bell very loud")
    assert [m["text"] for m in answer["ephemeral"]] == ["by response_url", "by ack: very loud incidents ana"]
    assert answer["response"] == {"text": "by ack: very loud incidents ana"}
    assert [m["text"] for m in people.messages("incidents") if not m["ephemeral_for"]] == ["for all"]


def test_mentions_are_escaped_only_where_the_manifest_asks(
    bolt: App, connect: Callable[[], Any], people: People
) -> None:
    for name in ("/bell", "/tell"):
        bolt.command(name)(lambda ack, body: ack(body["text"]))
    connect()
    typed = "@bo in #random"
    raw = people.do("command", user="ana", channel="incidents", text=f"/bell {typed}")["response"]["text"]
    escaped = people.do("command", user="ana", channel="incidents", text=f"/tell {typed}")["response"]["text"]
    assert (raw, escaped) == (typed, "<@U01BO> in <#C01RANDOM|random>")


def test_what_cannot_be_typed(connect: Callable[[], Any], people: People) -> None:
    connect()
    assert people.do("command", user="ana", channel="incidents", text="/nothing")["error"] == "unknown_command"
    assert people.status("command", user="nobody", channel="incidents", text="/bell") == 404
    assert people.status("command", user="ana", channel="nowhere", text="/bell") == 404
    assert people.do("command", user="old", channel="incidents", text="/bell")["error"] == "account_inactive"
    assert people.status("command", user="gus", channel="incidents", text="/bell") == 404, "guests see their rooms only"


def test_nobody_listens(slack: Sandbox, people: People) -> None:
    assert people.do("command", user="ana", channel="incidents", text="/bell")["error"] == "dispatch_failed"


def test_an_app_that_does_not_acknowledge(
    bolt: App, connect: Callable[[], Any], people: People, slack: Sandbox
) -> None:
    connect()
    slack.world.patience = 0.2
    answer = people.do("command", user="ana", channel="incidents", text="/bell")
    assert answer == {"ok": False, "error": "operation_timeout"}


def test_a_click_tells_where_and_what(
    bolt: App, connect: Callable[[], Any], people: People, client: WebClient, heard: Heard
) -> None:
    @bolt.action({"block_id": "acts"})
    def clicked(ack: Any, body: Json, respond: Any) -> None:
        heard.append(body)
        respond(text="replaced", replace_original=True)
        ack()

    connect()
    ts = client.chat_postMessage(channel="C01INCIDENTS", text="t", blocks=BUTTONS)["ts"]
    for action_id, value in (("go", None),):
        assert people.do("click", user="bo", channel="incidents", ts=ts, action_id=action_id, value=value)["ok"]
    body = heard[0]
    assert body["actions"][0] | {"action_ts": ""} == {
        "type": "button", "action_id": "go", "block_id": "acts", "text": TEXT, "value": "42", "action_ts": ""
    }  # fmt: skip
    assert body["container"] == {
        "type": "message", "message_ts": ts, "channel_id": "C01INCIDENTS", "is_ephemeral": False
    }  # fmt: skip
    assert body["state"]["values"] == {"acts": {"pick": {"type": "static_select", "selected_option": None}}}
    assert [m["text"] for m in people.messages("incidents")] == ["replaced"]


def test_a_choice_a_link_and_a_ghost(
    bolt: App, connect: Callable[[], Any], people: People, client: WebClient, heard: Heard
) -> None:
    @bolt.action({"block_id": "acts"})
    def clicked(ack: Any, body: Json) -> None:
        heard.append(body)
        ack()

    connect()
    ts = client.chat_postMessage(channel="C01INCIDENTS", text="t", blocks=BUTTONS)["ts"]
    place = {"user": "bo", "channel": "incidents", "ts": ts}
    assert people.do("click", **place, action_id="pick", value="high")["ok"]
    assert people.do("click", **place, action_id="link")["ok"]
    assert heard[0]["actions"][0]["selected_option"] == OPTIONS[1]
    assert heard[0]["state"]["values"]["acts"]["pick"]["selected_option"] == OPTIONS[1]
    assert heard[1]["actions"][0]["url"] == "https://x.example"
    assert people.do("click", **place, action_id="ghost")["error"] == "unknown_action"
    assert people.do("click", **place, action_id="pick", value="middling")["error"] == "unknown_option"
    assert people.status("click", user="bo", channel="incidents", ts="1.0", action_id="go") == 404
    client.chat_update(channel="C01INCIDENTS", ts=ts, text="over", blocks=BUTTONS[:1])
    assert people.do("click", **place, action_id="go")["error"] == "unknown_action"
    assert people.do("click", **place, action_id="go", stale=True)["ok"]
    assert heard[-1]["message"]["text"] == "over"


def test_the_home_tab_is_published_and_clicked(
    bolt: App, connect: Callable[[], Any], people: People, client: WebClient, heard: Heard
) -> None:
    @bolt.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": BUTTONS})

    @bolt.action("go")
    def clicked(ack: Any, body: Json) -> None:
        heard.append(body)
        ack()

    connect()
    home = people.do("home", user="ana")["view"]
    assert people.do("click", user="ana", view_id=home["id"], action_id="go")["ok"]
    assert heard[0]["view"]["type"] == "home"
    assert heard[0]["container"] == {"type": "view", "view_id": home["id"]}
    assert people.status("click", user="bo", view_id=home["id"], action_id="go") == 404, "not Bo's home"


def test_every_deed_is_answered_in_the_same_shape(bolt: App, connect: Callable[[], Any], people: People) -> None:
    for event in ("message", "reaction_added", "app_home_opened"):
        bolt.event(event)(lambda: None)
    connect()
    place = {"user": "ana", "channel": "incidents"}
    posted = people.do("message", **place, text="hear me")
    liked = people.do("reaction", **place, ts=posted["ts"], name="eyes")
    home = people.do("home", user="ana")
    for told in (posted, liked, home):
        assert {"ok", "ack_ms", "response", "ephemeral", "view_id"} <= set(told), told


def test_shortcuts(bolt: App, connect: Callable[[], Any], people: People, client: WebClient, heard: Heard) -> None:
    for callback_id in ("ring", "ring_about"):
        bolt.shortcut(callback_id)(lambda ack, body: (heard.append(body), ack()))
    bolt.event("message")(lambda event: None)
    connect()
    ts = people.do("message", user="bo", channel="incidents", text="it is down")["ts"]
    assert people.do("shortcut", user="ana", callback_id="ring")["ok"]
    assert people.do("shortcut", user="ana", callback_id="ring_about", channel="incidents", ts=ts)["ok"]
    assert [body["type"] for body in heard] == ["shortcut", "message_action"]
    assert "response_url" not in heard[0]
    assert (heard[1]["message"]["text"], heard[1]["message_ts"]) == ("it is down", ts)
    assert people.do("shortcut", user="ana", callback_id="nothing")["error"] == "unknown_shortcut"


def test_events_reach_the_app_where_it_is_a_member(
    bolt: App, connect: Callable[[], Any], people: People, heard: Heard
) -> None:
    for kind in ("message", "app_mention", "reaction_added", "member_joined_channel"):
        bolt.event(kind)(lambda event: heard.append(event))
    connect()
    ts = people.do("message", user="ana", channel="incidents", text="hello @bell")["ts"]
    people.do("message", user="ana", channel="random", text="the app is not in here")
    people.do("reaction", user="bo", channel="incidents", ts=ts, name="pushpin")
    people.do("company", join={"channel": "platform", "user": "li"})
    people.do("settle")
    kinds = {(event["type"], event.get("subtype")) for event in heard}
    assert kinds == {
        ("message", None),
        ("app_mention", None),
        ("reaction_added", None),
        ("message", "channel_join"),
        ("member_joined_channel", None),
    }
    assert all(event.get("text") != "the app is not in here" for event in heard)


def test_a_new_status_is_a_change_of_a_person_like_any_other(
    bolt: App, connect: Callable[[], Any], people: People, heard: Heard
) -> None:
    bolt.event("user_change")(lambda event: heard.append(event))
    connect()
    people.do("company", status={"user": "ana", "text": "at lunch"})
    people.do("settle")
    assert [(event["user"]["id"], event["user"]["profile"]["status_text"]) for event in heard] == [
        ("U01ANA", "at lunch")
    ]


def test_a_response_url_is_used_five_times_within_half_an_hour(
    bolt: App, connect: Callable[[], Any], people: People
) -> None:
    statuses: list[int] = []
    later: list[Any] = []

    @bolt.command("/bell")
    def ring(ack: Any, respond: Any) -> None:
        later.append(respond)
        ack()

    connect()
    people.do("command", user="ana", channel="incidents", text="/bell")
    statuses += [later[0]("again").status_code for _ in range(6)]
    people.do("command", user="ana", channel="incidents", text="/bell")
    people.do("clock", advance=31 * 60)
    statuses.append(later[1]("too late").status_code)
    assert statuses == [200] * 5 + [404, 404]


def test_typed_text_becomes_markup(people: People, slack: Sandbox) -> None:
    answer = people.do("message", user="ana", channel="incidents", text="@bo & @platform-team: <b> #support @here")
    assert answer["message"]["text"] == (
        "<@U01BO> &amp; <!subteam^S01PLATFORM|@platform-team>: &lt;b&gt; <#C01SUPPORT|support> <!here>"
    )


def test_unread_counts_and_reading(people: People, slack: Sandbox) -> None:
    people.do("read", user="bo", channel="incidents")
    people.do("message", user="ana", channel="incidents", text="one")
    people.do("message", user="ana", channel="incidents", text="two @bo")
    assert people.look("unread?user=bo")["channels"]["C01INCIDENTS"] == {"count": 2, "mentions": 1}
    assert people.look("unread?user=ana")["channels"]["C01INCIDENTS"]["count"] == 0
    people.do("read", user="bo", channel="incidents")
    assert people.look("unread?user=bo")["channels"]["C01INCIDENTS"]["count"] == 0


def test_the_manifest_says_what_can_be_typed(people: People, slack: Sandbox) -> None:
    offered = people.look("commands")
    assert [c["command"] for c in offered["commands"]] == ["/bell", "/tell"]
    assert [(s["callback_id"], s["type"]) for s in offered["shortcuts"]] == [
        ("ring", "global"),
        ("ring_about", "message"),
    ]


@pytest.mark.parametrize(
    ("missing", "deed", "error"),
    [
        ({"scopes": frozenset()}, {"deed": "command", "channel": "incidents", "text": "/bell"}, "unknown_command"),
        ({"scopes": frozenset()}, {"deed": "shortcut", "callback_id": "ring"}, "unknown_shortcut"),
        ({"interactivity": False}, {"deed": "shortcut", "callback_id": "ring"}, "interactivity_disabled"),
        ({"messages_read_only": True}, {"deed": "message", "channel": "{dm}", "text": "hi"}, "messages_tab_disabled"),
    ],
)
def test_what_a_manifest_without_it_forbids(
    slack: Sandbox, people: People, missing: Json, deed: Json, error: str
) -> None:
    room = people.do("dm", user="ana", **{"with": "bell"})["channel"]
    slack.world.app.manifest = replace(slack.world.app.manifest, **missing)
    body = {key: room if value == "{dm}" else value for key, value in deed.items()}
    assert people.do(body.pop("deed"), user="ana", **body)["error"] == error
