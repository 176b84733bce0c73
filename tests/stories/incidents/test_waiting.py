"""Watched until a cure has held, on hold until a time, and times that are put right by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.models import Incident, Timer
from tests.stories.world import World, actions


def incident(world: World, number: int = 1) -> Incident:
    with world.app.desk.read() as session:
        return session.get_one(Incident, number)


def now(world: World) -> datetime:
    return world.app.desk.clock.now()


@pytest.mark.both_databases
def test_a_cure_is_watched_and_the_commander_is_asked_when_it_has_held(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident ack INC-1")
    world.ana.says("/incident ic INC-1")
    world.ana.says("/incident status INC-1 monitoring rolled back").says("It's watched until")
    world.forward(minutes=29)
    world.ana.dms().lacks("has been quiet for")
    world.forward(minutes=2)
    asked = world.ana.dms().expects("INC-1", "has been quiet for", "Is it over?")
    world.ana.clicks("stable.keep", asked, world.ana.dms().name)
    assert not actions(world.ana.dms().expects("is still being watched"))
    world.forward(minutes=31)
    assert world.ana.dms().shown().count("Is it over?") == 1, "the second question; the first was reworded"
    world.ana.says("/incident resolve INC-1 rolled back")
    assert "stability hold" not in world.ana.says("/incident timeline INC-1").text
    world.ana.presses_stale("stable.keep", asked, world.ana.dms().name, "1")
    assert incident(world).status == "resolved"


def test_what_is_typed_behind_resolve_counts_as_the_reason_for_leaving_the_hold_out(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident status INC-1 monitoring")
    world.forward(minutes=10)
    world.ana.says("/incident resolve INC-1 traffic is back").says(
        "of the stability hold were left out", "What you wrote counts as the reason"
    )
    world.ana.says("/incident timeline INC-1").says("Resolved: traffic is back (19 min")
    world.ana.says("/incident declare sev4 a small thing")
    assert "stability hold" not in world.ana.says("/incident resolve INC-2 fixed").text
    world.ana.says("/incident declare sev2 search fails")
    world.ana.says("/incident resolve INC-3 fixed").says("No stability hold was kept (30 min)")


def test_the_form_asks_why_now_only_while_the_hold_has_not_passed(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident status INC-1 monitoring")
    world.forward(minutes=10)
    opened = world.ana.says("/incident resolve INC-1")
    assert "of the stability hold are left" in str(world.ana.view())
    filled = {"fixed": {"fixed": "rolled back"}, "early": {"early": "the <!here> sale begins"}}
    submitted = world.ana.submits(opened.view_id, filled)
    assert (submitted.ok, submitted.errors) == (True, {})
    world.ana.says("/incident timeline INC-1").says("rolled back", "the &lt;!here&gt; sale begins")
    world.ana.says("/incident declare sev1 search fails")
    world.ana.says("/incident status INC-2 monitoring")
    world.forward(minutes=31)
    world.ana.says("/incident resolve INC-2")
    assert "Why now" not in str(world.ana.view())


def test_when_it_comes_back_the_end_of_the_impact_is_gone_and_the_history_stays(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident status INC-1 identified the new release")
    assert incident(world).identified_at
    world.ana.says("/incident status INC-1 monitoring rolled back")
    assert incident(world).mitigated_at
    world.ana.says("/incident status INC-1 investigating it is back")
    assert incident(world).mitigated_at is None
    world.forward(minutes=40)
    world.ana.dms().lacks("has been quiet for")
    world.ana.says("/incident timeline INC-1").says("monitoring → investigating (it is back)", "(the new release)")


@pytest.mark.both_databases
def test_on_hold_no_update_is_owed_and_it_goes_on_by_itself(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident ack INC-1")
    world.ana.says("/incident hold INC-1 until tomorrow 9:00 waiting for the vendor").says(
        "INC-1", "is on hold until", "waiting for the vendor"
    )
    row = incident(world)
    assert row.held_until
    assert row.next_update_at is None
    assert row.status == "investigating"
    world.room().expects("⏸", "INC-1")
    world.ana.says("/incident list").says("on hold until")
    before = world.room().shown().count("Update")
    world.forward(minutes=120)
    assert world.room().shown().count("Update") == before, "no one is reminded"
    left = (row.held_until - now(world)).total_seconds()
    world.forward(seconds=left + 1)
    assert incident(world).held_until is None
    assert incident(world).next_update_at
    world.room().expects("is off hold")
    world.ana.dms().expects("INC-1", "is off hold")
    world.ana.says("/incident unhold INC-1").says("INC-1 isn't on hold")


def test_a_hold_needs_a_time_to_come_and_a_reason(world: World) -> None:
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident hold INC-1 some day").says("I can't tell until when")
    world.ana.says("/incident hold INC-1 2h").says("say what it waits for")
    world.ana.says("/incident hold INC-1 900d the vendor").says("30 days at most")
    assert incident(world).held_until is None
    world.ana.says("/incident hold INC-1 2h the vendor looks at it")
    held = incident(world).held_until
    assert held
    assert timedelta(minutes=119) < held - now(world) <= timedelta(hours=2)
    world.room().expects("is on hold until")
    world.ana.clicks("onhold.end", world.room().expects("Take off hold"), world.room().name)
    assert incident(world).held_until is None
    world.ana.says("/incident pause 10m")  # the word of paging stays what it is
    assert incident(world).held_until is None
    with world.app.desk.read() as session:
        assert session.get(Timer, ("held", "incident:1")) is None


def test_times_are_put_right_by_words_and_their_order_is_checked(world: World) -> None:
    world.forward(minutes=120)
    world.ana.says("/incident declare sev1 checkout fails --service checkout")
    world.ana.says("/incident set-times INC-1 started 10:30 utc, detected at 11:45 utc").says("The times of INC-1")
    row = incident(world)
    assert (row.started_at.astimezone(UTC).hour, row.started_at.minute) == (10, 30)
    assert (row.detected_at.astimezone(UTC).hour, row.detected_at.minute) == (11, 45)
    world.ana.says("/incident set-times INC-1 detected 10:15 utc").says("Its detection can't be before the start")
    assert incident(world).detected_at == row.detected_at
    world.ana.says("/incident set-times INC-1 resolved 11:50 utc").says("INC-1 isn't resolved yet")
    world.ana.says("/incident set-times INC-1 lunch").says("Say which time")
    world.ana.says("/incident timeline INC-1").says("The start of the trouble:", "(was")
    opened = world.ana.says("/incident set-times INC-1")
    at = int((row.started_at + timedelta(minutes=5)).timestamp())
    assert world.ana.fills(opened.view_id, started=at).ok
    assert incident(world).started_at == row.started_at + timedelta(minutes=5)
    assert incident(world).detected_at == row.detected_at, "what was not touched did not move"
