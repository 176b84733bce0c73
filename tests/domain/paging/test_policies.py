"""Ladders: when each level is asked, the shipped ones of every source, and the hours that choose among them."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.catalog import ConfigError, load
from bot.catalog.sections.notifications import BusinessHours, QuietHours
from bot.catalog.sections.policies import Policy
from bot.domain.paging import escalation as rules
from bot.domain.paging import policy_choice, targets
from bot.domain.paging.escalation import Asked
from bot.domain.schedules import business_hours
from storage.models import Escalation
from tests.domain.catalogs import DEMO, loaded

MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PEOPLE = """version: 1
people:
  cto: {name: Cee}
  platform-team-lead: {name: Lee}
  lead: {name: Lou, manager: manager}
  manager: {name: Max}
  director: {name: Dot}
  engineering-manager: {name: Em}
  director-engineering: {name: De}
  vp-engineering: {name: Vee}
  ceo: {name: Cleo}
  senior-engineer: {name: Sen}
  team-lead: {name: Ted}
teams:
  core: {members: [lead]}
schedules:
  primary-oncall: {timezone: UTC, layers: [{name: a, rotation: weekly, start: 2026-01-05T09:00, people: [lead]}]}
  secondary-oncall: {timezone: UTC, layers: [{name: a, rotation: weekly, start: 2026-01-05T09:00, people: [manager]}]}
  sla-violations: {timezone: UTC, layers: [{name: a, rotation: weekly, start: 2026-01-05T09:00, people: [manager]}]}
"""


def minutes(policy: Policy, severity: str | None = None) -> list[int]:
    return [int(offset / MINUTE) for offset in policy.offsets(severity)]


def waits(inputs: dict[str, Any]) -> list[float]:
    """What a policy must wait at each level, in seconds, for a source's delays read in one of three ways."""
    if "delay_each" in inputs:
        return [inputs["delay_each"] * 60.0] * (len(inputs["steps"]) - 1)
    delays = inputs["delays_s"]
    steps = list(pairwise(delays))
    reading = inputs["reading"]
    if reading == "absolute":
        return [after - before for before, after in steps]
    more = inputs.get("ack_wait_s", 0) if reading == "literal_code" else 0
    return [after + more for _, after in steps]


def golden() -> list[Any]:
    cases = json.loads((Path(__file__).parents[1] / "golden_escalation_offsets.json").read_text())
    return [pytest.param(case, id=case["id"]) for case in cases]


@pytest.mark.parametrize("case", golden())
def test_levels_are_asked_when_the_source_says(case: dict[str, Any]) -> None:
    levels = [{"to": ("person:ana",), "wait": timedelta(seconds=wait)} for wait in waits(case["inputs"])]
    policy = Policy.model_validate({"key": "p", "levels": (*levels, {"to": ("person:ana",)})})
    assert minutes(policy) == case["expected"]


@pytest.mark.parametrize(
    ("preset", "severity", "offsets", "repeat", "timeout"),
    [
        ("seed-000", "SEV-1", [0, 30, 60, 90], 0, None),
        ("seed-000", "SEV-2", [0, 120, 240, 360], 0, None),
        ("seed-001", "SEV-1", [0, 5, 10, 15], 3, 60),
        ("seed-001", "SEV-2", [0, 15], 3, 120),
        ("seed-001", "SEV-3", [0], 0, 240),
        ("seed-002", "SEV-1", [0, 5, 15, 30], 1, 30),
        ("seed-002", "SEV-3", [0, 15], 0, 240),
        ("seed-003", "SEV-1", [0, 5, 6], 0, None),
        ("seed-004", "SEV-1", [0, 15], 3, 60),
        ("seed-004", "SEV-2", [0, 60], 3, 120),
        ("seed-004", "SEV-3", [0, 240], 0, 240),
    ],
)
def test_the_ladder_of_each_source_is_a_preset(
    tmp_path: Path, preset: str, severity: str, offsets: list[int], repeat: int, timeout: int | None
) -> None:
    catalog = loaded(tmp_path, f"preset: {preset}\n{PEOPLE}")
    policy = catalog.policy_for(severity)
    assert policy is not None
    assert minutes(policy, severity) == offsets
    assert policy.repeat == repeat
    assert policy.ack_timeout == (timedelta(minutes=timeout) if timeout else None)
    assert policy.offsets(severity) == sorted(policy.offsets(severity)), "never earlier than the level before"


