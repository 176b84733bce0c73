"""Cover and swaps in Slack: asked, said again, taken, turned down, and overtaken by an override."""

import pytest

from tests.stories.records import facts
from tests.stories.shifts import NAME, fields, now, on_call, preview, somebody_else
from tests.stories.world import Json, Person, World


def ask(world: World, person: Person, hours: float = 8, later: float = 0) -> Json:
    view = person.says("/oncall swap").view_id
    start = int(now(world).timestamp() + later * 3600) + 60
    person.submits(
        view,
        {"schedule": {"cover.choice": NAME}, "start": {"cover.choice": start},
         "end": {"cover.choice": start + int(hours * 3600)}, "note": {"note": "school play"}},
    )  # fmt: skip
    return world.channel("platform").expects("asks for cover on *primary-oncall*", "school play")


@pytest.mark.both_databases
def test_cover_is_asked_for_and_taken(world: World) -> None:
    first, other = on_call(world), somebody_else(world)
    message = ask(world, first)
    first.dms().expects("Your team has been asked to cover you")
    assert on_call(world).name == first.name
    other.clicks("cover.take", message, "platform")
    first.dms().expects("covers you on *primary-oncall*")
    world.channel("platform").expects(f"<@{other.id}> covers *primary-oncall* for <@{first.id}>")
    world.forward(minutes=5)
    assert on_call(world).name == other.name
    world.eve.clicks("cover.take", message, "platform")
    assert len(facts(world, "schedules.override_added")) == 1, "the second press changes nothing"


def test_nobody_covers_themselves_and_a_request_can_be_taken_back(world: World) -> None:
    first = on_call(world)
    message = ask(world, first)
    first.clicks("cover.take", message, "platform")
    assert facts(world, "schedules.cover_taken") == []
    world.li.clicks("cover.withdraw", message, "platform")
    assert facts(world, "schedules.cover_withdrawn") == []
    first.clicks("cover.withdraw", message, "platform")
    world.channel("platform").expects("needs no cover any more")
    somebody_else(world).clicks("cover.take", message, "platform")
    assert facts(world, "schedules.override_added") == []


@pytest.mark.both_databases
def test_a_request_that_nobody_takes_is_said_and_ends(world: World) -> None:
    first = on_call(world)
    ask(world, first, hours=2)
    world.forward(minutes=2)
    first.dms().expects("No one has taken your shift")
    world.forward(minutes=125)
    world.channel("platform").expects("No one took *primary-oncall*")


@pytest.mark.both_databases
def test_a_request_ends_when_an_override_makes_it_pointless(world: World) -> None:
    first, other = on_call(world), somebody_else(world)
    message = ask(world, first)
    before = {"hours": 200, "start": int(now(world).timestamp())}
    world.dee.submits(world.dee.says("/oncall override").view_id, fields(world, first.id, world.eve.id, **before))
    first.dms().expects(f"<@{world.dee.id}> has changed the shifts", "your request is taken back")
    world.channel("platform").expects("is not on call any more", "nothing to cover")
    other.clicks("cover.take", message, "platform")
    assert facts(world, "schedules.cover_taken") == []


def test_a_request_is_said_again_until_its_time_begins(world: World) -> None:
    first, other = on_call(world), somebody_else(world)
    ask(world, first, hours=2, later=26)
    world.forward(minutes=2 * 60 + 2)
    again = world.channel("platform").expects("No one has taken *primary-oncall*")
    assert again["thread_ts"], "in the thread of the request, and shown in the channel"
    lead = world.dee
    lead.dms().lacks("no one has taken it")
    world.forward(minutes=22 * 60)
    world.channel("platform").expects("It begins soon")
    first.dms().expects("No one has taken your shift on *primary-oncall* yet")
    assert [one["left"] for one in facts(world, "schedules.cover_still_open")] == [1, 0]
    other.clicks("cover.take", again, "platform")
    first.dms().expects("covers you on *primary-oncall*")
    world.forward(minutes=3 * 60)
    first.dms().lacks("you are on call. Someone may")
    third = next(getattr(world, name) for name in ("ana", "bo", "cy") if name not in (first.name, other.name))
    third.clicks("cover.take", again, "platform")
    told = world.channel("platform").shown() + third.dms().shown()
    assert f"<@{other.id}> covers *primary-oncall* for <@{first.id}> already; nothing was changed" in told
    assert len(facts(world, "schedules.cover_taken")) == 1


