"""Words written to the bot: "ack, on it" after a page acknowledges it, and everything else gets one helpful answer."""

import pytest

from tests.stories.world import Person, World, words


@pytest.fixture
def paged(world: World) -> World:
    """Eve, who is not on call, is paged by name for INC-1."""
    world.li.says("/incident declare sev4 The search is slow").says("INC-1")
    world.li.says("/incident page INC-1 @eve")
    world.eve.expects_page("INC-1")
    return world


def writes(person: Person, text: str, **more: str) -> list[str]:
    """What the bot said to it, in the direct messages."""
    if person.dms().name == "no direct messages":
        person.world.do("dm", user=person.name, **{"with": "tocsin"})
    place = person.dms()
    before = len(place.messages())
    answer = person.world.do("message", user=person.name, channel=place.name, text=text, **more)
    assert answer["ok"], answer
    assert answer["acked"], answer
    person.world.settle()
    return [words(one) for one in place.messages()[before + 1 :]]


@pytest.mark.parametrize("text", ["ack, on it", "ack", "I'm on it", "got it :eyes:", "ack INC-1"])
def test_an_answer_in_words_acknowledges_the_one_open_page(paged: World, text: str) -> None:
    (said,) = writes(paged.eve, text)
    assert "INC-1" in said
    timeline = paged.li.says("/incident timeline INC-1").text
    assert "Eve Novak acknowledged" in timeline
    paged.eve.dms().expects("You acknowledged at")


@pytest.mark.parametrize("text", ["who is on it?", "not on it", "ok", "bo is on it", "ack?"])
def test_words_that_could_mean_something_else_are_asked_about(paged: World, text: str) -> None:
    (said,) = writes(paged.eve, text)
    assert "nothing was changed" in said.lower()
    assert "INC-1" in said
    assert "acknowledged" not in paged.li.says("/incident timeline INC-1").text
    paged.eve.presses("page.ack", "You're being paged.", "INC-1")
    assert "Eve Novak acknowledged" in paged.li.says("/incident timeline INC-1").text


@pytest.mark.parametrize(("text", "told"), [
    ("who is on call", ("On call now: ",)), ("list", ("Open now: INC-1 SEV-4 The search is slow",)),
    ("what is it?", ("SEV-4 \u00b7 Investigating", "Why you: ")), ("why me", ("Why you: ", "`/incident why INC-1 me`")),
    ("help", ("`/incident help`", "ack INC-1")), ("where is the room", ("INC-1 The search is slow",)),
    ("resolve rolled back", ("`/incident resolve INC-1 rolled back`",)), ("ask bo", ("write `pass to bo` here",)),
    ("bo should take it", ("write `pass to bo` here",)),
])  # fmt: skip
def test_whoever_is_paged_has_a_question_answered_above_the_buttons(
    paged: World, text: str, told: tuple[str, ...]
) -> None:
    (said,) = writes(paged.eve, text)
    assert all(one in said for one in told), said
    assert "nothing was changed" in said.lower()
    assert "acknowledged" not in paged.li.says("/incident timeline INC-1").text
    paged.eve.presses("page.ack", "You're being paged.", "INC-1")
    assert "Eve Novak acknowledged" in paged.li.says("/incident timeline INC-1").text


@pytest.mark.parametrize(("text", "reason"), [("can't, driving", ": driving"), ("not me", ""), ("nope", "")])
def test_a_clear_no_declines(paged: World, text: str, reason: str) -> None:
    writes(paged.eve, text)
    assert f"can't take it{reason}" in paged.li.says("/incident timeline INC-1").text


def test_with_two_open_pages_it_is_asked_which_one(paged: World) -> None:
    paged.li.says("/incident declare sev4 Mail is late").says("INC-2")
    paged.li.says("/incident page INC-2 @eve")
    (said,) = writes(paged.eve, "ack, on it")
    assert "Which page do you mean?" in said
    assert ("INC-1" in said, "INC-2" in said) == (True, True)
    for number in (1, 2):
        assert "acknowledged" not in paged.li.says(f"/incident timeline INC-{number}").text
    writes(paged.eve, "ack INC-2")
    assert "acknowledged" in paged.li.says("/incident timeline INC-2").text
    assert "acknowledged" not in paged.li.says("/incident timeline INC-1").text


def test_a_reply_in_the_thread_of_a_page_means_that_page(paged: World) -> None:
    paged.li.says("/incident declare sev4 Mail is late").says("INC-2")
    paged.li.says("/incident page INC-2 @eve")
    writes(paged.eve, "on it", thread_ts=paged.eve.expects_page("INC-1")["ts"])
    assert "acknowledged" in paged.li.says("/incident timeline INC-1").text
    assert "acknowledged" not in paged.li.says("/incident timeline INC-2").text


def test_a_decline_in_words_passes_it_on(paged: World) -> None:
    writes(paged.eve, "decline: on a plane")
    assert "can't take it: on a plane" in paged.li.says("/incident timeline INC-1").text


@pytest.mark.parametrize(("text", "answer"), [
    ("hello", "/incident help"), ("thanks!", "/incident help"), ("ack, on it", "No page is waiting for you"),
    ("resolve INC-1 rolled back", "/incident resolve INC-1 rolled back"), ("who is on call?", "`/oncall who`"),
    ("Who’s on-call now", "`/oncall who`"),
    ("declare sev1 checkout is down", "/incident declare sev1 checkout is down"),
])  # fmt: skip
def test_other_words_get_one_helpful_answer_and_change_nothing(world: World, text: str, answer: str) -> None:
    world.li.says("/incident declare sev4 The search is slow").says("INC-1")
    (said,) = writes(world.dee, text)
    assert answer in said
    assert "Investigating" in world.li.says("/incident status INC-1").text
    assert "no incident INC-2" in world.li.says("/incident status INC-2").text


def test_a_mention_is_answered_for_its_writer_alone_and_in_its_thread(paged: World) -> None:
    before = len(paged.incidents.messages())
    answer = paged.do("message", user="dee", channel="incidents", text="@tocsin hello")
    paged.settle()
    (said,) = [one for one in paged.incidents.messages()[before:] if one.get("ephemeral_for")]
    assert said["ephemeral_for"] == paged.dee.id
    assert "/incident help" in words(said)
    paged.do("message", user="eve", channel="incidents", text="@tocsin ack, on it", thread_ts=answer["ts"])
    paged.settle()
    newest = [one for one in paged.incidents.messages() if one.get("ephemeral_for") == paged.eve.id][-1]
    assert newest["thread_ts"] == answer["ts"]
    assert "Eve Novak acknowledged" in paged.li.says("/incident timeline INC-1").text


def test_a_guest_who_is_paged_can_answer_in_words(paged: World) -> None:
    paged.li.says("/incident declare sev4 Mail is late").says("INC-2")
    paged.li.says("/incident page INC-2 @gus")
    writes(paged.gus, "ack, on it")
    assert "Gus Guest acknowledged" in paged.li.says("/incident timeline INC-2").text


def test_an_event_that_comes_twice_is_answered_once(paged: World) -> None:
    paged.do("faults", dup_event=1)
    assert len(writes(paged.eve, "hello")) == 1


def test_messages_of_apps_and_ordinary_messages_are_not_answered(world: World) -> None:
    before = len(world.calls("chat.postMessage", "chat.postEphemeral"))
    world.ana.says("ack, on it", "incidents")
    world.ana.says("hello everybody", "general")
    assert len(world.calls("chat.postMessage", "chat.postEphemeral")) == before
