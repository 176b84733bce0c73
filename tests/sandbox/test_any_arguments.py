"""Whatever arguments arrive: an answer, never a crash; and no error code but Slack's words."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import Sandbox
from sandbox.api.table import METHODS
from tests.sandbox.conftest import MANIFEST

NAMES = [
    "channel",
    "channel_id",
    "channels",
    "user",
    "user_id",
    "users",
    "ts",
    "timestamp",
    "message_ts",
    "thread_ts",
    "text",
    "blocks",
    "attachments",
    "metadata",
    "markdown_text",
    "view",
    "view_id",
    "trigger_id",
    "hash",
    "external_id",
    "name",
    "handle",
    "topic",
    "purpose",
    "limit",
    "cursor",
    "oldest",
    "latest",
    "types",
    "post_at",
    "scheduled_message_id",
    "usergroup",
    "title",
    "type",
    "link",
    "bookmark_id",
    "emoji",
    "email",
    "files",
    "file",
    "filename",
    "length",
    "bot",
    "canvas_id",
    "changes",
    "criteria",
    "document_content",
    "access_level",
    "user_ids",
    "channel_ids",
    "presence",
    "message",
    "code",
]
KNOWN = [
    "C01INCIDENTS",
    "C01RANDOM",
    "U01ANA",
    "U01OLD",
    "S01PLATFORM",
    "1.0",
    "9999999999",
    "[]",
    "{}",
    "[{}]",
    "link",
]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**12),
    st.sampled_from(KNOWN),
    st.text(max_size=12),
    st.lists(
        st.one_of(st.none(), st.text(max_size=4), st.dictionaries(st.sampled_from(["type", "id"]), st.text(max_size=8)))
    ),
    st.dictionaries(
        st.sampled_from(["type", "blocks", "title", "elements", "text", "event_type", "event_payload", "operation"]),
        st.one_of(st.none(), st.text(max_size=8), st.lists(st.integers(), max_size=2), st.just([{"type": "section"}])),
        max_size=4,
    ),
)


@pytest.fixture(scope="module")
def door() -> Iterator[httpx.Client]:
    with Sandbox(manifest=MANIFEST) as slack:
        slack.limits.enabled = False
        with httpx.Client(
            base_url=slack.api_url, headers={"authorization": f"Bearer {slack.bot_token}"}, trust_env=False
        ) as client:
            yield client


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"auth.revoke"}))
@settings(max_examples=8, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(given_args=st.dictionaries(st.sampled_from(NAMES), JUNK, max_size=8))
def test_every_method_answers(door: httpx.Client, method: str, given_args: dict[str, Any]) -> None:
    required = dict.fromkeys(METHODS[method].required, "C01INCIDENTS")
    for arguments in (given_args, {**required, **given_args}):
        reply = door.post(method, json=arguments)
        answer = reply.json()
        assert reply.status_code == 200, (arguments, answer)
        assert answer["ok"] or re.fullmatch(r"[a-z_]+", answer["error"]), answer
