"""What `tocsin check` says about a policy or a schedule that is allowed and rarely meant."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalog import load
from bot.domain.preview import use
from bot.domain.preview.lint import warnings
from tests.domain.catalogs import loaded


def test_every_kind_of_target_pages_somebody(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text(
        "version: 1\n"
        "people: {ana: {name: Ana}}\n"
        'policies: {critical: {levels: [{to: ["channel:#ops", "usergroup:@ops", "role:manager", "person:ana"]}]}}\n'
    )
    assert [one for one in warnings(load(file), datetime(2026, 11, 21, tzinfo=UTC)) if "policies" in one] == []


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
        'schedules.s: the layer "cut" hands over in the middle of a shift (Tuesday 00:00)',
        'schedules.s: the layer "over" ends before it begins',
        "schedules.s: no one is on call from Sat 21 Nov 08:00 to Sat 21 Nov 20:00"
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


NOW = datetime(2026, 11, 21, tzinfo=UTC)
PEOPLE = "people: {u1: {slack: U01ANA}, u2: {slack: U01BO}, u3: {slack: U01CY}}\n"


def of_layer(tmp_path: Path, layer: str, zone: str = "Europe/Madrid") -> list[str]:
    """What is said of a schedule with one layer, its holes left aside."""
    text = f"{PEOPLE}schedules: {{s: {{timezone: {zone}, layers: [{layer}]}}}}\n"
    return [one for one in warnings(loaded(tmp_path, text), NOW) if "on call from" not in one]


TURNS = [
    # (a layer, what is said of it, what the cure makes of it)
    (
        "{name: x, rotation: daily, start: 2026-11-02T08:00, duration: 10h, days: [MO, TU, WE, TH, FR], "
        "people: [u1, u2]}",
        ["u1 has 78 and u2 52", '`from: "08:00"`, `to: "18:00"` instead of `duration`'],
        '{name: x, rotation: daily, start: 2026-11-02T08:00, from: "08:00", to: "18:00", days: [MO, TU, WE, TH, FR], '
        "people: [u1, u2]}",
    ),
    (
        "{name: x, rotation: weekly, start: 2026-11-06T11:00, from: 11:00, to: 11:00, days: [FR, SA, SU], "
        "people: [u1, u2]}",
        ["hands over in the middle of a shift (Monday 00:00)", "write `week_start: FR`"],
        "{name: x, rotation: weekly, start: 2026-11-06T11:00, from: 11:00, to: 11:00, days: [FR, SA, SU], "
        "week_start: FR, people: [u1, u2]}",
    ),
    (
        "{name: x, rotation: daily, start: 2026-11-02T00:00, from: 20:00, to: 08:00, people: [u1, u2]}",
        [
            "hands over in the middle of a shift (Tuesday 00:00)",
            "move `start` to the beginning of a shift: 2026-11-02T20:00",
        ],
        "{name: x, rotation: daily, start: 2026-11-02T20:00, from: 20:00, to: 08:00, people: [u1, u2]}",
    ),
    (
        "{name: x, rotation: daily, start: 2026-11-02T09:00, from: 09:00, to: 17:00, days: [MO, TU, WE, TH, FR], "
        "advance: always, people: [u1, u2, u1, u2, u1, u2, u3]}",
        ["not shared fairly", "turn 1 (u1) has 26", "take out `advance: always`"],
        "{name: x, rotation: daily, start: 2026-11-02T09:00, from: 09:00, to: 17:00, days: [MO, TU, WE, TH, FR], "
        "people: [u1, u2, u1, u2, u1, u2, u3]}",
    ),
    (
        "{name: x, rotation: weekly, start: 2026-11-02T11:00, from: 11:00, to: 11:00, "
        "days: [MO, TU, WE, TH, FR, SA, SU], people: [u1, u2]}",
        [
            "hands over in the middle of a shift",
            "take out `days`, `from` and `to`, and write `start: 2026-11-02T11:00`",
        ],
        "{name: x, rotation: weekly, start: 2026-11-02T11:00, people: [u1, u2]}",
    ),
    (
        "{name: x, rotation: hourly, every: 4, start: 2026-11-02T08:00, from: 08:00, to: 20:00, people: [u1, u2, u3]}",
        ["hands over in the middle of a shift (Monday 12:00)", "leave it if that is intended"],
        None,
    ),
]


@pytest.mark.parametrize(("layer", "said", "cured"), TURNS)
def test_each_cure_of_a_turn_helps(layer: str, said: list[str], cured: str | None, tmp_path: Path) -> None:
    (sentence,) = of_layer(tmp_path, layer)
    for part in said:
        assert part in sentence
    assert cured is None or of_layer(tmp_path, cured) == []


ODD = {
    "rotation: weekly, start: 2026-11-02, people: [u1, u1]": 'every turn of the layer "x" is u1, so no one',
    "rotation: weekly, start: 2026-11-02, people: [[u1, u2], [u2, u1]]": 'every turn of the layer "x" is u1',
    "rotation: weekly, start: 2026-11-02, people: [[u1, u1], u2]": "names u1 twice in one turn",
    "rotation: daily, start: 2026-11-02, duration: 30h, people: [u1, u2]": "(1d6h) is longer than its turn (1d)",
    "rotation: weekly, every: 2, start: 2026-11-02, duration: 15d, people: [u1, u2]": "(15d) is longer than",
}


@pytest.mark.parametrize(("layer", "said"), ODD.items())
def test_what_is_written_twice_or_too_long_is_noted(layer: str, said: str, tmp_path: Path) -> None:
    found = of_layer(tmp_path, f"{{name: x, {layer}}}")
    assert any(said in one for one in found), found


FAIR = [
    "{name: x, rotation: weekly, start: 2026-11-02T09:00, people: [u1, u2, u3]}",
    "{name: x, rotation: daily, start: 2026-11-02T09:00, people: [u1, u2]}",
    "{name: x, rotation: weekly, start: 2026-11-02T00:00, days: [SA, SU], people: [u1, u2, u3]}",
    "{name: x, rotation: daily, start: 2026-11-02T09:00, from: 09:00, to: 17:00, days: [MO, WE, FR], people: [u1, u2]}",
    "{name: x, rotation: monthly, start: 2026-01-31T09:00, duration: 7d, people: [u1, u2]}",
    "{name: x, rotation: weekly, start: 2026-11-02T09:00, duration: 5d, people: [u1, u2]}",
    "{name: x, rotation: daily, start: 2026-11-02T08:00, duration: 10h, people: [u1, u2]}",
    "{name: x, rotation: daily, start: 2026-11-02T08:00, duration: 24h, people: [u1, u2]}",
    "{name: x, rotation: weekly, start: 2026-11-02T09:00, people: [u1, u1, u2]}",
]


@pytest.mark.parametrize("layer", FAIR)
def test_what_is_fair_is_not_spoken_of(layer: str, tmp_path: Path) -> None:
    for zone in ("Europe/Madrid", "America/Havana", "Asia/Kolkata"):
        assert of_layer(tmp_path, layer, zone) == []


SUN = (
    "{timezone: Europe/Madrid, layers: [{name: x, rotation: daily, start: 2026-11-02T00:00, from: %s, to: %s, "
    "people: [%s]}]}"
)


def regions(tmp_path: Path, *hours: tuple[str, str], more: str = "") -> list[str]:
    schedules = "".join(f"  r{n}: {SUN % (*span, f'u{n}')}\n" for n, span in enumerate(hours, 1))
    targets = ", ".join(f"schedule:r{n}" for n in range(1, len(hours) + 1))
    policies = f'policies: {{p: {{levels: [{{to: [{targets}{more}], wait: 5m}}, {{to: ["person:u1"]}}]}}}}\n'
    return warnings(loaded(tmp_path, f"{PEOPLE}schedules:\n{schedules}{policies}"), NOW)


def test_a_hole_is_one_of_the_level_and_not_of_its_parts(tmp_path: Path) -> None:
    assert regions(tmp_path, ("00:00", "08:00"), ("08:00", "16:00"), ("16:00", "24:00")) == []
    (hole,) = regions(tmp_path, ("00:00", "08:00"), ("08:00", "16:00"), ("17:00", "24:00"))
    assert hole.startswith("policies.p: no one of level 1 (r1, r2, r3) is on call from Sat 21 Nov 16:00 to Sat 21 Nov")
    assert "and 13 more times" in hole
    assert regions(tmp_path, ("00:00", "08:00"), ("08:00", "16:00"), more=', "person:u3"') == []
    (alone,) = regions(tmp_path, ("00:00", "08:00"))
    assert alone.startswith("schedules.r1: no one is on call")


def test_what_pages_nobody_is_noted(tmp_path: Path) -> None:
    text = (
        "people: {u1: {slack: U01ANA}, u2: {}, u3: {}, u4: {slack: U01CY}}\n"
        "teams: {empty: {}, full: {members: [u1, u3], lead: u4}}\n"
        "schedules:\n"
        + "".join(f"  {name}: {{timezone: UTC, layers: [{{start: 2026-11-02, people: [u1]}}]}}\n"
                  for name in ("used", "of-a-role", "of-a-specialist", "unused"))
        + "roles: {ic: {schedule: of-a-role}}\n"
        "specialists: {database: {to: [schedule:of-a-specialist]}}\n"
        "policies: {p: {levels: [{to: [schedule:used], wait: 5m}, {to: [team:empty], wait: 5m}, "
        "{to: [team:full, person:u2]}]}}\n"
    )  # fmt: skip
    said = [one for one in use.notes(loaded(tmp_path, text)) if one.startswith(("schedules", "policies.p"))]
    assert [one.split(";")[0] for one in said] == [
        "schedules.unused: no policy uses it, so being on call for it pages no one",
        "policies.p: level 2 asks the team empty, which has no members, so it reaches no one",
        "policies.p: level 3 asks u3, who can't be reached",
        "policies.p: level 3 asks u2, who can't be reached",
    ]


LENGTHS = (
    "people: {u1: {slack: U01ANA, contact: [{via: slack}, {via: email, after: 30d}]}}\n"
    "specialists: {database: {to: [person:u1], response: 8d}}\n"
    "policies: {p: {ack_timeout: 5000d, wait_by_severity: {SEV-1: 8d}, "
    "levels: [{to: [person:u1], wait: %s}, {to: [person:u1]}]}}\n"
)


def test_a_length_that_no_page_lasts_is_noted(tmp_path: Path) -> None:
    said = [one.split(";")[0] for one in use.notes(loaded(tmp_path, LENGTHS % "5000d")) if "the unit" in one]
    assert said == [
        "policies.p.ack_timeout is 5000d",
        "policies.p.levels[0].wait is 5000d",
        "policies.p.wait_by_severity.SEV-1 is 8d",
        "people.u1.contact[1].after is 30d",
        "specialists.database.response is 8d",
    ]
    assert not [one for one in use.notes(loaded(tmp_path, LENGTHS % "1d")) if ".wait is" in one]
