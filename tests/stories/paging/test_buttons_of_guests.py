"""A guest who is paged is shown only the buttons that work for them."""

import pytest

from bot.domain.core import permissions
from storage.models import Incident
from tests.stories.world import World, actions, words

REFUSED = "Guests cannot do this here"
THEIRS = {one for one in permissions.BUTTONS if permissions.may_press("guest", one)}


@pytest.fixture
def paged(world: World) -> World:
    world.li.says("/incident declare sev1 Checkout is down --service checkout").says("INC-1")
    world.li.says("/incident page INC-1 @gus").says("paging")
    return world


def buttons(world: World) -> set[str]:
    shown = {one for message in world.gus.dms().messages() for one in actions(message)}
    return {one.partition(":")[0] for one in shown}


def test_a_page_to_a_guest_has_only_buttons_that_work(paged: World) -> None:
    assert buttons(paged) - {"link"} == {"page.ack", "page.decline"}
    assert "page.more" in actions(paged.ana.dms().expects("You are paged")) or paged.bo.dms().messages()
    said = paged.gus.presses("page.ack", "You are paged")
    assert REFUSED not in said.text
    assert buttons(paged) - {"link"} <= THEIRS
    assert {"page.unack", "page.handover"} <= buttons(paged), "who has it can hand it over and give it back"
    assert REFUSED not in "".join(words(one) for one in paged.gus.dms().messages())


def test_a_guest_whom_nobody_asked_takes_and_gives_nothing(world: World) -> None:
    world.li.says("/incident declare sev1 Checkout is down --service checkout").says("INC-1")
    world.gus.says("/incident ack INC-1", channel="support").says(
        "Guests can only do this for a page they were asked to take"
    )
    world.do("message", user="gus", channel=world.gus.dms().name, text="ack INC-1")
    world.settle()
    with world.app.desk.read() as session:
        assert session.get_one(Incident, 1).acknowledged_at is None
    world.bo.says("/incident ack INC-1").says("INC-1")
    world.gus.says("/incident unack INC-1", channel="support").says(
        "Guests can only do this for a page they were asked to take"
    )
    world.gus.says("/incident pass INC-1 @cy", channel="support").says("not by you")


def test_no_button_of_anything_a_guest_is_sent_or_answered_is_refused(paged: World) -> None:
    paged.gus.says("/incident ack INC-1")
    paged.gus.says("/incident help")
    paged.do("message", user="gus", channel=paged.gus.dms().name, text="hello")
    paged.settle()
    assert buttons(paged) - {"link"} <= THEIRS
