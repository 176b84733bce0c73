"""The change from one Socket Mode connection to the next."""

import logging
import socket
import threading

from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from handlers.connection import hang_up


def test_an_old_connection_that_hears_nothing_is_closed_without_waiting_for_its_reader() -> None:
    """The reader holds the lock that closing wants, and a connection that Slack has left says nothing any more."""
    ours, theirs = socket.socketpair()
    session = Connection("wss://nowhere.example", logging.getLogger("quiet"))
    session.sock = ours  # type: ignore[assignment]
    reading = threading.Thread(target=session.run_until_completion, args=(ConnectionState(),), daemon=True)
    reading.start()
    while not session.sock_receive_lock.locked():
        pass
    closing = threading.Thread(target=hang_up, args=(session,), daemon=True)
    closing.start()
    closing.join(20)
    assert not closing.is_alive(), "it waits for the reader"
    assert not session.is_active()
    theirs.close()