def test_the_default_set_reaches_the_secondary_after_a_quarter_of_an_hour_below_sev_1(tmp_path: Path) -> None:
    catalog = loaded(tmp_path, PEOPLE)
    reached = {severity: minutes(catalog.policy_for(severity), severity)[1] for severity in ("SEV-1", "SEV-2", "SEV-3")}
    assert reached == {"SEV-1": 5, "SEV-2": 15, "SEV-3": 15}


@pytest.mark.parametrize(
    ("written", "severity", "wait"),
    [
        ("levels: [{to: [person:cto]}]", "SEV-1", 5),
        ("levels: [{to: [person:cto]}]", "SEV-2", 15),
        ("levels: [{to: [person:cto]}]", "SEV-3", 30),
        ("levels: [{to: [person:cto]}]", "SEV-4", 120),
        ("levels: [{to: [person:cto], wait: 7m}]", "SEV-3", 7),
        ("wait_by_severity: {SEV-3: 9m}, levels: [{to: [person:cto]}]", "SEV-3", 9),
        ("levels: [{to: [person:cto], wait: 4m}, {to: [person:ceo]}]", "SEV-3", 4),
    ],
)
def test_a_single_level_waits_as_long_as_the_severity_promises(
    tmp_path: Path, written: str, severity: str, wait: int
) -> None:
    catalog = loaded(tmp_path, f"{PEOPLE}policies: {{mine: {{{written}}}}}\n")
    policy = rules.snapshot(catalog.policies["mine"], severity, catalog.ack_target(severity))
    run = Escalation(id=1, policy_name="mine", policy=policy, started_at=NOW)
    rules.begin(run, NOW, lambda target: [Asked("U1", "U1", "")])
    assert run.next_at == NOW + wait * MINUTE


@pytest.mark.parametrize(("severity", "wait"), [("SEV-1", 5), ("SEV-3", 30)])
@pytest.mark.parametrize("text", ["core", "schedule:primary-oncall", "usergroup:@ops"])
def test_who_is_paged_by_name_has_the_severitys_time_too(tmp_path: Path, text: str, severity: str, wait: int) -> None:
    catalog = loaded(tmp_path, PEOPLE)
    found = targets.named(catalog, lambda: {"ops": ["U1"]}, text, severity)
    assert found is not None
    assert found[1]["levels"][0]["wait"] == wait * 60


def test_each_way_keeps_its_own_priority_in_the_snapshot(tmp_path: Path) -> None:
    policy = loaded(tmp_path, PEOPLE).policies["critical"]
    first = rules.snapshot(policy, "SEV-1")["levels"][0]
    assert first["priorities"] == {"sms": "urgent", "phone": "urgent", "email": "high", "slack": "high"}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{levels: [{to: [person:cto], wait: -5m}, {to: [person:cto]}]}", "length of time"),
        ("{levels: [{to: [person:cto], wait: 0m}, {to: [person:cto]}]}", "longer than zero"),
        ("{levels: [{to: [person:cto]}, {to: [person:ceo]}]}", "has no `wait`"),
        ("{ack_timeout: 1h, ack_timeout_from: 3, levels: [{to: [person:cto]}]}", "only 1 levels"),
        ("{levels: [{to: [person:cto], priorities: {fax: high}}]}", "not one of the choices"),
    ],
)
def test_a_policy_that_cannot_work_is_refused(tmp_path: Path, written: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        loaded(tmp_path, f"{PEOPLE}policies:\n  mine: {written}\n")


def test_executives_read_slack(tmp_path: Path) -> None:
    executives = '[{to: ["address:boss@acme.example"], after: 5m}]'
    with pytest.raises(ConfigError, match=r"executives are told in Slack, which address:boss@acme\.example does not"):
        loaded(tmp_path, f"{PEOPLE}notifications: {{executives: {executives}}}\n")


def test_executives_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='no person "nobody"'):
        loaded(tmp_path, f"{PEOPLE}notifications: {{executives: [{{to: [person:nobody], after: 5m}}]}}\n")


