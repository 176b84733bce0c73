"""Roles: what belongs to one is told on being given it, whoever cannot take it says so, and a vacant chair asks."""

import pytest

from tests.stories.world import World, actions, words


@pytest.fixture
def incident(world: World) -> World:
    world.cy.says("/incident sev1 checkout is down").says("is declared")
    return world


def test_who_is_given_command_reads_what_belongs_to_it_and_can_refuse(incident: World) -> None:
    incident.cy.says("/incident ic INC-1 @dee").says("incident commander")
    incident.settle()
    told = incident.dee.dms().expects("You are *incident commander*", "gave you the role", "Not yours:")
    assert "role.refuse" in actions(told)
    assert incident.dee.clicks("role.refuse", told, incident.dee.dms().name).ok
    incident.settle()
    incident.room().expects("has no incident commander")
    incident.cy.dms().expects("Who coordinates and decides?")


def test_who_takes_a_role_themselves_has_nothing_to_refuse(incident: World) -> None:
    incident.ana.says("/incident ic INC-1")
    told = incident.ana.dms().expects("You are *incident commander*")
    assert "role.refuse" not in actions(told)
    assert "gave you" not in words(told)


def test_one_person_who_commands_and_fixes_is_warned(incident: World) -> None:
    incident.ana.says("/incident ic INC-1")
    incident.ana.says("/incident role INC-1 tech")
    incident.ana.dms().expects("incident commander and tech lead at once")


def test_several_people_are_experts_and_none_empties_a_role(incident: World) -> None:
    incident.ana.says("/incident role INC-1 sme @bo").says("subject expert")
    incident.ana.says("/incident role INC-1 sme @dee").says("subject expert")
    incident.settle()
    incident.bo.dms().expects("You are *subject expert*")
    assert "in your place" not in incident.bo.dms().shown()
    incident.ana.says("/incident role INC-1 scribe @bo")
    incident.ana.says("/incident role INC-1 scribe none").says("has no scribe now")
    incident.ana.says("/incident role INC-1 scribe none").says("without a scribe")


def test_a_vacant_commander_is_asked_for_again_and_again(incident: World) -> None:
    incident.forward(minutes=3.1)
    incident.cy.dms().expects("has no incident commander")
    incident.forward(minutes=5.1)
    assert incident.cy.dms().shown().count("Who coordinates and decides?") == 2
    incident.ana.says("/incident ic INC-1")
    incident.forward(minutes=15)
    assert incident.cy.dms().shown().count("Who coordinates and decides?") == 2
    incident.ana.dms().expects("has no comms lead")
    incident.ana.dms().expects("has no scribe")


def test_a_commander_of_four_hours_is_asked_and_of_six_is_urged(incident: World) -> None:
    incident.ana.says("/incident ic INC-1")
    incident.forward(minutes=239)
    assert "for four hours" not in incident.ana.dms().shown()
    incident.forward(minutes=2)
    asked = incident.ana.dms().expects("for four hours")
    assert "command.offer" in actions(asked)
    incident.forward(minutes=121)
    incident.ana.dms().expects("for six hours")


def test_whoever_takes_over_is_asked_after_hours_of_their_own_and_no_severity_moves_that(incident: World) -> None:
    incident.ana.says("/incident ic INC-1")
    incident.forward(minutes=241)
    incident.ana.says("/incident sev INC-1 2 fewer are affected")
    incident.forward(minutes=118)
    assert "for six hours" not in incident.ana.dms().shown()
    incident.forward(minutes=3)
    incident.ana.dms().expects("for six hours")
    incident.ana.says("/incident ic INC-1 @dee")
    incident.dee.presses("command.accept", "command")
    incident.forward(minutes=239)
    assert "for four hours" not in incident.dee.dms().shown()
    incident.forward(minutes=2)
    incident.dee.dms().expects("for four hours")
    incident.forward(minutes=121)
    incident.dee.dms().expects("for six hours")


def test_a_chair_that_is_empty_again_is_asked_about_again(incident: World) -> None:
    incident.forward(minutes=15.1)
    assert incident.cy.dms().shown().count("Who keeps the timeline?") == 1
    incident.cy.says("/incident role INC-1 scribe @bo")
    incident.cy.says("/incident role INC-1 scribe none")
    incident.forward(minutes=14)
    assert incident.cy.dms().shown().count("Who keeps the timeline?") == 1
    incident.forward(minutes=2)
    assert incident.cy.dms().shown().count("Who keeps the timeline?") == 2
    for _ in range(8):
        incident.forward(minutes=5.1)
    assert incident.cy.dms().shown().count("Who keeps the timeline?") == 2
    assert incident.cy.dms().shown().count("Who coordinates and decides?") == 6
    incident.cy.says("/incident cancel INC-1 a test")
    incident.cy.says("/incident reopen INC-1 none after all")
    incident.forward(minutes=16)
    assert incident.cy.dms().shown().count("Who keeps the timeline?") == 3
    assert incident.cy.dms().shown().count("Who coordinates and decides?") > 6


def test_a_severity_that_needs_no_commander_asks_for_none(world: World) -> None:
    world.cy.says("/incident declare sev3 search is slow")
    world.cy.says("/incident ic INC-1")
    world.cy.says("/incident role INC-1 ic none").says("has no incident commander now")
    world.forward(minutes=30)
    world.cy.dms().lacks("Who coordinates and decides?")


def test_where_nothing_is_watched_nobody_is_asked_whether_it_has_held(world: World) -> None:
    world.cy.says("/incident declare sev4 a small thing")
    world.cy.says("/incident status INC-1 monitoring")
    world.cy.says("/incident set-times INC-1 mitigated 1 min ago")
    world.forward(minutes=5)
    world.cy.dms().lacks("Is it over?")
