"""Not sure yet: it pages by its route and nothing else happens; accepted, everything starts; or it was no incident."""

import pytest

from storage.models import Incident
from tests.stories.world import World, actions


def incident(world: World, number: int = 1) -> Incident:
    with world.app.desk.read() as session:
        return session.get_one(Incident, number)


def paged_one(world: World) -> str:
    names = [
        name for name in ("ana", "bo", "cy", "dee", "eve") if "You are paged" in getattr(world, name).dms().shown()
    ]
    assert names, "no one was paged"
    return names[0]


@pytest.mark.both_databases
def test_in_triage_it_pages_and_says_nothing_in_public(world: World) -> None:
    world.ana.says("/incident declare --triage sev1 checkout looks odd --service checkout").says(
        "INC-1 is in triage", "There is no room and no announcement", "Paging"
    )
    assert incident(world).status == "triage"
    assert paged_one(world)
    assert not world.rooms()
    assert "INC-1" not in world.incidents.shown()
    world.forward(minutes=90)  # paging comes to its end, and still nothing is said in public
    assert not world.rooms()
    assert "INC-1" not in world.incidents.shown()
    world.li.says("/incident list").says("INC-1", "Triage")


@pytest.mark.both_databases
def test_accepted_by_button_everything_starts_now_and_once(world: World) -> None:
    world.ana.says("/incident triage sev1 checkout looks odd --service checkout").says("INC-1 is in triage")
    someone = getattr(world, paged_one(world))
    page = someone.expects_page("checkout looks odd")
    assert {"triage.accept", "triage.reject"} <= set(actions(page))
    question = world.ana.dms().expects("INC-1 is in triage")
    world.forward(minutes=3)
    before = len(world.calls("conversations.create"))
    someone.clicks("triage.accept", page, someone.dms().name)
    row = incident(world)
    assert row.status == "investigating"
    assert not row.unaccepted
    assert (row.declared_at - row.detected_at).total_seconds() >= 180, "the targets count from now"
    assert row.next_update_at is not None
    world.room().expects("SEV-1", "Investigating", "INC-1")
    world.incidents.expects("INC-1", "checkout looks odd")
    assert len(world.calls("conversations.create")) == before + 1
    assert "was accepted as an incident" in world.ana.dms().shown()
    assert not any(one.startswith("triage.") for one in actions(someone.dms().expects("checkout looks odd")))
    # a second person, a moment later, on a screen that shows the buttons still
    world.ana.presses_stale("triage.accept", question, world.ana.dms().name, "1")
    world.ana.dms().expects("INC-1 is investigating, so there is nothing to accept or decline")
    world.ana.presses_stale("triage.reject", question, world.ana.dms().name, "1")
    assert incident(world).status == "investigating"
    assert len(world.calls("conversations.create")) == before + 1


def test_no_one_is_paged_twice_by_accepting_what_was_acknowledged(world: World) -> None:
    world.ana.says("/incident triage sev1 checkout looks odd --service checkout")
    someone = getattr(world, paged_one(world))
    someone.presses("page.ack", "You are paged")
    world.forward(minutes=2)
    pages = sum(getattr(world, one).dms().shown().count("You are paged") for one in ("ana", "bo", "cy", "dee", "eve"))
    someone.says("/incident accept INC-1").says("INC-1 is accepted")
    again = sum(getattr(world, one).dms().shown().count("You are paged") for one in ("ana", "bo", "cy", "dee", "eve"))
    assert again == pages
    assert incident(world).acknowledged_at is not None


def test_it_was_none_and_the_question_says_so(world: World) -> None:
    world.ana.says("/incident triage sev2 nicer colours on the dashboard --service checkout")
    question = world.ana.dms().expects("is in triage")
    someone = getattr(world, paged_one(world))
    opened = world.ana.clicks("triage.reject", question, world.ana.dms().name)
    assert world.ana.fills(opened.view_id, kind="feature_request", reason="a wish").ok
    row = incident(world)
    assert row.status == "cancelled"
    assert row.unaccepted
    world.ana.dms().expects("*INC-1* is no incident (a feature request)", "It's worth a ticket")
    world.ana.dms().lacks("triage.accept")
    world.ana.says("/incident timeline INC-1").says("Not an incident (a feature request): a wish")
    assert "INC-1" not in world.incidents.shown()
    someone.dms().lacks("Can't take it")
    world.ana.says("/incident accept INC-1").says("INC-1 is cancelled, so there is nothing to accept")