@pytest.mark.parametrize(
    ("severity", "service", "working", "policy"),
    [
        ("SEV-1", None, True, "critical"),
        ("SEV-1", None, False, "night"),
        ("SEV-2", None, False, "high"),
        ("SEV-2", "till", True, "medium"),
        ("SEV-2", "till", False, "low"),
        ("SEV-1", "shop", False, "medium"),
    ],
)
def test_severity_service_and_hours_choose(
    tmp_path: Path, severity: str, service: str | None, working: bool, policy: str
) -> None:
    text = f"""{PEOPLE}services:
  till: {{name: Till, policy: medium, after_hours: low}}
  shop: {{name: Shop, policy: medium}}
policies:
  night: {{levels: [{{to: [person:cto]}}]}}
severities:
  SEV-1: {{after_hours: night}}
"""
    found = loaded(tmp_path, text).policy_for(severity, service, working=working)
    assert found is not None
    assert found.key == policy


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


HOURS = BusinessHours.model_validate({"holidays": ("2026-12-25",)})
NIGHT_SHIFT = BusinessHours.model_validate({"from": "22:00", "to": "06:00"})


@pytest.mark.parametrize(
    ("hours", "zone", "at", "opens"),
    [
        (HOURS, "UTC", "2026-11-20T10:00", "2026-11-20T10:00"),
        (HOURS, "UTC", "2026-11-20T17:00", "2026-11-23T09:00"),
        (HOURS, "UTC", "2026-11-21T12:00", "2026-11-23T09:00"),
        (HOURS, "UTC", "2026-12-24T20:00", "2026-12-28T09:00"),
        (HOURS, "America/New_York", "2026-11-20T13:59", "2026-11-20T14:00"),
        (HOURS, "Europe/Madrid", "2026-03-29T12:00", "2026-03-30T07:00"),
        (NIGHT_SHIFT, "UTC", "2026-11-21T03:00", "2026-11-21T03:00"),
        (NIGHT_SHIFT, "UTC", "2026-11-21T06:00", "2026-11-23T22:00"),
    ],
)
def test_business_hours_have_days_holidays_and_a_zone(hours: BusinessHours, zone: str, at: str, opens: str) -> None:
    assert business_hours.next_opening(hours, ZoneInfo(zone), utc(at)) == utc(opens)
    assert business_hours.is_working(hours, ZoneInfo(zone), utc(at)) == (at == opens)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-21T21:59", "2026-11-21T21:59"),
        ("2026-11-21T22:00", "2026-11-22T07:00"),
        ("2026-11-22T06:59", "2026-11-22T07:00"),
        ("2026-11-22T07:00", "2026-11-22T07:00"),
    ],
)
def test_quiet_hours_end_in_the_morning(at: str, until: str) -> None:
    assert business_hours.quiet_until(QuietHours(), ZoneInfo("UTC"), utc(at)) == utc(until)
    assert business_hours.quiet_until(None, ZoneInfo("UTC"), utc(at)) == utc(at)


DAYS_OFF = (
    'business_hours: {timezone: Europe/Madrid, holidays: ["2026-12-25", "2026-12-28", "2026-12-29", "2026-12-30"]}\n'
)


@pytest.mark.parametrize(
    ("severity", "now", "said"),
    [
        ("SEV-4", "2026-11-28T10:00", "Monday 09:00 CET"),
        ("SEV-4", "2026-11-30T02:00", "Monday 09:00 CET"),
        ("SEV-4", "2026-12-24T20:00", "Thursday 31 December 09:00 CET"),
        ("SEV-3", "2026-11-28T23:30", "Sunday 06:30 UTC"),
    ],
)
def test_paging_that_waits_says_when_it_begins(tmp_path: Path, severity: str, now: str, said: str) -> None:
    quiet = 'notifications: {quiet_hours: {from: "22:00", to: "06:30"}}\n'
    catalog = loaded(tmp_path, DAYS_OFF + quiet)
    choice = policy_choice.choose(catalog, severity, None, utc(now))
    assert choice.waits
    assert policy_choice.begins_when(catalog, severity, choice.begins, utc(now)) == said


def test_the_demo_company_asks_whoever_is_silent() -> None:
    assert load(DEMO).policies["critical"].ack_timeout == timedelta(hours=1)
