"""The Web API with the real client: what succeeds, and how it looks afterwards."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from sandbox.manifest import Manifest
from tests.sandbox.conftest import People

ROOM = "C01INCIDENTS"
Json = dict[str, Any]


def test_who_am_i(client: WebClient, slack: Sandbox) -> None:
    answer = client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team"]) == ("U01SANDBOX", "B01SANDBOX", "Acme")
    assert answer["url"] == f"{slack.url}/"
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    "send",
    [
        lambda url, args, token: httpx.get(url, params={**args, "token": token}),
        lambda url, args, token: httpx.post(url, data={**args, "token": token}),
        lambda url, args, token: httpx.post(url, params=args, headers={"authorization": f"Bearer {token}"}),
        lambda url, args, token: httpx.post(url, json=args, headers={"authorization": f"Bearer {token}"}),
        lambda url, args, token: httpx.post(
            url, files={key: (None, value) for key, value in args.items()}, headers={"authorization": f"Bearer {token}"}
        ),
    ],
    ids=["query", "form", "query of a post", "json", "multipart"],
)
def test_arguments_arrive_every_way(slack: Sandbox, send: Any) -> None:
    answer = send(f"{slack.api_url}users.info", {"user": "U01ANA"}, slack.bot_token).json()
    assert answer["user"]["real_name"] == "Ana Ruiz"


def test_a_war_room_from_birth_to_archive(client: WebClient, people: People) -> None:
    room = client.conversations_create(name="inc-1")["channel"]["id"]
    client.conversations_invite(channel=room, users="U01ANA,U01GUS")
    client.conversations_setTopic(channel=room, topic="SEV-1")
    client.conversations_setPurpose(channel=room, purpose="Fix it")
    client.conversations_rename(channel=room, name="inc-1-payments")
    client.conversations_kick(channel=room, user="U01GUS")
    info = client.conversations_info(channel=room)["channel"]
    assert (info["name"], info["topic"]["value"], info["purpose"]["value"]) == ("inc-1-payments", "SEV-1", "Fix it")
    assert client.conversations_members(channel=room)["members"] == ["U01SANDBOX", "U01ANA"]
    client.conversations_archive(channel=room)
    assert client.conversations_info(channel=room)["channel"]["is_archived"]
    assert "U01SANDBOX" not in people.channel(room)["members"], "archiving throws the app out"
    assert people.do("unarchive", user="ana", channel=room)["ok"], "which is for people"
    assert people.channel(room)["members"] == ["U01ANA"]
    assert client.conversations_join(channel=room)["ok"]
    subtypes = [m.get("subtype") for m in people.messages(room)]
    assert subtypes == [
        "channel_join", "channel_join", "channel_join", "channel_topic", "channel_purpose", "channel_name",
        "channel_leave", "channel_archive", "channel_unarchive", "channel_join",
    ]  # fmt: skip


def test_invitations_are_all_or_nothing_unless_forced(client: WebClient) -> None:
    room = client.conversations_create(name="inc-2", is_private=True)["channel"]["id"]
    with pytest.raises(SlackApiError) as refusal:
        client.conversations_invite(channel=room, users="U01ANA,U0NOBODY")
    assert refusal.value.response["errors"] == [{"user": "U0NOBODY", "ok": False, "error": "user_not_found"}]
    assert client.conversations_members(channel=room)["members"] == ["U01SANDBOX"]
    answer = client.conversations_invite(channel=room, users="U01ANA,U0NOBODY", force=True)
    assert [error["user"] for error in answer["errors"]] == ["U0NOBODY"]
    assert client.conversations_members(channel=room)["members"] == ["U01SANDBOX", "U01ANA"]


def test_pages_of_a_list(client: WebClient) -> None:
    pages = [page["members"] for page in client.users_list(limit=4)]
    assert [len(page) for page in pages] == [4, 4, 1]
    names = [user["name"] for page in pages for user in page]
    assert len(names) == len(set(names))


def test_history_is_newest_first_and_within_bounds(client: WebClient) -> None:
    stamps = [str(client.chat_postMessage(channel=ROOM, text=f"m{n}")["ts"]) for n in range(5)]
    found = client.conversations_history(channel=ROOM, oldest=stamps[1], latest=stamps[4])["messages"]
    assert [m["text"] for m in found] == ["m3", "m2"]
    found = client.conversations_history(channel=ROOM, oldest=stamps[1], latest=stamps[4], inclusive=True)["messages"]
    assert [m["text"] for m in found] == ["m4", "m3", "m2", "m1"]
    first = client.conversations_history(channel=ROOM, limit=2)
    assert (first["has_more"], [m["text"] for m in first["messages"]]) == (True, ["m4", "m3"])


def test_metadata_only_for_those_who_ask(client: WebClient) -> None:
    note = {"event_type": "bell", "event_payload": {"key": "k1"}}
    ts = client.chat_postMessage(channel=ROOM, text="t", metadata=note)["ts"]
    assert "metadata" not in client.conversations_history(channel=ROOM)["messages"][0]
    assert client.conversations_history(channel=ROOM, include_all_metadata=True)["messages"][0]["metadata"] == note
    client.chat_postMessage(channel=ROOM, text="reply", thread_ts=ts, metadata=note)
    replies = client.conversations_replies(channel=ROOM, ts=ts, include_all_metadata=True)["messages"]
    assert [m["metadata"] for m in replies] == [note, note]


def test_threads(client: WebClient) -> None:
    root = client.chat_postMessage(channel=ROOM, text="root")["ts"]
    reply = client.chat_postMessage(channel=ROOM, text="reply", thread_ts=root)["ts"]
    client.chat_postMessage(channel=ROOM, text="to all", thread_ts=reply, reply_broadcast=True)
    top = client.conversations_history(channel=ROOM)["messages"]
    assert [(m["text"], m.get("subtype")) for m in top] == [("to all", "thread_broadcast"), ("root", None)]
    assert (top[1]["reply_count"], top[1]["thread_ts"]) == (2, root)
    found = client.conversations_replies(channel=ROOM, ts=root)["messages"]
    assert [m["text"] for m in found] == ["root", "reply", "to all"]
    alone = client.conversations_replies(channel=ROOM, ts=str(reply))["messages"]
    assert [m["text"] for m in alone] == ["reply"], "of a reply that reply"
    client.chat_delete(channel=ROOM, ts=str(root))
    found = client.conversations_replies(channel=ROOM, ts=root)["messages"]
    assert [(m["text"], m.get("subtype")) for m in found][:2] == [
        ("This message was deleted.", "tombstone"),
        ("reply", None),
    ]


def test_text_is_stored_escaped(client: WebClient) -> None:
    answer = client.chat_postMessage(channel=ROOM, text="a & b <c> <@U01ANA> <https://x.example|x> &amp;")
    assert answer["message"]["text"] == "a &amp; b &lt;c&gt; <@U01ANA> <https://x.example|x> &amp;"


def test_text_alone_removes_the_blocks(client: WebClient) -> None:
    blocks = [{"type": "divider"}]
    ts = client.chat_postMessage(channel=ROOM, text="t", blocks=blocks)["ts"]
    only_blocks = client.api_call("chat.update", json={"channel": ROOM, "ts": ts, "blocks": blocks * 2})["message"]
    assert (len(only_blocks["blocks"]), only_blocks["text"], "edited" in only_blocks) == (2, "t", False)
    only_text = client.chat_update(channel=ROOM, ts=ts, text="u")["message"]
    assert ("blocks" in only_text, only_text["text"], "edited" in only_text) == (False, "u", True)


def test_a_user_id_is_a_direct_message(client: WebClient, people: People) -> None:
    sent = client.chat_postMessage(channel="U01ANA", text="psst")
    opened = client.conversations_open(users="U01ANA")["channel"]["id"]
    assert sent["channel"] == opened
    assert opened.startswith("D")
    assert people.do("dm", user="ana", **{"with": "bell"})["channel"] == opened
    client.chat_delete(channel=opened, ts=sent["ts"])
    assert people.messages(opened) == []


def test_a_message_to_a_deactivated_person_is_accepted(client: WebClient, people: People) -> None:
    sent = client.chat_postMessage(channel="U01OLD", text="anybody there?")
    assert client.chat_update(channel=sent["channel"], ts=sent["ts"], text="nobody")["ok"]
    people.do("company", deactivate="bo")
    assert client.chat_postMessage(channel="U01BO", text="still?")["ok"]


@pytest.mark.parametrize("name", ["#incidents", "incidents"])
def test_a_public_channel_can_be_written_to_by_its_name(client: WebClient, name: str) -> None:
    assert client.chat_postMessage(channel=name, text="t")["channel"] == ROOM


def test_an_ephemeral_message_is_for_one(client: WebClient, people: People) -> None:
    client.chat_postEphemeral(channel=ROOM, user="U01ANA", text="psst")
    assert [m["text"] for m in people.look(f"messages/{ROOM}?user=ana")] == ["psst"]
    assert people.look(f"messages/{ROOM}?user=bo") == []
    assert client.conversations_history(channel=ROOM)["messages"] == []


def test_a_person_of_action(client: WebClient, people: People) -> None:
    client.chat_meMessage(channel=ROOM, text="rings")
    assert [(m["text"], m["subtype"]) for m in people.messages(ROOM)] == [("rings", "me_message")]


def test_a_permalink_begins_with_the_teams_url(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=ROOM, text="t")["ts"]
    link = client.chat_getPermalink(channel=ROOM, message_ts=ts)["permalink"]
    assert link == f"{client.auth_test()['url']}archives/{ROOM}/p{str(ts).replace('.', '')}"


def test_pins_bookmarks_reactions(client: WebClient, people: People) -> None:
    ts = str(client.chat_postMessage(channel=ROOM, text="t")["ts"])
    client.pins_add(channel=ROOM, timestamp=ts)
    assert [item["message"]["ts"] for item in client.pins_list(channel=ROOM)["items"]] == [ts]
    mark = client.bookmarks_add(channel_id=ROOM, title="Dashboard", type="link", link="https://x.example")["bookmark"]
    client.bookmarks_edit(channel_id=ROOM, bookmark_id=mark["id"], title="Graphs")
    assert [m["title"] for m in client.bookmarks_list(channel_id=ROOM)["bookmarks"]] == ["Graphs"]
    client.reactions_add(channel=ROOM, timestamp=ts, name="eyes")
    people.do("reaction", user="ana", channel=ROOM, ts=ts, name="eyes")
    found = client.reactions_get(channel=ROOM, timestamp=ts)["message"]["reactions"]
    assert found == [{"name": "eyes", "users": ["U01SANDBOX", "U01ANA"], "count": 2}]
    client.reactions_remove(channel=ROOM, timestamp=ts, name="eyes")
    client.pins_remove(channel=ROOM, timestamp=ts)
    client.bookmarks_remove(channel_id=ROOM, bookmark_id=mark["id"])
    shown = people.channel("incidents")
    assert (shown["pins"], shown["bookmarks"]) == ([], [])


def test_user_groups(client: WebClient) -> None:
    group = client.usergroups_create(name="On call", handle="oncall")["usergroup"]["id"]
    client.usergroups_users_update(usergroup=group, users=["U01ANA", "U01BO"])
    assert client.usergroups_users_list(usergroup=group)["users"] == ["U01ANA", "U01BO"]
    client.usergroups_update(usergroup=group, handle="on-call")
    handles = [g["handle"] for g in client.usergroups_list(include_users=True)["usergroups"]]
    assert handles == ["platform-team", "on-call"]
    client.usergroups_disable(usergroup=group)
    assert len(client.usergroups_list()["usergroups"]) == 1


def test_a_scheduled_message_waits_for_the_clock(client: WebClient, people: People) -> None:
    now = int(people.look("clock")["now"])
    keep = client.chat_scheduleMessage(channel=ROOM, text="later", post_at=now + 600)["scheduled_message_id"]
    drop = client.chat_scheduleMessage(channel=ROOM, text="never", post_at=now + 700)["scheduled_message_id"]
    client.chat_deleteScheduledMessage(channel=ROOM, scheduled_message_id=drop)
    listed = client.chat_scheduledMessages_list(channel=ROOM)["scheduled_messages"]
    assert [item["id"] for item in listed] == [keep]
    assert people.messages(ROOM) == []
    people.do("clock", advance=800)
    assert [m["text"] for m in people.messages(ROOM)] == ["later"]


def test_a_scheduled_message_keeps_its_metadata(client: WebClient, people: People) -> None:
    now = int(people.look("clock")["now"])
    note = {"event_type": "bell", "event_payload": {"key": "k1"}}
    planned = client.chat_scheduleMessage(channel=ROOM, text="later", post_at=now + 60, metadata=note)
    assert planned["message"]["metadata"] == note
    people.do("clock", advance=70)
    assert [m["metadata"] for m in people.messages(ROOM)] == [note]


def test_people_can_be_found(client: WebClient) -> None:
    user = client.users_lookupByEmail(email="ANA@acme.example")["user"]
    assert (user["id"], user["tz"], user["tz_offset"] // 3600 in (1, 2)) == ("U01ANA", "Europe/Madrid", True)
    flags = {u["name"]: (u["deleted"], u.get("is_restricted"), u["is_bot"]) for u in client.users_list()["members"]}
    assert flags["gus"] == (False, True, False)
    assert flags["old"] == (True, None, False), "little is left of a closed account"
    assert flags["bell"] == (False, False, True)


def test_little_is_left_of_a_closed_account(client: WebClient) -> None:
    gone = client.users_info(user="U01OLD")["user"]
    assert (gone["deleted"], gone["profile"]["real_name"]) == (True, "Otto Lang")
    assert not {"real_name", "tz", "is_admin", "is_email_confirmed"} & set(gone)
    here = [one["name"] for one in client.users_list()["members"] if one.get("is_email_confirmed")]
    assert here == ["ana", "bo", "cy", "dee", "eve", "li", "gus"]


def test_a_scope_that_the_manifest_lacks(client: WebClient, slack: Sandbox) -> None:
    with pytest.raises(SlackApiError) as refusal:
        client.users_setPresence(presence="away")
    assert refusal.value.response["error"] == "unknown_method"
    slack.world.app.manifest = Manifest(scopes=frozenset({"chat:write"}))
    with pytest.raises(SlackApiError) as refusal:
        client.conversations_history(channel=ROOM)
    answer = refusal.value.response
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "channels:history",
        "chat:write",
    )


def test_the_company_changes(people: People, client: WebClient) -> None:
    people.do("company", deactivate="bo", guest="cy", kick_bot="platform", add_user={"name": "fay"})
    flags = {u["name"]: (u["deleted"], u.get("is_restricted")) for u in client.users_list()["members"]}
    assert (flags["bo"], flags["cy"], flags["fay"]) == ((True, None), (False, True), (False, False))
    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.chat_postMessage(channel="C01PLATFORM", text="t")
    people.do("company", archive="incidents")
    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_postMessage(channel=ROOM, text="t")
    assert people.do("company", paint="it black")["error"] == "unknown_change"


def test_do_not_disturb(people: People, client: WebClient, slack: Sandbox) -> None:
    people.do("company", dnd={"user": "ana", "hours": "22:00-07:00"})
    people.do("company", dnd={"user": "bo", "minutes": 60})
    found = client.dnd_teamInfo(users=["U01ANA", "U01BO", "U01CY"])["users"]
    start, end = (found["U01ANA"][f"next_dnd_{edge}_ts"] for edge in ("start", "end"))
    zone = ZoneInfo("Europe/Madrid")
    assert [f"{datetime.fromtimestamp(at, zone):%H:%M}" for at in (start, end)] == ["22:00", "07:00"]
    assert end > slack.world.now()
    assert found["U01BO"]["dnd_enabled"]
    assert found["U01BO"]["next_dnd_start_ts"] <= slack.world.now() < found["U01BO"]["next_dnd_end_ts"]
    assert found["U01CY"] == {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    people.do("company", dnd={"user": "bo", "minutes": 0})
    alone = client.dnd_info(user="U01BO")
    assert alone["dnd_enabled"] is False
    assert "snooze_enabled" not in alone, "whether somebody pauses is theirs to know"


def test_logins(slack: Sandbox) -> None:
    client = WebClient(base_url=slack.api_url)
    answer = client.oauth_v2_access(client_id="1.2", client_secret="sandbox-client-secret", code="sandbox-code")
    assert (answer["access_token"], answer["bot_user_id"]) == (slack.bot_token, "U01SANDBOX")
    token = client.openid_connect_token(client_id="1.2", client_secret="sandbox-client-secret", code="sandbox-code")
    person = WebClient(base_url=slack.api_url, token=str(token["access_token"])).openid_connect_userInfo()
    assert person["https://slack.com/user_id"] == "U01ANA"
