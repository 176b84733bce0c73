"""PagerDuty against a stand-in that checks every field and header: Events v2 as a pager, REST as a mirror."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.sections.integrations import PagerDuty
from bot.integrations.outbound import OpenMirror, ResolveMirror, Withdraw
from bot.integrations.outcome import Reason, Sent
from bot.integrations.pagerduty import PagerDutyClient, PagerDutyEvents
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from sandbox.outside.world import Outside
from tests.integrations.outside import reach, secrets, sections

KEY = "tocsin-INC-1"


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def events(outside: Outside, tmp_path: Path) -> Iterator[PagerDutyEvents]:
    made = PagerDutyEvents(sections(tmp_path, outside.configuration()).pagerduty, secrets(outside))
    yield made
    made.close()


@pytest.fixture
def client(outside: Outside, tmp_path: Path) -> Iterator[PagerDutyClient]:
    made = PagerDutyClient(sections(tmp_path, outside.configuration()).pagerduty, secrets(outside))
    yield made
    made.close()


@pytest.mark.parametrize(("urgent", "test", "severity"), [
    (True, False, "critical"), (False, False, "error"), (False, True, "info"), (True, True, "info"),
])  # fmt: skip
def test_a_page_is_an_alert(outside: Outside, events: PagerDutyEvents, urgent: bool, test: bool, severity: str) -> None:
    assert events.send(reach("pagerduty", urgent=urgent, test=test), ambiguous=False).result == {
        "dedup_key": "page:1:pagerduty"
    }
    (arrival,) = outside.book.of("pagerduty")
    assert arrival.body["payload"]["severity"] == severity
    assert arrival.body["links"] == [{"href": "https://tocsin.example/ack/t0ken", "text": "Acknowledge in Tocsin"}]
    assert outside.book.wrong() == []


@pytest.mark.parametrize(
    ("priority", "severity"), [("urgent", "critical"), ("high", "error"), ("medium", "warning"), ("low", "info")]
)
def test_a_level_decides_how_urgent_it_is(
    outside: Outside, events: PagerDutyEvents, priority: str, severity: str
) -> None:
    events.send(reach("pagerduty", urgent=True, priority=priority), ambiguous=False)
    assert outside.book.of("pagerduty")[0].body["payload"]["severity"] == severity


def test_a_service_of_its_own_is_triggered_and_ended_with_its_own_key(outside: Outside, tmp_path: Path) -> None:
    section = sections(tmp_path, outside.configuration()).pagerduty
    section = section.model_copy(update={"services": {"payments": "${PD_PAYMENTS}", "search": "${PD_SEARCH}"}})
    known = {"PD_PAYMENTS": secrets(outside).pagerduty_key}
    events = PagerDutyEvents(section, Secrets(named=lambda name: known.get(name, "")))
    events.send(reach("pagerduty", address="payments", alert="a"), ambiguous=False)
    events.withdraw(Withdraw("pagerduty", "a", "acknowledged", address="payments"))
    assert [one.act for one in outside.book.of("pagerduty")] == ["trigger", "acknowledge"]
    assert outside.book.wrong() == []
    for address, variable in (("search", "PD_SEARCH"), ("", "TOCSIN_PAGERDUTY_ROUTING_KEY")):
        with pytest.raises(ProviderProblem, match=f"set {variable}") as caught:
            events.send(reach("pagerduty", address=address), ambiguous=False)
        assert caught.value.reason is Reason.PERMANENT
    events.close()


def test_a_repeat_an_acknowledgement_and_the_end_are_about_one_alert(outside: Outside, events: PagerDutyEvents) -> None:
    outside.fault("/v2/enqueue", 0, after=True)
    with pytest.raises(ProviderProblem) as caught:
        events.send(reach("pagerduty"), ambiguous=False)
    assert caught.value.reason is Reason.AMBIGUOUS
    events.send(reach("pagerduty"), ambiguous=True)
    events.withdraw(Withdraw("pagerduty", "page:1:pagerduty", "acknowledged"))
    events.withdraw(Withdraw("pagerduty", "page:1:pagerduty", "over"))
    assert [one.act for one in outside.book.of("pagerduty")] == ["trigger", "trigger", "acknowledge", "resolve"]
    assert {one.to for one in outside.book.of("pagerduty")} == {"page:1:pagerduty"}
    assert outside.book.wrong() == []


def test_without_an_address_of_ours_no_link_is_sent(outside: Outside, events: PagerDutyEvents) -> None:
    events.send(reach("pagerduty", ack_url="", title="t" * 5000), ambiguous=False)
    (arrival,) = outside.book.of("pagerduty")
    assert not {"links", "client_url"} & set(arrival.body)
    assert outside.book.wrong() == []


TABLE = {
    "429": (429, {"headers": (("Retry-After", "7"),)}, Reason.RATE, 7.0),
    "429 without a header": (429, {}, Reason.RATE, 30.0),
    "500": (500, {}, Reason.AMBIGUOUS, None),
    "503": (503, {}, Reason.AMBIGUOUS, None),
    "hung up": (0, {}, Reason.AMBIGUOUS, None),
    "401": (401, {}, Reason.AUTH, None),
    "403": (403, {}, Reason.AUTH, None),
    "400": (400, {}, Reason.PERMANENT, None),
    "302": (302, {"headers": (("Location", "http://127.0.0.1:1/"),)}, Reason.PERMANENT, None),
    "200 that says nothing": (200, {}, Reason.AMBIGUOUS, None),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_each_answer_means(case: str, outside: Outside, events: PagerDutyEvents, client: PagerDutyClient) -> None:
    status, more, reason, after = TABLE[case]
    outside.fault("/v2/enqueue", status, **more)
    with pytest.raises(ProviderProblem) as caught:
        events.send(reach("pagerduty"), ambiguous=False)
    assert (caught.value.reason, caught.value.after) == (reason, after)
    outside.fault("/incidents", status, **more)
    with pytest.raises(ProviderProblem) as caught:
        client.create_incident("Checkout", "5xx")
    assert (caught.value.reason, caught.value.after) == (reason, after)


def test_an_incident_from_its_creation_to_its_end(outside: Outside, client: PagerDutyClient) -> None:
    made = client.create_incident("High Error Rate in API", "Error rate at 25%", "high", key=KEY)
    assert (made.id, made.url) == ("PT00001", "https://acme.pagerduty.example/incidents/PT00001")
    client.add_note(made.id, "restarted")
    assert client.resolve_incident(made.id, "rolled back") is True
    (kept,) = outside.services.incidents
    assert (kept["status"], kept["notes"]) == ("resolved", ["restarted", "Resolution: rolled back"])
    assert [one.act for one in outside.book.of()] == ["create", "note", "note", "change"]
    assert outside.book.wrong() == [], "From, Accept and Authorization are on every call"


def test_a_created_incident_whose_answer_was_lost_is_found_again(outside: Outside, client: PagerDutyClient) -> None:
    outside.fault("/incidents", 0, after=True)
    with pytest.raises(ProviderProblem) as caught:
        client.create_incident("Checkout", "5xx", key=KEY)
    assert caught.value.reason is Reason.AMBIGUOUS
    assert client.create_incident("Checkout", "5xx", key=KEY, ambiguous=True).id == "PT00001"
    assert len(outside.services.incidents) == 1
    assert outside.book.of()[-1].act == "search"


def test_an_ambiguous_attempt_that_was_not_applied_is_made_good(outside: Outside, client: PagerDutyClient) -> None:
    assert client.create_incident("Checkout", "5xx", key=KEY, ambiguous=True).id == "PT00001"
    assert [one.act for one in outside.book.of()] == ["search", "create"]


def test_a_key_that_is_taken_leads_to_the_open_incident(outside: Outside, client: PagerDutyClient) -> None:
    client.create_incident("Checkout", "5xx", key=KEY)
    assert client.create_incident("Checkout", "5xx", key=KEY).id == "PT00001"
    assert len(outside.services.incidents) == 1


def test_a_failed_note_does_not_keep_the_incident_open(outside: Outside, client: PagerDutyClient) -> None:
    made = client.create_incident("Checkout", "5xx")
    outside.fault(f"/incidents/{made.id}/notes", 500)
    assert client.resolve_incident(made.id, "rolled back") is False
    assert outside.services.incidents[0]["status"] == "resolved"


def test_resolving_what_is_resolved_has_succeeded(client: PagerDutyClient) -> None:
    made = client.create_incident("Checkout", "5xx")
    client.resolve_incident(made.id, "rolled back")
    assert client.resolve_incident(made.id, "rolled back") is True


def test_resolving_what_is_not_there_fails(client: PagerDutyClient) -> None:
    with pytest.raises(ProviderProblem) as caught:
        client.resolve_incident("PNONE", "rolled back")
    assert caught.value.reason is Reason.PERMANENT


def test_letters_of_the_mirror(outside: Outside, client: PagerDutyClient) -> None:
    outcome = client.open(OpenMirror("Checkout", "5xx", "high", KEY), ambiguous=False)
    assert outcome == Sent({"id": "PT00001", "url": "https://acme.pagerduty.example/incidents/PT00001"}, "Checkout")
    assert client.resolve(ResolveMirror("PT00001", "rolled back")).result == {"noted": True}


def test_the_doctor_reads_the_service(client: PagerDutyClient, events: PagerDutyEvents, outside: Outside) -> None:
    assert client.probe() == "the token reads the service Checkout"
    assert "test page" in events.probe()
    assert [one.act for one in outside.book.of()] == ["service"]


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotConfigured, match="TOCSIN_PAGERDUTY_ROUTING_KEY"):
        PagerDutyEvents(PagerDuty(), Secrets())
    with pytest.raises(NotConfigured, match=r"TOCSIN_PAGERDUTY_TOKEN, integrations\.pagerduty\.service"):
        PagerDutyClient(PagerDuty(), Secrets())
