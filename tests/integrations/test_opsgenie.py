"""Opsgenie against a stand-in that checks every field and the key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.sections.integrations import Opsgenie
from bot.integrations.opsgenie import OpsgenieAlerts
from bot.integrations.outbound import Withdraw
from bot.integrations.outcome import Reason
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from sandbox.outside.world import Outside
from tests.integrations.outside import reach, secrets, sections


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def alerts(outside: Outside, tmp_path: Path) -> Iterator[OpsgenieAlerts]:
    made = OpsgenieAlerts(sections(tmp_path, outside.configuration()).opsgenie, secrets(outside))
    yield made
    made.close()


@pytest.mark.parametrize(("urgent", "test", "priority"), [
    (True, False, "P1"), (False, False, "P2"), (False, True, "P5"), (True, True, "P5"),
])  # fmt: skip
def test_a_page_is_an_alert(outside: Outside, alerts: OpsgenieAlerts, urgent: bool, test: bool, priority: str) -> None:
    item = reach("opsgenie", urgent=urgent, test=test, title="t" * 500, text="x" * 20000)
    assert alerts.send(item, ambiguous=False).result == {"request": "r-1"}
    (arrival,) = outside.book.of("opsgenie")
    assert (arrival.to, arrival.body["priority"]) == ("page:1:opsgenie", priority)
    assert arrival.body["details"]["ack"] == "https://tocsin.example/ack/t0ken"
    assert outside.book.wrong() == []


def test_it_is_acknowledged_and_closed_by_its_alias(outside: Outside, alerts: OpsgenieAlerts) -> None:
    alerts.send(reach("opsgenie"), ambiguous=False)
    alerts.withdraw(Withdraw("opsgenie", "page:1:opsgenie", "acknowledged", "Bo has it"))
    assert outside.services.alerts == {"opsgenie page:1:opsgenie": "acknowledge"}
    alerts.withdraw(Withdraw("opsgenie", "page:1:opsgenie", "over"))
    assert outside.services.alerts == {"opsgenie page:1:opsgenie": "close"}
    assert outside.book.wrong() == []


@pytest.mark.parametrize(("status", "reason"), [
    (429, Reason.RATE), (500, Reason.AMBIGUOUS), (0, Reason.AMBIGUOUS), (403, Reason.AUTH), (422, Reason.PERMANENT),
    (202, Reason.AMBIGUOUS),
])  # fmt: skip
def test_what_each_answer_means(outside: Outside, alerts: OpsgenieAlerts, status: int, reason: Reason) -> None:
    outside.fault("/v2/alerts", status)
    with pytest.raises(ProviderProblem) as caught:
        alerts.send(reach("opsgenie"), ambiguous=False)
    assert caught.value.reason is reason


def test_the_doctor_asks_without_an_alert(outside: Outside, alerts: OpsgenieAlerts) -> None:
    assert alerts.probe() == "the key is accepted"
    assert outside.book.of() == []


def test_a_wrong_key_is_found_by_the_doctor(outside: Outside, tmp_path: Path) -> None:
    section = sections(tmp_path, outside.configuration()).opsgenie
    with pytest.raises(ProviderProblem) as caught:
        OpsgenieAlerts(section, Secrets(opsgenie_key="wrong")).probe()
    assert caught.value.reason is Reason.AUTH


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotConfigured, match="TOCSIN_OPSGENIE_KEY"):
        OpsgenieAlerts(Opsgenie(), Secrets())
