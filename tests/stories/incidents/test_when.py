"""When a note happened, in every spelling and in the writer's zone; what is odd is asked about first."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from storage.models import Member
from tests.stories.records import facts
from tests.stories.shifts import now
from tests.stories.world import Person, World, actions, words


@pytest.fixture
def incident(world: World) -> World:
    """Declared five hours ago."""
    world.li.says("/incident declare sev4 The search is slow").says("INC-1")
    world.forward(minutes=300)
    return world


def local(world: World, zone: str, minutes_ago: int, layout: str) -> str:
    at = now(world).astimezone(ZoneInfo(zone)) - timedelta(minutes=minutes_ago)
    return at.strftime(layout).lower().lstrip("0")


def question(person: Person) -> tuple[dict[str, object], list[str]]:
    (asked,) = [one for one in person.world.channel("general").messages() if "Nothing has been added yet" in words(one)]
    return asked, actions(asked)


@pytest.mark.parametrize(("who", "zone", "layout"), [
    ("ana", "Europe/Madrid", "%I:%M %p"), ("cy", "America/New_York", "%H:%M"), ("ana", "Europe/Madrid", "at %H:%M:%S"),
    ("cy", "UTC", "%H:%M UTC"), ("cy", "UTC", "%H:%MZ"), ("cy", "Europe/Madrid", "%H:%M Europe/Madrid"),
    ("cy", "UTC", "%Y-%m-%d %H:%M +00:00"),
])  # fmt: skip
def test_the_time_that_was_meant_is_taken_and_said_in_the_writers_zone(
    incident: World, who: str, zone: str, layout: str
) -> None:
    person, own = getattr(incident, who), {"ana": "Europe/Madrid", "cy": "America/New_York"}[who]
    typed = local(incident, zone, 60, layout).replace("utc", "UTC").replace("europe/m", "Europe/M")
    shown = (now(incident) - timedelta(minutes=60)).astimezone(ZoneInfo(own))
    person.says(f"/incident note INC-1 {typed} deploy went out").says(f"{shown:%H:%M}", f"{shown:%a}", "your time")
    (noted,) = facts(incident, "incidents.note_added")
    assert noted["text"] == "deploy went out"
    assert noted["at"][:16] == f"{now(incident) - timedelta(minutes=60):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(("minutes_ago", "odd"), [(420, "before this incident began"), (-60, "in the future")])
def test_an_odd_time_is_asked_about_and_nothing_is_added_meanwhile(incident: World, minutes_ago: int, odd: str) -> None:
    typed = local(incident, "Europe/Madrid", minutes_ago, "%H:%M")
    incident.ana.says(f"/incident note INC-1 {typed} deploy went out").says(odd, "Nothing has been added yet")
    assert facts(incident, "incidents.note_added") == []
    asked, buttons = question(incident.ana)
    assert len([one for one in buttons if one.startswith("note.at")]) == 2
    assert incident.ana.clicks(buttons[0], asked, "general").ok  # type: ignore[arg-type]
    (noted,) = facts(incident, "incidents.note_added")
    assert noted["text"] == "deploy went out"
    assert "deploy went out" in incident.ana.says("/incident timeline INC-1").text
    before = now(incident) - timedelta(minutes=minutes_ago if minutes_ago > 0 else minutes_ago + 24 * 60)
    assert noted["at"][:16] == f"{before:%Y-%m-%dT%H:%M}"
    assert incident.ana.clicks(buttons[0], asked, "general").ok  # type: ignore[arg-type]
    assert len(facts(incident, "incidents.note_added")) == 1, "pressed twice, it is one line"


def test_yesterday_is_before_the_incident_and_asked_about(incident: World) -> None:
    day = (now(incident).astimezone(ZoneInfo("Europe/Madrid")) - timedelta(days=1)).strftime("%a")
    incident.ana.says("/incident note INC-1 yesterday 14:00 certificate renewed").says(
        "14:00", day, "Nothing has been added"
    )


@pytest.mark.parametrize(("typed", "told"), [
    ("25:00 x", "25:00 is no time of day"), ("12:60 x", "12:60 is no time of day"),
    ("yesterday x", "yesterday is a day without a time"),
])  # fmt: skip
def test_what_only_looks_like_a_time_is_never_noted_at_now_in_silence(incident: World, typed: str, told: str) -> None:
    incident.ana.says(f"/incident note INC-1 {typed}").says(told, "Nothing has been added yet", "write it again")
    assert facts(incident, "incidents.note_added") == []
    asked, buttons = question(incident.ana)
    assert incident.ana.clicks(buttons[0], asked, "general").ok  # type: ignore[arg-type]
    (noted,) = facts(incident, "incidents.note_added")
    assert noted["text"] == typed


def test_a_zones_name_that_is_not_in_force_is_asked_about(incident: World) -> None:
    zone = ZoneInfo("America/New_York")
    at = now(incident).astimezone(zone) - timedelta(minutes=60)
    other = {"EST": "EDT", "EDT": "EST"}[at.tzname() or ""]
    incident.cy.says(f"/incident note INC-1 {at:%H:%M} {other} x").says(
        f"{other} in front of this note is not in force"
    )
    assert facts(incident, "incidents.note_added") == []
    incident.cy.says(f"/incident note INC-1 {at:%H:%M} {at.tzname()} x").says("your time")


def test_a_zone_of_several_places_is_refused_with_what_to_write(incident: World) -> None:
    incident.ana.says("/incident note INC-1 9:00 IST deploy").says("more than one place", "Asia/Kolkata")
    assert facts(incident, "incidents.note_added") == []


def test_a_note_without_a_time_says_which_it_took(incident: World) -> None:
    incident.ana.says("/incident note INC-1 4 of 5 nodes are back").says("Added to the timeline of *INC-1* at")
    (noted,) = facts(incident, "incidents.note_added")
    assert noted["text"] == "4 of 5 nodes are back"


def test_a_zone_that_this_machine_does_not_know_loses_no_words(incident: World) -> None:
    with incident.app.database.write() as session:
        session.get_one(Member, incident.cy.id).timezone = "Mars/Olympus"
    incident.cy.says("/incident note INC-1 the pool is full")
    assert facts(incident, "incidents.note_added")[-1]["text"] == "the pool is full"
