"""Paging: the ladder, the buttons of a page, stale presses, and the last resort."""

import pytest

from tests.stories.world import Person, World, words


def paged(world: World) -> list[Person]:
    """Who is asked now, and has not answered."""
    everybody = (world.ana, world.bo, world.cy, world.dee, world.eve, world.li)
    return [one for one in everybody if any("You are paged" in words(m) for m in one.dms().messages())]


def more(person: Person, action: str, value: str | None = None) -> None:
    """Presses a control of the form behind More on this person's page."""
    form = person.presses("page.more", "You are paged")
    body = {"user": person.name, "view_id": form.view_id, "action_id": action, **({"value": value} if value else {})}
    assert person.world.do("click", **body)["ok"]
    person.world.settle()


def declare(world: World, text: str = "sev1 Checkout returns 5xx --service checkout") -> None:
    assert world.ana.says(f"/incident declare {text}").ok


@pytest.mark.both_databases
def test_level_after_level_is_asked_while_nobody_answers(world: World) -> None:
    declare(world)
    asked = [{one.name for one in paged(world)}]
    for _ in range(2):
        world.forward(minutes=5)
        asked.append({one.name for one in paged(world)})
    assert asked[0] != asked[1]
    assert len(asked[2]) > 1, "the third level is the whole team"


@pytest.mark.both_databases
def test_a_policy_that_nobody_answers_ends_loudly_and_can_still_be_answered(world: World) -> None:
    declare(world, "sev3 Search is slow --service search")
    assert len(paged(world)) == 1
    world.forward(minutes=29)
    assert len(paged(world)) == 1, "a single level waits as long as SEV-3 promises"
    world.forward(minutes=1)
    alarm = world.incidents.expects("No one answered ·")
    assert "INC-1" in words(alarm)
    assert paged(world) == [], "an exhausted policy leaves no page that looks open"
    assert world.bo.says("/incident ack INC-1").ok
    world.incidents.expects("Answered")
    world.incidents.lacks("No one answered ·")
    over = world.incidents.expects("has answered", "No need to call anyone")
    assert world.li.presses_stale("incident.ack", over, "incidents").ok
    world.incidents.expects("you can stand down")


def announcement(world: World) -> str:
    """The one that there is; as it was posted first, whatever it says now."""
    (found,) = [one for one in world.incidents.messages() if "*Status*" in words(one)]
    return words(found)


def test_the_announcement_itself_says_that_paging_is_exhausted_until_somebody_has_it(world: World) -> None:
    declare(world, "sev3 Search is slow --service search")
    assert "exhausted" not in announcement(world)
    world.forward(minutes=30)
    assert "No one answered, all levels were paged" in announcement(world)
    world.cy.says("/incident page INC-1 @li")
    assert "exhausted" not in announcement(world), "somebody is asked again"
    for _ in range(3):
        world.forward(minutes=30)
    assert "No one answered, all levels were paged" in announcement(world)
    world.bo.says("/incident ack INC-1")
    assert "exhausted" not in announcement(world)
    world.cy.says("/incident page INC-1 @dee")
    for _ in range(3):
        world.forward(minutes=30)
    assert "exhausted" not in announcement(world), "Bo has it, whoever else was asked by name"


def test_a_decline_pages_the_next_level_at_once(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    opened = first.presses("page.decline", "You are paged")
    assert first.fills(opened.view_id, reason="asleep").ok
    first.dms().expects("couldn't take it")
    assert paged(world)
    assert paged(world)[0].name != first.name
    assert "can't take it" in world.ana.says("/incident timeline INC-1").text


def test_escalate_now_pages_the_next_level_at_once(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    more(first, "page.escalate")
    assert [one.name for one in paged(world)] != [first.name]
    first.dms().expects("You escalated at")
    first.presses("page.join", "You escalated at")  # "I'm here now"
    world.room().expects("Answered")
    assert paged(world) == []


@pytest.mark.both_databases
def test_a_second_and_a_stale_press_get_the_present_state(world: World) -> None:
    declare(world)
    first = paged(world)[0]
    message = first.dms().expects("You are paged")
    world.forward(minutes=5)
    second = paged(world)[0]
    assert second.presses("page.ack", "You are paged").ok
    assert first.presses_stale("page.ack", message, first.dms().name).ok
    first.dms().expects(second.id, "before you")
    again = second.says("/incident ack INC-1")
    assert again.ok
    assert "already" in again.text.lower()
    other = first.says("/incident ack INC-1")
    assert other.ok
    assert "acknowledged" in other.text.lower() or "has it" in other.text.lower()


@pytest.mark.both_databases
def test_acknowledging_stops_the_paging_everywhere(world: World) -> None:
    declare(world)
    world.forward(minutes=5)
    world.forward(minutes=5)
    everyone = paged(world)
    assert len(everyone) > 1
    everyone[0].presses("page.ack", "You are paged")
    assert paged(world) == []
    for other in everyone[1:]:
        other.dms().expects("stand down")
    before = len(world.calls("chat.postMessage"))
    world.forward(minutes=60)
    pages = [one for one in world.calls("chat.postMessage")[before:] if "You are paged" in str(one)]
    assert pages == []


@pytest.mark.both_databases
def test_the_same_click_delivered_twice_acknowledges_once(world: World) -> None:
    world.do("faults", world="dup_event", times=5)
    declare(world)
    paged(world)[0].presses("page.ack", "You are paged")
    shown = world.ana.says("/incident timeline INC-1").text
    assert shown.count("acknowledged after") == 1


def test_paging_a_person_and_a_policy_by_hand(world: World) -> None:
    world.ana.says("/incident declare sev3 Search is slow --service search")
    assert world.ana.says("/incident page INC-1 <@U01EVE|eve>").ok
    world.eve.expects_page("Search is slow")
    said = world.ana.says("/incident page INC-1 nobody-knows")
    assert "nobody-knows" in said.text


def test_a_test_page_reaches_whoever_asks(world: World) -> None:
    world.li.says("/oncall test-page")
    message = world.li.dms().expects("Test page")
    world.li.clicks("page.ack", message, world.li.dms().name)
    world.li.dms().expects("Your test page works")


@pytest.mark.parametrize("who", ["ana", "li"])
def test_who_is_on_call(world: World, who: str) -> None:
    world.people[who] = Person(world, who)
    world.people[who].says("/oncall who").says("primary-oncall", "secondary-oncall")


def test_whoever_pages_somebody_whom_slack_alone_leads_to_is_told_so_at_once(world: World) -> None:
    world.ana.says("/incident declare sev3 Search is slow").says("is declared")
    told = world.ana.says("/incident page @gus INC-1").says("INC-1", "paging", world.gus.id)
    told.says("Slack is the only way to Gus Guest", "Add them to `people:`")
    world.gus.expects_page("INC-1")
    assert "the only way" not in world.ana.says("/incident page @li INC-1").text
