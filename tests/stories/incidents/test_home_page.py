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
