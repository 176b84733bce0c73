"""The way in from Slack: the Bolt app, and its Socket Mode connection that comes back by itself."""

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.engine.identity import Identity
from handlers import payload

WORKERS = 32
MOST_PAUSE = 30.0
ANSWERED = 3.0
"""Seconds within which Slack wants an answer; later than that it hears none."""

_log = logging.getLogger(__name__)


def make_bolt(*, api_url: str, bot_token: str, identity: Callable[[], Identity | None]) -> App:
    """A Bolt app whose listeners run to their end before they are acknowledged, and that verifies nothing itself.

    Signatures are checked before Bolt; who we are was asked once at start, so no listener waits for auth.test.
    """
    client = WebClient(token=bot_token, base_url=api_url, retry_handlers=[], timeout=5)

    def authorize(**_: Any) -> AuthorizeResult:
        known = identity()
        return AuthorizeResult(
            enterprise_id=None,
            team_id=known.team if known else None,
            bot_user_id=known.user if known else None,
            bot_id=known.bot if known else None,
            bot_token=bot_token,
        )

    return App(
        name="tocsin",  # else Bolt looks through the sources of all modules for one
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(WORKERS, thread_name_prefix="listener"),
        raise_error_for_unhandled_request=False,
    )


@cache
def authorities() -> ssl.SSLContext:
    """What this machine trusts, read once: it takes 20 ms, and the client would read it for every connection."""
    return ssl.create_default_context()


def worth_reading(record: logging.LogRecord) -> bool:
    """Of what the client says about its socket, nothing: each loss and each return is one line of ours.

    A listener or a message that broke comes with its traceback, and is said; that an answer found no connection is not.
    """
    kind = record.exc_info[0] if record.exc_info else None
    return kind is not None and not issubclass(kind, SlackClientNotConnectedError)


def hang_up(session: Connection) -> None:
    """Closes a connection at once.

    The client's own close waits for a lock that its reader holds until something arrives. On a connection that Slack
    is about to leave nothing does: for three seconds nobody would read the new one.
    """
    line = session.sock
    if line is not None:
        with suppress(OSError):  # the other side was quicker
            # Wakes the reader. A TLS socket's own shutdown would make it a plain one for whoever is sending an answer.
            socket.socket.shutdown(line, socket.SHUT_RD)
        with suppress(AttributeError):  # its reader was quicker
            session.disconnect()


class Handler(SocketModeHandler):
    """Bolt's, which is given whole requests only; the others are acknowledged as they are."""

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        if payload.is_whole(req.payload):
            super().handle(client, req)
        else:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))


class SocketConnection:
    """Keeps a Socket Mode connection open; while Slack is away it tries again, slower and slower up to 30 s."""

    def __init__(self, bolt: App, app_token: str) -> None:
        told = logging.getLogger(f"{__name__}.client")
        told.addFilter(worth_reading)
        self._handler = Handler(bolt, app_token, logger=told, ping_interval=1, concurrency=WORKERS)
        self._ask_slack = self._handler.client.issue_new_wss_url
        # the client asks for a new address every second, whatever it is told; there is no other place to slow it down
        self._handler.client.issue_new_wss_url = self._ask  # type: ignore[method-assign]
        self._open = self._handler.client.connect
        self._handler.client.connect = self._connect_client  # type: ignore[method-assign]
        self._handler.client.on_error_listeners.append(self._note)
        self._trouble = ""
        self._failures = 0
        self._lost = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._connect, name="slack-connect", daemon=True)
        self.problem = "not connected yet"
        self.first = threading.Event()

    def start(self) -> None:
        self._thread.start()

    def connected(self) -> bool:
        return bool(self._handler.client.is_connected())

    def stop(self) -> None:
        """Takes nothing new, lets what is under way be answered for as long as Slack waits for it, and hangs up."""
        client = self._handler.client
        self._stopping.set()
        self._close_at_once()
        quiet = logging.getLogger(f"{__name__}.closing")  # what the client says of a socket we close is no news
        quiet.setLevel(logging.CRITICAL + 1)
        client.logger = quiet
        client.closed, client.auto_reconnect_enabled = True, False
        client.default_auto_reconnect_enabled = False  # what a connection that is being made sets it back to
        client.message_queue.put(None)  # wakes who waits for the next message: without it another second passes
        answered = threading.Event()
        closing = threading.Thread(target=self._close, args=(answered,), name="slack-close", daemon=True)
        closing.start()
        answered.wait(ANSWERED)
        self._close_at_once()  # one that was made meanwhile as well
        client.disconnect()
        closing.join(0.3)

    def _close(self, answered: threading.Event) -> None:
        """The client's own threads end: first those that answer, as long as there is a connection to answer on."""
        self._handler.client.message_workers.shutdown()
        answered.set()
        self._handler.close()

    def _connect(self) -> None:
        pause = 0.5
        while not self._stopping.is_set():
            try:
                self._handler.connect()
                _log.info("connected to Slack")
                self.first.set()
                return  # from here on the client reconnects by itself
            except SlackApiError as error:
                self.problem = f"Slack refuses the connection: {error.response.get('error', 'unknown')}"
            except Exception as error:
                self.problem = f"Slack cannot be reached: {error or type(error).__name__}"
            _log.warning("%s; trying again in %.0f s", self.problem, pause)
            self._stopping.wait(pause)
            pause = min(pause * 2, MOST_PAUSE)

    def _connect_client(self) -> None:
        """The client opens a connection: the first one, or another one in the place of one that was lost or is old.

        The client says nothing of a connection that could not be made; here it is an error like another.
        """
        self._handler.client.web_client.ssl = authorities()
        self._open()
        session = self._handler.client.current_session
        if session is not None and session.last_ping_pong_time is None:
            session.last_ping_pong_time = time.time()  # else the client never misses the first answer to its pings
        if not self.connected():
            if self.first.is_set():
                self._failed(f"Slack cannot be reached: {self._trouble}")
            raise ConnectionError(self._trouble)
        if self._lost:
            _log.info("connected to Slack again")
        self._lost, self._failures, self.problem = False, 0, ""

    def _note(self, error: Exception) -> None:
        """What the client says of the connection it is making; it goes on as if nothing had been."""
        self._trouble = f"{type(error).__name__} {error}".strip()

    def _say_lost(self) -> None:
        """Once per loss. That Slack asks for a new connection while the old one still works is none."""
        if self.first.is_set() and not self._lost and not self.connected() and not self._stopping.is_set():
            self._lost = True
            _log.warning("the connection to Slack is lost; connecting again until it is back")

    def _ask(self) -> str:
        """Where to connect. Once we have been connected, a Slack that refuses us is asked slower and slower."""
        self._say_lost()
        self._close_at_once()
        if self._failures:
            self._stopping.wait(min(2.0**self._failures, MOST_PAUSE))
        try:
            return self._ask_slack()
        except SlackApiError as error:
            if self.first.is_set():
                self._failed(f"Slack refuses the connection: {error.response.get('error', 'unknown')}")
            raise

    def _close_at_once(self) -> None:
        """Makes the client hang up on the connection it has now, whenever it leaves it."""
        session = self._handler.client.current_session
        if session is not None:
            session.close = partial(hang_up, session)  # type: ignore[method-assign]

    def _failed(self, problem: str) -> None:
        self._failures = min(self._failures + 1, 10)
        self.problem = problem
        if self._failures == 1:
            _log.warning("%s; it is asked again, slower and slower up to every %.0f s", self.problem, MOST_PAUSE)
