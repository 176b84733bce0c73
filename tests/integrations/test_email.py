"""E-mail through a real SMTP server: what arrives, and what each of its answers means."""

import email
import socket
import ssl
import threading
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.catalog.sections.integrations import Mail
from bot.integrations.email import Email
from bot.integrations.outbound import Reach
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent
from bot.integrations.provider import NotConfigured, ProviderProblem, Secrets
from tests.integrations.outside import certificate, clocks, reach

PASSWORD = "mail-password-9/w=x"
HANG_UP = "hang up"


class Server:
    """Keeps mails. `says` maps a step (MAIL, RCPT, DATA) to an answer; HANG_UP cuts the line after taking the mail."""

    def __init__(self, **says: str) -> None:
        self.says, self.mails = says, list[bytes]()

    async def handle_MAIL(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self.says.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        envelope.rcpt_tos.append(address)
        return self.says.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        if self.says.get("DATA") == HANG_UP:
            assert server.transport is not None
            server.transport.abort()
        return self.says.get("DATA", "250 kept")

    def mail(self) -> EmailMessage:
        found = email.message_from_bytes(self.mails[-1], policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


def running(server: Server, **how: Any) -> Controller:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port, **how)
    controller.start()
    return controller


def section(port: int, **more: Any) -> Mail:
    return Mail(**{"server": "127.0.0.1", "port": port, "security": "none", "sender": "tocsin@acme.example", **more})


def sent(server: Server, item: Reach = reach("email"), password: str = "", **more: Any) -> Outcome:
    how = {key: more.pop(key) for key in list(more) if key in ("tls_context", "authenticator", "auth_require_tls",
                                                               "auth_exclude_mechanism",
                                                               "auth_required")}  # fmt: skip
    controller = running(server, **how)
    try:
        return Email(section(controller.port, **more), Secrets(smtp_password=password), clocks()).send(
            item, ambiguous=False
        )
    except ProviderProblem as problem:
        return problem.outcome()
    finally:
        controller.stop()


def test_what_arrives() -> None:
    server = Server()
    outcome = sent(server)
    assert isinstance(outcome, Sent)
    mail = server.mail()
    assert mail["Subject"] == "INC-1 SEV-1 Checkout returns 5xx"
    assert (mail["From"], mail["To"]) == ("Tocsin <tocsin@acme.example>", "ana@acme.example")
    assert mail["Message-ID"] == outcome.result["message_id"]
    assert (mail["Auto-Submitted"], mail["X-Priority"]) == ("auto-generated", "1")
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().splitlines() == [
        "Ana, you are paged.", "", "Acknowledge: https://tocsin.example/ack/t0ken"
    ]  # fmt: skip
    assert '<a href="https://tocsin.example/ack/t0ken"' in page.get_content()


def test_a_resend_is_the_same_message_and_another_page_is_not() -> None:
    server = Server()
    for item in (reach("email"), reach("email"), reach("email", key="page:2:email")):
        sent(server, item)
    first, again, other = (email.message_from_bytes(one)["Message-ID"] for one in server.mails)
    assert first == again
    assert first != other


@pytest.mark.parametrize("title", ["a\nBcc: all@acme.example", "a\r\n\r\nbody", "a\rBcc: x@y", "a\x0bBcc: x@y",
                                   "a Bcc: x@y", "\ud800 half", "x" * 4000, "", "=?utf-8?q?a=0ABcc:_x?="])  # fmt: skip
def test_no_title_makes_a_header(title: str) -> None:
    server = Server()
    assert isinstance(sent(server, reach("email", title=title, text=title or "text")), Sent)
    ours = "From To Subject Message-ID Date Auto-Submitted X-Priority Importance MIME-Version Content-Type"
    assert sorted(server.mail().keys()) == sorted(ours.split())
    assert b"\nBcc" not in server.mails[0].partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 998 for line in server.mails[0].splitlines())


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b\r\nRCPT TO:<x@y>", "a@b, c@d", "<a@b>", "a b@c", "ä@acme.example", "a@b>\nDATA"]
)
def test_no_address_makes_a_command(address: str) -> None:
    server = Server()
    assert sent(server, reach("email", address=address)) == Failed(
        Reason.PERMANENT, "e-mail: this person's address is no plain e-mail address"
    )
    assert server.mails == []


def test_words_from_outside_stay_words() -> None:
    server = Server()
    sent(server, reach("email", text="<script>alert(1)</script>\n.\nRCPT TO:<x@y>\n..", ack_url='https://a/"><b>'))
    plain, page = server.mail().get_body(("plain",)), server.mail().get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().splitlines()[1:4] == [".", "RCPT TO:<x@y>", ".."]
    assert "<script>" not in page.get_content()
    assert "<b>" not in page.get_content()


