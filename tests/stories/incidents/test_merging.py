"""Two incidents are the same one: one ends, its people are told and brought over, and the other goes on."""

from datetime import timedelta

import pytest

from bot.services.oncall.health import Looked, interruptions
from storage.models import Incident, Timer
from tests.stories.world import Channel, World, actions, words


def incident(world: World, number: int) -> Incident:
    with world.app.desk.read() as session:
        return session.get_one(Incident, number)


def room_of(world: World, number: int) -> Channel:
    channel = incident(world, number).channel_id
    assert channel
    return world.channel(channel)


def two(world: World, *flags: str) -> None:
    words = " ".join(flags)
    world.ana.says(f"/incident declare sev1 checkout fails {words}")
    world.bo.says(f"/incident declare sev1 payments fail {words}")


@pytest.mark.both_databases
def test_one_ends_and_the_other_goes_on(world: World) -> None:
    two(world)
    world.bo.says("/incident ic INC-2 @cy")
    world.bo.says("/incident note INC-2 the gateway restarts")
    form = world.bo.says("/incident merge INC-1", room_of(world, 2).name)
    assert world.bo.fills(form.view_id, goes_on="other", reason="the same gateway").ok
    gone = incident(world, 2)
    assert (gone.status, gone.merged_into, gone.next_update_at) == ("merged", 1, None)
    assert incident(world, 1).status == "investigating"
    room_of(world, 2).expects("INC-2", "was merged into *INC-1*", "the same gateway")
    room_of(world, 1).expects("INC-2", "was merged into this incident")
    world.incidents.expects("INC-2", "Merged into INC-1")
    with world.app.desk.read() as session:
        assert session.get(Timer, ("update", "incident:2")) is None
    # whoever had it is told and is in the room in which it goes on, with the role that no one had there
    world.cy.dms().expects("has merged", "INC-2", "into INC-1", "where the work goes on")
    assert world.cy.id in room_of(world, 1).state()["members"]
    assert f"IC <@{world.cy.id}>" in world.ana.says("/incident status INC-1").text
    # both timelines are one, each line of the other with its reference
    shown = world.ana.says("/incident timeline INC-1").says(
        "INC-2 · the gateway restarts", "INC-2 was merged into this"
    )
    assert "INC-2 · Declared" in shown.text
    assert "INC-1 ·" not in world.ana.says("/incident timeline INC-2").text
    # nothing is left to do with it, and the refusal names the way
    for typed in (
        "resolve INC-2 done",
        "reopen INC-2",
        "status INC-2 identified",
        "update INC-2 x",
        "merge INC-2 INC-1",
    ):
        world.bo.says(f"/incident {typed}").says("INC-2 was merged into INC-1", "use INC-1")
    assert "INC-2" not in world.ana.says("/incident list").text


@pytest.mark.both_databases
def test_paging_of_the_one_that_ends_stops_and_that_of_the_other_goes_on(world: World) -> None:
    two(world)
    form = world.ana.says("/incident merge INC-2 into INC-1")
    assert world.ana.fills(form.view_id, goes_on="other").ok
    before = sum(getattr(world, one).dms().shown().count("payments fail. You are paged") for one in ("bo", "cy", "dee"))
    paged = sum(getattr(world, one).dms().shown().count("checkout fails. You are paged") for one in ("bo", "cy", "dee"))
    world.forward(minutes=20)
    after = sum(getattr(world, one).dms().shown().count("payments fail. You are paged") for one in ("bo", "cy", "dee"))
    assert after == before
    on = sum(getattr(world, one).dms().shown().count("checkout fails. You are paged") for one in ("bo", "cy", "dee"))
    assert on > paged


@pytest.mark.both_databases
def test_two_people_merge_in_opposite_directions_and_one_of_them_is_first(world: World) -> None:
    two(world)
    one = world.ana.says("/incident merge INC-1 INC-2")
    other = world.bo.says("/incident merge INC-2 INC-1")
    assert world.ana.fills(one.view_id, goes_on="other").ok
    refused = world.bo.fills(other.view_id, goes_on="other").errors
    assert "INC-1" in refused["goes_on"]
    assert (incident(world, 1).status, incident(world, 2).status) == ("merged", "investigating")
    again = world.ana.says("/incident merge INC-1 INC-2").text
    assert "INC-1 was merged into INC-2" in again


def test_what_was_merged_counts_once_in_the_numbers_of_being_on_call(world: World) -> None:
    two(world)

    def counted() -> list[tuple[str, int]]:
        now = world.app.desk.clock.now()
        with world.app.desk.read() as session:
            at = Looked(session, world.app.desk.catalog, now - timedelta(days=1), now + timedelta(days=1), now)
            return [(one.person, one.incident) for one in interruptions(at)]

    before = counted()
    assert {number for _, number in before} == {1, 2}
    form = world.ana.says("/incident merge INC-2 into INC-1")
    assert world.ana.fills(form.view_id, goes_on="other").ok
    assert set(counted()) == {(person, 1) for person, _ in before}
    assert len(counted()) == len(set(counted()))


