"""What `tocsin check` says about a policy or a schedule that is allowed and rarely meant."""

from datetime import UTC, datetime
from pathlib import Path

from bot.catalog import load
from bot.domain.schedule_lint import warnings


def test_a_target_that_pages_nobody_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.yml"
    file.write_text(
        "version: 1\n"
        "people: {ana: {name: Ana}}\n"
        'policies: {critical: {levels: [{to: ["channel:#ops", "person:ana"]}]}}\n'
    )
    said = [one for one in warnings(load(file), datetime(2026, 11, 21, tzinfo=UTC)) if "channel:#ops" in one]
    assert said == [
        "policies.critical: level 1 asks channel:#ops, which pages nobody in this release; "
        "name a person, a team or a schedule beside it."
    ]
