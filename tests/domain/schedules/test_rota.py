"""The end of what runs over the edge of a plan: looked for further on, never the edge itself."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.catalog import load
from bot.domain.schedules.rota import Rota
from tests.domain.catalogs import DEMO, loaded
from tests.domain.schedule_samples import at

NAME = "primary-oncall"
PLAN = Rota(load(DEMO))
# Bo is on call from Mon 2 Nov 09:00 (08:00 UTC), Cy from the 9th, Ana from the 16th.
BO = (at("2026-11-02 08:00"), at("2026-11-09 08:00"))
ALONE = (
    "people: {ana: {slack: U01ANA}}\n"
    "schedules: {s: {timezone: UTC, layers: [{rotation: weekly, start: 2026-11-02T09:00, people: [ana]%s}]}}\n"
)
EDGES: list[tuple[str, datetime]] = [
    ("inside the turn", at("2026-11-05 12:00")),
    ("on a fraction of a second", at("2026-11-05 12:00").replace(microsecond=500)),
    ("exactly where it ends", BO[1]),
    ("after it", at("2026-11-12 12:00")),
]


@pytest.mark.parametrize(("case", "edge"), EDGES, ids=[case for case, _ in EDGES])
def test_a_turn_ends_where_it_ends_and_not_where_the_plan_does(case: str, edge: datetime) -> None:
    assert PLAN.whole_stretches(NAME, "bo", BO[0], edge) == [BO]
    row, ends = PLAN.whole_shifts(NAME, BO[0], edge)[0]
    assert (row.people, ends) == (("bo",), BO[1])


def test_whoever_is_always_on_call_has_no_end(tmp_path: Path) -> None:
    for until, end in (("", None), (", until: 2027-01-04", at("2027-01-04 00:00"))):
        plan = Rota(loaded(tmp_path, ALONE % until))
        assert plan.whole_stretches("s", "ana", BO[1], at("2026-12-01 00:00")) == [(BO[1], end)]
    assert plan.whole_stretches("s", "ana", at("2027-02-01 00:00"), at("2027-03-01 00:00")) == []
