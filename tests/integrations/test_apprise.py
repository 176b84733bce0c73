"""SMS, phone and push through apprise, whose requests a recording server checks by field."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.sections.integrations import Apprise
from bot.integrations.apprise_method import AppriseWay
from bot.integrations.outcome import Reason
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from sandbox.outside.world import Outside
from tests.integrations.outside import reach, secrets, sections

SECRET = "twilio/Token+9@w:x"


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


def way(via: str, outside: Outside, folder: Path) -> AppriseWay:
    return AppriseWay(via, getattr(sections(folder, outside.configuration()), via), secrets(outside))


@pytest.mark.parametrize(("via", "to"), [("sms", "+15550101"), ("phone", "+15550101"), ("push", "U01ANA")])
def test_it_arrives_with_title_text_and_link(via: str, to: str, outside: Outside, tmp_path: Path) -> None:
    way(via, outside, tmp_path).send(reach(via, title="INC-1 <b> & 5xx"), ambiguous=False)
    (arrival,) = outside.book.of(via)
    assert (arrival.to, arrival.title) == (to, "INC-1 <b> & 5xx")
    assert arrival.body["message"] == "Ana, you are paged.\nhttps://tocsin.example/ack/t0ken"
    assert outside.book.wrong() == []


@pytest.mark.parametrize("status", [0, 301, 400, 429, 500, 503])
def test_a_no_leaves_open_what_happened(status: int, outside: Outside, tmp_path: Path) -> None:
    """Whether it came, or was refused: apprise only says that it is not sure."""
    outside.fault("/apprise/sms", status)
    with pytest.raises(ProviderProblem) as caught:
        way("sms", outside, tmp_path).send(reach("sms"), ambiguous=False)
    assert caught.value.reason is Reason.AMBIGUOUS


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_that_are_refused(status: int, outside: Outside, tmp_path: Path) -> None:
    outside.fault("/apprise/phone", status)
    with pytest.raises(ProviderProblem, match=f"HTTP {status}") as caught:
        way("phone", outside, tmp_path).send(reach("phone"), ambiguous=False)
    assert caught.value.reason is Reason.AUTH


def test_a_service_that_hangs_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"json://127.0.0.1:{silent.getsockname()[1]}/{{address}}?rto=2&cto=2"
        with pytest.raises(ProviderProblem, match="no answer within") as caught:
            AppriseWay("sms", Apprise(url=url), Secrets(), deadline=0.2).send(reach("sms"), ambiguous=False)
    assert caught.value.reason is Reason.AMBIGUOUS


def test_secrets_come_from_the_environment_and_are_hidden(outside: Outside) -> None:
    hidden: list[str] = []
    place = outside.url.removeprefix("http://")
    keys = Secrets(named={"SMS_USER": "acme", "SMS_TOKEN": SECRET}.get, hide=hidden.append)  # type: ignore[arg-type]
    url = f"json://${{SMS_USER}}:${{SMS_TOKEN}}@{place}/apprise/sms/{{address}}"
    AppriseWay("sms", Apprise(url=url), keys).send(reach("sms"), ambiguous=False)
    (arrival,) = outside.book.of("sms")
    assert arrival.headers["authorization"].startswith("Basic ")
    assert hidden == ["acme", SECRET]
    with pytest.raises(NotConfigured, match=r"integrations\.sms\.url needs SMS_USER in the environment"):
        AppriseWay("sms", Apprise(url=url), Secrets())


@pytest.mark.parametrize(("url", "said"), [
    ("nonsense://x/{address}", "apprise does not understand the address; correct integrations.sms.url"),
    ("twilio://short:word@nobody/{address}", "apprise does not understand"),
])  # fmt: skip
def test_an_address_that_means_nothing_to_apprise(url: str, said: str) -> None:
    section = Apprise.model_construct(url=url)
    with pytest.raises(ProviderProblem, match=said) as caught:
        AppriseWay("sms", section, Secrets()).send(reach("sms"), ambiguous=False)
    assert caught.value.reason is Reason.PERMANENT
    assert "word" not in str(caught.value)


def test_a_person_without_a_number_is_reached_another_way(outside: Outside, tmp_path: Path) -> None:
    with pytest.raises(ProviderProblem, match="no address") as caught:
        way("sms", outside, tmp_path).send(reach("sms", address=""), ambiguous=False)
    assert caught.value.reason is Reason.PERMANENT


def test_no_address_leaves_its_place(outside: Outside, tmp_path: Path) -> None:
    """What stands in a person's address cannot name another place or parameter of the service."""
    way("push", outside, tmp_path).send(reach("push", person="../sms/x?a=b#c@d"), ambiguous=False)
    (arrival,) = outside.book.of()
    assert (arrival.service, arrival.to) == ("push", "../sms/x?a=b#c@d")


def test_the_doctor_reaches_nobody(outside: Outside, tmp_path: Path) -> None:
    assert "NotifyJSON" in way("phone", outside, tmp_path).probe()
    assert outside.book.of() == []


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    program = "import sys, bot.app; sys.exit('apprise' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
