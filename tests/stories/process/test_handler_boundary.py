"""What a person sees when something cannot be done, or goes wrong; and what is left unacknowledged."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel, select

from bot.catalog import load
from bot.clock import ManualClock
from bot.domain.core.errors import EmptyTitle
from bot.rendering.limits import check
from bot.rendering.message import Renderer
from bot.services import work_factory
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.services.incidents.lifecycle import Declaration
from handlers import boundary, request
from handlers.door import Door
from handlers.incidents import declare
from handlers.incidents.declare import Entries
from handlers.request import Request
from handlers.response import Options, Reply
from storage.db import Database
from storage.models import Delivery, Incident

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
COMMAND = {"user_id": "U01ANA", "channel_id": "C01", "trigger_id": "T1", "command": "/incident", "text": "declare x"}
CLICK = {
    "user": {"id": "U01ANA"},
    "channel": {"id": "C01"},
    "trigger_id": "T2",
    "container": {"type": "message", "is_ephemeral": False},
    "actions": [{"action_id": "page.ack", "action_ts": "1.1", "value": "7"}],
}
EVENT = {"event_id": "Ev1", "event": {"type": "reaction_added", "user": "U01ANA"}}


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    database = Database(f"sqlite:///{tmp_path / 't.db'}")
    SQLModel.metadata.create_all(database.engine)
    catalog = load(None)
    yield Door(work_factory.make(database, ManualClock(NOW), lambda: catalog), Renderer())
    database.close()


def answered(door: Door, parse: boundary.Parse, body: dict[str, Any], listener: boundary.Listener) -> Any:
    """The acknowledgement's body; None when it was never given."""
    ack = Ack()
    boundary.guard(door, parse, listener)(ack, body, WebClient())
    if ack.response is None:
        return None
    text = ack.response.body
    return json.loads(text) if text else ""


def deliveries(door: Door) -> list[Delivery]:
    with door.desk.read() as session:
        return list(session.exec(select(Delivery)))


def failing(door: Door, request: Request) -> Reply:
    def use_case(w: Any) -> Answer:
        lifecycle.declare(w, Declaration(title="half done"))
        raise ZeroDivisionError

    return door.do(request, "declare", use_case)


def refusing(door: Door, request: Request) -> Reply:
    raise EmptyTitle()


def losing(door: Door, request: Request) -> Reply:
    raise OperationalError("COMMIT", {}, Exception("the disk is full"))


def test_a_refused_command_is_answered_with_its_sentence(door: Door) -> None:
    said = answered(door, request.command, COMMAND, refusing)
    assert said["response_type"] == "ephemeral"
    assert said["text"].startswith("An incident needs a title")


def test_a_refused_click_is_answered_to_the_person_alone(door: Door) -> None:
    assert answered(door, request.action, CLICK, refusing) == ""
    [owed] = deliveries(door)
    assert (owed.kind, owed.payload["user"], owed.payload["channel"]) == ("ephemeral", "U01ANA", "C01")
    assert owed.payload["values"]["sentence"].startswith("An incident needs a title")


def test_an_error_changes_nothing_and_names_a_reference(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    said = answered(door, request.command, COMMAND, failing)["text"]
    reference = said.split("reference ")[1].split(")")[0]
    assert "nothing was changed" in said
    assert reference in caplog.text
    with door.desk.read() as session:
        assert session.exec(select(Incident)).all() == []
    assert deliveries(door) == []


def test_after_an_error_the_same_click_can_be_tried_again(door: Door) -> None:
    answered(door, request.command, COMMAND, failing)

    def working(door: Door, request: Request) -> Reply:
        return door.do(request, "declare", lambda w: lifecycle.declare(w, Declaration(title="again")))

    assert "INC-1" in answered(door, request.command, COMMAND, working)["text"]


@pytest.mark.parametrize(
    ("parse", "body"), [(request.command, COMMAND), (request.action, CLICK), (request.event, EVENT)]
)
def test_a_commit_that_failed_is_not_acknowledged(door: Door, parse: boundary.Parse, body: dict[str, Any]) -> None:
    ack = Ack()
    with pytest.raises(OperationalError):
        boundary.guard(door, parse, losing)(ack, body, WebClient())
    assert ack.response is None


def test_the_same_request_twice_is_one_incident(door: Door) -> None:
    def working(door: Door, request: Request) -> Reply:
        return door.do(request, "declare", lambda w: lifecycle.declare(w, Declaration(title="once")))

    first, second = (answered(door, request.command, COMMAND, working)["text"] for _ in range(2))
    assert first == second
    with door.desk.read() as session:
        assert len(session.exec(select(Incident)).all()) == 1


def submission(values: dict[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Any]:
    view = {"id": "V1", "hash": "h", "private_metadata": "{}", "blocks": blocks, "state": {"values": values}}
    return {"user": {"id": "U01ANA"}, "trigger_id": "T3", "view": view}


def test_a_refused_form_shows_the_sentence_under_its_first_field(door: Door) -> None:
    blocks = [{"type": "section"}, {"type": "input", "block_id": "reason"}]
    said = answered(door, request.submission, submission({}, blocks), refusing)
    assert said["response_action"] == "errors"
    assert list(said["errors"]) == ["reason"]


def test_a_refused_form_without_fields_becomes_a_notice(door: Door) -> None:
    said = answered(door, request.submission, submission({}, [{"type": "section"}]), refusing)
    assert said["response_action"] == "update"
    assert "An incident needs a title" in str(said["view"])


def test_the_same_form_with_other_words_is_another_request() -> None:
    def entry(title: str) -> dict[str, Any]:
        return submission({"title": {"title": {"type": "plain_text_input", "value": title}}}, [])

    keys = [request.submission(entry(title)).key for title in ("", "down", "down")]
    assert keys[0] != keys[1] == keys[2]


def test_the_form_fits_slack_whatever_stands_in_it(door: Door, tmp_path: Path) -> None:
    """150 services are more than a menu holds: Slack asks us for those that match what is typed."""
    names = [f"service-{number:03}" for number in range(150)]
    file = tmp_path / "tocsin.yml"
    lines = ["version: 1", "services:", *(f"  {name}: {{name: '{name} <&> ' }}" for name in names)]
    file.write_text("\n".join(lines))
    catalog = load(file)
    entries = Entries(title="𝔘" * 4000, service="service-149", details="é\n" * 3000, ticked=["drill"])
    view = declare.declare_view(catalog, entries, "p" * 5000, {"channel": "C01"})
    assert check("views.open", {"view": view, "trigger_id": "t"}) == []
    element = next(one["element"] for one in view["blocks"] if one.get("block_id") == "service")
    assert (element["type"], element["initial_option"]["value"]) == ("external_select", "service-149")
    crowded = Door(work_factory.make(door.desk.database, door.desk.clock, lambda: catalog), door.renderer)
    reply = declare.services(crowded, Request(kind="options", user="U01ANA", key=None, text="E-14"))
    assert isinstance(reply, Options)
    assert [key for key, _ in reply.choices] == [f"service-{number}" for number in range(140, 150)]
