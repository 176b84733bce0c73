"""The change from one Socket Mode connection to the next."""

import base64
import hashlib
import logging
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from slack_bolt import Ack
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from handlers.connection import SocketConnection, hang_up, make_bolt
from sandbox import Sandbox
from tests.integrations.outside import certificate
from tests.stories.records import until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[tuple[ssl.SSLSocket, ssl.SSLSocket]]:
    """Both ends of a TLS connection: ours, and Slack's."""
    certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    trusting = ssl.create_default_context(cafile=str(tmp_path / "chain.pem"))
    with socket.create_server(("127.0.0.1", 0)) as door:
        ends: list[ssl.SSLSocket] = []
        accepting = threading.Thread(
            target=lambda: ends.append(context.wrap_socket(door.accept()[0], server_side=True)), daemon=True
        )
        accepting.start()
        ours = trusting.wrap_socket(socket.create_connection(door.getsockname()), server_hostname="localhost")
        accepting.join(60)
    yield ours, ends[0]
    ours.close()
    ends[0].close()


@pytest.fixture
def session(line: tuple[ssl.SSLSocket, ssl.SSLSocket]) -> Connection:
    made = Connection("wss://nowhere.example", logging.getLogger("quiet"))
    made.sock = line[0]
    return made


def reader(session: Connection) -> threading.Thread:
    """Reads on the connection and ends with what it reads next: the client has turned to another connection."""
    state = ConnectionState()
    reading = threading.Thread(target=session.run_until_completion, args=(state,), daemon=True)
    reading.start()
    until(session.sock_receive_lock.locked, "the reading")
    state.terminated = True
    return reading


def test_an_old_connection_that_hears_nothing_is_closed_without_waiting_for_its_reader(session: Connection) -> None:
    """The reader holds the lock that closing wants, and a connection that Slack has left says nothing any more."""
    reader(session)
    closing = threading.Thread(target=hang_up, args=(session,), daemon=True)
    closing.start()
    closing.join(60)
    assert not closing.is_alive(), "it waits for the reader"
    assert not session.is_active()


def test_a_connection_that_the_other_side_has_closed_is_closed_here_too() -> None:
    session = Connection("wss://nowhere.example", logging.getLogger("quiet"))
    session.sock = socket.socket()  # type: ignore[assignment]  # one that cannot be shut down, since it leads nowhere
    hang_up(session)
    assert not session.is_active()


def test_an_answer_that_is_just_being_sent_goes_encrypted_or_not_at_all(
    session: Connection, line: tuple[ssl.SSLSocket, ssl.SSLSocket]
) -> None:
    ours, slacks = line
    reading = reader(session)
    with session.sock_send_lock:  # whoever sends has it, and closing waits
        closing = threading.Thread(target=hang_up, args=(session,), daemon=True)
        closing.start()
        reading.join(60)
        with suppress(ssl.SSLError):  # then the client sends it on its new connection
            ours.send(b"acknowledged")
    closing.join(60)
    assert b"acknowledged" not in socket.socket.recv(slacks, 1000)


def test_a_connection_that_cannot_be_made_is_said_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    """Slack gives an address, and nobody listens there: a proxy that lets only HTTP pass."""
    bolt = make_bolt(api_url="http://127.0.0.1:1/api/", bot_token="xoxb-1", identity=lambda: None)
    connection = SocketConnection(bolt, "xapp-1")
    connection._ask_slack = lambda: "ws://127.0.0.1:9/gone"
    connection.start()
    until(lambda: "trying again" in caplog.text, "the sentence")
    assert "Slack cannot be reached: ConnectionRefusedError" in connection.problem
    assert not connection.first.is_set()
    connection.stop()
    assert "connected to Slack" not in caplog.text


def test_a_connection_that_stays_mute_after_its_handshake_is_left(caplog: pytest.LogCaptureFixture) -> None:
    """A proxy that shakes hands for a Slack that it cannot reach."""
    asked: list[str] = []
    bolt = make_bolt(api_url="http://127.0.0.1:1/api/", bot_token="xoxb-1", identity=lambda: None)
    connection = SocketConnection(bolt, "xapp-1")
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_shake_hands_only, args=(door,), daemon=True).start()

        def ask() -> str:
            asked.append(f"ws://127.0.0.1:{door.getsockname()[1]}/")
            return asked[-1]

        connection._ask_slack = ask
        connection.start()
        until(lambda: len(asked) > 1, "the next try")
        connection.stop()


def _shake_hands_only(door: socket.socket) -> None:
    kept = []
    with suppress(OSError):
        while True:
            line, _ = door.accept()
            kept.append(line)
            key = re.search(rb"Sec-WebSocket-Key: (\S+)", line.recv(4000))
            assert key
            proof = base64.b64encode(hashlib.sha1(key[1] + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
            line.sendall(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n"
            )


def test_what_is_under_way_when_the_bot_stops_is_still_answered() -> None:
    with Sandbox(manifest=ROOT / "manifest.yml", patience=60.0) as slack:
        bolt = make_bolt(api_url=slack.api_url, bot_token=slack.bot_token, identity=lambda: None)
        connection = SocketConnection(bolt, slack.app_token)
        begun = threading.Event()

        @bolt.command("/incident")
        def slowly(ack: Ack) -> None:
            begun.set()
            assert connection._stopping.wait(60)
            ack("said in time")

        connection.start()
        assert connection.first.wait(60)
        with ThreadPoolExecutor(1) as hands:
            body = {"user": "ana", "channel": "general", "text": "/incident"}
            said = hands.submit(
                httpx.post, f"{slack.url}/_sandbox/command", json=body, timeout=60, trust_env=False, verify=False
            )
            assert begun.wait(60)
            connection.stop()
            assert "said in time" in said.result().text
        assert not connection.connected()
