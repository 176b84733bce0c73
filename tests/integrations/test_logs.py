"""What of a library's log is passed on."""

import logging

import pytest

from bot import logs
from handlers import connection


@pytest.mark.parametrize(
    ("level", "said", "passed_on"),
    [
        (logging.INFO, "A new session has been established", False),
        (logging.WARNING, "As you gave `client` as well, `token` will be unused.", False),
        (logging.WARNING, "Failed to send a ping", True),
        (logging.ERROR, "Failed to run a listener", True),
    ],
)
def test_bolt_speaks_only_when_something_is_wrong(level: int, said: str, passed_on: bool) -> None:
    record = logging.LogRecord("slack_bolt.App", level, "", 0, said, None, None)
    assert logs.worth_reading(record) is passed_on


def test_of_the_socket_only_what_broke_is_passed_on() -> None:
    log = logging.getLogger("handlers.connection.client")
    chatter = log.makeRecord(log.name, logging.ERROR, "", 0, "on_error invoked (error: BrokenPipeError)", (), None)
    broke = log.makeRecord(
        log.name, logging.ERROR, "", 0, "Failed to run a request listener", (), (ValueError, ValueError("no"), None)
    )
    assert not connection.worth_reading(chatter)
    assert connection.worth_reading(broke)
