"""What Slack does with links, the command line and the API do too; documents and exports have them."""

import json

from tests.stories.terminal import DECLARE, Terminal
from tests.stories.web.test_web import World, world

__all__ = ["world"]

TICKET = "https://jira.example.com/browse/OPS-1"


def test_links_at_the_command_line(here: Terminal) -> None:
    here(*DECLARE)
    assert "Refunds" in here("incident", "link", "INC-1", TICKET, "--kind", "ticket", "--label", "Refunds")
    here("incident", "bridge", "INC-1", "https://meet.example.com/1")
    assert here("incident", "links", "1").splitlines() == [
        f"ticket  {TICKET}  Refunds",
        "bridge  https://meet.example.com/1",
    ]
    assert TICKET in here("incident", "status", "1")
    assert f"- Ticket: [Refunds]({TICKET})" in here("postmortem", "INC-1")
    assert [one["kind"] for one in json.loads(here("export", "INC-1"))["links"]] == ["ticket", "bridge"]
    assert "removed" in here("incident", "unlink", "INC-1", "Refunds").lower()
    assert here("incident", "links", "1").split() == ["bridge", "https://meet.example.com/1"]


def test_links_in_the_api(world: World) -> None:
    world.declare()
    body = {"url": TICKET, "kind": "ticket", "label": "Refunds"}
    assert world.post("/incidents/1/link", body).json()["incident"]["links"][0]["label"] == "Refunds"
    assert world.post("/incidents/1/link", body).json()["incident"]["links"][1:] == [], "once"
    assert world.get("/incidents/1/links").json()["links"][0]["url"] == TICKET
    assert world.post("/incidents/1/link", {"url": "ftp://x.example"}).status_code == 409
    assert world.post("/incidents/1/link", body | {"kind": "secret"}).status_code == 400
    assert world.post("/incidents/1/unlink", {"link": TICKET}).json()["incident"]["links"] == []
