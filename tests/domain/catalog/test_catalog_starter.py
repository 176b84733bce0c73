"""The starter file that `tocsin init` writes."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.starter import Member, init_template
from bot.domain.schedules.schedule import on_call
from tests.domain.catalogs import loaded

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
