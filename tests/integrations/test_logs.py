"""What of a library's log is passed on."""

import logging

import pytest

from bot import logs


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
