"""The main job end to end: declare, page, escalate, acknowledge, war room, timeline, update, resolve, postmortem."""

import pytest

from tests.stories.world import World, actions, words

pytestmark = pytest.mark.both_databases


def test_an_incident_from_declare_to_postmortem(world: World) -> None:
    world.ana.says("/incident declare sev1 Checkout returns 5xx --service checkout").says("INC-1", "SEV-1")
    room = world.room()
    assert room.state()["name"].startswith("incident-")
    assert room.state()["name"].endswith("-checkout-returns-5xx")
    assert room.state()["topic"] == "🔴 SEV-1 Investigating · IC no one yet · INC-1"
    card = room.expects("INC-1 Checkout returns 5xx", "no one yet")
    assert card["ts"] in str(room.state()["pins"])
    world.incidents.expects("SEV-1", "Checkout returns 5xx", "no one yet")
    first = on_call(world)
    first.expects_page("Checkout returns 5xx", "on call for primary-oncall")

    world.forward(minutes=5)  # nobody answers
    room.expects("level 2 of")
    first.dms().expects("Missed")
    second = next(one for one in (world.ana, world.bo, world.cy) if one is not first and one.dms().messages())
    second.presses("page.ack", "You are paged")
    second.dms().expects("You acknowledged at")
    first.dms().expects("acknowledged at", "stand down")
    room.expects("Answered")

    second.clicks("incident.take_ic", room.expects("Take command"), room.name)
    world.incidents.expects(f"*IC* <@{second.id}>")
    second.says("/incident note the gateway pool is saturated", channel=room.name)
    message = world.cy.says("deploy 4812 went out just before", channel=room.name)
    assert message.ok
    world.cy.reacts("pushpin", room.expects("deploy 4812"), room.name)
    opened = second.clicks("incident.update", card_of(world), room.name)
    done = second.fills(opened.view_id, status="identified", text="Rolling back 4812", next="900")
    assert done.ok, done.answer
    room.expects("Update 1", "Rolling back 4812")
    world.incidents.expects("Identified", "Rolling back 4812")

    world.forward(minutes=16)  # the promised update does not come
    room.expects("The update on INC-1 was due")
    opened = second.clicks("incident.resolve", card_of(world), room.name)
    done = second.fills(opened.view_id, fixed="Rolled back 4812")
    assert done.ok, done.answer
    resolved = room.expects("Resolved after", "Rolled back 4812")
    assert "🟢" in words(resolved)
    world.incidents.expects("🟢", "Resolved", "Rolled back 4812")
    room.expects("postmortem")
    draft = postmortem(world)
    for line in ("the gateway pool is saturated", "deploy 4812 went out", "Rolled back 4812", "Rolling back 4812"):
        assert line in draft
    world.forward(minutes=240)
    assert len([m for m in room.messages() if "no update needed" in words(m)]) == 1, "the one reminder, put right"
    room.lacks("The update on INC-1 was due")


def on_call(world: World):  # type: ignore[no-untyped-def]
    """Whoever the first page went to."""
    paged = [one for one in (world.ana, world.bo, world.cy) if "You are paged" in one.dms().shown()]
    assert len(paged) == 1
    return paged[0]


def card_of(world: World) -> dict:  # type: ignore[type-arg]
    """The pinned card: the message with the resolve button."""
    return next(m for m in world.room().messages() if "incident.resolve" in actions(m))


def postmortem(world: World) -> str:
    """The newest draft that the bot uploaded, as its own records have it."""
    with world.app.desk.read() as session:
        from sqlmodel import select

        from storage.models import Delivery

        found = session.exec(select(Delivery).where(Delivery.kind == "postmortem.file")).all()
    return str(found[-1].rendered)
