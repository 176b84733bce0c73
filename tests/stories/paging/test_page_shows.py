"""What a page shows: the state of its incident, what can be done about it, and what becomes of it as that changes."""

from tests.stories.incidents.test_last_edit import controls
from tests.stories.paging.test_paging import declare, paged
from tests.stories.world import Json, Person, World, words


def labels(message: Json) -> list[str]:
    return [one["text"]["text"] for one in controls(message) if "text" in one]


def acknowledged(world: World) -> Person:
    declare(world)
    holder = paged(world)[0]
    holder.presses("page.ack", "You are paged")
    return holder


def test_a_page_says_how_it_stands_and_has_four_buttons(world: World) -> None:
    declare(world, "sev1 Checkout returns 5xx --service checkout")
    world.li.says("/incident ic INC-1")
    world.li.says("/incident update INC-1 Rolling back 4812")
    world.forward(minutes=5)
    asked = paged(world)[0]
    page = asked.expects_page("*Now:* Rolling back 4812", "*Impact:*", f"*IC* <@{world.li.id}>", "*Open* 5 min, since")
    assert labels(page) == ["✋ Acknowledge", "🙅 Can't take it", "Open room", "⋯ More"]


def test_more_holds_the_rest_while_it_waits_and_what_is_left_afterwards(world: World) -> None:
    declare(world)
    asked = paged(world)[0]
    page = asked.expects_page()
    asked.presses("page.more", "You are paged")
    assert {"page.escalate", "page.pause", "incident.page", "page.why"} <= {
        one["action_id"] for one in controls(asked.view())
    }
    world.li.says("/incident resolve INC-1 it was the pool")
    asked.presses_stale("page.more", page, asked.dms().name)
    view = asked.view()
    assert {one["action_id"] for one in controls(view)} == {"page.why"}
    assert "This page is over" in words({"blocks": view["blocks"]})


def test_an_acknowledged_page_follows_its_incident(world: World) -> None:
    holder = acknowledged(world)
    page = holder.dms().expects("You acknowledged at", "SEV-1", "Investigating · IC no one yet")
    assert labels(page) == ["Join", "🎖 Take command", "🤝 Pass it on", "↩️ Release"]
    world.li.says("/incident sev INC-1 sev2 fewer than we thought")
    holder.dms().expects("You acknowledged at", "SEV-2")
    world.li.says("/incident status INC-1 identified")
    world.li.says("/incident ic INC-1")
    holder.dms().expects("You acknowledged at", f"Identified · IC <@{world.li.id}>")
    holder.says("/incident ic INC-1")
    world.li.says("/incident resolve INC-1 it was the pool")
    over = holder.dms().expects("You acknowledged at", "*Resolved.*")
    assert labels(over) == ["Open room"]
    world.li.says("/incident reopen INC-1 it is back")
    assert "*Resolved.*" not in words(holder.dms().expects("You acknowledged at"))


def test_whoever_commands_is_not_asked_to_take_command(world: World) -> None:
    holder = acknowledged(world)
    holder.presses("incident.take_ic", "You acknowledged at")
    assert "🎖 Take command" not in labels(holder.dms().expects("You acknowledged at"))


def test_whoever_takes_over_reads_what_the_giver_says(world: World) -> None:
    holder = acknowledged(world)
    form = holder.presses("page.handover", "You acknowledged at")
    assert holder.fills(form.view_id, person=world.dee.id, note="The replica lags. Do *not* fail over.").ok
    page = world.dee.expects_page(f"<@{holder.id}> asks you to take over", "says:*", "The replica lags.")
    assert "⏭ Escalate now" not in labels(page)
    holder.says(f"/incident pass INC-1 <@{world.li.id}|li> the cache is cold")
    world.li.expects_page("says:*", "the cache is cold")


def test_of_the_pages_of_earlier_rounds_one_grey_line_is_left(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    for _ in range(9):
        world.forward(minutes=5)
    pages = [one for one in first.dms().messages() if "INC-1" in words(one)]
    newest = pages[-1]
    older = [one for one in pages[:-1] if "you are asked again below" in words(one)]
    assert older, first.dms().shown()
    for one in older:
        assert [block["type"] for block in one["blocks"]] == ["context"]
        assert "no answer by" in words(one)
    assert "you are asked again below" not in words(newest)
