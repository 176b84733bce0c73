"""What a good answer holds: for each method the keys that Slack documents, asked in a workspace with some life."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox import Sandbox
from tests.sandbox.conftest import MANIFEST

Json = dict[str, Any]
ROOM, WAR = "C01INCIDENTS", "{war}"
CHANNEL = ("id name name_normalized is_channel is_group is_im is_mpim is_private is_archived is_general is_member "
           "created creator unlinked is_shared is_ext_shared is_org_shared pending_shared is_pending_ext_shared topic "
           "purpose previous_names")  # fmt: skip
USER = ("id team_id name deleted color real_name tz tz_label tz_offset profile is_admin is_owner is_primary_owner "
        "is_restricted is_ultra_restricted is_bot updated is_app_user is_email_confirmed has_2fa")  # fmt: skip
VIEW = ("id team_id type title close submit blocks private_metadata callback_id external_id state hash clear_on_close "
        "notify_on_close root_view_id previous_view_id app_id bot_id")  # fmt: skip
GROUP = ("id team_id is_usergroup is_subteam name description handle is_external date_create date_update date_delete "
         "auto_type created_by updated_by deleted_by prefs user_count")  # fmt: skip
BOOKMARK = ("id channel_id title link emoji icon_url type entity_id date_created date_updated rank "
            "last_updated_by_user_id last_updated_by_team_id shortcut_id app_id")  # fmt: skip
MESSAGE = "type user ts text team bot_id app_id bot_profile"
HOME = {"type": "home", "blocks": []}
NOTE = {"event_type": "e", "event_payload": {"k": "v"}}
PAGE = {"": "messages has_more"}
# method, arguments, {place in the answer: keys that it holds}
PROBES: list[tuple[str, Json, dict[str, str]]] = [
    ("auth.test", {}, {"": "url team user team_id user_id bot_id is_enterprise_install"}),
    ("api.test", {"foo": "bar"}, {"args": "foo"}),
    ("team.info", {}, {"team": "id name domain url icon"}),
    ("bots.info", {"bot": "B01SANDBOX"}, {"bot": "id app_id user_id name deleted updated icons"}),
    ("emoji.list", {}, {"": "emoji cache_ts"}),
    ("conversations.create", {"name": "probe"}, {"channel": CHANNEL}),
    ("conversations.info", {"channel": WAR}, {"channel": CHANNEL, "channel.topic": "value creator last_set"}),
    ("conversations.list", {"limit": 2}, {"": "channels", "response_metadata": "next_cursor"}),
    ("conversations.members", {"channel": WAR}, {"": "members", "response_metadata": "next_cursor"}),
    ("conversations.history", {"channel": WAR, "include_all_metadata": True}, PAGE),
    ("conversations.replies", {"channel": WAR, "ts": "{ts}"}, PAGE),
    ("conversations.setTopic", {"channel": WAR, "topic": "t"}, {"channel": CHANNEL}),
    ("conversations.setPurpose", {"channel": WAR, "purpose": "p"}, {"channel": CHANNEL}),
    ("conversations.rename", {"channel": WAR, "name": "war-2"}, {"channel": CHANNEL}),
    ("conversations.invite", {"channel": WAR, "users": "U01CY"}, {"channel": CHANNEL}),
    ("conversations.join", {"channel": "C01RANDOM"}, {"channel": CHANNEL}),
    ("conversations.open", {"users": "U01BO"}, {"channel": "id"}),
    ("conversations.open", {"users": "U01BO", "return_im": True}, {"": "no_op already_open", "channel": "id user"}),
    ("users.info", {"user": "U01ANA"}, {"user": USER, "user.profile": "real_name display_name email team"}),
    ("users.list", {"limit": 1}, {"": "members cache_ts", "response_metadata": "next_cursor"}),
    ("users.lookupByEmail", {"email": "ana@acme.example"}, {"user": USER}),
    ("users.profile.get", {"user": "U01ANA"}, {"profile": "real_name display_name status_text status_emoji"}),
    ("users.conversations", {"user": "U01ANA"}, {"": "channels", "response_metadata": "next_cursor"}),
    ("chat.postMessage", {"channel": WAR, "text": "t", "metadata": NOTE}, {"": "channel ts", "message": MESSAGE}),
    ("chat.postEphemeral", {"channel": WAR, "user": "U01ANA", "text": "t"}, {"": "message_ts"}),
    ("chat.update", {"channel": WAR, "ts": "{ts}", "text": "u"}, {"": "channel ts text", "message": MESSAGE}),
    ("chat.meMessage", {"channel": WAR, "text": "t"}, {"": "channel ts"}),
    ("chat.getPermalink", {"channel": WAR, "message_ts": "{ts}"}, {"": "channel permalink"}),
    ("chat.scheduleMessage", {"channel": WAR, "text": "t", "post_at": "{soon}", "metadata": NOTE},
     {"": "channel scheduled_message_id post_at", "message": "type text bot_id metadata"}),
    ("chat.scheduledMessages.list", {}, {"": "scheduled_messages", "response_metadata": "next_cursor"}),
    ("pins.list", {"channel": WAR}, {"": "items", "items.0": "channel created created_by message type"}),
    ("bookmarks.add", {"channel_id": WAR, "title": "t", "type": "link", "link": "https://x.example"},
     {"bookmark": BOOKMARK}),
    ("bookmarks.list", {"channel_id": WAR}, {"": "bookmarks"}),
    ("reactions.get", {"channel": WAR, "timestamp": "{ts}"}, {"": "type channel message",
                                                              "message.reactions.0": "name users count"}),
    ("usergroups.create", {"name": "Probe"}, {"usergroup": GROUP}),
    ("usergroups.list", {"include_users": True}, {"usergroups.0": f"{GROUP} users"}),
    ("views.publish", {"user_id": "U01ANA", "view": HOME}, {"view": VIEW}),
    ("files.getUploadURLExternal", {"filename": "a", "length": 1}, {"": "upload_url file_id"}),
    ("canvases.create", {"title": "t"}, {"": "canvas_id"}),
    ("conversations.canvases.create", {"channel_id": WAR}, {"": "canvas_id"}),
    ("dnd.teamInfo", {"users": "U01ANA"}, {"users.U01ANA": "dnd_enabled next_dnd_start_ts next_dnd_end_ts"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def ask() -> Iterator[Any]:
    """Asks in JSON, in a workspace that has a war room with a pinned message."""
    with Sandbox(manifest=MANIFEST) as slack:
        slack.limits.enabled = False
        headers = {"authorization": f"Bearer {slack.bot_token}"}
        http = httpx.Client(base_url=slack.api_url, headers=headers, trust_env=False, verify=False)

        def call(method: str, args: Json) -> Json:
            answer: Json = http.post(method, json=args).json()
            return answer

        war = call("conversations.create", {"name": "war"})["channel"]["id"]
        ts = call("chat.postMessage", {"channel": war, "text": "t"})["ts"]
        call("pins.add", {"channel": war, "timestamp": ts})
        call("reactions.add", {"channel": war, "timestamp": ts, "name": "eyes"})
        call("conversations.invite", {"channel": war, "users": "U01ANA"})
        known = {"{war}": war, "{ts}": ts, "{soon}": int(slack.world.now()) + 600}
        yield lambda method, args: call(
            method, {key: known.get(value, value) if isinstance(value, str) else value for key, value in args.items()}
        )
        http.close()


def at(answer: Any, place: str) -> Any:
    """What stands at a dotted place."""
    for step in place.split(".") if place else ():
        answer = answer[int(step)] if step.isdigit() else answer[step]
    return answer


@pytest.mark.parametrize(
    ("method", "args", "places"), PROBES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_answer_holds_what_slack_documents(ask: Any, method: str, args: Json, places: dict[str, str]) -> None:
    answer = ask(method, args)
    assert answer["ok"], answer
    lacking = {place: sorted(set(keys.split()) - set(at(answer, place))) for place, keys in places.items()}
    assert not any(lacking.values()), lacking


def test_the_probes_are_forty_one() -> None:
    assert len(PROBES) >= 41
