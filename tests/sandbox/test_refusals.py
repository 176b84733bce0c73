"""A table: a method, a bad input, and the error that Slack gives for it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox import Sandbox
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.refused_calls import CALLS, HOME
from tests.sandbox.refused_content import BUTTON, CONTENT

REFUSALS = [*CALLS, *CONTENT]


class Scene:
    """A workspace in which something has happened: a war room, an archived and a private channel, a pinned message."""

    def __init__(self, slack: Sandbox) -> None:
        self.slack = slack
        self.http = httpx.Client(
            base_url=slack.url, headers={"authorization": f"Bearer {slack.bot_token}"}, trust_env=False, verify=False
        )
        self.places: dict[str, str] = {}

    def api(self, method: str, **args: Any) -> dict[str, Any]:
        """Calls a method with a JSON body."""
        answer: dict[str, Any] = self.http.post(f"/api/{method}", json=args).json()
        return answer

    def act(self, deed: str, **body: Any) -> dict[str, Any]:
        """Something that a person does."""
        answer: dict[str, Any] = self.http.post(f"/_sandbox/{deed}", json=body).json()
        assert answer["ok"], answer
        return answer

    def good(self, method: str, **args: Any) -> dict[str, Any]:
        """A call that must succeed."""
        answer = self.api(method, **args)
        assert answer["ok"], answer
        return answer

    def filled(self, value: Any) -> Any:
        """The value with `{war}` and the like replaced."""
        if isinstance(value, str):
            return self.places.get(value.strip("{}"), value) if value.startswith("{") else value
        if isinstance(value, dict):
            return {key: self.filled(one) for key, one in value.items()}
        return [self.filled(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with Sandbox(manifest=MANIFEST) as slack:
        slack.limits.enabled = False
        stage = Scene(slack)
        stage.places = _set(stage)
        yield stage
        stage.http.close()


def _set(stage: Scene) -> dict[str, str]:
    rooms = {
        name: stage.good("conversations.create", name=title, is_private=private)["channel"]["id"]
        for name, title, private in (("war", "war", False), ("old", "old-room", False),
                                    ("den", "den", True), ("shut", "shut", True))
    }  # fmt: skip
    war = rooms["war"]
    stage.good("conversations.invite", channel=war, users="U01ANA,U01BO")
    for closed in ("old", "shut"):
        stage.good("conversations.archive", channel=rooms[closed])
    stage.act("company", create_channel={"name": "secret", "private": True})
    state = stage.http.get("/_sandbox/state").json()
    ts = stage.good("chat.postMessage", channel=war, text="hello")["ts"]
    pinned = stage.good("chat.postMessage", channel=war, text="pin me")["ts"]
    stage.good("pins.add", channel=war, timestamp=pinned)
    stage.good("reactions.add", channel=war, timestamp=ts, name="tada")
    stage.good("views.publish", user_id="U01EVE", view=HOME)
    history = stage.good("conversations.history", channel=war)["messages"]
    return {
        **rooms,
        "secret": next(c["id"] for c in state["channels"] if c["name"] == "secret"),
        "dm": stage.good("conversations.open", users="U01ANA")["channel"]["id"],
        "ts": ts,
        "pinned_ts": pinned,
        "join_ts": next(m["ts"] for m in history if m.get("subtype") == "channel_join"),
        "eph_ts": stage.good("chat.postEphemeral", channel=war, user="U01ANA", text="psst")["message_ts"],
        "ana_ts": stage.act("message", user="ana", channel=war, text="from ana")["ts"],
        "canvas": stage.good("conversations.canvases.create", channel_id=war)["canvas_id"],
    }


def test_the_table_is_long_enough() -> None:
    assert len(REFUSALS) >= 150


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS, ids=lambda value: str(value)[:40])
def test_slack_refuses(scene: Scene, method: str, args: dict[str, Any], error: str) -> None:
    answer = scene.api(method, **scene.filled(args))
    assert (answer["ok"], answer.get("error")) == (False, error), answer


@pytest.mark.parametrize(
    ("bad", "pointer", "code"),
    [
        ({"type": "wat"}, "/blocks/0/type", "unsupported_block"),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}, "/blocks/0/text/text", "too_long"),
        ({"type": "header"}, "/blocks/0", "missing_field"),
        (
            {"type": "actions", "elements": [{**BUTTON, "style": "shiny"}]},
            "/blocks/0/elements/0/style",
            "invalid_value",
        ),
    ],
)
def test_a_refused_block_is_pointed_at(scene: Scene, bad: dict[str, Any], pointer: str, code: str) -> None:
    answer = scene.api("chat.postMessage", channel=scene.places["war"], text="t", blocks=[bad])
    assert [(error["pointer"], error["code"]) for error in answer["errors"]] == [(pointer, code)]
    assert pointer in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-sandbox-1", "not_allowed_token_type")],
)
def test_who_are_you(scene: Scene, token: str | None, error: str) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    answer = httpx.post(f"{scene.slack.api_url}auth.test", headers=headers, trust_env=False, verify=False).json()
    assert answer == {"ok": False, "error": error}


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [(b"{", "application/json", "invalid_json"), (b"[]", "application/json", "json_not_object")],
)
def test_bodies_that_are_no_arguments(scene: Scene, body: bytes, kind: str, error: str) -> None:
    answer = scene.http.post("/api/auth.test", content=body, headers={"content-type": kind}).json()
    assert answer["error"] == error
