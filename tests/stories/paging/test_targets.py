"""Leads, managers and addresses of a policy over the wire: paged, shown by name, answered, explained."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.outside.world import Outside
from tests.stories.beyond import world_beyond, write
from tests.stories.paging.test_answering_a_page import get, press
from tests.stories.records import unsettled
from tests.stories.ways import SECTIONS, Ways, ways

SEV3 = "/incident declare sev3 Search is slow --service search"


@pytest.fixture
def there(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Ways]:
    made = ways(sandbox, database_url, tmp_path)
    yield made
    made.world.http.close()
    made.world.app.stop()


def ask(there: Ways, *targets: str) -> None:
    there.configure(policies={"medium": {"levels": [{"to": list(targets)}]}})
    there.world.li.says(SEV3)


def test_a_lead_and_a_manager_are_paged_with_why(there: Ways) -> None:
    ask(there, "lead:support", "manager:dee")
    there.world.li.expects_page("Search is slow", "lead of support")
    there.world.eve.expects_page("Search is slow", "manager of Dee Park")
    said = there.world.li.says("/incident why 1").text
    assert "lead of support" in said
    assert "manager of Dee Park" in said


def test_a_mail_list_is_paged_and_its_link_answers(there: Ways) -> None:
    ask(there, "address:ops@acme.example")
    (mail,) = there.recorder.by("email")
    assert (mail.address, mail.person) == ("ops@acme.example", "address:ops@acme.example")
    there.world.incidents.expects("Paging the medium policy", "ops@acme.example")
    assert "ops@acme.example" in there.world.li.says("/incident why 1").text
    assert "PagerDuty" not in there.world.li.says("/incident page medium --dry-run").text
    said = there.world.li.says("/incident page medium --dry-run").text
    assert "ops@acme.example" in said
    assert "not in tocsin.yml" not in said
    there.world.ana.says("/incident ack 1")
    there.world.forward(minutes=40)
    assert len(there.recorder.by("email")) == 1


def test_whoever_opens_the_link_of_a_mail_list_answers_for_it(there: Ways) -> None:
    ask(there, "address:ops@acme.example")
    path = there.recorder.by("email")[0].ack_url.removeprefix("https://tocsin.example")
    assert "Acknowledge as ops@acme.example" in get(there, path).text
    press(there, path)
    there.world.settle()
    there.world.incidents.expects("Answered", "ops@acme.example")
    assert "assigned to ops@acme.example" in there.world.li.says("/incident list").text
    assert unsettled(there.world) == []
    there.world.forward(minutes=60)
    assert len(there.recorder.by("email")) == 1


def test_a_phone_number_is_called_and_texted_a_minute_later(there: Ways) -> None:
    there.configure(integrations={**SECTIONS, "sms": {"url": "json://127.0.0.1/{address}"}})
    ask(there, "address:+15550199")
    assert [one.address for one in there.recorder.by("phone")] == ["+15550199"]
    there.world.forward(minutes=1)
    assert [one.address for one in there.recorder.by("sms")] == ["+15550199"]


def test_leads_and_managers_are_paged_by_hand_too(there: Ways) -> None:
    there.world.li.says(SEV3)
    assert "Li Wei" in there.world.dee.says("/incident page 1 lead:support").text or there.world.li.dms()
    there.world.li.expects_page("Search is slow", "lead of support")
    there.world.dee.says("/incident page 1 manager:dee")
    there.world.eve.expects_page("Search is slow", "manager of Dee Park")
    said = there.world.dee.says("/incident page 1 lead:nobody").text
    assert "no one was paged" in said.lower() or "no policy" in said.lower()


def test_a_private_incident_keeps_its_words_from_a_mail_list(there: Ways) -> None:
    there.configure(policies={"medium": {"levels": [{"to": ["address:ops@acme.example"]}]}})
    there.world.li.says("/incident declare sev3 Somebody read the payroll --private")
    (mail,) = there.recorder.by("email")
    assert "payroll" not in mail.title + mail.text


def test_an_address_that_cannot_be_reached_moves_on_at_once(there: Ways) -> None:
    there.recorder.fail("email", "no such mailbox")
    two = [{"to": ["address:ops@acme.example"], "wait": "30m"}, {"to": ["person:bo"]}]
    there.configure(policies={"medium": {"levels": two}})
    there.world.li.says(SEV3)
    there.world.bo.expects_page("Search is slow")


def test_a_service_of_pagerduty_is_triggered_and_ended_with_its_own_key(
    sandbox: Sandbox, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Outside() as outside:
        monkeypatch.setenv("PD_PAYMENTS", outside.environment()["TOCSIN_PAGERDUTY_ROUTING_KEY"])
        config = tmp_path / "tocsin.yml"
        write(
            config, outside.configuration().replace("pagerduty: {", 'pagerduty: {services: {pay: "${PD_PAYMENTS}"}, ')
        )
        asked = '["schedule:primary-oncall"], via: [slack, email]}]}'
        text = config.read_text("utf-8")
        assert f"  medium: {{ack_timeout: 4h, levels: [{{to: {asked}" in text
        level = '["pagerduty:pay"]}]}'
        config.write_text(text.replace(f"  medium: {{ack_timeout: 4h, levels: [{{to: {asked}",
                                       f"  medium: {{ack_timeout: 4h, levels: [{{to: {level}"), "utf-8")  # fmt: skip
        known = {key: one for key, one in outside.environment().items() if key != "TOCSIN_PAGERDUTY_ROUTING_KEY"}
        with world_beyond(sandbox, database_url, outside, config, known) as world:
            world.li.says(SEV3)
            assert [one.act for one in outside.book.of("pagerduty")] == ["trigger"]
            world.incidents.expects("PagerDuty pay")
            world.ana.says("/incident ack INC-1")
            world.settle()
            assert [one.act for one in outside.book.of("pagerduty")] == ["trigger", "acknowledge"]
            assert outside.book.wrong() == []
