"""What another configuration changes: whom it pages instead, which windows it empties, what each removal costs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.preview import difference, summary
from bot.domain.preview.difference import Difference
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import Override
from tests.domain.catalogs import loaded

START = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
END = START + timedelta(days=14)
OLD = """
version: 1
incidents_channel: "#incidents"
integrations: {email: {server: mail.example, from: "tocsin@acme.example"}}
people:
  ana: {name: Ana, slack: U01ANA, email: ana@acme.example, contact: [{via: slack}, {via: email}]}
  bo: {name: Bo, slack: U01BO, email: bo@acme.example, contact: [{via: slack}, {via: email}]}
services: {checkout: {policy: ladder}}
schedules:
  one:
    timezone: UTC
    layers:
      - {name: days, rotation: weekly, start: 2026-11-02T09:00, people: [ana, bo]}
      - {name: extra, priority: 1, rotation: daily, start: 2026-11-02T00:00, people: [bo], days: [SA]}
policies:
  ladder: {levels: [{to: ["schedule:one"], wait: 5m}, {to: ["person:bo"]}]}
  other: {levels: [{to: ["person:ana"]}]}
severities: {SEV-1: {escalation: ladder}, SEV-2: {escalation: other}}
"""
Case = tuple[str, str, str]


def compared(
    tmp_path: Path, old: str, new: str, overrides: dict[str, list[Override]] | None = None,
    groups: dict[str, list[str]] | None = None,
) -> tuple[Difference, list[str]]:  # fmt: skip
    before, after = (loaded(tmp_path, text) for text in (old, new))
    held = overrides or {}
    found = difference.compare(Rota(before, held), Rota(after, held), START, END, groups)
    return found, summary.sentences(before, after, found)


def test_the_same_configuration_changes_nothing(tmp_path: Path) -> None:
    found, said = compared(tmp_path, OLD, OLD)
    assert (found.swaps, found.gaps, found.lost, said) == ([], [], [], [])


CASES: list[Case] = [
    ("people: [ana, bo]}", "people: [bo, ana]}", "Level 1 for SEV-1, SEV-2 of checkout"),
    ("people: [ana, bo]}", "people: [bo, ana]}", "pages Bo instead of Ana from Mon 16 Nov 09:00"),
    ("people: [ana, bo]}", "people: [ana, bo], until: 2026-11-20T09:00}", "one has no one from Fri 20 Nov 09:00"),
    ("people: [ana, bo]}", "people: [ana, bo], until: 2026-11-20T09:00}",
     "tocsin oncall override --schedule one --from 2026-11-20T09:00 --to 2026-11-21T00:00 --add ana"),
    ("      - {name: days, rotation: weekly, start: 2026-11-02T09:00, people: [ana, bo]}\n", "",
     "Removing the layer days of one leaves 4 windows empty."),
    ("      - {name: extra, priority: 1, rotation: daily, start: 2026-11-02T00:00, people: [bo], days: [SA]}\n", "",
     "Removing the layer extra of one leaves no window empty."),
    ("email: ana@acme.example, ", "", "Ana is no longer reached by e-mail for SEV-1"),
    ("email: ana@acme.example, ", "", "what is left is Slack"),
    ("SEV-2: {escalation: other}", "SEV-2: {escalation: ladder}", "Level 2 for SEV-2"),
    ('  other: {levels: [{to: ["person:ana"]}]}\nseverities: {SEV-1: {escalation: ladder}, SEV-2: {escalation: other}}',
     "severities: {SEV-1: {escalation: ladder}, SEV-2: {escalation: ladder}}",
     "Removing the policy other: SEV-2 is paged by ladder instead."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), CASES)
def test_a_change_is_told_in_names_numbers_and_commands(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in OLD
    _, said = compared(tmp_path, OLD, OLD.replace(old, new, 1))
    assert any(sentence in one for one in said), "\n".join(said)


def test_a_person_who_goes_costs_windows(tmp_path: Path) -> None:
    new = OLD.replace("people: [ana, bo]}", "people: [[], bo]}").replace(
        "  ana: {name: Ana, slack: U01ANA, email: ana@acme.example, contact: [{via: slack}, {via: email}]}\n", ""
    ).replace('to: ["person:ana"]', 'to: ["person:bo"]')  # fmt: skip
    found, said = compared(tmp_path, OLD, new)
    assert len(found.gaps) == 2
    assert any(one.startswith("Removing Ana (ana) leaves 2 windows empty and gives ") for one in said), said
    assert "2 windows that no one covers any more, 0 people" in summary.summary(found)


def test_an_override_can_take_over_a_gap(tmp_path: Path) -> None:
    new = OLD.replace("people: [ana, bo]}", "people: [ana, bo], until: 2026-11-20T09:00}", 1)
    held = {"one": [Override(datetime(2026, 11, 20, 9, tzinfo=UTC), END, "add", "ana")]}
    found, _ = compared(tmp_path, OLD, new, held)
    assert found.gaps == []


def test_who_loses_the_last_way_is_counted(tmp_path: Path) -> None:
    found, _ = compared(tmp_path, OLD, OLD.replace("email: ana@acme.example, ", ""))
    assert [(one.person, one.gone, one.left, one.severe) for one in found.lost] == [("ana", ["email"], ["slack"], True)]
    assert "1 person with nothing beyond Slack left" in summary.summary(found)


DYNAMIC = """
version: 1
incidents_channel: "#incidents"
people:
  ana: {name: Ana, slack: U01ANA, manager: eve}
  bo: {name: Bo, slack: U01BO, manager: dee}
  dee: {name: Dee, slack: U01DEE}
  eve: {name: Eve, slack: U01EVE}
