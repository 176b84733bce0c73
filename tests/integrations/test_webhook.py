"""The signed webhook: what a receiver can check, and where it never goes."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.catalog.sections.integrations import Webhook
from bot.integrations.outcome import Reason
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from bot.integrations.webhook import SignedWebhook, forbidden, signature
from sandbox.outside.world import Outside
from tests.integrations.outside import certificate, clocks, reach, secrets, sections


@pytest.fixture
def outside() -> Iterator[Outside]:
    with Outside() as running:
        yield running


@pytest.fixture
def hook(outside: Outside, tmp_path: Path) -> Iterator[SignedWebhook]:
    made = SignedWebhook(sections(tmp_path, outside.configuration()).webhook, secrets(outside), clocks())
    yield made
    made.close()


def to(url: str, **more: bool) -> SignedWebhook:
    return SignedWebhook(Webhook(url=url, **more), Secrets(webhook_secret="s3cret-of-ours"), clocks())


def test_a_receiver_can_check_who_sent_it_and_when(outside: Outside, hook: SignedWebhook) -> None:
    hook.send(reach("webhook", title="Ü 5xx"), ambiguous=False)
    hook.send(reach("webhook", test=True), ambiguous=True)
    first, second = outside.book.of("webhook")
    assert outside.book.wrong() == [], "the stand-in checks signature, stamp, key and every field"
    assert (first.act, first.title, first.to) == ("page", "Ü 5xx", "U01ANA")
    assert (second.act, second.headers["idempotency-key"]) == ("test", "page:1:webhook")
    assert first.headers["host"] == outside.url.removeprefix("http://")


def test_the_signature_is_the_documented_one() -> None:
    """The first value is what `printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret` prints."""
    known = "49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686"
    assert signature("secret", "1700000000", b'{"a":1}') == known


@pytest.mark.parametrize(("status", "reason"), [
    (500, Reason.AMBIGUOUS), (429, Reason.RATE), (404, Reason.PERMANENT), (401, Reason.AUTH), (0, Reason.AMBIGUOUS),
    (301, Reason.PERMANENT), (307, Reason.PERMANENT),
])  # fmt: skip
def test_what_each_answer_means(outside: Outside, hook: SignedWebhook, status: int, reason: Reason) -> None:
    outside.fault("/hook", status, headers=(("Location", f"{outside.url}/hook"),))
    with pytest.raises(ProviderProblem) as caught:
        hook.send(reach("webhook"), ambiguous=False)
    assert caught.value.reason is reason
    assert outside.book.of() == [], "and no redirect was followed"


OPEN, PRIVATE, NEVER = (True, True), (False, True), (False, False)
PLACES = {
    "93.184.216.34": OPEN, "2606:4700::1111": OPEN,
    "10.0.0.5": PRIVATE, "192.168.1.1": PRIVATE, "172.16.0.1": PRIVATE, "fd00::1": PRIVATE, "100.64.0.1": PRIVATE,
    "::ffff:10.0.0.5": PRIVATE,
    "169.254.169.254": NEVER, "fe80::1": NEVER, "0.0.0.0": NEVER, "224.0.0.1": NEVER, "127.0.0.1": NEVER,
    "::1": NEVER, "::ffff:127.0.0.1": NEVER, "255.255.255.255": NEVER, "::": NEVER,
}  # fmt: skip


@pytest.mark.parametrize("address", PLACES)
def test_where_it_goes(address: str) -> None:
    """Not to private places unless that is allowed, and never to the cloud's own desk or to ourselves by a name."""
    judged, (usually, allowed) = ipaddress.ip_address(address), PLACES[address]
    assert (forbidden(judged, local=False, private=False) == "") is usually
    assert (forbidden(judged, local=False, private=True) == "") is allowed


@pytest.mark.parametrize(("url", "said"), [
    ("https://10.1.2.3/hook", "a private address; set integrations.webhook.allow_private"),
    ("https://169.254.169.254/latest", "no place for messages"),
    ("https://[fe80::1]/", "no place for messages"),
    ("https://2130706433/", "which is this machine"),
    ("https://0x7f.1/", "which is this machine"),
])  # fmt: skip
def test_it_does_not_even_connect_there(url: str, said: str) -> None:
    with pytest.raises(ProviderProblem, match=said) as caught:
        to(url).send(reach("webhook"), ambiguous=False)
    assert caught.value.reason is Reason.PERMANENT


def test_a_name_that_nobody_knows_may_be_known_later() -> None:
    with pytest.raises(ProviderProblem) as caught:
        to("https://no-such-name.invalid/").send(reach("webhook"), ambiguous=False)
    assert caught.value.reason is Reason.NOT_APPLIED


def test_the_certificate_has_to_bear_the_name_not_the_number(tmp_path: Path) -> None:
    """The connection goes to the number that was judged, and asks for the name."""
    certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    asked: list[str | None] = []
    context.sni_callback = lambda connection, name, _: asked.append(name)
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(5)

        def serve() -> None:
            connection, _ = door.accept()
            with connection, suppress(ssl.SSLError):
                context.wrap_socket(connection, server_side=True)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(ProviderProblem) as caught:
            to(f"https://localhost:{door.getsockname()[1]}/hook").send(reach("webhook"), ambiguous=False)
        thread.join(60)
    assert asked == ["localhost"]
    assert caught.value.reason is Reason.NOT_APPLIED, "nobody vouches for this certificate, so nothing was sent"


def test_the_doctor_says_where_it_leads(hook: SignedWebhook, outside: Outside) -> None:
    assert hook.probe().startswith("127.0.0.1 is 127.0.0.1")
    assert outside.book.of() == []


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotConfigured, match=r"integrations\.webhook\.url"):
        SignedWebhook(Webhook(), Secrets(), clocks())
    with pytest.raises(NotConfigured, match="TOCSIN_WEBHOOK_SECRET"):
        SignedWebhook(Webhook(url="https://a.example"), Secrets(), clocks())


def test_half_a_request_is_none(outside: Outside) -> None:
    """A sender that was killed over its body has sent nothing."""
    host, port = outside.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(b"POST /hook HTTP/1.1\r\nHost: hook\r\nContent-Length: 400\r\n\r\n{")
        line.shutdown(socket.SHUT_WR)
        assert line.recv(1000) == b""
    assert outside.book.of() == []
