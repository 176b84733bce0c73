"""What a search asks for, as people write it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.catalog.loading import load_text
from bot.domain.incidents.searching import BadFilter, Reader
from bot.services.core import catalog_words
from storage.models import IncidentStatus, Wanted

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
CATALOG = load_text("services:\n  checkout:\n    name: Checkout\n", "tocsin.yml")
READER = Reader(
    CATALOG,
    NOW,
    service=lambda text: catalog_words.parse_service(CATALOG, text) or "",
    own=lambda key, text: {key: text},
)
OPEN = tuple(map(str, IncidentStatus.OPEN))
CASES: list[tuple[str, dict[str, Any]]] = [
    ("checkout timeout", {"words": ("checkout", "timeout")}),
    ('"payment gateway" down', {"words": ("payment gateway", "down")}),
    ("timeout severity=sev1", {"words": ("timeout",), "severities": ("SEV-1",)}),
    ("--severity P2 --status resolved,closed", {"severities": ("SEV-3",), "states": ("resolved", "closed")}),
    ("—status open timeout", {"words": ("timeout",), "states": OPEN}),
    ("status=over", {"states": ("resolved", "closed", "cancelled", "merged")}),
    ("service=Checkout since=30d", {"service": "checkout", "since": datetime(2026, 10, 22, 3, 0, tzinfo=UTC)}),
    ("since=2026-11-02 until=2026-11-02", {"since": datetime(2026, 11, 2, tzinfo=UTC),
                                           "until": datetime(2026, 11, 3, tzinfo=UTC)}),
    ("role=commander", {"role": "ic"}),
    ("--mine", {"role": "any"}),
    ("role=any slow", {"role": "any", "words": ("slow",)}),
    ("customer=Acme Corp severity=sev1", {"own": {"customer": "Acme Corp"}, "severities": ("SEV-1",)}),
    ("", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_words_and_filters_are_told_apart(text: str, wanted: dict[str, Any]) -> None:
    assert READER.typed(text) == Wanted(**wanted)
    assert bool(READER.typed(text)) is bool(wanted)


@pytest.mark.parametrize(
    ("text", "says"),
    [("severity=huge", "SEV-1"), ("status=broken", "resolved"), ("since=yesterday", "30d"), ("since=9999999d", "30d")],
)
def test_a_filter_that_cannot_be_read_says_what_can(text: str, says: str) -> None:
    with pytest.raises(BadFilter, match=says):
        READER.typed(text)


@pytest.mark.parametrize(
    ("word", "filter"),
    [("sev1", ("severity", "sev1")), ("resolved", ("status", "resolved")), ("checkout", ("service", "checkout")),
     ("yesterday", None)],
)  # fmt: skip
def test_single_words_narrow_a_list_down(word: str, filter: tuple[str, str] | None) -> None:
    assert READER.bare(word) == filter
