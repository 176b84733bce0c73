"""What changes within a minute is one message in the room, with one line for each subject."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.command.heard import joins, merged

START = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ACK = {"about": "acknowledged", "who": "ana", "seconds": 60}


def sev(was: str, now: str) -> dict[str, Any]:
    return {"about": "severity", "was": was, "now": now, "reason": "it grows"}


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ([], []),
        ([ACK], [ACK]),
        ([ACK, sev("SEV-3", "SEV-2")], [ACK, sev("SEV-3", "SEV-2")]),
        ([sev("SEV-3", "SEV-2"), ACK, sev("SEV-2", "SEV-1")], [ACK, sev("SEV-3", "SEV-1")]),
        ([sev("SEV-3", "SEV-2"), sev("SEV-2", "SEV-3")], [sev("SEV-3", "SEV-3")]),
    ],
)
def test_one_line_for_each_subject_with_what_was_before_the_first(changes: list[Any], lines: list[Any]) -> None:
    assert merged(changes) == lines


@pytest.mark.parametrize(("seconds", "one"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_message_takes_in_what_changes_for_a_minute(seconds: int, one: bool) -> None:
    assert joins(START, START + timedelta(seconds=seconds)) is one
