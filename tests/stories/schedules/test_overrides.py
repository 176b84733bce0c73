"""Overrides in Slack, and the picture: forms with a preview, everybody affected is told, and pages follow at once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedules import overrides
from bot.services.schedules import history
from storage.queries import schedules as schedule_queries
from tests.stories.records import deliveries, facts
from tests.stories.shifts import NAME, fields, now, on_call, preview, somebody_else
from tests.stories.world import Json, World, words


def test_the_form_shows_what_it_would_change_with_every_choice(world: World) -> None:
    first, other = on_call(world), somebody_else(world)
    view = world.dee.says("/oncall override").view_id
    assert "A replacement needs someone" in preview(world.dee.view())
    world.do("click", user="dee", view_id=view, action_id="override.choice", block_id="other", value=other.id)
    shown = preview(world.dee.view())
    assert world.dee.view()["blocks"][0]["block_id"] == "preview", "where it is seen without scrolling"
    names = {"ana": "Ana Ruiz", "bo": "Bo Lindqvist", "cy": "Cy Okafor"}
    assert f"{names[first.name]} loses" in shown
    assert f"{names[other.name]} takes it." in shown


@pytest.mark.both_databases
def test_an_override_is_made_told_and_paged_by(world: World) -> None:
    first, other = on_call(world), somebody_else(world)
    view = world.dee.says("/oncall override primary-oncall").view_id
    world.dee.submits(view, fields(world, first.id, other.id, note="dentist"))
    world.dee.dms().expects("Override 1 on *primary-oncall* is active", "loses", "takes")
    first.dms().expects("Your shifts on primary-oncall have changed", "You no longer have", "dentist")
    other.dms().expects("Your shifts on primary-oncall have changed", "You take")
    world.forward(minutes=5)
    world.eve.says("/incident declare sev1 Checkout returns 5xx --service checkout")
    other.expects_page("by an override")
    assert "You are paged" not in first.dms().shown()
    world.ana.says("/oncall who").says(f"<@{other.id}>")
    world.ana.says("/oncall schedule").says("Override 1", f"<@{other.id}> for <@{first.id}>")


@pytest.mark.both_databases
def test_an_override_is_taken_back(world: World) -> None:
    first, other = on_call(world), somebody_else(world)
    world.dee.submits(world.dee.says("/oncall override").view_id, fields(world, first.id, other.id))
    world.forward(minutes=60)
    assert on_call(world).name == other.name
    world.dee.presses("override.cancel", "Override 1 on")
    assert on_call(world).name == first.name
    world.dee.dms().expects("Override 1 on *primary-oncall* is cancelled")
    first.dms().expects("cancelled an override", "You take")
    world.dee.presses("override.cancel", "Override 1 on *primary-oncall* is active")
    world.dee.dms().expects("Override 1 is already cancelled")
    changed = [
        (one["before"], one["people"]) for one in facts(world, "schedules.on_call_changed") if one["schedule"] == NAME
    ]
    assert changed == [([], [first.id]), ([first.id], [other.id]), ([other.id], [first.id])]


REFUSED: list[tuple[str, Json, str]] = [
    ("end", {"hours": -1}, "The end must come after the start"),
    ("end", {"hours": 9000}, "at most 366 days"),
    ("other", {"other": "first"}, "can't take over from"),
    ("other", {"other": "old"}, "no active account"),
    ("person", {"person": "li"}, "is not on call for primary-oncall"),
]


@pytest.mark.parametrize(("field", "change", "sentence"), REFUSED)
def test_a_form_that_makes_no_sense_says_so_under_its_field(
    world: World, field: str, change: Json, sentence: str
) -> None:
    first = on_call(world)
    people = {"first": first.id, "li": world.li.id, "old": world.old.id}
    person = people.get(change.get("person", "first"), "")
    other = people.get(change.get("other", ""), world.eve.id)
    view = world.dee.says("/oncall override").view_id
    answer = world.dee.submits(view, fields(world, person, other, hours=change.get("hours", 8)))
    assert sentence in answer.errors[field]
    assert facts(world, "schedules.override_added") == []


def test_a_schedule_that_nobody_covers_is_said_at_once(world: World) -> None:
    first = on_call(world)
    view = world.eve.says("/oncall override").view_id
    world.do("click", user="eve", view_id=view, action_id="override.choice", block_id="kind", value="remove")
    assert "No one is on call" in preview(world.eve.view())
    world.eve.submits(view, fields(world, first.id, kind="remove"))
    told = world.channel("platform").expects("no one is on call for *primary-oncall* in one gap, 8 hours in all")
    assert f"<@{first.id}>" in words(told)
    assert f"after a change by <@{world.eve.id}>" in words(told)
    assert [one["schedule"] for one in facts(world, "schedules.gaps_opened")] == [NAME]


# shifts


@pytest.mark.both_databases
def test_shifts_are_announced_begun_and_ended_once(world: World) -> None:
    start = now(world)
    first = on_call(world)
    with world.app.desk.read() as session:
        plan = overrides.rota_of(world.app.desk.catalog, *schedule_queries.overrides(session, start))
    until = plan.on_call(NAME, start).until
    assert until is not None
    following = getattr(world, plan.on_call(NAME, until).people[0])
    world.forward(minutes=(until - start - timedelta(minutes=59)).total_seconds() / 60)
    following.dms().expects("You go on call for *primary-oncall*", "Does a page reach you?")
    world.forward(minutes=60)
    following.dms().expects("You are on call for primary-oncall", "until")
    first.dms().expects("Your shift on primary-oncall is over", f"<@{following.id}>")
    shown = following.dms().shown().count("📟 *You are on call for primary-oncall*")
    history.sweep(world.app.desk)
    world.forward(minutes=60)
    assert following.dms().shown().count("📟 *You are on call for primary-oncall*") == shown
    changed = [one for one in facts(world, "schedules.on_call_changed") if one["schedule"] == NAME]
    assert [one["people"] for one in changed] == [[first.id], [following.id]]
    assert datetime.fromisoformat(changed[-1]["since"]) == until.astimezone(UTC)


@pytest.mark.both_databases
def test_what_passed_during_a_downtime_is_written_with_its_own_times(world: World) -> None:
    """Three weeks in one push: each hand-over is written down as it was, and nobody is woken for what is over."""
    begin = now(world)
    world.forward(minutes=21 * 24 * 60)
    with world.app.desk.read() as session:
        rows = schedule_queries.periods(session, NAME, begin, now(world))
        kept = [(one.start, one.end, tuple(one.people)) for one in rows]
        plan = overrides.rota_of(world.app.desk.catalog, *schedule_queries.overrides(session, begin))
    expected = [(one.start, one.end, one.people) for one in plan.shifts(NAME, begin, now(world))]
    assert [one[2] for one in kept] == [one[2] for one in expected]
    assert [one[0] for one in kept[1:]] == [one[0] for one in expected[1:]]
    assert kept[-1][1] is None


def test_my_shifts_and_the_next_are_shown(world: World) -> None:
    first = on_call(world)
    first.says("/oncall me").says("now", "primary-oncall")
    world.li.says("/oncall me").says("You are not on call within the next four weeks.")
    world.li.says("/oncall next").says("primary-oncall", "secondary-oncall")
    world.li.says("/oncall schedule secondary-oncall").says("the coming two weeks", "Europe/Madrid")
    world.li.says("/oncall schedule lunch").says('There is no schedule "lunch"')


# the picture


def test_a_picture_of_two_weeks_comes_to_the_viewer_alone(world: World) -> None:
    world.li.says("/oncall schedule primary-oncall").says("The picture comes in your direct messages")
    message = world.li.dms().expects("primary-oncall*: the coming two weeks, times in")
    (file,) = message["files"]
    assert (file["name"], file["title"]) == ("primary-oncall.png", "primary-oncall")
    asked = world.calls("files.getUploadURLExternal")[-1]["arguments"]
    assert "Ana Ruiz" in asked["alt_txt"]


def test_without_files_the_table_is_all_there_is(world: World) -> None:
    world.do("faults", features={"files": "missing_scope"})
    for _ in range(2):
        shown = world.li.says("/oncall schedule primary-oncall")
        world.settle()
    assert "picture" not in shown.text, "once that is known, none is promised"
    assert len(world.calls("files.getUploadURLExternal")) == 1
    assert [one.state for one in deliveries(world) if one.kind == "rota.picture"] == ["sent"]
