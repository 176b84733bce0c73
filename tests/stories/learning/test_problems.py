"""Problems: begun in one incident, linked from others, known, fixed; and never a way to a private incident."""

from typing import Any

import httpx
import pytest

from tests.stories.records import facts
from tests.stories.world import World, words


def declared(world: World, title: str = "checkout returns 5xx", more: str = "") -> None:
    world.cy.says(f"/incident sev1 {title} --service checkout {more}").says("is declared")


def get(world: World, path: str, person: str = "") -> Any:
    headers = {"Authorization": f"Bearer {world.app.token}"} | ({"Tocsin-As": person} if person else {})
    answer = httpx.get(f"{world.app.url}/api/v1{path}", headers=headers, trust_env=False, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.both_databases
def test_it_is_begun_linked_known_and_fixed(world: World) -> None:
    declared(world)
    room = world.room()
    world.ana.says("/incident problem the pool has no limit", room.name).says("PRB-1", "the pool has no limit", "open")
    world.settle()
    assert "PRB-1 the pool has no limit" in words(room.expects("*Now:*"))
    world.ana.says("/incident problem PRB-1 workaround restart the pool", room.name).says("known error", "Until then")
    world.ana.says("/incident problem PRB-1 owner @bo", room.name).says(world.bo.id)
    world.ana.says("/incident problem PRB-1 due 2026-12-24", room.name).says("due 2026-12-24")
    world.ana.says("/incident problem PRB-1 due Christmas", room.name).says("is no date")
    world.ana.says("/incident resolve INC-1 restarted the pool")
    declared(world, "search returns 5xx")
    world.ana.says("/incident problem INC-2 PRB-1").says("PRB-1", "known error")
    world.settle()
    assert "known: restart the pool" in words(world.channel(world.rooms()[-1]["name"]).expects("*Now:*"))
    world.ana.says("/incident status INC-2").says("Comes from", "PRB-1", "restart the pool")
    world.dee.says("/incident problem list").says("PRB-1", "known error", "INC-1, INC-2", "due 2026-12-24")
    world.ana.says("/incident problem INC-1 PRB-1 fixed by 4812").says("fixed for good: by 4812")
    world.ana.says("/incident problem INC-1 PRB-1 fixed").says("fixed for good: by 4812")
    world.settle()
    assert "· fixed" in words(world.channel(world.rooms()[-1]["name"]).expects("*Now:*")), "the card of the other one"
    world.dee.says("/incident problems").says("No problem is open")
    world.dee.says("/incident problems all").says("PRB-1", "✅ fixed")
    assert "PRB-1 the pool has no limit: fixed (by 4812)" in httpx.get(
        f"{world.app.url}/api/v1/incidents/1/postmortem", headers={"Authorization": f"Bearer {world.app.token}"},
        trust_env=False, timeout=60,
    ).text  # fmt: skip
    (row,) = get(world, "/problems?all=true")
    assert (row["name"], row["state"], row["owner"]["id"], row["incidents"]) == (
        "PRB-1", "fixed", world.bo.id, ["INC-1", "INC-2"],
    )  # fmt: skip
    assert get(world, "/incidents/2")["problems"][0]["fix"] == "by 4812"
    assert [one["state"] for one in get(world, "/incidents/1/export")["problems"]] == ["fixed"]
    assert [one["new"] for one in facts(world, "learning.problem_linked")] == [True, False]
    world.ana.says("/incident problem INC-2 PRB-1 unlink").says("doesn't come from PRB-1")
    assert get(world, "/problems?all=true")[0]["incidents"] == ["INC-1"]


def test_a_private_incident_is_never_shown_by_it(world: World) -> None:
    declared(world)
    world.ana.says("/incident problem INC-1 the keys are never rotated").says("PRB-1")
    before = (world.li.says("/incident problem list").text, get(world, "/problems", "li"))
    world.cy.says("/incident sev1 Merger leaked --private --service checkout").says("is declared")
    world.cy.says("/incident problem INC-2 PRB-1").says("PRB-1")
    world.cy.says("/incident problem INC-2 the merger stands in the log").says("PRB-2")
    assert (world.li.says("/incident problem list").text, get(world, "/problems", "li")) == before
    world.cy.says("/incident problem list").says("PRB-2", "INC-1, INC-2")
    unknown = world.li.says("/incident problem INC-1 PRB-2 fixed").says("There is no PRB-2").text
    assert world.li.says("/incident problem INC-1 PRB-9 fixed").text.replace("PRB-9", "PRB-2") == unknown
    world.cy.says("/incident problem INC-1 PRB-2").says("begun in a private incident")
    assert "merger" not in str(get(world, "/incidents/1/export", "li"))
    form = world.li.says("/incident problem INC-1")
    assert form.view_id
    assert "merger" not in str(world.li.view())


def test_the_form_keeps_one_or_links_one(world: World) -> None:
    declared(world)
    form = world.ana.says("/incident problem INC-1")
    assert "known" not in str([one["block_id"] for one in world.ana.view()["blocks"] if "block_id" in one])
    assert world.ana.fills(form.view_id, title="").errors
    form = world.ana.says("/incident problem INC-1")
    assert world.ana.fills(form.view_id, title="the pool", due="soon").errors["due"]
    form = world.ana.says("/incident problem INC-1")
    assert world.ana.fills(form.view_id, title="the pool", due="2026-12-24", owner=world.bo.id).ok
    declared(world, "search is slow")
    form = world.ana.says("/incident problem INC-2")
    assert world.ana.fills(form.view_id, known="1").ok
    world.dee.says("/incident problem list").says("INC-1, INC-2")


def test_what_sounds_like_a_new_incident_is_not_kept(world: World) -> None:
    declared(world)
    world.ana.says("/incident problem with search, nothing is found").says("/incident declare problem with search")
    assert facts(world, "learning.problem_linked") == []
