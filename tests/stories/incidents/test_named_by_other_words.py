"""Incidents named by a title, a part of it or a link, or left out: never another one than is meant is changed."""

import pytest

from storage.models import Incident
from tests.stories.incidents.test_words_typed import chooses, offered, state_of, two_of_them
from tests.stories.world import World


def test_the_title_of_another_incident_names_it(world: World) -> None:
    two_of_them(world)
    for typed in ("resolve mail is late", "cancel Mail is late: false alarm", "resolve mail is late."):
        asked = world.bo.says(f"/incident {typed}").says("INC-2 is resolved already", "Which incident")
        assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-1"]
        assert state_of(world, 1) == "triage"
    world.ana.says("/incident reopen INC-2")
    asked = world.bo.says("/incident resolve mail is late").says("Nothing has changed")
    assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-2", "INC-1"]
    world.bo.says("/incident resolve INC-2 restarted")
    world.bo.says("/incident resolve search is slow").says("INC-1", "resolved")


def test_a_part_of_the_title_of_another_incident_is_asked_about(world: World) -> None:
    two_of_them(world)
    for typed in (
        "resolve mail", "resolve the mail one", "resolve mail incident, restarted", "resolve mail issue",
        "update investigating mail is late again", "update mail is back", "cancel Mail: false alarm",
        "update the restart, mail is late again, helped",
    ):  # fmt: skip
        asked = world.bo.says(f"/incident {typed}").says("INC-2 is resolved already", "Which incident")
        assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-1"], typed
        assert state_of(world, 1) == "triage"
    world.bo.says("/incident note mail queue at 20k").says("Which incident")
    world.bo.says("/incident update search is fast, no errors and nothing is late").says("Update 1")
    world.bo.says("/incident resolve the index was slow, restarted").says("INC-1", "resolved")


def test_whoever_is_paged_for_another_incident_is_asked_about(world: World) -> None:
    two_of_them(world)
    for typed in ("page cy for mail", "page cy for the mail incident", "page cy about mail is late"):
        asked = world.bo.says(f"/incident {typed}").says("INC-2 is resolved already", "Which incident")
        assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-1"], typed
    assert "for mail" not in world.cy.dms().shown()
    world.bo.says("/incident page cy for the search").says("U01CY")


def test_in_a_room_a_subject_is_its_own_incidents(world: World) -> None:
    world.ana.says("/incident sev3 mail is late")
    world.ana.says("/incident sev1 search is slow")
    room = world.room().name
    world.ana.says("/incident update mail to customers is out, search is back", channel=room).says("Update 1")
    asked = world.ana.says("/incident resolve the mail one", channel=room).says("Nothing has changed")
    assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-1", "INC-2 (this room)"]


