"""SMS, phone and push through apprise, whose requests a recording server checks by field."""

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import apprise
import pytest

from bot.catalog.sections.integrations import Apprise
from bot.integrations import apprise_method
from bot.integrations.apprise_method import AppriseWay
from bot.integrations.outcome import Reason
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from sandbox.outside.world import Outside
from tests.integrations.outside import reach, secrets, sections
from tests.stories.world import ROOT

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


class Slow:
    """A gateway that takes a message and answers late; counts what it was given."""

    def __init__(self, seconds: float, status: int = 200, body: bytes = b"{}") -> None:
        self.taken, slow = 0, self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                slow.taken += 1
                self.rfile.read(int(self.headers["content-length"]))
                slow.late.wait(seconds)
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.late = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self) -> "Slow":
        return self

    def __exit__(self, *_: object) -> None:
        self.late.set()
        self.server.shutdown()
        self.server.server_close()


def test_a_gateway_that_answers_after_six_seconds_is_waited_for() -> None:
    """Apprise itself hangs up after four, and the message goes out again."""
    with Slow(6.0) as gateway:
        url = f"json://127.0.0.1:{gateway.server.server_address[1]}/{{address}}"
        AppriseWay("sms", Apprise(url=url), Secrets()).send(reach("sms"), ambiguous=False)
        assert gateway.taken == 1


@pytest.mark.parametrize("said", [
    "Failed to send Twilio notification to +15550101: Authenticate, error=20003.",
    "Failed to send Twilio notification to +15550101: Account not active, error=20005.",
    "Failed to send SMS: Unauthorized - Invalid Token., error=401.",
])  # fmt: skip
def test_twilio_says_by_a_number_of_its_own_that_credentials_are_refused(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apprise_method, "_notify", lambda service, item: (False, said))
    with pytest.raises(ProviderProblem) as caught:
        AppriseWay("sms", Apprise(url="json://127.0.0.1:9/{address}"), Secrets()).send(reach("sms"), ambiguous=False)
    assert caught.value.reason is Reason.AUTH
    assert "401" in caught.value.error


def test_the_phone_of_the_docs_rings() -> None:
    """The example for `phone` is a service of apprise that calls."""
    text = (ROOT / "docs/howto/integrations.md").read_text("utf-8")
    found = re.search(r'phone: \{url: "([^"]+)"\}', text)
    assert found is not None
    account = {"${TWILIO_SID}": "AC" + "0" * 32, "${TWILIO_TOKEN}": "0" * 32, "{address}": "+15005550001"}
    url = found[1]
    for name, value in account.items():
        url = url.replace(name, value)
    service = apprise.Apprise.instantiate(url)
    assert service is not None
    assert service.method == "call"
