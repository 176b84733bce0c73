"""What a command or a loop costs does not depend on how many incidents there ever were: no statement reads them."""

import httpx
import pytest

from bot.services import sweeps
from sandbox import Sandbox
from storage.db import Database
from tests import past
from tests.calendar import WEDNESDAY
from tests.plans import Statements
from tests.stories.world import World, settings_for, start

PAST = 3000
LIFE = (
    "ic me", "status", "note the pool is full", "sev sev2 fewer than thought", "status identified", "role tech me",
    "page @bo", "why", "timeline", "update We are rolling back", "pass @bo", "handoff @bo", "vendor", "tree", "room",
    "problem the pool has no limit", "problem PRB-1 workaround restart it",
    "ask-manager May we turn it off?", "pause 15m", "resume", "escalate", "confirm", "unack", "decline I am on a train",
    "ack", "stop enough", "resolve Rolled back", "reopen It is back", "ack", "resolve Rolled back again",
    "postmortem", "close", "list all", "list mine", "list",
)  # fmt: skip
ELSEWHERE = (
    "/incident", "/incident ack", "/incident resolve", "/incident close", "/incident reopen", "/incident the other one",
    "/incident list all", "/incident on it", "/incident status INC-7", "/incident timeline INC-7",
    "/incident why INC-7", "/incident reopen INC-1", "/oncall who", "/oncall me", "/oncall next",
    "/oncall schedule primary-oncall", "/oncall handoff", "/oncall health", "/oncall test-page",
    "/oncall override", "/oncall swap", "/incident problems", "/incident problem list",
)  # fmt: skip
PATHS = (
    "/readyz", "/metrics", "/api/v1/incidents", "/api/v1/incidents?all=true", "/api/v1/incidents/INC-7",
    "/api/v1/incidents/INC-7/why", "/api/v1/incidents/INC-7/timeline", "/api/v1/incidents/INC-7/postmortem",
    "/api/v1/incidents/INC-7/export", "/api/v1/oncall/gaps", "/api/v1/oncall/handoff", "/api/v1/oncall/health",
    "/api/v1/oncall/me", "/api/v1/oncall/shifts", "/api/v1/oncall/who", "/api/v1/overrides", "/api/v1/covers",
    "/api/v1/problems", "/api/v1/problems?all=true",
)  # fmt: skip


@pytest.fixture
def statements(sandbox: Sandbox, database_url: str) -> Statements:
    """Those of a bot that starts beside years of history, and is put through everything."""
    database = Database(database_url)
    past.lay(database, PAST, WEDNESDAY)
    database.close()
    with Statements(database.url).listening() as heard:
        world = start(sandbox, settings_for(sandbox, database_url))
        _commands(world)
        _loops(world)
        world.http.close()
        world.app.stop()
    return heard


def _commands(world: World) -> None:
    world.dee.says("/incident declare sev1 Checkout is slow --service checkout")
    world.dee.says("/incident declare sev3 Search is slow")
    room = world.rooms()[0]["id"]
    for person in (world.ana, world.dee):
        world.do("home", user=person.name)
    world.ana.presses("page.ack", "You are paged")
    world.ana.says("on it", room)
    for words in LIFE:
        world.ana.says(f"/incident {words}", room)
    for words in ELSEWHERE:
        world.ana.says(words)
    with httpx.Client(base_url=world.app.url, headers={"Authorization": f"Bearer {world.app.token}"}) as web:
        for path in PATHS:
            assert web.get(path).status_code < 500, path


def _loops(world: World) -> None:
    world.dee.says("/incident declare sev1 Payments are down --service checkout")
    for _ in range(4):
        world.forward(minutes=16)
    world.forward(minutes=24 * 60)
    app = world.app
    for sweep in sweeps.SWEEPS.values():
        sweep.run(app.desk)
    app.auditor.audit()
    app.watch.ways()
    app.watch.credentials()
    world.settle()


@pytest.mark.both_databases
def test_no_statement_of_a_command_or_a_loop_reads_what_is_over(statements: Statements) -> None:
    assert len(statements.seen) > 100
    costly = list(statements.costly())
    assert not costly, f"{len(costly)} statements read history:\n" + "\n".join(costly)
