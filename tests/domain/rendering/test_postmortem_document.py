"""The postmortem as a document says what was recorded, as text, and nothing more."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.deliveries.learning.postmortem import postmortem_json, postmortem_markdown
from bot.services.incidents import lifecycle
from tests.domain.message_values import live_through
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    yield opened
    opened.close()


def test_the_postmortem_says_only_what_was_recorded(room: DeliveryHarness) -> None:
    room.declare()
    with room.desk.read() as session:
        text = postmortem_markdown(session, 1, room.composer())
    assert "| Started | not recorded |" in text
    assert "| Resolved | not resolved yet |" in text
    assert "*Missing: who was affected, how, and for how long.*" in text
    assert "Noticed through a person, Ana Ruiz, who declared it." in text
    assert "| Level 1: paging Ana Ruiz | – |" in text


def test_hostile_text_stays_text_in_the_postmortem(room: DeliveryHarness) -> None:
    room.declare("# Title | <script>alert(1)</script> [x](https://evil.example)")
    with room.desk.read() as session:
        text = postmortem_markdown(session, 1, room.composer())
    assert "\\<script\\>" in text
    assert "\\[x\\](https\\://evil.example)" in text


def test_the_postmortem_as_json_has_plain_times_and_lengths(room: DeliveryHarness) -> None:
    live_through(room, "Checkout returns 5xx")
    room.act("U01DEE", lambda w, it: lifecycle.resolve(w, it, lifecycle.Resolution("rolled back")))
    with room.desk.read() as session:
        document = json.loads(json.dumps(postmortem_json(session, 1, room.composer())))
    assert document["incident"]["declared_at"] == "2026-11-21T03:00:00+00:00"
    assert document["incident"]["duration"] == {"seconds": 2220, "text": "37 min"}
    assert document["incident"]["ic"] == "Dee Park"
    assert {"label": "Resolved", "missed": False}.items() <= document["metrics"][-1].items()
    assert "Cy Okafor: pool is at 98 %" in [entry["text"] for entry in document["entries"]]
