"""The topic of a war room."""

from datetime import UTC, datetime

import pytest

from bot.catalog import load
from bot.catalog.loading import load_text
from bot.rendering.topic import topic

VALUES = {
    "dot": "🔴",
    "severity": "SEV-1",
    "title": "Checkout returns 5xx",
    "ic": "Ana Ruiz",
    "status": "Investigating",
    "reference": "INC-42",
    "service": "Checkout",
    "started": datetime(2026, 11, 21, 2, 45, tzinfo=UTC),
}
SHIPPED = load(None).war_room.topic
HANDBOOK = load_text("preset: seed-002", "").war_room.topic


def test_the_shipped_topic_names_severity_status_and_commander() -> None:
    assert topic(SHIPPED, VALUES, over=False) == "🔴 SEV-1 Investigating · IC Ana Ruiz · INC-42"


def test_the_topic_of_the_handbook_stands_in_its_preset() -> None:
    said = topic(HANDBOOK, VALUES, over=False)
    assert said == "SEV-1: Checkout returns 5xx | IC: Ana Ruiz | Started: 02:45 UTC"


def test_what_is_over_says_so_first() -> None:
    resolved = VALUES | {"dot": "🟢", "status": "Resolved"}
    assert topic(SHIPPED, resolved, over=True).startswith("🟢 SEV-1 Resolved")
    assert topic(HANDBOOK, resolved, over=True).startswith("🟢 Resolved | SEV-1")


def test_a_long_title_gives_way_and_the_rest_stays() -> None:
    said = topic(HANDBOOK, VALUES | {"title": "x" * 400}, over=True)
    assert len(said) <= 250
    assert said.endswith("… | IC: Ana Ruiz | Started: 02:45 UTC")


@pytest.mark.parametrize("title", ["<!channel> boo", "<@U1>", "a\nb", "{ic}", "\u202egnp"])
def test_hostile_titles_are_inert(title: str) -> None:
    said = topic("{title} {ic}", VALUES | {"title": title}, over=False)
    assert "<" not in said
    assert "\n" not in said
    assert "\u202e" not in said
    assert said.count("Ana Ruiz") == 1


def test_other_fields_and_formats_of_a_user() -> None:
    said = topic("{reference} {service} {status} {started:%d.%m.} {unknown}", VALUES, over=False)
    assert said == "INC-42 Checkout Investigating 21.11. {unknown}"
