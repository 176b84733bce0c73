"""The home tab pages somebody: for the only open incident, for one of several, or it says that nothing is open."""

from tests.stories.world import Json, Person, World, words


def presses_page(world: World, who: Person) -> Json:
    """The form that the button of the home tab opens."""
    world.do("home", user=who.name)
    world.settle()
    home = world.look("state")["homes"][who.id]
    assert world.do("click", user=who.name, view_id=home["id"], action_id="home.page")["ok"]
    return who.view()


def test_with_one_incident_it_is_the_form_of_the_command(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    world.bo.says("/incident page")
    command = world.bo.view()
    form = presses_page(world, world.cy)
    assert [block["type"] for block in form["blocks"]] == [block["type"] for block in command["blocks"]]
    assert world.cy.fills(form["id"], person=world.li.id).ok
    world.li.expects_page("Search is slow")
    world.cy.dms().expects("INC-1", "paging")


def test_with_several_it_asks_which(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    world.ana.says("/incident sev3 The imprint is wrong")
    world.ana.says("/incident declare sev3 Nobody may know --private")
    form = presses_page(world, world.cy)
    assert "The imprint is wrong" in words(form)
    assert "Nobody may know" not in str(form)
    assert list(world.cy.fills(form["id"], incident="1").errors) == ["person"]
    assert world.cy.fills(form["id"], incident="1", person=world.li.id).ok
    world.li.expects_page("Search is slow")


def test_with_none_it_says_so_and_leads_to_declaring(world: World) -> None:
    notice = presses_page(world, world.cy)
    assert "No incident is open" in words(notice)
    world.do("click", user="cy", view_id=notice["id"], action_id="menu.declare")
    assert world.cy.view()["title"]["text"] == "Declare an incident"


def at_home(world: World, who: Person) -> Json:
    world.do("home", user=who.name)
    world.settle()
    shown: Json = world.look("state")["homes"][who.id]
    return shown


def test_what_needs_somebody_is_done_from_there_and_gone_then(world: World) -> None:
    world.ana.says("/incident declare sev1 Checkout is down --service checkout")
    world.ana.says("/incident ic INC-1")
    world.ana.says("/incident action INC-1 @li call the bank 30m")
    world.ana.says("/incident handoff INC-1 @li")
    home = at_home(world, world.li)
    assert "A1 of INC-1: call the bank" in words(home)
    assert "offers you command of INC-1" in words(home)
    assert "*you:" not in words(home)
    assert world.do("click", user="li", view_id=home["id"], action_id="action.done")["ok"]
    assert world.do("click", user="li", view_id=home["id"], action_id="command.accept")["ok"]
    world.settle()
    home = world.look("state")["homes"][world.li.id]
    assert "call the bank" not in words(home)
    assert "offers you command" not in words(home)
    assert "*you: incident commander*" in words(home)
    assert "Update due " in words(home)
    world.forward(minutes=90)
    assert "Update overdue by" in words(at_home(world, world.li))


def test_it_leads_to_the_list_to_a_catch_up_and_to_a_drill(world: World) -> None:
    for number in range(10):
        world.ana.says(f"/incident sev4 a wrong label, number {number}")
    home = at_home(world, world.li)
    assert "And 2 more (2 SEV-4)" in words(home)
    for action, title in {
        "menu.list": "Open incidents", "menu.catchup": "INC-10 in five lines", "home.drill": "Declare an incident",
    }.items():  # fmt: skip
        assert world.do("click", user="li", view_id=home["id"], action_id=action)["ok"], action
        assert world.li.view()["title"]["text"] == title
        world.do("close_view", user="li", view_id=world.li.view()["id"])
