"""Logins in every alphabet, mailboxes that wait or moved, servers that only take tokens."""

from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from bot.integrations import breaker
from bot.integrations.outcome import Failed, Reason, Retry, Sent
from tests.integrations.test_email import PASSWORD, Server, sent

FOREIGN = "pässwörd-秘密/9"


class Login:
    """Lets in whoever says this password, in UTF-8."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
        assert isinstance(login, LoginPassword)
        self.seen.append(login.password)
        right = login.password == FOREIGN.encode()
        return AuthResult(success=right, handled=False)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_password_that_is_not_ascii_logs_in(mechanism: str) -> None:
    server, login = Server(), Login()
    others = [one for one in ("PLAIN", "LOGIN") if one != mechanism]
    outcome = sent(server, password=FOREIGN, authenticator=login, auth_require_tls=False, username="tocsin",
                   auth_exclude_mechanism=others)  # fmt: skip
    assert isinstance(outcome, Sent), outcome
    assert login.seen == [FOREIGN.encode()]


def test_a_wrong_password_is_refused_without_being_repeated() -> None:
    outcome = sent(Server(), password="wröng", authenticator=Login(), auth_require_tls=False, username="tocsin")
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.AUTH
    assert "wr" not in outcome.detail.replace("wrong", "")


class ModernOnly(Server):
    async def auth_XOAUTH2(self, server: Any, args: Any) -> AuthResult:
        raise AssertionError("nobody tries it")


def test_a_server_that_only_takes_tokens_is_said_once_and_for_all() -> None:
    outcome = sent(ModernOnly(), password=PASSWORD, authenticator=Login(), auth_require_tls=False, username="tocsin",
                   auth_exclude_mechanism=["PLAIN", "LOGIN"])  # fmt: skip
    assert isinstance(outcome, Failed), "it is not tried for ever"
    assert outcome.reason is Reason.PERMANENT
    assert "only offers XOAUTH2" in outcome.detail
    assert "app password" in outcome.detail


@pytest.mark.parametrize("code", [250, 251, 252])
def test_a_mailbox_that_is_forwarded_is_taken(code: int) -> None:
    server = Server(RCPT=f"{code} user not local; will forward")
    assert isinstance(sent(server), Sent)
    assert len(server.mails) == 1


@pytest.mark.parametrize("code", [450, 451, 452])
def test_one_mailbox_that_cannot_have_it_now_says_nothing_of_the_server(code: int) -> None:
    outcome = sent(Server(RCPT=f"{code} try later"))
    assert isinstance(outcome, Retry)
    assert outcome.reason is Reason.RECIPIENT
    circuit = breaker.Circuit()
    for second in range(20):
        circuit = breaker.ended(breaker.started(circuit, second), outcome, second)
    assert breaker.wait(circuit, 20) == 0, "nobody else waits for it"
