"""How often a war room disturbs those in it: every message that is posted, not edited, and what asks for it."""

from dataclasses import dataclass

import pytest

from tests.stories.world import Json, Person, World, actions, words


@dataclass(frozen=True)
class Post:
    """A message that the script leads to: what it shows in the end, what asks for it, whether the room hears it."""

    shows: str
    because: str
    loud: bool = True


POSTS = {
    "card": Post("*IC*", "UX 6.3: the pinned card is the state"),
    "ladder": Post("*Answered:*", "UX 6.6: one parent for each escalation, in a thread", loud=False),
    "level": Post("⏫ Level 2", "UX 6.6: a reply when the level changes", loud=False),
    "no answer": Post("answered after", "issue E: the room says no answer yet, from the first missed level, edited"),
    "acknowledged": Post("acknowledged after 5 min", "UX 6.6: a reply when someone answers", loud=False),
    "heard": Post(
        "is incident commander",
        "issue E: the room hears who acknowledged, who is commander, which severity; a minute's changes are one line",
    ),
    "decision": Post("*Decision D1*", "UX 6.9: a decision is open to objections, so it is read at once"),
    "action": Post("*A1*", "UX 6.9: an action names its owner and its time, with its buttons"),
    "mitigation": Post("*M1*", "issue E: mitigations with owner and result; the result is edited in"),
    "update": Post("*Update 1 ·", "UX 6.7: one post for each update"),
    "command": Post("is now incident commander", "UX 6.8: on accept a new post, which notifies"),
    "reminder": Post("no update needed", "UX 6.7: one line when an update is due; put right when none is owed"),
    "resolved": Post("Resolved after", "UX 6.10: the end with its short report"),
    "postmortem": Post("ostmortem draft", "UX 6.11: the draft is brought to the room"),
}  # fmt: skip
"""Every post of the script, and the line that asks for it."""
SPOKEN = (None, "bot_message", "file_share")


def posted(world: World) -> list[Json]:
    """The bot's own posts in the room: no joins, no pins, nothing that one person alone sees."""
    shown = world.room().messages()
    ours = world.sandbox.world.app.user_id
    return [one for one in shown if one["user"] == ours and one.get("subtype") in SPOKEN and not one["ephemeral_for"]]


def purpose(message: Json) -> str:
    """Its name in the table; a room without a reason for it is told what it says."""
    text, loud = words(message), message["thread_ts"] in (None, "", message["ts"])
    asked = (name for name, post in POSTS.items() if post.shows in text and post.loud is loud)
    return next(asked, f"nobody asked for: {text[:80]}")


def scripted_incident(world: World) -> None:
    """Declared, missed once, answered, commanded, worked on, handed over, late once, resolved."""
    world.dee.says("/incident sev1 Checkout returns 5xx --service checkout")
    room = world.room().name
    world.forward(minutes=5)
    second = next(one for one in (world.ana, world.bo, world.cy) if has_open_page(one.dms().messages()))
    second.presses("page.ack", "You are paged")
    for typed in (
        "ic", "sev sev2 fewer customers", "role tech @cy", "note the pool is saturated", "status identified",
        "decision roll back 4812", "action @cy roll back 10m", "mitigation roll back 4812", "complaint cannot pay",
        "update Rolling back 4812", "done A1", "mitigation M1 worked", "status monitoring", "handoff @dee",
    ):  # fmt: skip
        does(second, typed, room)
    world.dee.presses("command.accept", "command")
    world.forward(minutes=61)
    does(world.dee, "resolve Rolled back 4812", room)


def does(person: Person, typed: str, room: str) -> None:
    said = person.says(f"/incident {typed}", channel=room)
    assert said.ok
    assert "isn't a command" not in said.text, f"{typed}: {said.text}"


def has_open_page(messages: list[Json]) -> bool:
    return any("page.ack" in actions(one) for one in messages)


@pytest.mark.both_databases
def test_a_whole_incident_posts_these_messages_and_no_others(world: World) -> None:
    scripted_incident(world)
    found = [purpose(one) for one in posted(world)]
    assert sorted(found) == sorted(POSTS), "\n\n".join(words(one) for one in posted(world))


def test_what_the_card_shows_already_posts_nothing(world: World) -> None:
    world.dee.says("/incident sev1 Checkout returns 5xx --service checkout")
    room = world.room().name
    world.dee.says("/incident ack 1")
    for typed in ("ic", "decision wait", "action look at it", "mitigation restart"):
        does(world.dee, typed, room)
    before = len(posted(world))
    for typed in ("role tech @cy", "note one", "note two", "status identified", "timeline", "status", "done A1",
                  "mitigation M1 failed", "complaint cannot pay", "tick-off errors", "sev sev2 fewer customers",
                  "handoff @bo", "why", "list"):  # fmt: skip
        does(world.dee, typed, room)
    assert len(posted(world)) == before, "\n\n".join(words(one) for one in posted(world)[before:])
