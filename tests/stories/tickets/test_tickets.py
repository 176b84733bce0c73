"""An incident's ticket, from the wish to its end, over the wire on both sides."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.integrations.trackers.jira import JiraIssues
from bot.services.tickets import tickets
from sandbox import Sandbox
from sandbox.outside.trackers import Issue
from sandbox.outside.world import Outside
from tests.stories.beyond import world_beyond, write
from tests.stories.records import facts, unsettled
from tests.stories.world import World, actions, words

KINDS = ("jira", "github", "gitlab")
PLACES = {"jira": "/rest/api/2/issue", "github": "/repos/acme/ops/issues", "gitlab": "/api/v4/projects"}


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def kind() -> str:
    return "jira"


@pytest.fixture
def more() -> str:
    return ""


@pytest.fixture
def world(
    sandbox: Sandbox, database_url: str, outside: Outside, tmp_path: Path, kind: str, more: str
) -> Iterator[World]:
    config = tmp_path / "tocsin.yml"
    write(config, outside.configuration() + (outside.tickets(kind, more) if kind else ""))
    with world_beyond(sandbox, database_url, outside, config) as made:
        yield made


def made(outside: Outside, kind: str) -> list[Issue]:
    return outside.trackers.issues[kind]


def settled(world: World) -> None:
    for _ in range(40):
        world.settle()
        if not unsettled(world):
            return
        world.forward(seconds=1)
    raise AssertionError(f"not settled: {unsettled(world)}")


def declared(world: World, more: str = "") -> None:
    world.ana.says(f"/incident sev1 Checkout returns 5xx --service checkout {more}").says("is declared")


def post(world: World, path: str, **body: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {world.app.token}", "Tocsin-As": "ana"}
    return httpx.post(f"{world.app.url}/api/v1{path}", json=body, headers=headers, trust_env=False, timeout=60)


NAMES = {"jira": "OPS-1", "github": "#1", "gitlab": "#1"}


@pytest.mark.parametrize(("kind", "more"), [(one, ", close: true") for one in KINDS])
def test_it_is_made_told_closed_and_opened_again(world: World, outside: Outside, kind: str) -> None:
    declared(world)
    assert world.ana.says("/incident ticket INC-1").view_id
    world.ana.says("/incident ticket INC-1 Checkout returns 5xx since the deploy").says("Creating a ticket")
    settled(world)
    (issue,) = made(outside, kind)
    assert issue.title == "Checkout returns 5xx since the deploy"
    assert "INC-1 (SEV-1)" in issue.text
    assert "Service: Checkout" in issue.text
    world.room().expects("Ticket", NAMES[kind], "asked for it")
    assert NAMES[kind] in words(world.room().expects("*Now:*"))
    world.ana.says("/incident sev 1 sev2 some can pay")
    world.ana.says("/incident resolve INC-1 rolled back")
    settled(world)
    assert [text.partition(": ")[2] for text in issue.comments] == [
        "SEV-1 → SEV-2: some can pay",
        "Resolved: rolled back",
    ]
    assert issue.status in ("closed", "Done")
    world.forward(minutes=1)
    world.ana.says("/incident reopen INC-1 it is back")
    settled(world)
    assert issue.comments[-1].endswith("Opened again: it is back")
    assert issue.status in ("open", "opened", "To Do")
    assert len(made(outside, kind)) == 1
    assert outside.book.wrong() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_lost_answer_makes_no_second_one(
    world: World, outside: Outside, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(JiraIssues, "lag", 0.0)
    outside.fault(PLACES[kind], 500, after=True)
    declared(world)
    world.ana.says("/incident ticket INC-1 Checkout")
    settled(world)
    assert [one.title for one in made(outside, kind)] == ["Checkout"]
    assert [one["id"] for one in facts(world, "tickets.made")] == [NAMES[kind].lstrip("#")]
    world.ana.says("/incident ticket INC-1 Checkout again").says("has the ticket", NAMES[kind])
    world.cy.says("/incident ticket INC-1").says("has the ticket")
    settled(world)
    assert len(made(outside, kind)) == 1
    assert outside.book.wrong() == []


@pytest.mark.parametrize("kind", ["github"])
@pytest.mark.parametrize("status", [429, 403])
def test_told_to_wait_it_waits(world: World, outside: Outside, status: int) -> None:
    outside.fault(PLACES["github"], status, headers=(("Retry-After", "1"),))
    declared(world)
    world.ana.says("/incident ticket INC-1 Checkout")
    settled(world)
    assert [one.title for one in made(outside, "github")] == ["Checkout"]
    assert facts(world, "tickets.refused") == []


@pytest.mark.parametrize(
    ("kind", "status", "cure"),
    [("github", 404, "integrations: tickets"), ("gitlab", 401, "TOCSIN_TICKETS_TOKEN"), ("github", 422, "requires"),
     ("jira", 400, "type of issue")],
)  # fmt: skip
def test_a_refusal_for_good_is_said_with_what_helps_and_it_can_be_tried_again(
    world: World, outside: Outside, kind: str, status: int, cure: str
) -> None:
    outside.fault(PLACES[kind], status, echo=True)
    declared(world)
    world.ana.says("/incident ticket INC-1 Checkout returns 5xx since 4812")
    settled(world)
    assert made(outside, kind) == []
    said = world.room().expects("No ticket was created for *INC-1*", f"HTTP {status}", cure, "since 4812")
    assert outside.services.keys.tickets_token not in str(facts(world, "tickets.refused"))
    if status == 401:  # a tracker that refuses the token is left alone for a minute of real time
        return
    form = world.cy.clicks("ticket.open", said, world.room().name)
    assert world.cy.fills(form.view_id, title="Checkout returns 5xx").ok
    settled(world)
    assert [one.title for one in made(outside, kind)] == ["Checkout returns 5xx"]
    world.room().expects("Ticket", NAMES[kind], world.cy.id)


def test_a_private_incident_gets_one_only_when_it_was_said_who_can_read_it(world: World, outside: Outside) -> None:
    world.ana.says("/incident sev1 Keys are public --private --service checkout").says("is declared")
    assert post(world, "/incidents/1/ticket").status_code == 409
    form = world.ana.says("/incident ticket INC-1 Rotate the keys")
    assert form.view_id
    assert "everyone who can read OPS in Jira" in str(world.ana.view())
    assert made(outside, "jira") == []
    assert world.ana.fills(form.view_id, title="Rotate").ok
    settled(world)
    (issue,) = made(outside, "jira")
    assert issue.title == "Rotate"
    assert "Keys are public" not in issue.text
    world.ana.says("/incident resolve INC-1 the new keys are in place")
    settled(world)
    assert [text.partition(": ")[2] for text in issue.comments] == ["Resolved"]
    world.li.says("/incident ticket INC-1").says("There is no incident INC-1")


def test_programs_make_one_too(world: World, outside: Outside) -> None:
    declared(world)
    answer = post(world, "/incidents/1/ticket")
    assert answer.status_code == 200
    assert "Creating a ticket in Jira" in answer.json()["message"]
    settled(world)
    assert [one.title for one in made(outside, "jira")] == ["INC-1 SEV-1 Checkout returns 5xx"]
    shown = post(world, "/incidents/1/ticket").json()["incident"]["ticket"]
    assert shown == {"state": "there", "id": "OPS-1", "url": f"{outside.url}/browse/OPS-1", "status": None}


@pytest.mark.both_databases
def test_how_it_stands_there_is_read_now_and_then(world: World, outside: Outside) -> None:
    declared(world)
    world.ana.says("/incident ticket INC-1 Checkout")
    settled(world)
    (issue,) = made(outside, "jira")
    for status in ("To Do", "In Progress"):
        issue.status = status
        tickets.sweep(world.app.desk)
        settled(world)
    world.ana.says("/incident status INC-1").says("OPS-1", "In Progress")
    assert "In Progress" in words(world.room().expects("*Now:*"))
    assert facts(world, "tickets.read") == [{"id": "OPS-1", "status": "In Progress", "before": "To Do"}]


@pytest.mark.parametrize("kind", ["github"])
def test_a_wish_in_triage_gets_one_by_a_button(world: World, outside: Outside) -> None:
    world.ana.says("/incident triage sev3 Export as CSV please").says("INC-1 is in triage")
    asked = world.ana.dms().expects("INC-1 is in triage")
    form = world.ana.clicks("triage.reject", asked, world.ana.dms().name)
    assert world.ana.fills(form.view_id, kind="feature_request").ok
    offer = world.ana.dms().expects("is no incident (a feature request)")
    assert "ticket.create" in actions(offer)
    world.ana.clicks("ticket.create", offer, world.ana.dms().name)
    settled(world)
    assert [one.title for one in made(outside, "github")] == ["INC-1 SEV-3 Export as CSV please"]
    assert "#1" in world.ana.dms().shown()


@pytest.mark.parametrize("kind", [""])
def test_where_there_is_no_tracker_it_says_so_and_offers_no_button(world: World, outside: Outside) -> None:
    declared(world)
    world.ana.says("/incident ticket INC-1 Checkout").says("No ticket was created", "integrations: tickets")
    world.ana.says("/incident", world.room().name)
    assert "ticket.open" not in str(world.ana.view())
    assert facts(world, "tickets.wanted") == []


def test_the_tray_has_a_button_for_it(world: World, outside: Outside) -> None:
    declared(world)
    world.ana.says("/incident", world.room().name)
    assert "ticket.open" in str(world.ana.view())