teams: {web: {members: [ana]}, data: {members: [bo]}}
services: {shop: {team: web}, lake: {team: data}}
schedules:
  one: {timezone: UTC, layers: [{name: days, rotation: weekly, start: 2026-11-02T09:00, people: [ana, bo]}]}
  command: {timezone: UTC, layers: [{name: days, rotation: weekly, start: 2026-11-02T09:00, people: [dee]}]}
roles: {ic: {schedule: command}}
policies:
  ladder: {levels: [{to: ["schedule:one"], wait: 5m}, {to: ["role:manager"]}]}
  group: {levels: [{to: ["usergroup:@web"]}]}
  owners: {levels: [{to: ["role:service_team"]}]}
  roles: {levels: [{to: ["role:ic"], wait: 5m}, {to: ["role:tech_lead", "channel:#help"]}]}
severities: {SEV-1: {escalation: ladder}, SEV-2: {escalation: group}, SEV-3: {escalation: owners},
             SEV-4: {escalation: roles}}
"""
GROUP = {"web": ["U01ANA"]}
DYNAMIC_CASES: list[tuple[str, str, dict[str, list[str]] | None, str]] = [
    ("manager: eve", "manager: dee", None, "Level 2 for SEV-1 pages Dee instead of Eve from Mon 16 Nov"),
    ("people: [ana, bo]}", "people: [bo, ana]}", None, "Level 2 for SEV-1 pages Eve instead of Dee"),
    ("manager: eve", "title: x", None, "Level 2 for SEV-1 pages no one instead of Eve"),
    ("usergroup:@web", "person:bo", GROUP, "Level 1 for SEV-2 pages Bo instead of Ana from"),
    ("usergroup:@web", "person:bo", None, "Level 1 for SEV-2 pages Bo instead of the members of @web"),
    ("members: [ana]", "members: [eve]", None, "Level 1 for SEV-3 of shop pages Eve instead of Ana"),
    ("members: [ana]", "members: []", None, "owners reaches no one for SEV-3 of shop from Mon 09 Nov"),
    ("people: [dee]", "people: [eve]", None, "Level 1 for SEV-4 pages Eve instead of Dee"),
    ('"role:tech_lead", ', "", None, "instead of the tech lead of the incident and #help"),
    ("channel:#help", "channel:#other", None, "Level 2 for SEV-4 pages the tech lead of the incident and #other"),
    ("shop: {team: web}", "shop: {team: data}", None, "Level 1 for SEV-3 of shop pages Bo instead of Ana"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "groups", "sentence"), DYNAMIC_CASES)
def test_targets_that_follow_the_incident_are_compared(
    tmp_path: Path, old: str, new: str, groups: dict[str, list[str]] | None, sentence: str
) -> None:
    assert old in DYNAMIC
    found, said = compared(tmp_path, DYNAMIC, DYNAMIC.replace(old, new, 1), groups=groups)
    assert any(sentence in one for one in said), "\n".join(said)
    unchanged, _ = compared(tmp_path, DYNAMIC, DYNAMIC, groups=groups)
    assert (unchanged.swaps, unchanged.silences) == ([], [])
    assert found.swaps


def test_who_becomes_unreachable_is_said_with_severities_and_policies(tmp_path: Path) -> None:
    one = OLD.replace("  ana: {name: Ana, slack: U01ANA, ", "  ana: {name: Ana, ").replace(
        "{via: slack}, {via", "{via", 1
    )
    two = one.replace("email: ana@acme.example, ", "")
    found, said = compared(tmp_path, one, two)
    (lost,) = found.lost
    assert (lost.person, lost.unreachable) == ("ana", True)
    assert any("for SEV-1, SEV-2 of checkout" in one and "nothing is left, so no page reaches them" in one
               and "(by ladder, other)" in one for one in said), "\n".join(said)  # fmt: skip
    assert "1 of them unreachable" in summary.summary(found)


def test_a_policy_that_reaches_nobody_is_counted_once(tmp_path: Path) -> None:
    new = DYNAMIC.replace("people: [ana, bo]}", "people: [ana, bo], until: 2026-11-16T09:00}")
    found, said = compared(tmp_path, DYNAMIC, new)
    (silence,) = found.silences
    assert (silence.use.new, silence.start) == ("ladder", datetime(2026, 11, 16, 9, 0, tzinfo=UTC))
    assert silence.end == END
    assert "1 window in which a policy reaches no one" in summary.summary(found)
    assert any("#incidents is told instead" in one for one in said)