# swaps


def test_two_people_swap_shifts(world: World) -> None:
    first, other = on_call(world), somebody_else(world)
    view = first.says(f"/oncall swap with <@{other.id}>").view_id
    assert "Nothing changes until" in preview(first.view())
    assert first.view()["blocks"][0]["block_id"] == "preview"
    first.fills(view, note="a wedding")
    first.dms().expects("is asked to swap with you on *primary-oncall*", f"<@{other.id}> takes", "You take")
    message = other.dms().expects("asks you to swap shifts", "You take", f"<@{first.id}> takes", "a wedding")
    world.li.clicks("cover.take", message, other.dms().name)
    assert facts(world, "schedules.cover_taken") == []
    other.clicks("cover.take", message, other.dms().name)
    first.dms().expects("has swapped with you on *primary-oncall*")
    other.dms().expects("Swapped on *primary-oncall*")
    made = facts(world, "schedules.override_added")
    assert [(one["person"], one["substitute"]) for one in made] == [(first.id, other.id), (other.id, first.id)]
    assert on_call(world).name == other.name
    other.clicks("cover.take", message, other.dms().name)
    assert len(facts(world, "schedules.override_added")) == 2


@pytest.mark.both_databases
def test_a_swap_is_turned_down_forgotten_or_overtaken(world: World) -> None:
    first, other = on_call(world), somebody_else(world)

    def offered() -> Json:
        first.fills(first.says(f"/oncall swap <@{other.id}> primary-oncall").view_id, note="")
        return other.dms().expects("asks you to swap shifts", "Until you accept")

    other.clicks("cover.decline", offered(), other.dms().name)
    first.dms().expects("doesn't want to swap")
    message = offered()
    world.dee.submits(world.dee.says("/oncall override").view_id, fields(world, first.id, world.eve.id, hours=1))
    first.dms().expects("your swap with", "is not possible any more")
    other.clicks("cover.take", message, other.dms().name)
    assert facts(world, "schedules.cover_taken") == []
    world.forward(minutes=90)
    offered()
    world.forward(minutes=8 * 24 * 60)
    first.dms().expects("didn't answer in time about swapping")
    assert len(facts(world, "schedules.override_added")) == 1


def test_the_form_turns_from_cover_to_a_swap(world: World) -> None:
    first = on_call(world)
    view = first.says("/oncall swap").view_id
    world.do("click", user=first.name, view_id=view, action_id="swap.how", block_id="how", value="swap")
    assert "Choose a person" in preview(first.view())
    world.do("click", user=first.name, view_id=view, action_id="swap.choice", block_id="partner", value=world.li.id)
    assert "no shift on primary-oncall" in preview(first.view())
    refused = first.submits(view, {"partner": {"swap.choice": world.li.id}})
    assert "choose someone else" in refused.errors["partner"]
    world.do("click", user=first.name, view_id=view, action_id="swap.how", block_id="how", value="cover")
    assert "The person who takes it is on call" in preview(first.view())


def test_nobody_swaps_with_themselves(world: World) -> None:
    first = on_call(world)
    first.says(f"/oncall swap <@{first.id}>")
    assert "You can't swap shifts with yourself" in preview(first.view())
    (partner,) = (block for block in first.view()["blocks"] if block["block_id"] == "partner")
    assert "initial_user" not in partner["element"]


def test_whoever_has_no_shift_has_nothing_to_cover(world: World) -> None:
    world.li.says("/oncall swap").says("nothing to cover")
