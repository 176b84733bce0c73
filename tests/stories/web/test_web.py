"""The HTTP doors over the wire: health, Slack's signed traffic, and the API of incidents."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlmodel import select

from bot.catalog import load
from bot.clock import ManualClock
from bot.health import Health
from bot.rendering.message import Renderer
from bot.services import work_factory
from handlers.door import Door
from handlers.web.guard import MAX_BODY
from handlers.web.server import WebServer
from handlers.web.site import Site
from storage import schema
from storage.db import Database
from storage.models import Delivery, JournalEntry
from tests.stories.signing import NOW, SECRET, signed

TOKEN = "the-process-token"
DEMO = Path(__file__).parents[3] / "bot" / "catalog" / "demo.yml"


@dataclass
class World:
    """A web server of its own, its database, and somebody who speaks to it."""

    http: httpx.Client
    health: Health
    database: Database
    heard: list[dict[str, Any]]

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.http.post(
            f"/api/v1{path}", json=body or {}, headers={"Authorization": f"Bearer {TOKEN}", **headers}
        )

    def get(self, path: str) -> httpx.Response:
        return self.http.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {TOKEN}"})

    def declare(self, **more: Any) -> dict[str, Any]:
        body = {"title": "Checkout returns 5xx", "severity": "sev1", "service": "checkout", **more}
        answer = self.post("/incidents", body)
        assert answer.status_code == 201, answer.text
        shown: dict[str, Any] = answer.json()["incident"]
        return shown


def bolt(heard: list[dict[str, Any]]) -> App:
    """A Bolt app like ours, that notes what reaches it."""
    app = App(
        client=WebClient(token="xoxb-sandbox-1", base_url="http://127.0.0.1:1/api/"),
        authorize=lambda **_: AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_id="B1", bot_token="xoxb-sandbox-1"
        ),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        token_verification_enabled=False,
    )

    @app.command("/incident")
    def command(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack(text="heard you")

    return app


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    database = Database(database_url)
    schema.ready(database.engine, migrate=True)
    catalog = load(DEMO)
    desk = work_factory.make(database, ManualClock(NOW), lambda: catalog)
    heard: list[dict[str, Any]] = []
    health = Health(started=True)
    site = Site(Door(desk, Renderer()), health, lambda: b"tocsin_x 1\n", TOKEN, bolt(heard), SECRET)
    server = WebServer(site, "127.0.0.1", 0)
    server.start()
    with httpx.Client(base_url=server.url, trust_env=False, verify=False, timeout=60) as http:
        yield World(http, health, database, heard)
    server.stop()
    database.close()


# health


@pytest.mark.both_databases
def test_health_is_green_until_something_is_wrong_and_says_what(world: World) -> None:
    assert world.http.get("/livez").json() == {"ok": True, "problems": {}}
    assert world.http.get("/readyz").status_code == 200
    world.health.checks["slack"] = lambda: "the connection is being restored"
    world.health.loops["timers"] = lambda: (False, 0.0)
    ready, alive = world.http.get("/readyz"), world.http.get("/livez")
    assert ready.status_code == alive.status_code == 503
    assert ready.json()["problems"] == {"slack": "the connection is being restored", "timers": "does not turn"}
    assert alive.json()["problems"] == {"timers": "does not turn"}


def test_figures_are_prometheus_text(world: World) -> None:
    answer = world.http.get("/metrics")
    assert answer.text == "tocsin_x 1\n"
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


def test_every_answer_carries_the_security_headers(world: World) -> None:
    for path in ("/livez", "/api/v1/incidents", "/nothing/here", "/slack/events"):
        headers = world.http.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "access-control-allow-origin" not in headers, path


# Slack's traffic


def test_a_signed_command_reaches_bolt_and_is_answered(world: World) -> None:
    body = (
        b"command=%2Fincident&text=declare+caf%C3%A9&user_id=U1&team_id=T1&channel_id=C1&trigger_id=1.2&response_url="
    )
    answer = world.http.post("/slack/events", content=body, headers=signed(body, kind="form"))
    assert (answer.status_code, answer.text) == (200, "heard you")
    assert world.heard[0]["text"] == "declare café"


def test_the_address_is_verified_and_the_certificate_looked_at(world: World) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "xyz", "token": "t"}).encode()
    answer = world.http.post("/slack/events", content=body, headers=signed(body))
    assert (answer.status_code, answer.json()) == (200, {"challenge": "xyz"})
    look = b"ssl_check=1&token=t"
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert world.http.post("/slack/events", content=look, headers=form).status_code == 200
    sly = look + b"&command=%2Fincident"
    assert world.http.post("/slack/events", content=sly, headers=form).status_code == 401
    assert world.heard == []


def test_a_body_without_end_is_not_read_to_its_end(world: World) -> None:
    answer = world.http.post(
        "/slack/events", content=b"x" * (MAX_BODY + 70_000), headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 413


# the API


def test_nobody_comes_in_without_the_token(world: World) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": TOKEN},
        {"Authorization": "Basic " + TOKEN},
    ):
        for method, path in (
            ("GET", "/api/v1/incidents"),
            ("POST", "/api/v1/incidents"),
            ("GET", "/api/v1/incidents/1"),
        ):
            answer = world.http.request(method, path, headers=headers)
            assert answer.status_code == 401, (headers, path)
            assert answer.json()["error"].startswith("Send the token")


@pytest.mark.both_databases
def test_an_incident_from_declaration_to_postmortem(world: World) -> None:
    shown = world.declare()
    assert (shown["ref"], shown["severity"], shown["status"]) == ("INC-1", "SEV-1", "investigating")
    assert [page["state"] for page in shown["pages"]] == ["owed"]
    steps = [
        ("ack", {}, "acknowledged"),
        ("ic", {"person": "bo"}, "role_taken"),
        ("note", {"text": "<b>release</b> 4812 *looks* guilty"}, "note_added"),
        ("update", {"text": "Rolling back", "status": "identified", "next_in": "20m"}, "update_published"),
        ("severity", {"severity": "p1", "reason": "fewer customers"}, "severity_set"),
        ("status", {"status": "monitoring"}, "status_set"),
        ("resolve", {"text": "Rolled back 4812", "impact": "4 in 10 checkouts"}, "resolved_answer"),
    ]
    for verb, body, expected in steps:
        answer = world.post(f"/incidents/INC-1/{verb}", body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["answer"] == expected
        assert "INC-1" in answer.json()["message"]
    end = world.get("/incidents/inc1").json()
    assert (end["status"], end["severity"], end["roles"]["ic"]["name"]) == ("resolved", "SEV-2", "Bo Lindqvist")
    assert [line["text"] for line in world.get("/incidents/1/timeline").json() if line["kind"] == "note"] == [
        "<b>release</b> 4812 *looks* guilty"
    ]
    draft = world.get("/incidents/INC-1/postmortem")
    assert draft.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "Rolled back 4812" in draft.text
    assert world.get("/incidents").json() == []
    assert [row["ref"] for row in world.get("/incidents?all=true").json()] == ["INC-1"]


def test_what_slack_is_owed_is_the_same_as_for_a_command_in_slack(world: World) -> None:
    world.declare()
    with world.database.read() as session:
        kinds = {row.kind for row in session.exec(select(Delivery))}
        actors = {row.actor for row in session.exec(select(JournalEntry))}
    assert {"page", "announce", "room.create"} <= kinds
    assert actors == {"api (api)"}


@pytest.mark.both_databases
def test_the_same_key_twice_changes_nothing_and_gives_the_first_answer(world: World) -> None:
    body = {"title": "Search is slow", "severity": "sev3"}
    first = world.post("/incidents", body, **{"Idempotency-Key": "k1"}).json()
    again = world.post("/incidents", body, **{"Idempotency-Key": "k1"}).json()
    assert first["incident"]["ref"] == again["incident"]["ref"] == "INC-1"
    assert len(world.get("/incidents").json()) == 1


def test_a_person_can_be_acted_for(world: World) -> None:
    world.declare()
    answer = world.post("/incidents/1/ack", **{"Tocsin-As": "bo", "Tocsin-Via": "cli"}).json()
    assert answer["incident"]["acknowledged_by"]["name"] == "Bo Lindqvist"
    stranger = world.post("/incidents/1/note", {"text": "x"}, **{"Tocsin-As": "nobody"})
    assert stranger.status_code == 409
    assert 'who "nobody" is' in stranger.json()["error"]


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("/incidents/INC-9/ack", {}, 404, "There is no incident INC-9"),
    ("/incidents/lunch/ack", {}, 404, "not an incident reference"),
    ("/incidents/1/ack", {"who": "me"}, 400, 'there is no field "who"'),
    ("/incidents/1/note", {}, 400, 'the field "text" is missing'),
    ("/incidents/1/note", {"text": "  "}, 409, "There is no text"),
    ("/incidents/1/update", {"text": "x", "next_in": "soon"}, 400, "not a length of time"),
    ("/incidents/1/update", {"text": "x", "status": "resolved"}, 400, "status"),
    ("/incidents/1/severity", {"severity": "sev9"}, 409, 'There is no severity "sev9"'),
    ("/incidents/1/severity", {"severity": "sev1"}, 409, "already SEV-1"),
    ("/incidents/1/status", {"status": "lunch"}, 409, "don't know the status"),
    ("/incidents/1/ic", {"person": "nobody"}, 409, 'who "nobody" is'),
    ("/incidents/1/resolve", {"text": "x", "mitigated_at": "2026-11-21T10:00:00"}, 400, "timezone"),
    ("/incidents/1/resolve", {"text": "x", "mitigated_at": "2030-01-01T00:00:00Z"}, 409, "check the times"),
    ("/incidents/1/lunch", {}, 404, "`lunch` is not a command"),
    ("/incidents", {"title": "  "}, 409, "needs a title"),
    ("/incidents", {"title": "INC-1"}, 409, "isn't a title"),
    ("/incidents", {"title": "keys leaked --private"}, 409, "Use the field `private`"),
    ("/incidents", {"title": "x", "service": "cheкout"}, 409, "no service"),
]


def test_a_refusal_is_a_sentence_and_changes_nothing(world: World) -> None:
    before = world.declare()
    for path, body, status, sentence in REFUSED:
        answer = world.post(path, body)
        assert (answer.status_code, set(answer.json())) == (status, {"error"}), (path, body)
        assert sentence in answer.json()["error"], (path, body)
    assert world.get("/incidents/1").json() == before
    assert len(world.get("/incidents").json()) == 1


def test_a_body_that_is_no_json_object_is_refused(world: World) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    for content in (b"{", b"[]", b'"x"', b"\xff"):
        answer = world.http.post("/api/v1/incidents", content=content, headers=headers)
        assert (answer.status_code, set(answer.json())) == (400, {"error"}), content


def test_a_test_page_belongs_to_no_incident(world: World) -> None:
    answer = world.post("/test-pages", **{"Tocsin-As": "ana"})
    assert (answer.status_code, set(answer.json())) == (201, {"page"})
    assert world.get("/incidents?all=true").json() == []
    nobody = world.post("/test-pages")
    assert nobody.status_code == 409
    assert "no Slack account" in nobody.json()["error"]


@pytest.mark.both_databases
def test_an_export_holds_every_record(world: World) -> None:
    world.declare()
    world.post("/incidents/1/note", {"text": "seen"})
    everything = world.get("/incidents/1/export").json()
    assert everything["format"] == "tocsin-export/1"
    assert everything["phase"] == "Response"
    assert world.get("/incidents/1/postmortem").text.count("| Phase | Response |") == 1
    assert [entry["n"] for entry in everything["journal"]] == list(range(1, len(everything["journal"]) + 1))
    assert {row["kind"] for row in everything["deliveries"]} >= {"page", "announce"}
    assert everything["names"]["U01ANA"] == "Ana Ruiz"
    assert all("lease" not in row for row in everything["deliveries"])
