"""What `tocsin check` says about a policy or a schedule that is allowed and rarely meant."""

from datetime import UTC, datetime
from pathlib import Path

from bot.catalog import load
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
