"""What a configuration means once it is accepted: defaults, presets, references between its parts."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.catalog import Months, Policy, Schedule, effective, format_duration, load, registry
from bot.catalog.starter import init_template
from bot.domain.preview.lint import warnings
from bot.domain.schedules.schedule import on_call
from tests.domain.catalogs import DAY, DEMO, HOUR, MINUTE, loaded, written


@pytest.mark.parametrize(
    ("severity", "ack", "first_response", "ic", "resolve", "cadence", "room"),
    [
        ("SEV-1", 5 * MINUTE, 10 * MINUTE, 0 * MINUTE, HOUR, 30 * MINUTE, "always"),
        ("SEV-2", 15 * MINUTE, 30 * MINUTE, 30 * MINUTE, 4 * HOUR, HOUR, "ask"),
        ("SEV-3", 30 * MINUTE, HOUR, 2 * HOUR, DAY, 4 * HOUR, "on_request"),
        ("SEV-4", 2 * HOUR, 4 * HOUR, "next_business_day", 7 * DAY, None, "never"),
    ],
)
def test_every_severity_has_its_default_targets(
    severity: str, ack: object, first_response: object, ic: object, resolve: object, cadence: object, room: str
) -> None:
    row = load(None).severities[severity]
    assert (row.ack, row.first_response, row.ic, row.resolve) == (ack, first_response, ic, resolve)
    assert (row.cadence, row.war_room) == (cadence, room)


def test_the_default_ladder_asks_after_0_5_10_and_15_minutes() -> None:
    waits = [value for key, value, _ in effective(None) if key.startswith("policies.critical") and key.endswith("wait")]
    assert waits == ["5m", "5m", "5m", None]


def test_a_bare_installation_skips_what_it_does_not_define_and_says_so() -> None:
    bare = load(None)
    assert bare.policies["critical"].levels == ()
    assert [str(target) for target in bare.policies["low"].levels[0].to] == ["role:ticket_owner"]
    assert [notice.message.split(" is not")[0] for notice in bare.notices] == [
        "schedule:primary-oncall",
        "schedule:secondary-oncall",
        "person:platform-team-lead",
        "person:cto",
    ]


def test_a_defined_schedule_brings_its_levels_of_the_shipped_policies(tmp_path: Path) -> None:
    some = loaded(
        tmp_path,
        "people: {ana: {slack: U01ANA}}\n"
        "schedules: {primary-oncall: {layers: [{start: 2026-11-02T09:00, people: [ana]}]}}\n",
    )
    assert [str(level.to[0]) for level in some.policies["critical"].levels] == ["schedule:primary-oncall"]
    assert "schedule:primary-oncall" not in str(some.notices)


SOMEBODY = (
    "people: {ana: {slack: U01ANA}}\n"
    "schedules: {primary-oncall: {layers: [{start: 2026-11-02T09:00, people: [ana]}]}}\n"
)


@pytest.mark.parametrize(
    ("more", "notice"),
    [
        ("", ""),
        ("severities: {SEV-2: {ack: 3m}}\n", ""),
        ("severities: {SEV-4: {escalation: high}}\n", ":3:"),
        ("services: {checkout: {policy: high}}\n", ":3:"),
        ("policies: {high: {repeat: 9}}\n", ":3:"),
        ("policies: {high: {levels: [{to: ['person:ana']}]}}\n", ""),
    ],
)
def test_what_a_shipped_policy_skips_is_said_to_whoever_chose_that_policy(
    tmp_path: Path, more: str, notice: str
) -> None:
    notices = [str(one) for one in loaded(tmp_path, SOMEBODY + more).notices]
    assert len(notices) == bool(notice)
    assert all(notice in one and "schedule:secondary-oncall is not defined" in one for one in notices)
    assert "defaults.yml" not in str(notices), "the place is where it can be mended"


def test_a_new_installation_is_told_nothing_of_policies_that_it_never_wrote(tmp_path: Path) -> None:
    assert loaded(tmp_path, init_template([], ["general"], date(2026, 11, 27))).notices == ()


def test_a_preset_that_was_chosen_says_what_it_lacks(tmp_path: Path) -> None:
    some = loaded(tmp_path, f"{SOMEBODY}severities: {{preset: seed-000}}\n")
    assert "person:lead is not defined and is skipped in the shipped policy chain" in str(some.notices)


def test_a_policy_that_is_left_with_nobody_is_said_to_be(tmp_path: Path) -> None:
    some = loaded(tmp_path, "people: {ana: {slack: U01ANA}}\n")
    assert "schedule:primary-oncall is not defined" in str(some.notices)


def test_an_absent_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.yml").digest == load(None).digest


def test_the_digest_follows_the_content_and_not_its_spelling(tmp_path: Path) -> None:
    assert loaded(tmp_path, "display:\n  currency: 'USD'   # the default\n").digest == load(None).digest
    assert loaded(tmp_path, "display: {currency: EUR}").digest != load(None).digest


@pytest.mark.parametrize(
    ("preset", "values"),
    [
        ("seed-000", ("15m", "30m", "chain")),
        ("seed-001", ("10m", None, "critical")),
        ("seed-002", ("10m", None, "api-service")),
        ("seed-003", ("5m", None, "erlmcp")),
        ("seed-004", ("15m", None, "leadership-1")),
    ],
)
def test_a_preset_changes_the_policy_of_a_severity(tmp_path: Path, preset: str, values: tuple[str | None, ...]) -> None:
    row = loaded(tmp_path, f"preset: {preset}").severities["SEV-1"]
    every = format_duration(row.escalate_every) if row.escalate_every else None
    assert isinstance(row.first_response, timedelta)
    assert (format_duration(row.first_response), every, row.policy) == values


def test_presets_mix_by_section_and_the_own_file_has_the_last_word(tmp_path: Path) -> None:
    mixed = loaded(
        tmp_path,
        "preset: seed-001\nseverities: {preset: seed-004, SEV-2: {ack: 7m}}\nslo: {preset: [seed-002, seed-004]}\n",
    )
    assert mixed.severities["SEV-1"].resolve == 15 * MINUTE
    assert mixed.severities["SEV-1"].first_response == 15 * MINUTE
    assert mixed.severities["SEV-2"].ack == 7 * MINUTE
    sla, slo = (mixed.section(registry.section(key)) for key in ("sla", "slo"))
    assert (sla["credit_table"], slo["bands"], slo["alerts"]) == ("seed-001", "seed-002", "seed-004")


def test_the_origin_of_every_value_is_known(tmp_path: Path) -> None:
    file = written(tmp_path, "preset: seed-003\nseverities:\n  SEV-1:\n    ack: 3m\n")
    origins = {key: (value, origin) for key, value, origin in effective(file)}
    assert origins["severities.SEV-1.ack"] == ("3m", "tocsin.yml:4")
    assert origins["severities.SEV-1.page"] == ("2m", "preset seed-003")
    assert origins["severities.SEV-2.war_room"][1].startswith("defaults.yml:")


def test_the_policy_of_a_severity_may_be_written_either_way(tmp_path: Path) -> None:
    either = loaded(tmp_path, "severities: {SEV-3: {policy: high}, SEV-4: {escalation: medium}}")
    assert (either.severities["SEV-3"].policy, either.severities["SEV-4"].policy) == ("high", "medium")


def test_decimals_are_exact_and_words_stay_words(tmp_path: Path) -> None:
    plain = loaded(
        tmp_path, "dr_objectives: {norway: {country: NO, on: off, since: 2026-01-01, at: 20:00, price: 0.1}}"
    )
    assert plain.section(registry.section("dr_objectives"))["norway"] == {
        "country": "NO",
        "on": "off",
        "since": "2026-01-01",
        "at": "20:00",
        "price": Decimal("0.1"),
    }
    assert plain.section(registry.section("slo"))["tiers"]["tier_0"]["availability"] == Decimal("99.99")


def test_unquoted_times_and_phone_numbers_are_what_they_look_like(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "people: {ana: {phone: +15550100}}\n"
        "schedules: {s: {timezone: UTC, layers: [{start: 2026-11-02, people: [ana], from: 20:00, to: 24:00}]}}\n",
    )
    layer = found.schedules["s"].layers[0]
    assert (found.people["ana"].phone, layer.opens, layer.closes) == ("+15550100", time(20), time(0))


def test_a_policy_belongs_to_the_service_or_else_to_the_severity() -> None:
    demo = load(DEMO)
    assert [policy.key for policy in (demo.policy_for("SEV-3", "checkout"), demo.policy_for("SEV-3")) if policy] == [
        "critical",
        "medium",
    ]


def test_waits_by_severity_replace_those_of_the_levels() -> None:
    chain = load(None).policies["chain"]
    with_levels = Policy.model_validate(chain.model_dump() | {"levels": ({"to": ("person:lead",), "wait": "5m"},)})
    assert [with_levels.wait(0, severity) for severity in ("SEV-1", "SEV-4", None)] == [
        30 * MINUTE,
        5 * MINUTE,
        5 * MINUTE,
    ]


def test_people_are_found_by_what_is_known_of_them(tmp_path: Path) -> None:
    demo = load(DEMO)
    assert [
        person.key for person in (demo.person_by_slack("U01BO"), demo.person_by_email("EVE@acme.example")) if person
    ]
    assert demo.person_by_slack("U0NOBODY") is None
    half = loaded(tmp_path, "people: {ana: {email: ana@acme.example, timezone: Asia/Tokyo}, bo: {}}")
    assert [half.timezone(person) for person in (half.people["ana"], half.people["bo"], None)] == [
        "Asia/Tokyo",
        "UTC",
        "UTC",
    ]


def test_the_demo_company_is_complete_and_somebody_is_always_on_call() -> None:
    demo = load(DEMO)
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert demo.notices == ()
    assert warnings(demo, now) == []
    primary, secondary = (on_call(demo.schedules[f"{name}-oncall"], now).people for name in ("primary", "secondary"))
    assert (len(primary), len(secondary)) == (1, 1)
    assert primary != secondary


def test_values_are_frozen_and_survive_json() -> None:
    demo = load(DEMO)
    policy, rota = demo.policies["critical"], demo.schedules["primary-oncall"]
    with pytest.raises(ValidationError):
        policy.repeat = 9  # type: ignore[misc]
    assert Policy.model_validate_json(policy.model_dump_json()) == policy
    assert Schedule.model_validate_json(rota.model_dump_json(by_alias=True)) == rota


def test_a_follow_up_after_a_month_is_a_calendar_month() -> None:
    assert load(None).postmortem.follow_up == Months(1)
