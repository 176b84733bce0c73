"""Severities, references and lengths of time, in every spelling."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import format_duration, load, parse_duration
from tests.domain.catalogs import DAY, MINUTE, loaded


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("P0", "SEV-1"),
        ("P1", "SEV-2"),
        ("p2", "SEV-3"),
        ("P3", "SEV-4"),
        ("P4", None),
        ("SEV-1", "SEV-1"),
        ("sev1", "SEV-1"),
        ("SEV 2", "SEV-2"),
        ("Sev_3", "SEV-3"),
        ("sev5", None),
        ("critical", "SEV-1"),
        ("HIGH", "SEV-2"),
        ("error", "SEV-2"),
        ("medium", "SEV-3"),
        ("warning", "SEV-3"),
        ("normal", "SEV-3"),
        ("low", "SEV-4"),
        ("info", "SEV-4"),
        ("severity_1", "SEV-1"),
        ("Severity 4", "SEV-4"),
        ("1", None),
        ("", None),
        ("urgent", None),
    ],
)
def test_every_spelling_of_a_severity(text: str, severity: str | None) -> None:
    assert load(None).severity(text) == severity


def test_own_aliases_and_labels_are_understood_beside_the_usual_ones(tmp_path: Path) -> None:
    own = loaded(tmp_path, "severities: {SEV-1: {label: Alarm, aliases: [red alert]}}")
    assert [own.severity(word) for word in ("alarm", "Red-Alert", "P0", "sev1")] == ["SEV-1"] * 4


@pytest.mark.parametrize(("scheme", "label"), [("sev", "SEV-2"), ("p", "P1"), ("word", "High")])
def test_a_severity_is_shown_in_the_configured_scheme(tmp_path: Path, scheme: str, label: str) -> None:
    shown = loaded(tmp_path, f"display: {{severity_scheme: {scheme}}}")
    assert shown.severity_label("SEV-2") == label
    assert shown.severity(label) == "SEV-2"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("INC-42", 42),
        ("inc42", 42),
        ("inc 42", 42),
        ("#42", 42),
        ("42", 42),
        (" INC-7 ", 7),
        ("INCIDENT-42", None),
        ("INC-0", None),
        ("INC-", None),
        ("INC-4x", None),
        ("4 2", None),
        ("-42", None),
        ("٤٢", None),
        ("9" * 30, None),
        ("", None),
    ],
)
def test_a_reference_is_read_in_every_spelling(text: str, number: int | None) -> None:
    assert load(None).parse_reference(text) == number


def test_a_configured_prefix_is_written_and_both_are_read(tmp_path: Path) -> None:
    own = loaded(tmp_path, "display: {id_prefix: INCIDENT-}")
    assert own.reference(7) == "INCIDENT-7"
    assert [own.parse_reference(text) for text in ("incident-7", "INCIDENT 7", "INC-7", "7")] == [7] * 4


@given(st.integers(1, 999_999_999))
def test_a_written_reference_is_read_back(number: int) -> None:
    bare = load(None)
    assert bare.parse_reference(bare.reference(number)) == number


@pytest.mark.parametrize(
    ("text", "length"),
    [("30s", timedelta(seconds=30)), ("5m", 5 * MINUTE), ("1h30m", 90 * MINUTE), ("1d", DAY), ("2w", 14 * DAY)],
)
def test_lengths_of_time(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@given(st.integers(0, 10**9))
def test_a_written_length_is_read_back(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(format_duration(length)) == length
