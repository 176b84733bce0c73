"""What members do with messages and channels, and what the app hears of it; people of a connected workspace."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Heard, People

Json = dict[str, Any]
ROOM = "C01PLATFORM"
FORM = {"type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": "t"}, "blocks": []}
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "t"}}


@pytest.fixture
def listening(bolt: App, connect: Callable[[], Any], heard: Heard) -> Heard:
    """An app that hears everything that happens in its channels."""
    for kind in ("message", "app_mention", "channel_rename", "channel_archive", "channel_unarchive",
                 "group_archive", "member_left_channel", "reaction_removed"):  # fmt: skip
        bolt.event(kind)(lambda event: heard.append(event))
    connect()
    return heard


def kinds(heard: Heard) -> list[str]:
    """What was heard, by subtype where there is one."""
    return [event.get("subtype") or event["type"] for event in heard]


def test_people_edit_and_delete_what_they_wrote(listening: Heard, people: People) -> None:
    place = {"user": "ana", "channel": "platform"}
    ts = people.do("message", **place, text="it is down")["ts"]
    edited = people.do("edit", **place, ts=ts, text="it is down in @bo's region")
    assert edited["ok"]
    assert (edited["message"]["text"], edited["message"]["edited"]["user"]) == (
        "it is down in <@U01BO>'s region",
        "U01ANA",
    )
    assert people.do("delete", **place, ts=ts)["ok"]
    assert people.messages("platform") == []
    assert kinds(listening) == ["message", "message_changed", "message_deleted"]
    changed, deleted = listening[1:]
    assert (changed["message"]["ts"], changed["previous_message"]["text"]) == (ts, "it is down")
    assert (deleted["deleted_ts"], deleted["previous_message"]["user"]) == (ts, "U01ANA")


def test_a_message_with_a_thread_leaves_a_note_behind(listening: Heard, people: People) -> None:
    place = {"user": "ana", "channel": "platform"}
    ts = people.do("message", **place, text="root")["ts"]
    people.do("message", user="bo", channel="platform", text="reply", thread_ts=ts)
    people.do("delete", **place, ts=ts)
    assert [(m["text"], m.get("subtype")) for m in people.messages("platform")] == [
        ("This message was deleted.", "tombstone"),
        ("reply", None),
    ]
    assert (kinds(listening)[-1], listening[-1]["message"]["subtype"]) == ("message_changed", "tombstone")


@pytest.mark.parametrize(
    ("deed", "body", "error"),
    [
        ("edit", {"user": "bo", "ts": "{ana}", "text": "x"}, "cant_update_message"),
        ("edit", {"user": "dee", "ts": "{ana}", "text": "x"}, "cant_update_message"),
        ("edit", {"user": "ana", "ts": "{ana}", "text": " "}, "no_text"),
        ("edit", {"user": "ana", "ts": "{app}", "text": "x"}, "cant_update_message"),
        ("edit", {"user": "ana", "ts": "1.0", "text": "x"}, "message_not_found"),
        ("edit", {"user": "eve", "ts": "{ana}", "text": "x"}, "not_in_channel"),
        ("delete", {"user": "bo", "ts": "{ana}"}, "cant_delete_message"),
        ("delete", {"user": "old", "ts": "{ana}"}, "account_inactive"),
        ("rename", {"user": "ana", "name": "Big News"}, "invalid_name_specials"),
        ("rename", {"user": "ana", "name": "random"}, "name_taken"),
        ("rename", {"user": "eve", "name": "ours-now"}, "not_in_channel"),
        ("rename", {"user": "gus", "channel": "support", "name": "ours-now"}, "user_is_restricted"),
        ("archive", {"user": "gus", "channel": "support"}, "user_is_restricted"),
        ("archive", {"user": "ana", "channel": "general"}, "cant_archive_general"),
        ("unarchive", {"user": "ana"}, "not_archived"),
        ("leave", {"user": "ana", "channel": "general"}, "cant_leave_general"),
        ("leave", {"user": "eve"}, "not_in_channel"),
        ("command", {"user": "ana", "text": "/bell", "thread_ts": "{ana}"}, "not_supported_in_threads"),
    ],
)
def test_what_they_may_not(people: People, client: WebClient, deed: str, body: Json, error: str) -> None:
    places = {
        "{ana}": people.do("message", user="ana", channel="platform", text="t")["ts"],
        "{app}": client.chat_postMessage(channel=ROOM, text="t")["ts"],
    }
    filled = {key: places.get(value, value) for key, value in body.items()}
    assert people.do(deed, **{"channel": "platform", **filled})["error"] == error


def test_an_admin_deletes_what_others_wrote(people: People, client: WebClient) -> None:
    ts = people.do("message", user="ana", channel="platform", text="t")["ts"]
    assert people.do("delete", user="dee", channel="platform", ts=ts)["ok"]
    ts = client.chat_postMessage(channel=ROOM, text="t")["ts"]
    assert people.do("delete", user="dee", channel="platform", ts=ts)["ok"]


def test_a_channel_is_renamed_left_archived_and_brought_back(
    listening: Heard, people: People, client: WebClient
) -> None:
    assert people.do("rename", user="ana", channel="platform", name="infra")["acked"]
    assert people.do("leave", user="bo", channel="infra")["acked"]
    assert people.do("archive", user="cy", channel="infra")["acked"]
    assert kinds(listening) == [
        "channel_name", "channel_rename", "channel_leave", "member_left_channel", "channel_archive", "channel_archive",
    ]  # fmt: skip
    assert listening[1]["channel"]["name"] == "infra"
    shown = people.channel("infra")
    assert (shown["archived"], shown["members"]) == (True, ["U01ANA", "U01CY", "U01DEE"]), "without bo and the app"
    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_postMessage(channel=ROOM, text="t")
    assert people.do("message", user="ana", channel="infra", text="t")["error"] == "is_archived"
    assert people.do("unarchive", user="ana", channel="infra")["ok"]
    assert kinds(listening)[-1] == "channel_unarchive", "an event for everybody, not only for members"
    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.chat_postMessage(channel=ROOM, text="t")


def test_the_app_hears_of_its_private_room_for_the_last_time(
    listening: Heard, people: People, client: WebClient
) -> None:
    room = client.conversations_create(name="secret", is_private=True)["channel"]["id"]
    client.conversations_invite(channel=room, users="U01ANA")
    people.do("settle")
    listening.clear()
    people.do("archive", user="ana", channel=room)
    people.do("unarchive", user="ana", channel=room)
    people.do("message", user="ana", channel=room, text="among ourselves")
    assert kinds(listening) == ["group_archive", "group_archive"]
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.conversations_info(channel=room)


def test_a_reaction_is_taken_back(listening: Heard, people: People) -> None:
    ts = people.do("message", user="ana", channel="platform", text="t")["ts"]
    place = {"user": "bo", "channel": "platform", "ts": ts, "name": "pushpin"}
    people.do("reaction", **place)
    people.do("reaction", **place)
    assert kinds(listening)[-1] == "reaction_removed"


@pytest.fixture
def stranger(people: People) -> Json:
    """Zoe of a connected workspace, who is in one of our channels."""
    people.do("company", add_user={"name": "zoe", "is_stranger": True})
    people.do("company", join={"user": "zoe", "channel": "platform"})
    return next(one for one in people.look("state")["users"] if one["name"] == "zoe")


def test_people_of_a_connected_workspace(stranger: Json, people: People, client: WebClient) -> None:
    known = client.users_info(user=stranger["id"])["user"]
    assert (known["team_id"], known["is_stranger"], "email" in known["profile"]) == ("T02PARTNER", True, False)
    ours = client.users_info(user="U01ANA")["user"]
    assert (ours["team_id"], ours["is_email_confirmed"], "is_stranger" in ours) == ("T01ACME", True, False)
    shared = client.conversations_info(channel=ROOM)["channel"]
    assert (shared["is_ext_shared"], shared["shared_team_ids"]) == (True, ["T01ACME", "T02PARTNER"])
    assert client.conversations_info(channel="C01INCIDENTS")["channel"]["is_ext_shared"] is False
    zoe = {"user": "zoe", "channel": "platform"}
    assert people.do("command", **zoe, text="/bell")["error"] == "unknown_command", "the app is not theirs"
    assert people.do("shortcut", user="zoe", callback_id="ring")["error"] == "unknown_shortcut"
    assert people.status("message", user="zoe", channel="incidents", text="t") == 404
    assert people.do("archive", **zoe)["error"] == "user_is_restricted"


def test_a_stranger_presses_buttons_and_sends_forms(
    bolt: App, connect: Callable[[], Any], stranger: Json, people: People, client: WebClient, heard: Heard
) -> None:
    @bolt.action("go")
    def clicked(ack: Any, body: Json, client: WebClient) -> None:
        heard.append(body)
        client.views_open(trigger_id=body["trigger_id"], view={**FORM, "submit": BUTTON["text"]})
        ack()

    bolt.view("form")(lambda ack, body: (heard.append(body), ack()))
    bolt.event("message")(lambda body: heard.append(body))
    connect()
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    ts = client.chat_postMessage(channel=ROOM, text="t", blocks=blocks)["ts"]
    opened = people.do("click", user="zoe", channel="platform", ts=ts, action_id="go")
    assert people.do("submit", user="zoe", view_id=opened["view_id"])["ok"]
    people.do("message", user="zoe", channel="platform", text="from outside")
    people.do("settle")
    spoken = heard.pop()
    clicked_body, sent = (one for one in heard if one["type"] != "event_callback")
    for body in (clicked_body, sent):
        assert (body["user"]["team_id"], body["team"]["id"]) == ("T02PARTNER", "T02PARTNER")
    assert (sent["view"]["team_id"], sent["view"]["app_installed_team_id"]) == ("T01ACME", "T01ACME")
    assert (spoken["team_id"], spoken["event"]["user_team"]) == ("T01ACME", "T02PARTNER")
    assert spoken["is_ext_shared_channel"] is True
