"""All hands over the wire: how many that wakes is said first, a reason is asked for, then everyone is paged."""

import json

import pytest

from tests.stories.paging.test_paging import declare, paged
from tests.stories.records import facts
from tests.stories.world import World

COUNT = "6 people, 2 of them in their sleeping hours (Cy Okafor, Dee Park)"
WHY = "customer data is being deleted"


def form_of(world: World, text: str) -> tuple[str, str]:
    """The id of the form that a command opens, and all that it says."""
    answer = world.dee.says(text)
    assert answer.view_id, answer.text
    (view,) = [one for one in world.look("state")["views"][world.dee.id] if one["id"] == answer.view_id]
    return answer.view_id, json.dumps(view, ensure_ascii=False)


@pytest.mark.parametrize("words", ["all-hands", "all hands:", "@all-hands", "ALLHANDS"])
def test_it_says_how_many_and_how_many_sleep_and_pages_nobody_yet(world: World, words: str) -> None:
    declare(world)
    before = len(paged(world))
    _, said = form_of(world, f"/incident page INC-1 {words} {WHY}")
    assert f"Pages {COUNT}" in said
    assert WHY in said
    assert "Page all 6" in said
    assert len(paged(world)) == before


def test_the_form_is_the_confirmation_and_everyone_reads_why(world: World) -> None:
    declare(world)
    primary = paged(world)[0]
    view, _ = form_of(world, f"/incident page INC-1 all-hands {WHY}")
    assert world.dee.fills(view, why=WHY).ok
    assert {one.name for one in paged(world)} == {"ana", "bo", "cy", "dee", "eve", "li"}
    world.li.expects_page("Checkout", f"all hands: {WHY}")
    asked = [one["person"] for one in facts(world, "paging.paged")]
    assert asked.count(primary.id) == 1, "whoever is asked already is not asked twice"
    assert f"all hands: {WHY}" in world.li.says("/incident why 1").text


def test_without_a_reason_nobody_is_paged(world: World) -> None:
    declare(world)
    view, _ = form_of(world, "/incident page INC-1 all-hands")
    world.dee.fills(view, why="  ")
    assert len(paged(world)) == 1


def test_a_private_incident_is_told_to_nobody(world: World) -> None:
    world.dee.says("/incident declare sev3 Payroll was read --private")
    assert "is private" in world.dee.says("/incident page INC-1 all-hands now").text
    assert facts(world, "paging.paged") == facts(world, "paging.paged")[:1]


def test_no_other_word_leads_past_the_question(world: World) -> None:
    declare(world)
    for said in (f"/incident escalate INC-1 all-hands {WHY}", f"/incident escalate INC-1 to all hands {WHY}"):
        assert f"This would page {COUNT}" in world.dee.says(said).text
    assert len(paged(world)) == 1


def test_a_dry_run_shows_everyone(world: World) -> None:
    declare(world)
    said = world.dee.says("/incident page INC-1 all-hands --dry-run").text
    assert "Dry run: all hands" in said
    assert all(name in said for name in ("Ana Ruiz", "Li Wei", "Eve Novak"))
    assert len(paged(world)) == 1