def test_decline_is_the_word_of_a_page_too_and_asks(world: World) -> None:
    world.ana.says("/incident triage sev1 checkout looks odd --service checkout")
    someone = getattr(world, paged_one(world))
    asked = someone.says("/incident decline INC-1 ill").says(
        "in triage, so this could mean either", "I can't take the page"
    )
    assert incident(world).status == "triage"
    [message] = asked.answer["ephemeral"]
    someone.clicks("incident.pick:0", message, "general")
    assert incident(world).status == "triage"
    world.ana.says("/incident why INC-1").says("ill")
    world.li.says("/incident decline INC-1 it was a test").says("INC-1", "is no incident")
    assert incident(world).status == "cancelled"
    world.ana.says("/incident declare sev1 another thing --service checkout")
    world.li.says("/incident decline INC-2").says("You have no open page for INC-2")


@pytest.mark.parametrize("typed", ["cant INC-1", "can't take INC-1", "nack INC-1", "decline INC-1"])
def test_words_of_a_page_never_end_what_is_in_triage(world: World, typed: str) -> None:
    """Whoever holds the page, or missed it, has no page that waits; they may mean it all the same."""
    world.ana.says("/incident triage sev1 checkout looks odd --service checkout")
    someone = getattr(world, paged_one(world))
    someone.says("/incident ack INC-1")
    someone.says(f"/incident {typed}").says("could mean either", "I can't take the page")
    if "decline" not in typed:
        world.li.says(f"/incident {typed}").says("could mean either")
    assert incident(world).status == "triage"


def test_what_was_declined_is_an_incident_after_all(world: World) -> None:
    world.ana.says("/incident triage sev1 checkout looks odd --service checkout")
    world.ana.says("/incident reject INC-1 a test").says("INC-1", "is no incident")
    world.ana.says("/incident reopen INC-1 it is real")
    assert incident(world).status == "investigating"
    world.incidents.expects("INC-1", "checkout looks odd", "Investigating")
    world.room().expects("INC-1")


@pytest.mark.parametrize(
    "typed", ["resolve INC-1 done", "status INC-1 identified", "update INC-1 looking", "room INC-1"]
)
def test_what_an_incident_takes_has_to_wait(world: World, typed: str) -> None:
    world.ana.says("/incident triage sev1 checkout looks odd --service checkout")
    world.ana.says(f"/incident {typed}").says("INC-1 is in triage", "/incident accept INC-1")
    assert incident(world).status == "triage"
    assert not world.rooms()


def test_another_severity_in_triage_opens_no_room(world: World) -> None:
    world.ana.says("/incident triage sev3 checkout looks odd --service checkout")
    world.ana.says("/incident sev INC-1 sev1 worse")
    assert incident(world).severity == "SEV-1"
    assert not world.rooms()
    assert "INC-1" not in world.incidents.shown()


def test_the_form_has_a_tick_for_it_and_a_private_one_stays_so(world: World) -> None:
    opened = world.ana.says("/incident declare")
    chosen = {"title": {"title": "keys in a log"}, "severity": {"declare.severity": "SEV-1"},
              "options": {"options": ["triage", "private"]}}  # fmt: skip
    assert world.ana.submits(opened.view_id, chosen).ok
    assert incident(world).status == "triage"
    assert incident(world).private
    assert "keys in a log" not in world.li.says("/incident list").text
    world.li.says("/incident accept INC-1").says("There is no incident INC-1")
    world.ana.says("/incident accept INC-1")
    assert "INC-1" not in world.incidents.shown()
    assert world.room().state()["private"]
