"""An outsider's view is the same, byte by byte, with and without a private incident that has everything an incident can
have: each place where one could notice it is looked at before it is declared, and after.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox import Sandbox
from tests.stories.world import ROOT, World, settings_for, start

TYPED = (
    "list", "list all", "list mine", "list customer=Acme", "", "help", "status", "ack", "why", "timeline", "merge",
    "merge INC-1", "complaint", "field", "field INC-1 customer", "classify", "hold", "decision",
    "action",
    "done A1", "mitigation", "mitigation M1 worked", "tick-off", "handoff", "role", "page", "update", "resolve", "sev",
    "declare", "undo", "reopen", "close", "status INC-9",
)  # fmt: skip
"""What an outsider types behind /incident: where a list, a menu, a form or a number could tell of it."""
AT_RANDOM = re.compile(r'"block_id": "[\w-]{5}"')
"""What Slack calls a block that has no name."""
ON_CALL = ("who", "me", "next", "handoff")
READ = ("/incidents", "/incidents?all=true", "/incidents?field=customer=Acme", "/incidents/1", "/incidents/1/timeline",
        "/incidents/1/export", "/incidents/9", "/oncall/who", "/oncall/handoff")  # fmt: skip
KEPT = ("action @bo restart 10m", "decision roll back", "decision pending fail over in 30m", "mitigation roll back",
        "complaint cannot pay", "field customer Acme", "sev sev2 fewer", "update identified a merger leaked",
        "tick-off errors", "classify users=30", "handoff @dee", "hold until 23:00 the lawyers")  # fmt: skip


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[World]:
    """With an own field, and a clock that stands still: what time changes is no trace."""
    config = tmp_path / "tocsin.yml"
    demo = (ROOT / "bot" / "catalog" / "demo.yml").read_text("utf-8")
    config.write_text(demo + "fields: {customer: {type: text}}\n")
    made = start(sandbox, settings_for(sandbox, database_url, config=config))
    made.http.post("clock", json={"speed": 0}).raise_for_status()
    yield made
    made.http.close()
    made.app.stop()


def seen(world: World) -> dict[str, str]:
    """Every place that Li, who takes no part, can look at."""
    found = {}
    for command, words in [*(("incident", one) for one in TYPED), *(("oncall", one) for one in ON_CALL)]:
        answer = world.li.says(f"/{command} {words}".strip()).answer
        told = [[one.get("text"), one.get("blocks")] for one in answer.get("ephemeral") or []]
        forms = world.look("state")["views"].get(world.li.id) or []
        found[f"/{command} {words}"] = json.dumps([told, [one["blocks"] for one in forms]])
        for _ in forms:
            world.do("close_view", user="li", view_id=(world.look("state")["views"][world.li.id])[-1]["id"])
    world.do("home", user="li")
    world.settle()
    state = world.look("state")
    found["home"] = json.dumps(state["homes"][world.li.id]["blocks"])
    mine = [one for one in state["channels"] if one["kind"] == "public" or world.li.id in one["members"]]
    found["channels"] = json.dumps([[one["name"], one.get("topic")] for one in mine])
    found["announcements"] = json.dumps([one["blocks"] for one in world.incidents.messages()])
    key = {"Authorization": f"Bearer {world.app.token}", "Tocsin-As": "li"}
    with httpx.Client(base_url=f"{world.app.url}/api/v1", headers=key, trust_env=False, verify=False) as http:
        found |= {path: f"{(got := http.get(path)).status_code} {got.text}" for path in READ}
    return {where: AT_RANDOM.sub("", shown) for where, shown in found.items()}


def test_nothing_that_an_outsider_looks_at_differs(world: World) -> None:
    world.bo.says("/incident declare sev3 Search is slow --service search").says("INC-1")
    world.bo.says("/incident ack INC-1")
    seen(world)  # Li is counted as affected, once for all
    before = seen(world)
    assert "Search is slow" in before["/incident list"]
    assert "Search is slow" in before["/incidents"]
    world.cy.says("/incident declare sev1 A merger leaked --private --service checkout").says("INC-2")
    world.cy.says("/incident ic INC-2")
    for kept in KEPT:
        verb, _, words = kept.partition(" ")
        assert world.cy.says(f"/incident {verb} INC-2 {words}").ok
    after = seen(world)
    differ = {where: (before[where], after[where]) for where in before if before[where] != after[where]}
    assert not differ, "\n".join(f"{where}:\n  {was[:1500]}\n  {now[:1500]}" for where, (was, now) in differ.items())
    assert "merger" not in json.dumps(after)
    assert "merger" in world.cy.says("/incident list").text, "who declared it sees it"
