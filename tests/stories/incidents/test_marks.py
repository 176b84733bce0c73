"""Marks on messages: threads of announcements too, taken off again, edited and deleted; what fails is said."""

import pytest
from sqlalchemy import inspect

from tests.stories.records import facts
from tests.stories.world import Json, Person, World, words


@pytest.fixture
def thread(world: World) -> Json:
    """A SEV-4 has no war room: it is talked about in the thread of its announcement."""
    world.li.says("/incident declare sev4 The search is slow").says("INC-1")
    return next(one for one in world.incidents.messages() if "The search is slow" in words(one))


def replies(person: Person, text: str, root: Json) -> Json:
    answer = person.world.do("message", user=person.name, channel="incidents", text=text, thread_ts=root["ts"])
    assert answer["ok"], answer
    return dict(answer["message"])


def timeline(world: World) -> str:
    return world.li.says("/incident timeline INC-1").text


def test_a_reply_to_an_announcement_is_captured_by_pushpin_and_by_shortcut(world: World, thread: Json) -> None:
    first, second = replies(world.bo, "index rebuilt", thread), replies(world.bo, "queries are fast", thread)
    world.cy.reacts("pushpin", first, "incidents")
    assert "index rebuilt" in timeline(world)
    assert world.cy.uses("timeline.add_message", channel="incidents", ts=second["ts"]).ok
    assert "queries are fast" in timeline(world)


def test_a_pushpin_that_is_taken_off_takes_the_line_off_and_the_journal_keeps_it(world: World, thread: Json) -> None:
    reply = replies(world.bo, "index rebuilt", thread)
    world.cy.reacts("pushpin", reply, "incidents")
    world.ana.reacts("pushpin", reply, "incidents")
    world.cy.reacts("pushpin", reply, "incidents")
    assert "index rebuilt" in timeline(world), "another pushpin is still on it"
    world.ana.reacts("pushpin", reply, "incidents")
    assert "index rebuilt" not in timeline(world)
    (kept,) = facts(world, "incidents.note_withdrawn")
    assert "index rebuilt" in kept["text"]
    world.ana.reacts("pushpin", reply, "incidents")
    assert "index rebuilt" in timeline(world), "it can be marked again"


def test_what_the_shortcut_added_stays_when_a_pushpin_goes(world: World, thread: Json) -> None:
    reply = replies(world.bo, "index rebuilt", thread)
    assert world.cy.uses("timeline.add_message", channel="incidents", ts=reply["ts"]).ok
    for _ in range(2):
        world.ana.reacts("pushpin", reply, "incidents")
    assert "index rebuilt" in timeline(world)


def test_an_edit_and_a_deletion_of_a_captured_message_are_followed(world: World) -> None:
    world.li.says("/incident declare sev1 Checkout is down").says("INC-1")
    room = world.room()
    message = world.li.says("deploy 4812 is bad", room.name).answer["message"]
    world.cy.reacts("pushpin", message, room.name)
    assert world.do("edit", user="li", channel=room.name, ts=message["ts"], text="deploy 4813 is bad")["ok"]
    world.settle()
    assert ("4813" in timeline(world), "4812" in timeline(world)) == (True, False)
    assert world.do("delete", user="li", channel=room.name, ts=message["ts"])["ok"]
    world.settle()
    assert "4813" not in timeline(world)
    assert "this message was deleted" in timeline(world)
    assert "4812" in str(facts(world, "incidents.note_added"))


def test_messages_that_nobody_marked_are_neither_asked_for_nor_kept(world: World, thread: Json) -> None:
    before = len(world.calls("conversations.replies", "conversations.history"))
    reply = replies(world.bo, "the password is hunter2", thread)
    assert world.do("edit", user="bo", channel="incidents", ts=reply["ts"], text="nothing to see")["ok"]
    assert world.do("delete", user="bo", channel="incidents", ts=reply["ts"])["ok"]
    world.settle()
    assert len(world.calls("conversations.replies", "conversations.history")) == before
    with world.app.database.engine.connect() as connection:
        rows = [
            str(row)
            for name in inspect(connection).get_table_names()
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        ]
    assert not [row for row in rows if "hunter2" in row or "nothing to see" in row]


def test_a_mark_that_cannot_be_captured_is_answered(world: World, thread: Json) -> None:
    stray = world.bo.says("lunch anyone?", "incidents").answer["message"]
    said = whispered(world, world.cy, lambda: world.cy.reacts("pushpin", stray, "incidents"))
    assert "isn't in a war room or an incident's thread" in said
    said = whispered(
        world, world.cy, lambda: world.cy.uses("timeline.add_message", channel="incidents", ts=stray["ts"])
    )
    assert "isn't in a war room or an incident's thread" in said
    reply = replies(world.bo, "index rebuilt", thread)
    world.do("faults", method="conversations.replies", kind="ok_false:missing_scope")
    said = whispered(world, world.cy, lambda: world.cy.reacts("pushpin", reply, "incidents"))
    assert "couldn't be read" in said


def test_a_guest_is_told_that_marks_are_not_theirs_and_other_channels_are_left_alone(world: World) -> None:
    world.li.says("/incident declare sev1 Checkout is down").says("INC-1")
    room = world.room()
    world.do("company", join={"channel": room.name, "user": "gus"})
    message = world.li.says("deploy 4812 is bad", room.name).answer["message"]
    assert "Guests cannot do this" in whispered(
        world, world.gus, lambda: world.gus.reacts("pushpin", message, room.name)
    )
    assert "4812" not in timeline(world)
    other = world.bo.says("remember the milk", "platform").answer["message"]
    assert whispered(world, world.cy, lambda: world.cy.reacts("pushpin", other, "platform")) == ""


def test_whoever_wrote_a_captured_message_is_named_and_a_thread_knows_its_incident(world: World, thread: Json) -> None:
    world.do("company", join={"channel": "incidents", "user": "gus"})
    world.cy.reacts("pushpin", replies(world.gus, "our probe sees it too", thread), "incidents")
    assert "Gus Guest: our probe sees it too" in timeline(world)
    world.cy.reacts("pushpin", thread, "incidents")
    assert "U01SANDBOX" not in timeline(world)
    said = whispered(world, world.dee, lambda: replies(world.dee, "@tocsin note rolled back", thread))
    assert "/incident note INC-1 rolled back" in said


def whispered(world: World, person: Person, deed: object) -> str:
    """What the person alone was told meanwhile, in a channel or in a direct message."""
    before = len(told(world, person))
    deed()  # type: ignore[operator]
    world.settle()
    return "\n".join(told(world, person)[before:])


def told(world: World, person: Person) -> list[str]:
    places = [one["id"] for one in world.look("state")["channels"] if not one["id"].startswith("D")]
    found = [one for place in places for one in world.channel(place).messages() if one["ephemeral_for"] == person.id]
    found += person.dms().messages()
    return [words(one) for one in sorted(found, key=lambda one: float(one["ts"]))]
