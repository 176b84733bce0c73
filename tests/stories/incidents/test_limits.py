"""Slack's limits are on: many incidents at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox import Sandbox
from tests.calendar import WEDNESDAY, turn_to
from tests.stories.records import until
from tests.stories.world import PATIENT, ROOT, World, settings_for, start, words

DECLARE = "/incident declare sev1 Checkout returns 5xx --service checkout"
MANY = 12


@pytest.fixture
def limited(database_url: str) -> Iterator[World]:
    with Sandbox(manifest=ROOT / "manifest.yml", patience=PATIENT) as sandbox:
        turn_to(WEDNESDAY, sandbox)
        world = start(sandbox, settings_for(sandbox, database_url))
        yield world
        world.http.close()
        world.app.stop()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_twelve_equal_titles_have_their_rooms_within_the_limit(limited: World) -> None:
    with ThreadPoolExecutor(MANY) as people:
        said = [people.submit(limited.do, "command", user="ana", channel="general", text=DECLARE) for _ in range(MANY)]
    assert all(one.result()["ok"] for one in said)
    until(lambda: len(limited.rooms()) == MANY, "the twelfth room")
    made = [one["answer"] for one in limited.calls("conversations.create")]
    assert len(made) <= 20, "what Slack allows in a minute"
    assert not [one for one in made if one.get("error") == "ratelimited"]
    assert len([one for one in made if one.get("error") == "name_taken"]) == 0, "the next free name is known"
    until(lambda: len(pages(limited)) == MANY, "the twelfth page")


def pages(world: World) -> list[str]:
    return [shown for one in world.ana.dms().messages() if "You are paged" in (shown := words(one))]
