"""How often a war room disturbs those in it: every message that is posted, not edited, and what each is for."""

import pytest

from tests.stories.world import Json, World, actions, words

WHY = {
    "heard": "is incident commander",  # and who acknowledged, within the same minute
    "no answer": "answered after",  # what it says in the end; it is edited from level to level
    "level": "⏫ Level 2",
    "acknowledged": "acknowledged after",
    "ladder": "*Answered:*",
    "reminder": "no update is owed",  # what it said when it was due, put right
    "update": "*Update 1 ·",
    "resolved": "Resolved after",
    "card": "*IC*",
    "postmortem": "ostmortem",
}
LOUD = ("card", "heard", "no answer", "update", "reminder", "resolved", "postmortem")
"""What appears in the channel itself; the rest is in threads, where it notifies only those who follow them."""

SPOKEN = (None, "bot_message", "file_share")


def posted(world: World) -> list[Json]:
    """The bot's own posts in the room: no joins, no pins, nothing that one person alone sees."""
    shown = world.room().messages()
    ours = world.sandbox.world.app.user_id
    return [one for one in shown if one["user"] == ours and one.get("subtype") in SPOKEN and not one["ephemeral_for"]]


def purpose(message: Json) -> str:
    text = words(message)
    return next((name for name, part in WHY.items() if part in text), f"unexpected: {text[:80]}")


def scripted_incident(world: World) -> None:
    """Declared, missed once, answered, commanded, noted, updated, late once, resolved."""
    world.dee.says("/incident sev1 Checkout returns 5xx --service checkout")
    room = world.room().name
    world.forward(minutes=5)
    second = next(one for one in (world.ana, world.bo, world.cy) if has_open_page(one.dms().messages()))
    second.presses("page.ack", "You are paged")
    second.says("/incident ic", channel=room)
    second.says("/incident role tech @cy", channel=room)
    second.says("/incident note the pool is saturated", channel=room)
    second.says("/incident note 03:01 deploy 4812 went out", channel=room)
    second.says("/incident status identified", channel=room)
    second.says("/incident update Rolling back 4812", channel=room)
    world.forward(minutes=31)
    second.says("/incident resolve Rolled back 4812", channel=room)


def has_open_page(messages: list[Json]) -> bool:
    return any("page.ack" in actions(one) for one in messages)


@pytest.mark.both_databases
def test_a_whole_incident_posts_these_messages_and_no_others(world: World) -> None:
    scripted_incident(world)
    found = [purpose(one) for one in posted(world)]
    assert sorted(found) == sorted(WHY), "\n\n".join(words(one) for one in posted(world))
    loud = [purpose(one) for one in posted(world) if one["thread_ts"] in (None, "", one["ts"])]
    assert sorted(loud) == sorted(LOUD)


def test_notes_roles_and_edits_post_nothing(world: World) -> None:
    world.dee.says("/incident sev1 Checkout returns 5xx --service checkout")
    room = world.room().name
    world.dee.says("/incident ack 1")
    before = len(posted(world))
    for typed in ("ic", "role tech @cy", "note one", "note two", "status identified", "timeline", "status"):
        world.dee.says(f"/incident {typed}", channel=room)
    assert len(posted(world)) == before, "\n\n".join(words(one) for one in posted(world)[before:])
