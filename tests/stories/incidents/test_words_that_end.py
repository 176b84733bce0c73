"""Words that tell of no end, or of another thing, end nothing: they are asked about, in its own room too."""

from tests.stories.incidents.test_words_typed import chooses, offered, state_of
from tests.stories.world import World


def test_words_that_tell_of_no_end_open_the_form_with_them_in_it(world: World) -> None:
    world.ana.says("/incident sev1 search is slow")
    room = world.room().name
    for typed in ("rolling back", "fix deployed, monitoring", "it came back", "80% done", "fixed in staging"):
        asked = world.ana.says(f"/incident resolve {typed}", channel=room)
        assert asked.view_id, typed
        assert state_of(world, 1) == "investigating"
    world.ana.says("/incident resolve sev2 rolled back", channel=room).says("Nothing has changed yet")
    world.ana.says("/incident resolve private: customer X data was deleted", channel=room).says("Nothing has changed")
    world.ana.says("/incident resolve last night's", channel=room).says("Nothing has changed yet")
    for typed in ("the bridge", "zoom", "everyone", "merge"):
        world.ana.says(f"/incident cancel {typed}", channel=room).says("Nothing has changed yet")
    assert state_of(world, 1) == "investigating"
    world.incidents.lacks("customer X")
    world.ana.says("/incident resolve rolled back", channel=room).says("INC-1", "resolved")


def test_whoever_wants_no_calls_is_asked_and_everybody_else_is_still_paged(world: World) -> None:
    world.ana.says("/incident sev1 search is slow")
    asked = world.ana.says("/incident stop calling me", channel=world.room().name).says("Nothing has changed yet")
    assert [one["text"]["text"] for one in offered(asked)][-1] == "Decline my page"
    assert "stopped" not in world.ana.says("/incident timeline INC-1").text


def test_a_title_with_dashes_is_that_title(world: World) -> None:
    world.ana.says("/incident sev1 search is slow")
    world.ana.says("/incident sev3 mail is dead")
    world.ana.says("/incident resolve INC-2 restarted")
    world.ana.says("/incident resolve mail-is-dead rolled back").says("INC-2 is resolved already", "Which incident")
    assert state_of(world, 1) == "investigating"


def test_undo_after_another_incident_was_ended_asks_which_is_meant(world: World) -> None:
    world.bo.says("/incident sev3 mail is late")
    world.ana.says("/incident sev2 search is slow")
    world.ana.says("/incident resolve INC-1 rolled back")
    asked = world.ana.says("/incident undo").says("Nothing has changed yet", "Cancel INC-2", "Reopen INC-1")
    assert (state_of(world, 1), state_of(world, 2)) == ("resolved", "investigating")
    chooses(world.ana, asked, "Reopen INC-1")
    assert state_of(world, 2) == "investigating"
    assert state_of(world, 1) != "resolved"
