"""A message to a room that was filed away: it is brought back first, whoever else is just doing the same."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bot.integrations.outbound import Post
from bot.integrations.outcome import Sent
from bot.integrations.slack.sender import Slack
from bot.integrations.slack.web_api import SlackApi
from sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]


class InStep(SlackApi):
    """Both senders know that the room is archived before one of them brings it back."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox.api_url, sandbox.bot_token)
        self._meeting = threading.Barrier(2)

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        if method == "conversations.unarchive":
            self._meeting.wait(60)
        return super().call(method, **arguments)


def test_two_messages_at_once_to_an_archived_room_both_arrive() -> None:
    with Sandbox(manifest=ROOT / "manifest.yml") as sandbox:
        sandbox.limits.enabled = False
        api = InStep(sandbox)
        room = str(api.call("conversations.create", name="incident-1")["channel"]["id"])
        api.call("conversations.archive", channel=room)
        with ThreadPoolExecutor(2) as senders:
            posts = [Post(room, text, [], f"key:{text}") for text in ("reopened", "paging")]
            outcomes = list(senders.map(lambda post: Slack(api).send(post, ambiguous=False), posts))
        assert all(isinstance(one, Sent) for one in outcomes), outcomes
        told = [one["text"] for one in api.call("conversations.history", channel=room)["messages"]]
        assert {"reopened", "paging"} <= set(told)
        api.close()