def test_private_and_public_are_never_merged_and_strangers_learn_nothing(world: World) -> None:
    world.ana.says("/incident declare sev1 keys leaked --private")
    world.bo.says("/incident declare sev1 payments fail")
    form = world.ana.says("/incident merge INC-1 INC-2")
    said = world.ana.fills(form.view_id, goes_on="this").errors["goes_on"]
    assert "is private" in said
    assert {incident(world, one).status for one in (1, 2)} == {"investigating"}
    hidden = world.li.says("/incident merge INC-2 INC-1").text
    nothing = world.li.says("/incident merge INC-2 INC-77").text
    assert hidden.replace("INC-1", "INC-N") == nothing.replace("INC-77", "INC-N")
    offered = world.li.says("/incident merge INC-2").text
    assert "No other incident is open" in offered


def test_a_drill_is_not_merged_with_a_real_one_nor_anything_with_itself(world: World) -> None:
    world.ana.says("/incident declare sev1 an exercise --drill")
    world.bo.says("/incident declare sev1 payments fail")
    form = world.ana.says("/incident merge INC-1 INC-2")
    assert "drill" in world.ana.fills(form.view_id, goes_on="other").errors["goes_on"]
    assert {incident(world, one).status for one in (1, 2)} == {"investigating"}


def test_what_is_in_triage_is_merged_without_a_public_word(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails")
    world.bo.says("/incident triage sev2 payments look odd")
    form = world.bo.says("/incident merge INC-2 INC-1")
    assert world.bo.fills(form.view_id, goes_on="other").ok
    assert incident(world, 2).status == "merged"
    assert "payments look odd" not in world.incidents.shown()


@pytest.mark.both_databases
def test_the_graver_one_is_not_forgotten_and_whoever_nobody_answered_is_paged_for_on(world: World) -> None:
    world.forward(minutes=60)
    world.ana.says("/incident declare sev3 search is slow")
    world.ana.says("/incident ack INC-1")
    world.ana.says("/incident hold INC-1 5h waiting for the vendor")
    world.bo.says("/incident declare sev1 payments fail")
    world.bo.says("/incident set-times INC-2 started 2 hours ago")
    world.bo.says("/incident action INC-2 @cy restart the pool 10m")
    world.bo.says("/incident decision INC-2 pending fail over to Dublin in 20m")
    world.bo.says("/incident mitigation INC-2 roll back payments")
    began = incident(world, 2).started_at
    form = world.bo.says("/incident merge INC-2 into INC-1")
    assert world.bo.fills(form.view_id, goes_on="other").ok
    one = incident(world, 1)
    assert (one.severity, one.held_until, one.started_at) == ("SEV-1", None, began)
    assert one.next_update_at is not None
    world.ana.says("/incident timeline INC-1").says("SEV-3 → SEV-1: INC-2 was merged into this one")
    paged = sum(getattr(world, who).dms().shown().count("You are paged") for who in ("ana", "bo", "cy", "dee"))
    world.forward(minutes=20)
    now = sum(getattr(world, who).dms().shown().count("You are paged") for who in ("ana", "bo", "cy", "dee"))
    assert now > paged, "nobody has answered the SEV-1"
    room = room_of(world, 1)
    room.expects("INC-2", "was merged into this incident", "A1 restart the pool", "D1 fail over to Dublin", "M1 roll")
    assert world.cy.id in room.state()["members"]


def test_what_is_as_grave_and_in_hand_pages_nobody_anew(world: World) -> None:
    two(world)
    world.ana.says("/incident ack INC-1")
    form = world.ana.says("/incident merge INC-2 into INC-1")
    assert world.ana.fills(form.view_id, goes_on="other").ok
    before = sum(getattr(world, who).dms().shown().count("You are paged") for who in ("bo", "cy", "dee"))
    world.forward(minutes=20)
    assert sum(getattr(world, who).dms().shown().count("You are paged") for who in ("bo", "cy", "dee")) == before
    assert incident(world, 1).severity == "SEV-1"


def test_whoever_knew_of_the_private_one_that_ends_knows_of_the_other(world: World) -> None:
    world.ana.says("/incident declare sev1 keys leaked --private")
    world.li.says("/incident declare sev3 a token is public --private")
    world.li.says("/incident status INC-1").says("There is no incident INC-1")
    world.li.says("/incident page INC-2 @ana")
    form = world.ana.says("/incident merge INC-2 into INC-1")
    assert world.ana.fills(form.view_id, goes_on="other").ok
    assert "keys leaked" in world.li.says("/incident status INC-1").text


def test_the_question_of_triage_is_answered_however_it_ends(world: World) -> None:
    for n, end in ((1, "cancel INC-1 a test"), (2, "undo INC-2"), (3, "merge INC-3 into INC-4")):
        world.ana.says("/incident triage sev4 checkout looks odd")
        question = world.ana.dms().expects(f"INC-{n} is in triage", "Not an incident")
        if n == 3:
            world.bo.says("/incident declare sev4 search is slow")
        did = world.ana.says(f"/incident {end}")
        if n == 3:
            assert world.ana.fills(did.view_id, goes_on="other").ok
        assert incident(world, n).status in ("cancelled", "merged")
        shown = next(one for one in world.ana.dms().messages() if one["ts"] == question["ts"])
        assert actions(shown) == []
        assert ("merged into INC-4" in words(shown)) == (n == 3)
