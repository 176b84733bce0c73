"""The presets of the sources: each loads, and gives the figures of its document (docs/sources.md)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.catalog import Catalog
from bot.catalog.loading import load_text
from tests.domain.catalogs import DAY, HOUR, MINUTE, loaded

#: preset -> severity -> what its document says of it.
FIGURES: dict[str, dict[str, dict[str, Any]]] = {
    "seed-000": {
        "SEV-1": {"first_response": 15 * MINUTE, "escalate_every": 30 * MINUTE},
        "SEV-2": {"first_response": 60 * MINUTE, "escalate_every": 120 * MINUTE},
        "SEV-3": {"first_response": 240 * MINUTE, "escalate_every": 480 * MINUTE},
    },
    "seed-002": {
        "SEV-1": {"ack": 5 * MINUTE, "first_response": 10 * MINUTE, "ic": 0 * MINUTE, "cadence": 30 * MINUTE},
        "SEV-2": {"ack": 15 * MINUTE, "first_response": 30 * MINUTE, "ic": 30 * MINUTE, "cadence": HOUR},
        "SEV-3": {"ack": 30 * MINUTE, "first_response": HOUR, "ic": 2 * HOUR, "cadence": 4 * HOUR},
        "SEV-4": {"ack": 2 * HOUR, "first_response": 4 * HOUR, "ic": "next_business_day", "cadence": None},
    },
    "seed-003": {
        "SEV-1": {"first_response": 5 * MINUTE, "resolve": HOUR, "page": 2 * MINUTE},
        "SEV-2": {"first_response": 15 * MINUTE, "resolve": 4 * HOUR},
        "SEV-3": {"first_response": HOUR, "resolve": DAY},
        "SEV-4": {"first_response": DAY, "resolve": 7 * DAY},
    },
    "seed-004": {
        "SEV-1": {"first_response": 15 * MINUTE, "comms": ("status_page", "social", "email")},
        "SEV-2": {"first_response": HOUR, "comms": ("status_page", "email")},
        "SEV-3": {"first_response": 4 * HOUR, "comms": ("status_page",)},
        "SEV-4": {"first_response": "next_business_day", "comms": ("internal",)},
    },
}
#: preset -> severity -> whom its policy asks last, when nobody has answered.
IN_THE_END: dict[str, dict[str, set[str]]] = {
    "seed-000": {"SEV-1": {"director"}, "SEV-2": {"director"}, "SEV-3": {"director"}},
    "seed-002": {"SEV-1": {"director-engineering", "vp-engineering"}},
    "seed-004": {
        "SEV-1": {"ceo", "cto", "vp-engineering"},
        "SEV-2": {"cto", "vp-engineering", "engineering-manager"},
        "SEV-3": {"engineering-manager", "senior-engineer"},
        "SEV-4": {"team-lead"},
    },
}


def cells(table: dict[str, dict[str, Any]]) -> list[Any]:
    return [pytest.param(preset, severity, said, id=f"{preset}-{severity}") for preset, rows in table.items()
            for severity, said in rows.items()]  # fmt: skip


def preset_of(name: str) -> Catalog:
    return load_text(f"preset: {name}", "")


@pytest.mark.parametrize(("preset", "severity", "figures"), cells(FIGURES))
def test_the_figures_of_a_source(preset: str, severity: str, figures: dict[str, Any]) -> None:
    row = preset_of(preset).severities[severity]
    assert {name: getattr(row, name) for name in figures} == figures


@pytest.mark.parametrize(("preset", "severity", "people"), cells(IN_THE_END))
def test_who_is_asked_in_the_end(tmp_path: Path, preset: str, severity: str, people: set[str]) -> None:
    named = "\n".join(f"  {one}: {{name: {one.title()}}}" for one in ALL)
    policy = loaded(tmp_path, f"version: 1\npreset: {preset}\npeople:\n{named}\n").policy_for(severity)
    assert policy is not None
    assert {str(one).removeprefix("person:") for one in policy.levels[-1].to} == people


ALL = sorted(
    {"cto", "ceo", "lead", "manager", "director", "engineering-manager", "director-engineering", "vp-engineering",
     "platform-team-lead", "senior-engineer", "team-lead"}
)  # fmt: skip
"""Everybody whom a preset names."""


@pytest.mark.parametrize(
    ("preset", "shown"),
    [
        ("seed-000", ["SEV-1", "SEV-2", "SEV-3", "SEV-4"]),
        ("seed-002", ["SEV-1", "SEV-2", "SEV-3", "SEV-4"]),
        ("seed-003", ["P0", "P1", "P2", "P3"]),
        ("seed-004", ["SEV-1", "SEV-2", "SEV-3", "SEV-4"]),
    ],
)
def test_severities_are_called_as_the_source_calls_them(preset: str, shown: list[str]) -> None:
    catalog = preset_of(preset)
    assert [catalog.severity_label(one) for one in catalog.severities] == shown
    for name, severity in (("P0", "SEV-1"), ("severity_2", "SEV-2"), ("medium", "SEV-3"), ("sev 4", "SEV-4")):
        assert catalog.severity(name) == severity, "every source's own name is understood"


def test_the_response_handbook_holds_two_hours_and_tells_the_directors_after_half_an_hour() -> None:
    catalog = preset_of("seed-002")
    assert catalog.severities["SEV-1"].stability_hold == timedelta(hours=2)
    assert [row.postmortem for row in catalog.severities.values()] == ["full", "full", "brief", "batch"]
    told = {
        to.removeprefix("person:"): row.after for row in catalog.notifications.executives for to in map(str, row.to)
    }
    assert told == {"cto": 15 * MINUTE, "director-engineering": 30 * MINUTE, "vp-engineering": 30 * MINUTE}
