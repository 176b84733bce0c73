"""Links are records: kept once, shown on card, brief and above the room, removed, refused when hostile, private."""

import pytest

from tests.stories.records import deliveries, facts, unsettled
from tests.stories.world import World, actions, words

TICKET = "https://jira.example.com/browse/OPS-1"


def marks(world: World) -> dict[str, str]:
    """Title -> address of what stands above the room."""
    world.settle()
    return {one["title"]: one["link"] for one in world.room().state()["bookmarks"] if one["title"] != "Announcement"}


def declared(world: World) -> str:
    world.cy.says("/incident sev1 checkout is down").says("is declared")
    return world.room().name


def card(world: World) -> str:
    world.settle()
    return words(world.room().expects("*Now:*"))


def test_a_link_is_on_the_card_above_the_room_and_in_the_brief_and_goes_again(world: World) -> None:
    room = declared(world)
    world.cy.says(f"/incident link ticket {TICKET} Refunds", room).says("Ticket", "Refunds")
    world.cy.says("/incident link https://grafana.example.com/d/abc?a=1&amp;b=2", room).says("Dashboard")
    assert marks(world) == {"Refunds": TICKET, "Dashboard": "https://grafana.example.com/d/abc?a=1&b=2"}
    assert f"<{TICKET}|Refunds>" in card(world)
    assert "a=1&b=2|Dashboard>" in card(world)
    world.cy.says(f"/incident link <{TICKET}|jira.example.com/browse/OPS-1> Refund job", room).says("changed")
    world.cy.says(f"/incident link {TICKET}", room).says("Refund job")
    assert marks(world).get("Refund job") == TICKET, "one link, renamed"
    assert len(facts(world, "links.added")) == 2
    world.ana.says("/incident ic INC-1")
    world.ana.says("/incident handoff @dee", room)
    world.settle()
    world.dee.dms().expects("Links:", TICKET)
    world.cy.says("/incident unlink refund job", room).says("Removed")
    assert list(marks(world)) == ["Dashboard"]
    assert "Refund job" not in card(world)
    world.cy.says("/incident unlink refund job", room).says("has no link")
    world.cy.says(f"/incident link {TICKET} Again", room)
    assert "Again" in marks(world)
    assert unsettled(world) == []


def test_the_list_removes_by_a_button_and_a_second_press_changes_nothing(world: World) -> None:
    room = declared(world)
    for name in ("One", "Two"):
        world.cy.says(f"/incident link https://x.example/{name} {name}", room)
    world.cy.says("/incident links", room).says("One", "Two")
    listed = [one for one in world.room().messages() if one["ephemeral_for"] == world.cy.id][-1]
    assert len([one for one in actions(listed) if one.startswith("link.remove")]) == 2
    for _ in range(2):
        assert world.cy.clicks("link.remove", listed, room).ok
    assert len(facts(world, "links.removed")) == 1
    assert list(marks(world)) == ["Two"]


def test_without_an_address_a_form_asks_and_shows_what_is_wrong_with_it(world: World) -> None:
    room = declared(world)
    form = world.cy.says("/incident link", room)
    refused = world.cy.fills(form.view_id, url="ftp://x.example/a")
    assert "not a web address" in refused.errors["url"]
    assert world.cy.fills(form.view_id, url="wiki.example.com/db", kind="runbook", label="Failover").ok
    assert marks(world) == {"Failover": "https://wiki.example.com/db"}


REFUSED = [
    ("link in the mail is broken", "no web address"),
    ("link javascript:alert(1)", "no web address"),
    ("link https://me:secret@x.example/a", "user name or a password"),
    (f"link https://x.example/{'a' * 1600}", "longer than 1500"),
    ("bridge bo", "To page someone"),
    ("bridge", "No call is set up"),
]


def test_what_is_no_address_is_refused_and_nothing_is_kept(world: World) -> None:
    room = declared(world)
    for text, said in REFUSED:
        world.cy.says(f"/incident {text}", room).says(said)
    assert facts(world, "links.added") == []


def test_a_hostile_name_is_only_words(world: World) -> None:
    room = declared(world)
    world.cy.says("/incident link https://x.example/a <!channel> *boo* {person:U01ANA} https://evil.example", room)
    shown = card(world)
    assert "<!channel>" not in shown
    assert "<https://evil" not in shown
    assert "{person" not in shown
    assert "Ana" not in next(iter(marks(world)))


def test_a_message_of_the_room_is_kept_as_a_link_and_not_read_as_the_incident(world: World) -> None:
    room = declared(world)
    place = world.room().state()["id"]
    address = f"https://acme.slack.com/archives/{place}/p1795230000000100"
    world.cy.says(f"/incident link {address} Key finding", room).says("Key finding")
    assert marks(world) == {"Key finding": address}


@pytest.mark.both_databases
def test_without_the_scope_it_is_said_once_and_the_links_are_there(world: World) -> None:
    world.do("faults", features={"bookmarks": "missing_scope"})
    room = declared(world)
    for name in ("One", "Two", "Three"):
        world.cy.says(f"/incident link https://x.example/{name} {name}", room).says(name)
    assert "Three" in card(world)
    lost = [one["method"] for one in facts(world, "core.capability_lost")]
    assert lost.count("bookmarks.add") == 1
    assert unsettled(world) == []
    assert "missing_scope" not in world.room().shown()


def test_a_room_that_opens_later_gets_the_bookmarks_and_a_private_incident_tells_no_one(world: World) -> None:
    world.cy.says("/incident declare sev3 Slow search --private").says("INC-1")
    world.cy.says("/incident link INC-1 https://x.example/secret Secret plan")
    assert marks(world) == {"Secret plan": "https://x.example/secret"}
    absent = world.li.says("/incident links INC-2").text.replace("INC-2", "INC-1")
    assert world.li.says("/incident links INC-1").text == absent
    assert world.li.says("/incident link INC-1 https://x.example/more").text == absent
    assert world.li.says("/incident unlink INC-1 https://x.example/secret").text == absent
    assert "Secret plan" not in world.incidents.shown()
    world.bo.says("/incident declare sev3 Mail is slow")
    world.bo.says("/incident link INC-2 https://x.example/b Queue")
    assert deliveries(world, "link.bookmark")[-1].payload["link"] != 2
    world.bo.says("/incident room INC-2")
    world.settle()
    rooms = {one["title"] for room in world.rooms() for one in room["bookmarks"]}
    assert "Queue" in rooms
