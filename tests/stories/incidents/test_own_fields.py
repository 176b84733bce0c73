"""Own fields: asked for by severity, set by words, form and programs, shown wherever the incident is, searched by."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox import Sandbox
from storage.models import Incident
from tests.stories.world import Json, World, settings_for, start

CONFIG = """
version: 1
fields:
  customer: {required: {declare: [SEV-1], resolve: [SEV-1, SEV-2]}}
  region: {type: select, options: [EU West, US East], required: {resolve: [SEV-1]}}
  seats: {type: number, label: Seats lost}
  sponsor: {type: people}
  ticket: {type: link}
"""


@pytest.fixture
def fielded(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[World]:
    config = tmp_path / "tocsin.yml"
    config.write_text(CONFIG, "utf-8")
    made = start(sandbox, settings_for(sandbox, database_url, config=config))
    yield made
    made.http.close()
    made.app.stop()


def row(world: World, number: int = 1) -> Incident:
    with world.app.desk.read() as session:
        return session.get_one(Incident, number)


def count(world: World) -> int:
    return len(api(world, "incidents?all=true").json())


def api(world: World, path: str, body: Json | None = None) -> httpx.Response:
    key = {"Authorization": f"Bearer {world.app.token}"}
    url = f"{world.app.url}/api/v1/{path}"
    method = "GET" if body is None else "POST"
    return httpx.request(method, url, json=body, headers=key, trust_env=False, verify=False)


def test_words_set_a_field_and_every_surface_shows_it(fielded: World) -> None:
    fielded.ana.says("/incident sev2 Search is slow")
    fielded.ana.says("/incident room INC-1")
    room = fielded.room()
    fielded.ana.says("/incident field customer Acme and Sons 2", room.name).says(
        "saved", "Customer:", "Acme and Sons 2"
    )
    fielded.ana.says("/incident field INC-1 region=us east").says("US East")
    fielded.bo.says("/incident field INC-1 sponsor <@" + fielded.li.id + ">").says("saved")
    room.expects("🏷", "Customer: Acme and Sons 2 · Region: US East", "Take command")
    fielded.ana.says("/incident status INC-1").says("Customer:", "Acme and Sons 2", "Region:", "US East")
    fielded.ana.says("/incident timeline INC-1").says("Customer: Acme and Sons 2", "Sponsor: Li")
    fielded.ana.says("/incident field INC-1 customer Globex")
    fielded.ana.says("/incident field INC-1 customer Globex").says("that's what stood there already")
    timeline = fielded.ana.says("/incident timeline INC-1").text
    assert timeline.count("Customer: Globex (was Acme and Sons 2)") == 1
    fielded.ana.says("/incident field INC-1 customer --clear")
    assert row(fielded).own == {"region": "US East", "sponsor": fielded.li.id}
    shown = api(fielded, "incidents/INC-1").json()["fields"]
    assert shown == {"region": "US East", "sponsor": {"id": fielded.li.id, "name": "Li Wei"}}
    assert api(fielded, "incidents/INC-1/export").json()["incident"]["own"]["region"] == "US East"
    assert "| Region | US East |" in api(fielded, "incidents/INC-1/postmortem").text


def test_what_does_not_fit_changes_nothing(fielded: World) -> None:
    fielded.ana.says("/incident sev2 Search is slow")
    fielded.ana.says("/incident field INC-1 custmer Acme").says(
        'There is no field "custmer"', 'Did you mean "customer"?'
    )
    fielded.ana.says("/incident field INC-1 seats many").says('"many" doesn\'t fit Seats lost')
    assert row(fielded).own is None
    assert "no value for Customer" in api(fielded, "incidents/INC-1/field", {"field": "customer"}).text
    assert api(fielded, "incidents/INC-1/field", {"field": "seats", "value": "1,200"}).status_code == 200
    assert row(fielded).own == {"seats": "1200"}


def test_the_form_changes_what_was_changed_in_it(fielded: World) -> None:
    fielded.ana.says("/incident sev2 Search is slow")
    fielded.ana.says("/incident field INC-1 customer Acme")
    opened = fielded.ana.says("/incident field INC-1")
    fielded.bo.says("/incident field INC-1 customer Globex")
    wrong = {"own.seats": {"own.seats": "many"}}
    assert "write a number" in fielded.ana.submits(opened.view_id, wrong).errors["own.seats"]
    assert fielded.ana.submits(opened.view_id, {"own.seats": {"own.seats": "40"}}).ok
    assert row(fielded).own == {"customer": "Globex", "seats": "40"}


def test_a_declaration_that_lacks_a_field_asks_with_the_form(fielded: World) -> None:
    opened = fielded.ana.says("/incident sev1 Checkout is down")
    assert count(fielded) == 0
    view = str(fielded.ana.view())
    assert "Checkout is down" in view
    assert "own.customer" in view
    assert "own.region" not in view
    assert fielded.ana.submits(opened.view_id, {"own.customer": {"own.customer": "Acme"}}).ok
    assert (row(fielded).severity, row(fielded).own) == ("SEV-1", {"customer": "Acme"})
    fielded.ana.says("/incident timeline INC-1").says("Customer: Acme")


@pytest.mark.parametrize("word", ["--triage", "--drill"])
def test_what_is_not_sure_or_an_exercise_is_not_held_up(fielded: World, word: str) -> None:
    fielded.ana.says(f"/incident declare sev1 Checkout is down {word}")
    assert row(fielded).severity == "SEV-1"


def test_programs_are_told_what_is_missing(fielded: World) -> None:
    body = {"title": "Checkout is down", "severity": "sev1"}
    refused = api(fielded, "incidents", body)
    assert refused.status_code in (409, 422)
    assert "needs Customer" in refused.text
    assert "--field customer=" in refused.text
    assert count(fielded) == 0
    assert api(fielded, "incidents", {**body, "fields": ["customer=Acme"]}).status_code in (200, 201)
    refused = api(fielded, "incidents/INC-1/resolve", {"text": "rolled back", "fields": ["customer="]})
    assert "INC-1 needs Customer, Region before it is resolved" in refused.text
    assert (row(fielded).status, row(fielded).own) == ("investigating", {"customer": "Acme"})
    api(fielded, "incidents/INC-1/resolve", {"text": "rolled back", "fields": ["region=eu west"]})
    assert (row(fielded).status, row(fielded).own) == ("resolved", {"customer": "Acme", "region": "EU West"})


def test_resolving_asks_with_the_form_for_what_is_missing(fielded: World) -> None:
    fielded.ana.says("/incident sev2 Search is slow")
    fielded.forward(minutes=1)  # a form knows whole seconds
    opened = fielded.ana.says("/incident resolve INC-1 restarted it")
    assert row(fielded).status == "investigating"
    assert "restarted it" in str(fielded.ana.view())
    assert "own.customer" in str(fielded.ana.view())
    submitted = fielded.ana.submits(opened.view_id, {"own.customer": {"own.customer": "Acme"}})
    assert submitted.ok
    assert submitted.errors == {}
    assert (row(fielded).status, row(fielded).resolution) == ("resolved", "restarted it")
    assert row(fielded).own == {"customer": "Acme"}


@pytest.mark.both_databases
def test_lists_are_narrowed_down(fielded: World) -> None:
    for number, customer in enumerate(("Acme Corp", "Globex", "acme corp"), 1):
        fielded.ana.says(f"/incident sev3 Trouble {number}")
        fielded.ana.says(f"/incident field INC-{number} customer {customer}")
    fielded.ana.says("/incident cancel INC-3")
    listed = fielded.ana.says("/incident list customer=ACME Corp").says("with customer=ACME Corp", "Trouble 1").text
    assert "Trouble 2" not in listed
    assert "Trouble 3" not in listed
    everything = fielded.ana.says("/incident list all customer=acme corp").text
    assert "Trouble 3" in everything
    assert "Trouble 2" not in everything
    fielded.ana.says("/incident list customer=Initech").says("Nothing that is open has that")
    fielded.ana.says("/incident list region=Mars").says("choose one of EU West, US East")
    found = api(fielded, "incidents?all=true&field=customer%3Dacme%20corp").json()
    assert [one["ref"] for one in found] == ["INC-3", "INC-1"]
    assert "There is no field" in api(fielded, "incidents?field=nonsense%3D1").text


def test_private_ones_are_found_by_those_who_may_know_of_them(fielded: World) -> None:
    fielded.ana.says("/incident declare sev3 Secret trouble --private")
    fielded.ana.says("/incident field INC-1 customer Acme")
    fielded.ana.says("/incident list customer=Acme").says("Secret trouble")
    assert "Secret" not in fielded.gus.says("/incident list customer=Acme").text
    assert "Secret" not in fielded.li.says("/incident list customer=Acme").text
    fielded.li.says("/incident field INC-1 customer Globex").says("INC-1")
    assert row(fielded).own == {"customer": "Acme"}
    assert "Acme" not in fielded.incidents.shown()


def test_declared_again_in_private_it_keeps_its_fields_and_is_not_held_up(fielded: World) -> None:
    declared = fielded.ana.says("/incident sev2 keys leaked")
    fielded.ana.says("/incident field INC-1 seats 5")
    answer = next(one for one in declared.answer["ephemeral"] if "declare.change" in str(one))
    opened = fielded.ana.clicks("declare.change", answer, "general")
    chosen = {"title": {"title": "keys leaked"}, "severity": {"severity": "SEV-1"}, "options": {"options": ["private"]}}
    assert fielded.ana.submits(opened.view_id, chosen).ok
    again = row(fielded, 2)
    assert (again.private, again.severity, again.own) == (True, "SEV-1", {"seats": "5"})
    fielded.incidents.lacks("Seats lost")


def test_without_fields_the_command_says_where_they_are_defined(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow")
    world.ana.says("/incident field INC-1").says("No own fields are defined here")
    world.ana.says("/incident field INC-1 customer Acme").says("No own fields are defined here")
