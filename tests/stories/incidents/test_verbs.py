"""Verbs in Slack: the twins of what programs could do before, and words that are asked about instead of carried out."""

import pytest

from tests.stories.paging.test_holding import held
from tests.stories.paging.test_paging import declare, paged
from tests.stories.records import entries
from tests.stories.world import World


@pytest.mark.both_databases
def test_still_on_it_can_be_said_before_it_is_asked(world: World) -> None:
    holder = held(world)
    assert "stays with you" in holder.says("/incident confirm INC-1").text
    assert "has" in world.li.says("/incident confirm INC-1").text


@pytest.mark.both_databases
def test_the_questions_open_by_command(world: World) -> None:
    declare(world)
    assert world.ana.says("/incident tree INC-1").view_id
    assert "Has the person on call answered?" in str(world.ana.view())


@pytest.mark.both_databases
def test_verbs_without_a_form_take_their_words(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    first.says("/incident decline INC-1 on a train")
    world.settle()
    assert first.name not in [one.name for one in paged(world)]
    world.ana.says("/incident pause INC-1 30m").says("is paused until")
    world.ana.says("/incident continue INC-1").says("has resumed")
    world.ana.says("/incident escalate to level 1 INC-1").says("paged now")
    world.ana.says("/incident cancel INC-1 a false alarm").says("cancelled")
    world.ana.says("/incident reopen INC-1 it is back").says("INC-1")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("call <@U01BO>", ("Nothing has been done yet", "Page Bo Lindqvist for INC-1")),
        ("done", ("Done with what?", "`/incident done INC-1 A1`", "`/incident resolve INC-1", "Nothing was changed")),
        ("lead <@U01BO>", ("Nothing has been done yet", "Make Bo Lindqvist incident commander of INC-1")),
        ("take", ("is not a command. Did you mean ", "`/incident ack`", "`/incident ic`")),
        (
            "relsove it was the pool",
            (
                "is not a command. Did you mean ",
                "`/incident resolve`",
            ),
        ),
    ],
)
def test_a_word_of_another_thing_is_asked_about_and_changes_nothing(
    world: World, typed: str, meant: tuple[str, ...]
) -> None:
    world.ana.says("/incident sev3 Search is slow")
    before = len(entries(world))
    said = world.ana.says(f"/incident {typed}").text
    assert all(one in said for one in meant), said
    assert len(entries(world)) == before


def test_a_verb_of_the_command_line_is_named_as_one(world: World) -> None:
    assert "`tocsin oncall compensation`" in world.ana.says("/oncall compensation").text
    assert "Did you mean `/oncall handoff`?" in world.ana.says("/oncall handover").text


def test_a_slip_in_a_value_is_answered_with_the_nearest(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow")
    assert 'Did you mean "monitoring"?' in world.ana.says("/incident status INC-1 monitorng").text
    assert 'Did you mean "comms"?' in world.ana.says("/incident role coms").text
    assert 'Did you mean "checkout"?' in world.ana.says("/incident declare x --service chekout").text
    assert 'Did you mean "primary-oncall"?' in world.ana.says("/oncall who primry-oncall").text
