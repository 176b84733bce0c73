"""What each answer of Slack, or of the wire, means for the sender: one table over a real socket."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.integrations.outcome import Failed, Reason, Retry
from bot.integrations.slack.web_api import DEFAULT_RETRY_AFTER, SlackApi, SlackProblem

TOKEN = "xoxb-canary-of-the-table"


def answer(status: int, body: str, *headers: str, length: int | None = None) -> bytes:
    size = len(body.encode()) if length is None else length
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {size}", "Connection: close", *headers, "", body]
    return "\r\n".join(lines).encode()


def error(code: str) -> bytes:
    return answer(200, f'{{"ok": false, "error": "{code}"}}')


def request(connection: socket.socket) -> bytes:
    """One request, head and body."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def recorder(reply: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that keeps what it was sent and says `reply`; nothing means that it hangs up."""
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(5)

        def serve() -> None:
            connection, _ = door.accept()
            with connection:
                received.append(request(connection))
                if reply:
                    connection.sendall(reply)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/api/", received
        thread.join(60)


def problem_of(reply: bytes) -> SlackProblem:
    with recorder(reply) as (url, _):
        api = SlackApi(url, TOKEN)
        with pytest.raises(SlackProblem) as caught:
            api.call("chat.postMessage", channel="C1", text="x")
        api.close()
    return caught.value


TABLE = {
    "429 in seconds": (answer(429, "", "Retry-After: 7"), Reason.RATE, 7.0),
    "429 at once": (answer(429, "", "Retry-After: 0"), Reason.RATE, 0.0),
    "429 for a day": (answer(429, "", "Retry-After: 86400"), Reason.RATE, 3600.0),
    "429 with garbage": (answer(429, "", "Retry-After: soon"), Reason.RATE, DEFAULT_RETRY_AFTER),
    "429 negative": (answer(429, "", "Retry-After: -5"), Reason.RATE, DEFAULT_RETRY_AFTER),
    "429 superscript": (answer(429, "", "Retry-After: \xb2"), Reason.RATE, DEFAULT_RETRY_AFTER),
    "429 without a header": (answer(429, ""), Reason.RATE, DEFAULT_RETRY_AFTER),
    "ratelimited in the body": (error("ratelimited"), Reason.RATE, DEFAULT_RETRY_AFTER),
    "500": (answer(500, "oops"), Reason.AMBIGUOUS, None),
    "503": (answer(503, ""), Reason.AMBIGUOUS, None),
    "internal_error": (error("internal_error"), Reason.AMBIGUOUS, None),
    "fatal_error": (error("fatal_error"), Reason.AMBIGUOUS, None),
    "200 that is not JSON": (answer(200, "<html>proxy</html>"), Reason.AMBIGUOUS, None),
    "200 that is a list": (answer(200, "[]"), Reason.AMBIGUOUS, None),
    "200 empty": (answer(200, ""), Reason.AMBIGUOUS, None),
    "truncated body": (answer(200, '{"ok": tr', length=400), Reason.AMBIGUOUS, None),
    "hung up after the request": (b"", Reason.AMBIGUOUS, None),
    "no HTTP at all": (b"SSH-2.0-OpenSSH\r\n\r\n", Reason.AMBIGUOUS, None),
    "token revoked": (error("token_revoked"), Reason.AUTH, None),
    "invalid_auth": (error("invalid_auth"), Reason.AUTH, None),
    "no_permission": (error("no_permission"), Reason.PERMANENT, None),
    "access_denied": (error("access_denied"), Reason.PERMANENT, None),
    "a workspace that moves": (error("org_login_required"), Reason.AMBIGUOUS, None),
    "missing_scope": (error("missing_scope"), Reason.LACKING, None),
    "unknown_method": (error("unknown_method"), Reason.LACKING, None),
    "invalid_blocks": (error("invalid_blocks"), Reason.POISON, None),
    "msg_too_long": (error("msg_too_long"), Reason.POISON, None),
    "channel_not_found": (error("channel_not_found"), Reason.PERMANENT, None),
    "an error nobody has heard of": (error("brand_new"), Reason.PERMANENT, None),
    "not ok, and no error": (answer(200, '{"ok": false}'), Reason.PERMANENT, None),
    "an error that is no word": (answer(200, '{"ok": false, "error": {"a": 1}}'), Reason.PERMANENT, None),
}


@pytest.mark.parametrize("case", TABLE)
def test_every_answer_has_its_class(case: str) -> None:
    reply, reason, after = TABLE[case]
    found = problem_of(reply)
    assert (found.reason, found.after) == (reason, after)
    expected = Failed if reason in (Reason.LACKING, Reason.POISON, Reason.PERMANENT) else Retry
    assert isinstance(found.outcome(), expected)
    assert TOKEN not in str(found)
    assert TOKEN not in repr(found.outcome())


def test_a_closed_port_was_certainly_not_applied() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}/api/"
    api = SlackApi(url, TOKEN)
    with pytest.raises(SlackProblem) as caught:
        api.call("auth.test")
    api.close()
    assert caught.value.reason is Reason.NOT_APPLIED


def test_what_is_sent() -> None:
    with recorder(answer(200, '{"ok": true, "ts": "1.2"}')) as (url, received):
        api = SlackApi(url, TOKEN)
        assert api.call("chat.postMessage", channel="C1", blocks=[{"a": "ü"}], thread_ts=None, flag=True)["ts"] == "1.2"
        api.close()
    sent = received[0].decode()
    assert sent.startswith("POST /api/chat.postMessage HTTP/1.1")
    assert f"Authorization: Bearer {TOKEN}".lower() in sent.lower()
    assert "thread_ts" not in sent
    assert "flag=true" in sent
    assert TOKEN not in sent.partition("\r\n\r\n")[2], "a token belongs in the header, not in the body"


def test_what_slack_lacks_is_reported_with_the_scope_it_needs() -> None:
    lost: list[tuple[str, str]] = []
    with recorder(answer(200, '{"ok": false, "error": "missing_scope", "needed": "pins:write"}')) as (url, _):
        api = SlackApi(url, TOKEN, on_lost=lambda method, error: lost.append((method, error)))
        with pytest.raises(SlackProblem):
            api.call("pins.add")
        api.close()
    assert lost == [("pins.add", "missing_scope (pins:write)")]


def test_a_bot_that_is_stopping_asks_nothing_more() -> None:
    api = SlackApi("http://127.0.0.1:9", "xoxb-test")
    api.close()
    with pytest.raises(SlackProblem, match="the bot is stopping"):
        api.call("dnd.teamInfo")