def test_in_a_room_another_open_incidents_word_ends_nothing(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room().name
    world.ana.says("/incident sev3 mail is late")
    for typed in ("resolve mail", "resolve mail is back", "resolve the mail incident", "cancel mail was a false alarm"):
        asked = world.ana.says(f"/incident {typed}", channel=room).says("Nothing has changed")
        assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-2", "INC-1 (this room)"], typed
    world.ana.says("/incident note mail queue at 20k", channel=room).says("Added to the timeline of INC-1")
    world.ana.says("/incident resolve rolled back", channel=room).says("INC-1", "resolved")


@pytest.mark.parametrize("typed", [
    "cancel paging", "cancel the page", "cancel that", "cancel update", "cancel my last command", "cancel ic",
    "cancel bo", "cancel <@U01BO>", "resolve not this one", "resolve if bo agrees", "resolve when deploy is done",
    "resolve unless it comes back", "resolve dry run", "resolve soon", "resolve tomorrow", "resolve in 5 minutes",
    "cancel bo's page", "cancel notifications", "cancel severity", "cancel the war room", "resolve monitoring",
    "resolve to monitoring", "resolve as sev2", "resolve after lunch", "resolve at 12:00",
    "cancel button is broken", "stop button dead", "fixed price page is broken",
])  # fmt: skip
def test_what_tells_of_no_end_ends_nothing_in_the_room_either(world: World, typed: str) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room().name
    for channel in (room, "general"):
        asked = world.ana.says(f"/incident {typed}", channel=channel).says("Nothing has changed yet")
        assert any("INC-1" in one["text"]["text"] for one in offered(asked))
    assert state_of(world, 1) == "triage"


def test_what_else_is_called_off_is_offered(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room().name
    asked = world.ana.says("/incident cancel my last command")
    assert [one["text"]["text"] for one in offered(asked)][-1] == "Undo the declaration"
    asked = world.ana.says("/incident cancel paging", channel=room)
    chooses(world.ana, asked, "Stop the paging", room)
    world.ana.says("/incident timeline INC-1").says("aging stopped")
    assert state_of(world, 1) == "triage"


@pytest.mark.parametrize("typed", [
    "end users see 500s", "end of month batch is stuck", "fixed assets service is down", "resolved DNS names are wrong",
    "cancel button is broken", "cancelled orders come back", "abort errors in db-1", "dismiss button is dead",
    "updates are not arriving", "up to 50% of requests fail", "log shipping is broken", "write errors on db-1",
    "notes app is down", "manager console is broken", "ask page is 500", "can't reach the database",
])  # fmt: skip
def test_a_title_that_begins_with_an_everyday_word_is_asked_about(world: World, typed: str) -> None:
    world.ana.says("/incident sev1 checkout is down")
    before = world.bo.says("/incident timeline INC-1").text
    asked = world.li.says(f"/incident {typed}").says("Nothing has changed yet")
    assert [one["text"]["text"] for one in offered(asked)][-1] == f"Declare “{typed}”"
    assert state_of(world, 1) == "triage"
    assert world.bo.says("/incident timeline INC-1").text == before
    chooses(world.li, asked, "Declare")
    world.li.says("/incident list").says("INC-2", typed)


def test_an_update_that_says_it_is_over_offers_to_resolve(world: World) -> None:
    world.ana.says("/incident sev3 search is slow")
    asked = world.ana.says("/incident update fixed").says("Nothing has changed yet")
    assert [one["text"]["text"] for one in offered(asked)] == ["Post an update on INC-1: search is slow", "Resolve it"]
    assert chooses(world.ana, asked, "Resolve it").view_id
    chooses(world.ana, world.ana.says("/incident update fixed"), "Post an update")
    world.incidents.expects("fixed")


def test_a_link_stands_for_the_incident_that_it_leads_to(world: World) -> None:
    two_of_them(world)
    with world.app.desk.read() as session:
        second = session.get_one(Incident, 2)
        channel, ts = second.announcement_channel, second.announcement_ts or ""
    post = f"https://acme.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    for link in (
        "<https://tocsin.acme.example/incidents/2|INC-2>", "<https://wiki.example/postmortems|inc 2>", post,
        f"<{post}>", f"<{post}|the announcement>", f"<{post}?thread_ts={ts}&amp;cid=C1>",
    ):  # fmt: skip
        world.bo.says(f"/incident resolve {link} done").says("INC-2 is already resolved")
        assert state_of(world, 1) == "triage"
    world.bo.says("/incident resolve fixed by <https://wiki.example/runbook|the runbook>").says("INC-1", "resolved")


def test_what_leaves_the_only_incident_out_does_not_end_it(world: World) -> None:
    two_of_them(world)
    for typed in ("resolve not INC-1", "resolve everything except INC-1", "cancel all but INC-1"):
        world.bo.says(f"/incident {typed}").says("Nothing has changed yet")
        assert state_of(world, 1) == "triage"


def test_courtesy_after_escalate_asks_the_next_level(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    world.bo.says("/incident escalate now!").says("the next level is paged now")
