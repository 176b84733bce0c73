"""Whether a new severity opens a war room, asks for one, or withdraws the question."""

from datetime import UTC, datetime

import pytest

from bot.domain.incidents import war_room as war_room_rules
from storage.models import Incident

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "war_room", "worse", "facts", "after"),
    [
        ("asked", "always", True, ["incidents.room_wanted"], "creating"),
        ("none", "always", True, ["incidents.room_wanted"], "creating"),
        ("failed", "always", True, ["incidents.room_wanted"], "creating"),
        ("none", "ask", True, ["incidents.room_question_asked"], "asked"),
        ("asked", "ask", True, [], "asked"),
        ("asked", "on_request", False, ["incidents.room_declined"], "none"),
        ("asked", "never", False, ["incidents.room_declined"], "none"),
        ("none", "always", False, [], "none"),
        ("open", "never", False, [], "open"),
        ("creating", "always", True, [], "creating"),
    ],
)
def test_a_new_severity(before: str, war_room: str, worse: bool, facts: list[str], after: str) -> None:
    incident = Incident(number=1, title="x", severity="SEV-1", status="investigating", declared_by="U1", room=before,
                        declared_at=NOW, started_at=NOW, detected_at=NOW)  # fmt: skip
    found = war_room_rules.at_severity(incident, war_room, NOW, worse=worse)
    assert [one.name for one in found] == facts
    assert incident.room == after
