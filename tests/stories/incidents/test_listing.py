"""Many incidents at once: the worst are shown first, what is left out is said, and every way to it works."""

from tests.stories.world import World, actions, words

MANY = 19


def many(world: World) -> None:
    """INC-1 is a SEV-2; nineteen of SEV-4 and one SEV-3 come after it."""
    world.bo.says("/incident sev2 checkout is slow")
    for number in range(MANY):
        world.ana.says(f"/incident sev4 a wrong label, number {number}")
    world.ana.says("/incident sev3 mail is late")


def test_the_list_shows_the_worst_and_says_what_is_left_out(world: World) -> None:
    many(world)
    told = world.li.says("/incident list").says("INC-1", "6 more are open (6 SEV-4)", "`/incident list all`").text
    assert told.index("*INC-1*") < told.index("*INC-21*") < told.index("*INC-20*"), (
        "worst first, newest first among equals"
    )
    assert "*INC-2*" not in told
    assert "search" not in told
    for typed in ("list all", "ls all", "all"):
        everything = world.li.says(f"/incident {typed}").text
        assert all(f"*INC-{number}*" in everything for number in range(1, MANY + 3)), typed
        assert "left out" not in everything
        assert "more are open" not in everything
    mine = world.bo.says("/incident list mine").text
    assert "*INC-1*" in mine
    assert "*INC-2*" not in mine
    world.li.says("/incident list yesterday").says("I didn't understand", "/incident list")
    world.li.says("/incident list closed").says("Nothing fits")
    narrowed = world.li.says("/incident list sev3").says("*INC-21*").text
    assert "*INC-20*" not in narrowed


def test_all_shows_what_ended_too(world: World) -> None:
    world.ana.says("/incident sev3 mail is late")
    world.ana.says("/incident sev3 search is slow")
    world.ana.says("/incident resolve INC-1 restarted")
    assert "*INC-1*" not in world.ana.says("/incident list").text
    world.ana.says("/incident list all").says("*INC-1*", "Resolved", "*INC-2*")


def test_a_question_offers_every_one_worst_first(world: World) -> None:
    many(world)
    asked = world.li.says("/incident note the network is back").says("Which incident")
    message = asked.answer["ephemeral"][-1]
    assert actions(message) == ["incident.pick"]
    menu = message["blocks"][0]["accessory"]
    labels = [one["text"]["text"].split()[0] for one in menu["options"]]
    assert len(labels) == MANY + 2
    assert labels[:3] == ["INC-1", "INC-21", "INC-20"]
    value = next(one["value"] for one in menu["options"] if one["text"]["text"].startswith("INC-2 "))
    world.li.clicks("incident.pick", message, "general", value=value)
    assert "the network is back" in world.li.says("/incident timeline INC-2").text
    assert "the network is back" not in words({"blocks": world.incidents.messages()})


def test_no_one_who_has_none_is_told_that_nothing_is_open(world: World) -> None:
    world.ana.says("/incident sev3 search is slow")
    world.eve.says("/incident list mine").says("One incident is open, and it isn't yours", "/incident list")
    world.ana.says("/incident sev3 mail is slow")
    world.eve.says("/incident list mine").says("2 incidents are open, and none of them is yours")
