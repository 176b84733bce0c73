"""The call of an incident: opened from the configuration, by hand, shown on card, page and above the room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.stories.records import facts
from tests.stories.world import ROOT, World, settings_for, start, words

BRIDGE = "https://meet.example.com/{reference}-{secret}"


@pytest.fixture
def calling(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[World]:
    file = tmp_path / "tocsin.yml"
    demo = (ROOT / "bot" / "catalog" / "demo.yml").read_text()
    file.write_text(f'{demo}\nwar_room: {{bridge: "{BRIDGE}"}}\n')
    made = start(sandbox, settings_for(sandbox, database_url, config=file))
    yield made
    made.http.close()
    made.app.stop()


def test_a_bad_incident_has_its_call_from_the_first_moment(calling: World) -> None:
    calling.cy.says("/incident sev1 checkout is down").says("is declared")
    calling.settle()
    [added] = facts(calling, "links.added")
    assert added["url"].startswith("https://meet.example.com/inc-1-")
    assert len(added["url"]) > len("https://meet.example.com/inc-1-") + 7, "no one can guess it"
    assert f"<{added['url']}|Call>" in words(calling.room().expects("*Now:*"))
    assert added["url"] in str(calling.room().state()["bookmarks"])
    assert added["url"] in words(calling.ana.expects_page())
    calling.cy.says("/incident bridge").says(added["url"])
    assert len(facts(calling, "links.added")) == 1


def test_a_mild_one_has_it_on_demand_or_when_it_grows_worse(calling: World) -> None:
    calling.cy.says("/incident sev3 search is slow").says("is declared")
    assert facts(calling, "links.added") == []
    calling.cy.says("/incident bridge INC-1").says("meet.example.com/inc-1-")
    calling.cy.says("/incident sev3 mail is slow").says("is declared")
    calling.cy.says("/incident sev INC-2 sev1 all of it").says("SEV-1")
    assert [one["url"][:30] for one in facts(calling, "links.added")][1] == "https://meet.example.com/inc-2"


def test_an_address_by_hand_is_the_call_now(calling: World) -> None:
    calling.cy.says("/incident sev1 checkout is down")
    room = calling.room().name
    calling.cy.says("/incident bridge https://zoom.us/j/42", room).says("Call", "https://zoom.us/j/42")
    calling.cy.says("/incident bridge", room).says("https://zoom.us/j/42")
