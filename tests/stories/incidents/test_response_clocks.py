"""Response clocks over the wire: what is late is in the timeline, and whoever can act gets one line."""

import pytest

from storage.models import Incident
from tests.stories.world import World, actions, words


def late(world: World, who: str, text: str) -> int:
    return sum(text in words(one) for one in getattr(world, who).dms().messages())


@pytest.mark.both_databases
def test_what_no_one_acknowledges_is_noted_once_and_told_to_who_can_act(world: World) -> None:
    world.li.says("/incident sev1 Checkout is down")
    world.forward(minutes=4)
    assert late(world, "li", "has acknowledged it") == 0
    world.forward(minutes=1)
    message = world.li.dms().expects("INC-1", "is SEV-1, and no one has acknowledged it within 5 min")
    world.ana.says("/incident timeline INC-1").says("Target missed: no one has acknowledged it within 5 min (SEV-1)")
    world.forward(minutes=30)
    assert late(world, "li", "is SEV-1, and no one has acknowledged it") == 1
    assert words(message).count("INC-1") >= 1


def test_what_is_answered_in_time_is_not_late(world: World) -> None:
    world.li.says("/incident sev1 Checkout is down")
    world.bo.says("/incident ack INC-1")
    world.bo.says("/incident note INC-1 looking at the gateway")
    world.forward(minutes=30)
    assert "Target missed" not in world.ana.says("/incident timeline INC-1").text


def test_a_silent_holder_and_a_missing_commander_are_late(world: World) -> None:
    world.li.says("/incident sev2 Checkout is slow")
    world.bo.says("/incident ack INC-1")
    world.forward(minutes=30)
    world.bo.dms().expects("nothing has been logged yet within 30 min")
    world.bo.dms().expects("it has no incident commander within 30 min")
    told = world.bo.dms().expects("To command it: `/incident ic INC-1`")
    assert actions(told) == [], "no button outlives the incident"


def test_the_question_whether_it_is_worse_is_the_line_of_a_late_resolution(world: World) -> None:
    world.li.says("/incident sev2 Checkout is slow")
    world.bo.says("/incident ic INC-1")
    world.forward(minutes=240)
    assert late(world, "bo", "Is it worse than first thought?") == 1
    assert late(world, "bo", "it is not resolved within") == 0
    world.ana.says("/incident timeline INC-1").says("Target missed: it is not resolved within 4h (SEV-2)")


def test_a_new_severity_has_clocks_of_its_own(world: World) -> None:
    world.li.says("/incident sev3 Search is slow")
    world.forward(minutes=10)
    world.li.says("/incident sev INC-1 sev1 worse")
    world.forward(minutes=4)
    assert late(world, "li", "has acknowledged it within") == 0
    world.forward(minutes=1)
    assert late(world, "li", "is SEV-1, and no one has acknowledged it within 5 min") == 1


def test_a_change_of_severity_keeps_what_was_promised(world: World) -> None:
    def due() -> str:
        with world.app.desk.read() as session:
            return str(session.get_one(Incident, 1).next_update_at)

    world.li.says("/incident sev2 Checkout is slow")
    world.bo.says("/incident update INC-1 identified rolling back")
    promised = due()
    world.forward(minutes=10)
    world.bo.says("/incident sev INC-1 sev3 fewer customers")
    assert due() == promised
    world.bo.says("/incident sev INC-1 sev4 only looks")
    assert due() == promised
    world.bo.says("/incident sev INC-1 sev1 worse")
    assert due() < promised
