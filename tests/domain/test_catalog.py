"""What a configuration means once it is accepted: defaults, presets, spellings, references, the starter file."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.catalog import Catalog, Months, Policy, Schedule, effective, format_duration, load, parse_duration
from bot.catalog.starter import Member, init_template
from bot.domain.schedule import on_call, shifts
from bot.domain.schedule_lint import warnings
from bot.domain.schedule_report import shifts_json, who_json
from tests.domain.schedules import at, schedule

DEMO = Path(__file__).parents[2] / "bot" / "catalog" / "demo.yml"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "tocsin.yml"
    file.write_text(text, encoding="utf-8")
    return file


def loaded(tmp_path: Path, text: str) -> Catalog:
    return load(written(tmp_path, text))


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


def test_an_absent_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.yml").digest == load(None).digest


def test_the_digest_follows_the_content_and_not_its_spelling(tmp_path: Path) -> None:
    assert loaded(tmp_path, "display:\n  currency: 'USD'   # the default\n").digest == load(None).digest
    assert loaded(tmp_path, "display: {currency: EUR}").digest != load(None).digest


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
    ("preset", "values"),
    [
        ("seed-000", ("15m", "30m", "chain")),
        ("seed-001", ("10m", None, "critical")),
        ("seed-002", ("10m", None, "api-service")),
        ("seed-003", ("5m", None, "erlmcp")),
        ("seed-004", ("15m", None, "critical")),
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
    assert (mixed.sla["credit_table"], mixed.slo["bands"], mixed.slo["alerts"]) == ("seed-001", "seed-002", "seed-004")


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
    plain = loaded(tmp_path, "vendors: {norway: {country: NO, on: off, since: 2026-01-01, at: 20:00, price: 0.1}}")
    assert plain.vendors["norway"] == {
        "country": "NO",
        "on": "off",
        "since": "2026-01-01",
        "at": "20:00",
        "price": Decimal("0.1"),
    }
    assert plain.slo["tiers"]["tier_0"]["availability"] == Decimal("99.99")


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


def test_people_are_found_and_reached_by_what_is_known_of_them(tmp_path: Path) -> None:
    demo = load(DEMO)
    assert [
        person.key for person in (demo.person_by_slack("U01BO"), demo.person_by_email("EVE@acme.example")) if person
    ]
    assert demo.person_by_slack("U0NOBODY") is None
    half = loaded(tmp_path, "people: {ana: {email: ana@acme.example, timezone: Asia/Tokyo}, bo: {}}")
    assert [contact.via for contact in half.contacts(half.people["ana"])] == ["email"]
    assert half.contacts(half.people["bo"]) == ()
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


def test_a_follow_up_after_a_month_is_a_calendar_month() -> None:
    assert load(None).postmortem.follow_up == Months(1)


NAMES = st.text(max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from([None, "Europe/Madrid", "Asia/Tokyo"])), max_size=6))
def test_the_starter_file_is_accepted_whatever_people_are_called(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, str | None]]
) -> None:
    members = [Member(name, f"U0{number}XY", None, zone) for number, (name, zone) in enumerate(people)]
    text = init_template(members, ["general", "incidents"], date(2026, 11, 21))
    found = loaded(tmp_path_factory.getbasetemp(), text)
    assert len(found.people) == max(len(people), 1)
    assert on_call(found.schedules["primary-oncall"], datetime(2026, 11, 21, tzinfo=UTC)).people


def test_the_starter_file_announces_where_the_workspace_already_does(tmp_path: Path) -> None:
    text = init_template([Member("Ana")], ["#general", "prod-incidents"], date(2026, 11, 21))
    assert loaded(tmp_path, text).incidents_channel == "#prod-incidents"


def test_reports_speak_the_local_time_of_the_schedule() -> None:
    rota = schedule({"start": "2026-11-02T09:00", "people": ("ana",), "name": "primary"}, timezone="Europe/Madrid")
    span = at("2026-11-02 07:00"), at("2026-11-02 10:00")
    assert shifts_json(rota, shifts(rota, *span))[-1] == {
        "start": "2026-11-02T09:00:00+01:00",
        "end": "2026-11-02T11:00:00+01:00",
        "people": ["ana"],
        "layer": "primary",
        "override": False,
    }
    assert shifts_json(rota, shifts(rota, *span))[0]["layer"] is None
    now = at("2026-11-02 10:00")
    assert who_json(rota, now, on_call(rota, now)) | {"layer": 0, "override": 0} == {
        "schedule": "test",
        "at": "2026-11-02T11:00:00+01:00",
        "people": ["ana"],
        "until": "2026-11-09T09:00:00+01:00",
        "layer": 0,
        "override": 0,
    }


def test_what_is_odd_about_a_schedule_is_said(tmp_path: Path) -> None:
    odd = loaded(
        tmp_path,
        "people: {ana: {slack: U01ANA}, bo: {}}\n"
        "schedules:\n"
        "  s:\n"
        "    timezone: UTC\n"
        "    layers:\n"
        "      - {name: cut, rotation: daily, start: 2026-11-02T00:00, people: [ana, bo], from: 20:00, to: 08:00}\n"
        "      - {name: over, start: 2026-11-02, people: [ana], until: 2026-11-01}\n",
    )
    said = warnings(odd, datetime(2026, 11, 21, tzinfo=UTC))
    assert [sentence.split(";")[0] for sentence in said] == [
        'schedules.s: the layer "cut" hands over inside a shift (Tuesday 00:00)',
        'schedules.s: the layer "over" ends before it begins',
        "schedules.s: nobody is on call from Sat 21 Nov 08:00 to Sat 21 Nov 20:00"
        " and 13 more times in the next 14 days.",
        "schedules.s: bo cannot be reached",
    ]


def test_two_levels_that_ask_the_same_person_are_pointed_out(tmp_path: Path) -> None:
    layers = "layers: [{rotation: weekly, start: 2026-11-02T09:00, people: [%s]}]"
    twins = loaded(
        tmp_path,
        "people: {ana: {slack: U01ANA}, bo: {slack: U01BO}, cy: {slack: U01CY}}\n"
        "schedules:\n"
        f"  first: {{timezone: UTC, {layers % 'ana, bo'}}}\n"
        f"  second: {{timezone: UTC, {layers % 'cy, bo'}}}\n"
        "policies: {x: {levels: [{to: [schedule:first], wait: 5m}, {to: [schedule:second]}]}}\n",
    )
    assert warnings(twins, datetime(2026, 11, 21, tzinfo=UTC)) == [
        "policies.x: bo is on call in both first and second from Mon 23 Nov 09:00; shift one."
    ]
