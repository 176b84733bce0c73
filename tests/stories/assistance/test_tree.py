"""Who else do we need? The questions in a modal, the way written down, and the deed at its end."""

from pathlib import Path

import pytest

from sandbox import Sandbox
from tests.stories.paging.test_paging import declare, paged
from tests.stories.records import facts
from tests.stories.world import ROOT, World, settings_for, start, words

YES, NO = 0, 1
Way = tuple[int, ...]
SPECIALIST: Way = (YES, NO, YES)
MANAGER: Way = (YES, NO, NO, YES)
TEAM: Way = (YES, NO, NO, NO, YES)
SECURITY: Way = (YES, NO, NO, NO, NO, YES)


def walk(world: World, way: Way) -> str:
    """Ana opens the questions in the room and answers them so; the id of her modal."""
    room = world.room()
    view = world.ana.says("/incident tree", channel=room.name).view_id
    for answer in way:
        step(world, view, "tree.answer", f"answer-{answer}")
    return view


def step(world: World, view: str, action: str, block: str = "") -> None:
    done = world.do("click", user="ana", view_id=view, action_id=action, block_id=block)
    assert done["ok"], done
    world.settle()


def shown(world: World) -> str:
    return words(world.ana.view())


def test_nobody_answered_so_the_next_level_is_paged(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    view = walk(world, (NO,))
    assert "The next level of the escalation is paged now" in shown(world)
    assert world.ana.submits(view, {}).ok
    assert [one.name for one in paged(world)] != [first.name]
    assert "Has the person on call answered? No → page the next level" in world.ana.says("/incident timeline 1").text


def test_the_way_can_be_gone_back(world: World) -> None:
    declare(world)
    view = walk(world, SPECIALIST)
    assert "Can they handle it? No, or not alone" in shown(world)
    step(world, view, "tree.back")
    step(world, view, "tree.back")
    assert "Can they handle it?" in shown(world)
    step(world, view, "tree.answer", f"answer-{YES}")
    assert world.ana.submits(view, {}).ok
    world.ana.dms().lacks("no one else is needed")
    [walked] = facts(world, "assistance.tree_walked")
    assert walked == {
        "path": ["Has the person on call answered? Yes", "Can they handle it? Yes"],
        "deed": "no one else is needed",
    }


def test_a_specialist_is_chosen_and_paged(world: World) -> None:
    declare(world)
    view = walk(world, SPECIALIST)
    assert "query performance, connection pool" in shown(world)
    assert world.ana.submits(view, {"who": {"who": "database"}}).ok
    world.cy.expects_page("Checkout returns 5xx")
    assert facts(world, "assistance.tree_walked")[0]["deed"] == "page the specialists database"
    assert facts(world, "assistance.specialist_paged")[0]["specialist"] == "database"


def test_a_manager_is_asked_the_question(world: World) -> None:
    declare(world)
    view = walk(world, MANAGER)
    assert world.ana.submits(view, {"words": {"words": "may we fail over?"}}).ok
    world.dee.dms().expects("Your decision, please", "may we fail over?")


def test_another_team_is_asked_through_its_lead(world: World) -> None:
    declare(world)
    view = walk(world, TEAM)
    assert world.ana.submits(view, {"who": {"who": "support"}}).ok
    world.li.expects_page("Checkout returns 5xx")


def test_data_at_risk_pages_security_with_a_note_that_stays_between_few(world: World) -> None:
    declare(world)
    view = walk(world, SECURITY)
    assert world.ana.submits(view, {"words": {"words": "card numbers in the log"}}).ok
    world.eve.expects_page("Checkout returns 5xx")
    world.eve.dms().expects("A private note on INC-1", "card numbers in the log")
    world.room().lacks("card numbers")
    timeline = world.ana.says("/incident timeline 1").text
    assert "private note" in timeline
    assert "card numbers" not in timeline


def test_a_form_that_comes_after_the_end_says_so_and_does_nothing(world: World) -> None:
    declare(world)
    view = walk(world, (YES,))
    world.bo.says("/incident resolve INC-1 rolled back")
    step(world, view, "tree.answer", f"answer-{NO}")
    assert "INC-1 is resolved: no one is needed now" in shown(world)
    assert facts(world, "assistance.tree_walked") == []


def test_a_deed_that_comes_after_the_end_says_so_and_does_nothing(world: World) -> None:
    declare(world)
    view = walk(world, SPECIALIST)
    world.bo.says("/incident resolve INC-1 rolled back")
    refused = world.ana.submits(view, {"who": {"who": "database"}})
    assert "INC-1 is resolved" in str(refused.answer)
    assert facts(world, "assistance.tree_walked") == facts(world, "assistance.specialist_paged") == []


def without_leads(sandbox: Sandbox, database_url: str, folder: Path, *, managers: bool) -> World:
    """The demo company without a team's lead, without specialists for security, and with a question of its own."""
    text = (ROOT / "bot" / "catalog" / "demo.yml").read_text()
    text = text.replace("lead: dee, ", "").replace("lead: li, ", "").replace('security: {to: ["person:eve"]}', "")
    text = text if managers else text.replace("manager: dee, ", "").replace("manager: eve, ", "")
    text += 'decision_tree: {questions: {able: {answers: [{label: "Call the DBA", do: specialist, who: database}]}}}\n'
    file = folder / "tocsin.yml"
    file.write_text(text)
    return start(sandbox, settings_for(sandbox, database_url, config=file))


@pytest.fixture
def bare(sandbox: Sandbox, database_url: str, tmp_path: Path) -> World:
    return without_leads(sandbox, database_url, tmp_path, managers=False)


@pytest.mark.parametrize(("asks", "why"), [("ana", "manager of Ana Ruiz"), ("eve", "manager of those paged before")])
def test_without_a_manager_on_call_ones_own_is_asked(
    sandbox: Sandbox, database_url: str, tmp_path: Path, asks: str, why: str
) -> None:
    world = without_leads(sandbox, database_url, tmp_path, managers=True)
    try:
        declare(world)
        getattr(world, asks).says("/incident ask-manager INC-1 may we?").says("I asked", world.dee.id)
        world.dee.dms().expects("Your decision, please", why, "may we?")
    finally:
        world.http.close()
        world.app.stop()


def test_questions_of_ones_own_and_people_who_cannot_be_found(bare: World) -> None:
    try:
        declare(bare)
        view = walk(bare, (YES, 0))
        assert bare.ana.submits(view, {}).ok
        bare.cy.expects_page("Checkout returns 5xx")
        told = bare.ana.says("/incident page INC-1 security")
        told.says("No one could be found for Security team of INC-1", "schedule:security-oncall", "tocsin.yml")
        bare.ana.says("/incident ask-manager INC-1 may we?").says("No one could be found for a decision", "manager")
        assert len(facts(bare, "paging.escalation_started")) == 2
    finally:
        bare.http.close()
        bare.app.stop()