TABLE = {
    "250": ({}, Sent, None),
    "sender not now": ({"MAIL": "451 later"}, Retry, Reason.NOT_APPLIED),
    "sender never": ({"MAIL": "550 no"}, Failed, Reason.PERMANENT),
    "mailbox full": ({"RCPT": "452 full"}, Retry, Reason.RECIPIENT),
    "no such mailbox": ({"RCPT": "550 nobody"}, Failed, Reason.PERMANENT),
    "login wanted": ({"MAIL": "530 login first"}, Failed, Reason.AUTH),
    "mail not now": ({"DATA": "451 greylisted"}, Retry, Reason.NOT_APPLIED),
    "mail never": ({"DATA": "554 spam"}, Failed, Reason.PERMANENT),
    "shutting down": ({"MAIL": "421 going"}, Retry, Reason.NOT_APPLIED),
    "cut after the mail": ({"DATA": HANG_UP}, Retry, Reason.AMBIGUOUS),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_each_answer_means(case: str) -> None:
    says, kind, reason = TABLE[case]
    outcome = sent(Server(**says))
    assert isinstance(outcome, kind)
    assert getattr(outcome, "reason", None) == reason, outcome


def test_a_closed_port_took_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(ProviderProblem) as caught:
        Email(section(port), Secrets(), clocks()).send(reach("email"), ambiguous=False)
    assert caught.value.reason is Reason.NOT_APPLIED


@pytest.mark.parametrize(("greeting", "reason"), [
    (b"", Reason.NOT_APPLIED), (b"HTTP/1.1 200 OK\r\n", Reason.NOT_APPLIED), (b"554 go away\r\n", Reason.PERMANENT),
    (b"421 busy\r\n", Reason.NOT_APPLIED),
])  # fmt: skip
def test_what_is_no_mail_server_took_nothing(greeting: bytes, reason: Reason) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(5)

        def serve() -> None:
            connection, _ = door.accept()
            with connection:
                connection.sendall(greeting)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(ProviderProblem) as caught:
            Email(section(door.getsockname()[1]), Secrets(), clocks()).send(reach("email"), ambiguous=False)
        thread.join(60)
    assert caught.value.reason is reason, caught.value


def known(server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
    right = isinstance(login, LoginPassword) and login.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    certificate(folder)
    return folder


@pytest.fixture
def secure(signed: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(signed / "chain.pem", signed / "key.pem")
    return context


@pytest.fixture
def trusted(signed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(signed / "chain.pem"))
    return


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("password", "reason"), [(PASSWORD, None), ("a wrong password", Reason.AUTH)])
def test_starttls_and_login(secure: ssl.SSLContext, password: str, reason: Reason | None) -> None:
    server = Server()
    outcome = sent(server, password=password, tls_context=secure, authenticator=known, auth_required=True,
                   security="starttls", username="tocsin")  # fmt: skip
    assert getattr(outcome, "reason", None) == reason, outcome
    assert len(server.mails) == (0 if reason else 1)


def test_a_certificate_that_nobody_vouches_for_gets_no_password(secure: ssl.SSLContext) -> None:
    server = Server()
    outcome = sent(
        server, password=PASSWORD, tls_context=secure, authenticator=known, security="starttls", username="t"
    )
    assert outcome == Retry(Reason.NOT_APPLIED, "e-mail: the certificate failed (SSLCertVerificationError)", None)


def test_a_server_without_starttls_gets_no_password() -> None:
    outcome = sent(Server(), password=PASSWORD, authenticator=known, auth_require_tls=False, security="starttls",
                   username="tocsin")  # fmt: skip
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.PERMANENT
    assert "integrations.email.security" in outcome.detail


@pytest.mark.parametrize(("section", "secrets", "missing"), [
    (Mail(), Secrets(), "integrations.email.server"),
    (Mail(server="mail", sender="a@b", username="tocsin"), Secrets(), "TOCSIN_SMTP_PASSWORD"),
])  # fmt: skip
def test_what_is_missing_is_named(section: Mail, secrets: Secrets, missing: str) -> None:
    with pytest.raises(NotConfigured, match=missing):
        Email(section, secrets, clocks())


def test_the_doctor_logs_in_and_sends_nothing() -> None:
    server = Server()
    controller = running(server)
    try:
        assert "lets us in" in Email(section(controller.port), Secrets(), clocks()).probe()
    finally:
        controller.stop()
    assert server.mails == []
