"""Nobody is given work that they cannot do: deactivated people, apps, guests; at every door, and on the rota."""

import pytest

from tests.stories.shifts import fields, on_call
from tests.stories.world import Channel, World


@pytest.fixture
def incident(world: World) -> World:
    world.li.says("/incident declare sev1 Checkout is down").says("INC-1")
    return world


@pytest.mark.parametrize(("text", "why"), [
    ("page INC-1 @old", "Otto Lang can't be paged: this Slack account is deactivated"),
    ("page INC-1 Otto Lang", "Otto Lang can't be paged: this Slack account is deactivated"),
    ("page INC-1 @tocsin", "can't be paged: it's an app, not a person"),
    ("ic INC-1 @old", "Otto Lang can't have a role"),
    ("ic INC-1 @tocsin", "it's an app, not a person"),
    ("ic INC-1 @gus", "Gus Guest can't have a role"),
    ("role INC-1 comms @old", "Otto Lang can't have a role"),
    ("escalate INC-1 @old", "Otto Lang can't be paged"),
])  # fmt: skip
def test_who_cannot_be_asked_is_refused_with_who_could(incident: World, text: str, why: str) -> None:
    incident.li.says(f"/incident {text}").says(why, "You could ask", "instead", "Nothing was changed")


def test_those_who_can_are_paged_although_one_cannot(incident: World) -> None:
    incident.li.says("/incident page INC-1 @eve and @old").says("paging", "Not paged", "Otto Lang", "deactivated")
    incident.eve.expects_page("INC-1")


def test_an_id_that_no_one_has_is_refused(incident: World) -> None:
    incident.li.says("/incident page INC-1 U0NOBODY").says("no one in this workspace has that id")


def test_a_guest_can_be_paged_and_can_be_handed_an_incident(incident: World) -> None:
    incident.li.says("/incident page INC-1 @gus").says("paging", incident.gus.id)
    assert incident.ana.says("/incident ack INC-1").ok
    incident.ana.says("/incident pass INC-1 @old").says("can't take an incident over", "deactivated")
    incident.ana.says("/incident pass INC-1 @gus").says(incident.gus.id, "to take over")


def test_a_cover_is_given_to_nobody_who_is_gone(world: World) -> None:
    form = world.dee.says("/oncall override").view_id
    bot = "U01SANDBOX"
    refused = world.dee.submits(form, fields(world, on_call(world).id, bot))
    assert "no active account in this workspace" in str(refused.errors), refused.answer


def test_someone_on_call_who_left_is_passed_at_once_and_that_is_said(world: World) -> None:
    first = on_call(world).name
    assert "deactivated" not in world.li.says("/oncall who").text
    assert world.do("company", deactivate=first)["ok"]
    world.settle()
    assert "deactivated in Slack" in world.li.says("/oncall who").text
    world.li.says("/incident declare sev1 Checkout is down --service checkout").says("INC-1")
    assert not getattr(world, first).dms().messages()
    asked = [one.name for one in (world.ana, world.bo, world.cy) if one.name != first and one.dms().messages()]
    assert asked, "the next level is asked at once"
    assert "deactivated" in world.dee.says("/incident timeline INC-1").text
    world.dee.dms().expects("Someone who should have been paged can't be", "deactivated")


@pytest.mark.both_databases
def test_someone_who_has_it_and_leaves_has_nothing_any_more(world: World) -> None:
    world.li.says("/incident declare sev1 Checkout is down --service checkout").says("INC-1")
    first = on_call(world)
    first.says("/incident ack INC-1")
    first.says("/incident ic INC-1")
    first.says("/incident comms INC-1")
    world.li.says("/incident declare sev1 Search is down --service search").says("INC-2")
    first.says("/incident ack INC-2")
    first.says("/incident resolve INC-2 fixed")
    others = [one for one in (world.ana, world.bo, world.cy) if one.name != first.name]
    before = [len(one.dms().messages()) for one in others]
    assert world.do("company", deactivate=first.name)["ok"]
    world.settle()
    asked = [one for one, said in zip(others, before, strict=True) if len(one.dms().messages()) > said]
    assert asked, "somebody else is paged at once"
    asked[0].expects_page("INC-1")
    told = world.dee.says("/incident timeline INC-1").text
    assert "no longer has it: this Slack account was deactivated" in told
    assert "is no longer incident commander" in told
    room = next(one for one in world.rooms() if "checkout" in one["name"])
    taken = Channel(world, room["id"]).expects("has no incident commander now", "Take command")
    asked[0].clicks("incident.take_ic", taken, room["id"])
    assert asked[0].id in str(world.dee.says("/incident status INC-1").answer)
    assert "deactivated" not in world.dee.says("/incident timeline INC-2").text
    world.do("company", reactivate=first.name)
    world.do("company", deactivate=first.name)
    world.settle()
    assert world.dee.says("/incident timeline INC-1").text.count("is no longer incident commander") == 1


def test_someone_who_is_being_paged_and_leaves_is_not_waited_for(world: World) -> None:
    world.li.says("/incident declare sev1 Checkout is down --service checkout").says("INC-1")
    first = on_call(world)
    first.expects_page("INC-1")
    assert world.do("company", deactivate=first.name)["ok"]
    world.settle()
    asked = [one for one in (world.ana, world.bo, world.cy) if one.name != first.name and one.dms().messages()]
    assert len(asked) == 1, "the next level is asked at once"
    assert "account was deactivated" in world.dee.says("/incident timeline INC-1").text
