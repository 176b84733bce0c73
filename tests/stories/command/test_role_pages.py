"""Who is on call for a role: assigned by the severity, proposed by the form, and paged once when no one takes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sandbox import Sandbox
from tests.stories.ways import ROOT, Ways, ways
from tests.stories.world import World

SEV1 = "/incident sev1 checkout is down"
DEE = {"layers": [{"name": "all", "rotation": "weekly", "start": "2026-01-05T09:00", "people": ["dee"]}]}


@pytest.fixture
def there(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Ways]:
    made = ways(sandbox, database_url, tmp_path)
    yield made
    made.world.http.close()
    made.world.app.stop()


def commanded_by_dee(there: Ways, *, assign: bool = False) -> World:
    """Dee is on call for command of a SEV-1, and for the comms lead."""
    company = yaml.safe_load((ROOT / "bot/catalog/demo.yml").read_text("utf-8"))
    there.configure(
        schedules={**company["schedules"], "commanders": {"timezone": "Europe/Madrid", **DEE}},
        severities={"SEV-1": {"commander": "commanders", "assign_commander": assign}},
        command={"page_role_after": "5m"},
        roles={"ic": {}, "comms_lead": {"schedule": "commanders"}},
    )
    return there.world


def test_no_one_commands_and_a_reminder_was_in_vain_so_who_is_on_call_is_paged_once(there: Ways) -> None:
    world = commanded_by_dee(there)
    world.cy.says(SEV1)
    world.forward(minutes=3.1)
    world.cy.dms().expects("has no incident commander", "the person on call for it will be paged")
    world.dee.dms().lacks("You are paged")
    world.forward(minutes=5)
    page = world.dee.expects_page("no one is incident commander")
    assert world.dee.clicks("page.ack", page, world.dee.dms().name).ok
    world.dee.dms().expects("You are *incident commander*")
    world.room().expects("incident commander")
    assert "page.ack" in str(world.bo.expects_page()), "who was paged for the incident itself is still asked"
    world.dee.says("/incident role INC-1 ic none")
    world.forward(minutes=30)
    world.dee.dms().lacks("no one is incident commander")  # the clock pages once for a role


def test_the_page_for_a_role_ends_when_it_is_taken(there: Ways) -> None:
    world = commanded_by_dee(there)
    world.cy.says(SEV1)
    world.forward(minutes=8.1)
    world.dee.expects_page("no one is incident commander")
    world.cy.says("/incident ic INC-1")
    world.dee.dms().expects("is withdrawn")
    assert "page.ack" not in str(world.dee.dms().messages())


def test_a_comms_lead_is_paged_after_the_reminder_too_and_never_in_a_drill_or_in_private(there: Ways) -> None:
    world = commanded_by_dee(there)
    world.cy.says("/incident declare sev1 secret is out --private")
    world.cy.says("/incident declare sev1 fire alarm --drill")
    world.forward(minutes=21)
    world.dee.dms().lacks("nobody is")
    world.cy.says(SEV1)
    world.cy.says("/incident ic INC-3")
    world.forward(minutes=16)
    world.dee.dms().lacks("no one is comms lead")
    world.forward(minutes=5)
    world.dee.expects_page("no one is comms lead")


def test_a_severity_may_give_command_to_who_is_on_call_at_once(there: Ways) -> None:
    world = commanded_by_dee(there, assign=True)
    world.cy.says(SEV1)
    world.dee.expects_page("on call for command")
    told = world.dee.dms().expects("You are *incident commander*", "you are on call for it")
    assert world.dee.clicks("role.refuse", told, world.dee.dms().name).ok
    world.room().expects("has no incident commander")
    world.cy.says("/incident declare sev3 typo")
    assert world.dee.dms().shown().count("You are *incident commander*") == 1


def test_who_is_assigned_without_a_role_is_asked_about(there: Ways) -> None:
    world = commanded_by_dee(there)
    world.cy.says(SEV1)
    asked = world.cy.says("/incident assign INC-1 @dee").says("What should Dee Park do?", "Make Dee Park comms lead")
    assert "role" not in world.dee.dms().shown()
    assert "Page Dee Park" in asked.text
    world.cy.says("/incident assign INC-1 @dee comms").says("comms lead")


def test_the_form_proposes_who_is_on_call_for_command(there: Ways) -> None:
    world = commanded_by_dee(there)
    world.cy.says(SEV1)
    world.cy.says("/incident role INC-1")
    assert world.dee.id in str(world.cy.view())
    assert "who is on call for it" in str(world.cy.view())
