"""The form of declaring offers what is open on the service already: joining makes no second incident."""

import pytest

from tests.stories.records import facts
from tests.stories.world import Json, Person, World, words


def form_for(person: Person, service: str, title: str = "half typed") -> Json:
    """The form of declaring after a service was chosen in it."""
    opened = person.says("/incident declare")
    chosen = person.world.do("click", user=person.name, view_id=opened.view_id, action_id="declare.service",
                             value=service, values={"title": {"title": title}})  # fmt: skip
    assert chosen["ok"]
    return person.view()


def joins(person: Person, form: Json) -> str:
    """What the form shows instead once its offer was taken."""
    assert person.world.do("click", user=person.name, view_id=form["id"], action_id="declare.join")["ok"]
    person.world.settle()
    return words(person.view())


def numbers(world: World) -> list[str]:
    return [one["title"] for one in facts(world, "incidents.declared")]


def test_the_form_offers_the_room_of_what_is_open_on_the_service(world: World) -> None:
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout")
    assert "Open now" not in words(form_for(world.li, "search"))
    form = form_for(world.li, "checkout")
    assert "INC-1 SEV-1 Checkout returns 5xx" in words(form)
    assert "half typed" in str(form)
    assert world.li.id not in world.room().state()["members"]
    assert "being invited" in joins(world.li, form)
    assert world.li.id in world.room().state()["members"]
    assert numbers(world) == ["Checkout returns 5xx"]
    world.li.dms().lacks("INC-1")


def test_without_a_room_the_thread_is_shown(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    posted = world.incidents.expects("Search is slow")
    shown = joins(world.li, form_for(world.li, "search"))
    assert "thread" in shown
    assert f"p{posted['ts'].replace('.', '')}" in str(world.li.view())
    assert numbers(world) == ["Search is slow"]


def test_a_form_that_opens_with_its_service_makes_the_offer_at_once(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    world.li.says("/incident declare --service search")
    assert "INC-1 SEV-3 Search is slow" in words(world.li.view())


def test_nothing_is_offered_that_is_over_an_exercise_or_not_for_everybody(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    world.ana.says("/incident resolve INC-1 rolled back")
    world.ana.says("/incident declare sev3 Search exercise --service search --drill")
    world.ana.says("/incident declare sev3 Search is leaking --service search --private")
    assert "Open now" not in words(form_for(world.li, "search"))
    assert "Search is leaking" in words(form_for(world.ana, "search"))


@pytest.mark.both_databases
def test_what_ended_meanwhile_is_not_joined_and_the_form_keeps_what_was_typed(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    form = form_for(world.li, "search")
    world.ana.says("/incident resolve INC-1 rolled back")
    assert "INC-1 is resolved" in joins(world.li, form)
    assert "half typed" in str(world.li.view())
    assert "Join instead" not in str(world.li.view())
    assert world.li.submits(
        form["id"], {"title": {"title": "Search is slow again"}, "severity": {"declare.severity": "SEV-3"}}
    ).ok
    assert len(numbers(world)) == 2


def test_what_reads_alike_is_named_with_how_it_ended(world: World) -> None:
    world.ana.says("/incident sev3 Search times out --service search")
    world.ana.says("/incident resolve INC-1 restarted the index")
    world.ana.says("/incident sev3 Searching times out for everyone")
    world.ana.says("/incident declare sev3 Search times out in secret --private")
    form = form_for(world.li, "search", "search timing out")
    shown = words(form)
    assert "Similar: INC-1 SEV-3 Search times out (resolved" in shown
    assert "ago: restarted the index" in shown
    assert "Open now" in shown
    assert "INC-2" in shown
    assert "secret" not in shown
    assert "INC-3" in words(form_for(world.ana, "search", "search timing out"))
    assert world.do("click", user="ana", view_id=world.ana.view()["id"], action_id="menu.catchup", value="1")["ok"]
    assert world.ana.view()["title"]["text"] == "INC-1 in five lines"
