"""How many statements a command sends to the database: what costs time creeps in one small statement at a time."""

import json
from typing import Any
from uuid import uuid4

import pytest
from slack_bolt import App, BoltRequest
from sqlalchemy import Engine, event

from bot.engine.identity import Identity
from bot.rendering.message import Renderer
from bot.work import WorkFactory
from handlers import register
from handlers.connection import make_bolt
from handlers.door import Door

WE = Identity(user="U0BOT", bot="B0BOT", team="T01ACME", url="https://acme.slack.com/")
MOST = {
    "declare sev1 Checkout returns 5xx": (29, 8),
    "note INC-1 still slow": (10, 1),
    "ack INC-1": (25, 8),
    "list": (0, 10),
}
"""By command: statements in its transaction, and those that read for its words. docs/performance.md names them too."""


@pytest.fixture
def bolt(desk: WorkFactory) -> App:
    made = make_bolt(api_url="http://127.0.0.1:9/api/", bot_token="xoxb-unused", identity=lambda: WE)
    register(made, Door(desk, Renderer()))
    return made


def given(bolt: App, text: str) -> str:
    """The answer to a command."""
    body = json.dumps({
        "command": "/incident", "text": text, "user_id": "U01DEE", "user_name": "dee", "team_id": "T01ACME",
        "channel_id": "C01GENERAL", "channel_name": "general", "trigger_id": uuid4().hex,
        "response_url": "https://hooks.slack.com/commands/x", "is_enterprise_install": "false",
    })  # fmt: skip
    answer = bolt.dispatch(BoltRequest(body=body, mode="socket_mode"))
    assert answer.status == 200
    return str(answer.body)


def counted(desk: WorkFactory, bolt: App, text: str) -> tuple[list[str], list[str]]:
    """What a command sends to the database: in its transaction, and beside it."""
    written: list[str] = []
    read: list[str] = []

    def note(connection: Any, _: Any, statement: str, *__: Any) -> None:
        if connection.engine.url == desk.database.url and not statement.startswith("BEGIN"):
            (written if connection.engine is desk.database.engine else read).append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert "INC-" in given(bolt, text)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return written, read


@pytest.mark.parametrize("text", MOST)
def test_a_command_sends_so_many_statements_and_no_more(desk: WorkFactory, bolt: App, text: str) -> None:
    given(bolt, "declare sev1 The first")
    written, read = counted(desk, bolt, text)
    assert len(written) <= MOST[text][0], "\n".join(written)
    assert len(read) <= MOST[text][1], "\n".join(read)


def test_a_list_asks_as_much_for_many_incidents_as_for_one(desk: WorkFactory, bolt: App) -> None:
    for n in range(5):
        given(bolt, f"declare sev{n % 2 + 1} Another, number {n}")
        given(bolt, f"ack INC-{n}")
    _, read = counted(desk, bolt, "list")
    assert len(read) <= MOST["list"][1], "\n".join(read)
