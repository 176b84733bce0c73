"""What an edit of tocsin.yml moves, as a table; overrides without effect; and stretches of time in words."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.catalog import Catalog
from bot.domain.schedules import days, edits, idle, overrides
from bot.domain.schedules.edits import Edit
from bot.domain.schedules.rota import Rota
from storage.models import ScheduleOverride
from tests.domain.catalogs import loaded

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # a Wednesday in Ana's week
PEOPLE = "people: {ana: {slack: U01ANA}, bo: {slack: U01BO}, cy: {slack: U01CY}, dee: {slack: U01DEE}, li: {}}"
LAYER = "{name: first, rotation: weekly, start: 2026-11-02T09:00, people: [ana, bo, cy]}"


def company(tmp_path: Path, layers: str = LAYER, people: str = PEOPLE, name: str = "s") -> Catalog:
    return loaded(tmp_path, f"{people}\nschedules: {{{name}: {{timezone: Europe/Madrid, layers: [{layers}]}}}}\n")


def compared(before: Catalog, after: Catalog, now: datetime = NOW) -> list[Edit]:
    """As the bot does it: what was told comes back from the database."""
    told = json.loads(json.dumps(edits.kept(before)))
    return edits.compare(Rota(edits.restored(told, after)), Rota(after), now)


QUIET = [
    ("another label", LAYER.replace("first", "second")),
    ("the same grid, a round later", LAYER.replace("2026-11-02T09:00", "2026-11-23T09:00")),
    ("the end of an old layer beside it", LAYER + ", {name: old, start: 2026-01-05, until: 2026-06-01, people: [dee]}"),
    ("what only begins after eight weeks", LAYER + ", {name: far, priority: 1, start: 2027-06-01, people: [dee]}"),
]


@pytest.mark.parametrize(("what", "layers"), QUIET, ids=[what for what, _ in QUIET])
def test_nobody_has_moved(what: str, layers: str, tmp_path: Path) -> None:
    assert compared(company(tmp_path), company(tmp_path, layers)) == []


MOVES = [
    # (the layers after, who is on call now, whose shifts moved)
    ("people: [ana, bo, cy, dee]", "U01DEE", {"U01ANA", "U01BO", "U01CY", "U01DEE"}),
    ("people: [ana, bo]", "U01BO", {"U01ANA", "U01BO", "U01CY"}),
    ("people: [ana, cy, bo]", "U01ANA", {"U01BO", "U01CY"}),
    ("people: [ana, bo, dee]", "U01ANA", {"U01CY", "U01DEE"}),  # somebody's place is taken by another
    ("people: [ana, bo, [cy, li]]", "U01ANA", {"li"}),
    ("people: [ana, bo, cy], duration: 2d", "", {"U01ANA", "U01BO", "U01CY"}),
]


@pytest.mark.parametrize(("people", "on_call", "moved"), MOVES)
def test_who_has_moved(people: str, on_call: str, moved: set[str], tmp_path: Path) -> None:
    (edit,) = compared(company(tmp_path), company(tmp_path, LAYER.replace("people: [ana, bo, cy]", people)))
    assert (edit.before, edit.people) == (("U01ANA",), (on_call,) if on_call else ())
    assert {one.person for one in edit.moved} == moved
    assert {one.person for one in edit.moved if one.began} == ({on_call} - {"U01ANA", ""})
    assert {one.person for one in edit.moved if one.ended} == ({"U01ANA"} if on_call != "U01ANA" else set())


def test_what_was_and_what_is(tmp_path: Path) -> None:
    (edit,) = compared(company(tmp_path), company(tmp_path, LAYER.replace("bo, cy", "cy, bo")))
    bo = next(one for one in edit.moved if one.person == "U01BO")
    assert [f"{start:%d %b} {end:%d %b}" for start, end in bo.was if end] == ["30 Nov 07 Dec", "21 Dec 28 Dec",
                                                                              "11 Jan 18 Jan"]  # fmt: skip
    assert [f"{start:%d %b} {end:%d %b}" for start, end in bo.now if end] == ["07 Dec 14 Dec", "28 Dec 04 Jan",
                                                                              "18 Jan 25 Jan"]  # fmt: skip
    assert bo.now[0][0].astimezone(ZoneInfo("Europe/Madrid")).hour == 9
    first = edit.windows[0]
    assert (first.was, first.now, first.end - first.start) == (("U01BO",), ("U01CY",), timedelta(days=7))


def test_a_new_zone_moves_hours_and_a_week_with_the_clock_change_in_it_is_one_shift(tmp_path: Path) -> None:
    before, after = company(tmp_path), loaded(
        tmp_path, f"{PEOPLE}\nschedules: {{s: {{timezone: Europe/Lisbon, layers: [{LAYER}]}}}}\n")  # fmt: skip
    (edit,) = compared(before, after)
    assert edit.people == ("U01ANA",)
    assert {window.end - window.start for window in edit.windows} == {timedelta(hours=1)}
    spring = datetime(2027, 3, 24, 10, 0, tzinfo=UTC)
    (edit,) = compared(company(tmp_path), company(tmp_path, LAYER.replace("ana, bo, cy", "bo, ana, cy")), spring)
    assert {edge.astimezone(ZoneInfo("Europe/Madrid")).hour for one in edit.moved for span in one.now
            for edge in span[1:] if edge} == {9}  # fmt: skip


def test_names_and_accounts_may_change_without_anybody_moving(tmp_path: Path) -> None:
    for other in (PEOPLE.replace("ana:", "anna:"), PEOPLE.replace("U01ANA", "U09ANA"), PEOPLE.replace("li: {}", "")):
        key = "anna" if "anna" in other else "ana"
        people = other.replace(", }", "}")
        assert compared(company(tmp_path), company(tmp_path, LAYER.replace("ana", key), people)) == []
    assert compared(company(tmp_path), company(tmp_path, name="t")) == []


def test_a_schedule_that_is_gone_and_one_that_is_new(tmp_path: Path) -> None:
    before, after = company(tmp_path), company(tmp_path, LAYER.replace("[ana, bo, cy]", "[dee]"), name="t")
    new, gone = compared(before, after)
    assert (new.schedule, new.new, [one.person for one in new.moved]) == ("t", True, ["U01DEE"])
    assert new.moved[0].now == ((NOW, None),), "no end is in sight"
    assert (gone.schedule, gone.gone, gone.people) == ("s", True, ())


def test_what_this_release_cannot_read_is_told_to_nobody(tmp_path: Path) -> None:
    catalog = company(tmp_path)
    told = json.loads(json.dumps(edits.kept(catalog)))
    told["schedules"]["s"]["layers"][0]["rotation"] = "fortnightly"
    assert edits.compare(Rota(edits.restored(told, catalog)), Rota(catalog), NOW) == []


# overrides

WEEK = datetime(2026, 12, 14, 8, tzinfo=UTC)  # Monday 09:00 there: Ana's week again


def override(kind: str, person: str = "", number: int = 1, **more: object) -> ScheduleOverride:
    values = {"schedule": "s", "start": WEEK, "end": WEEK + timedelta(days=2), "created_by": "U01DEE",
              "created_at": NOW, **more}  # fmt: skip
    return ScheduleOverride(id=number, kind=kind, person=person, **values)


IDLE = [
    ([override("replace", "ana", substitute="li")], []),
    ([override("replace", "cy", substitute="li")], [1]),
    ([override("replace", "ana", substitute="zoe")], [1]),  # nobody knows her any more
    ([override("add", "ana")], [1]),
    ([override("remove", "bo")], [1]),
    ([override("only", people=["ana"])], [1]),
    ([override("replace", "ana", substitute="li"), override("replace", "ana", 2, substitute="bo")], [2]),
    ([override("replace", "ana", substitute="li"), override("only", number=2, people=["bo"])], []),
    ([override("replace", "cy", substitute="li", cancelled_at=NOW)], []),
    ([override("replace", "cy", substitute="li", start=NOW - timedelta(days=2), end=NOW)], []),
    ([override("replace", "ana", substitute="li", schedule="t")], [1]),
]


@pytest.mark.parametrize(("rows", "expected"), IDLE)
def test_which_overrides_are_without_effect(rows: list[ScheduleOverride], expected: list[int], tmp_path: Path) -> None:
    rota = overrides.rota_of(company(tmp_path), rows)
    assert [row.id for row in idle.without_effect(rota, rows, NOW)] == expected


def test_one_that_the_schedule_itself_now_carries_out_is_not_lost(tmp_path: Path) -> None:
    rows = [override("replace", "ana", substitute="bo")]
    before, after, other = (
        overrides.rota_of(company(tmp_path, LAYER.replace("ana, bo, cy", order)), rows)
        for order in ("ana, bo, cy", "bo, ana, cy", "cy, bo, ana")
    )
    assert idle.lost(before, after, rows, NOW) == []
    assert idle.lost(before, other, rows, NOW) == rows
    assert idle.sentence(other, rows[0], NOW) == (
        "override 1 on s (Bo for Ana, Mon 14 Dec 09:00 – Wed 16 Dec 09:00) has no effect: Cy is on call then."
    )


# words

MADRID, HAVANA = ZoneInfo("Europe/Madrid"), ZoneInfo("America/Havana")
STRETCHES = [
    ((2026, 12, 16), (2026, 12, 17), MADRID, "Wed 16 Dec"),
    ((2026, 12, 14), (2026, 12, 17), MADRID, "Mon 14 – Wed 16 Dec"),
    ((2026, 11, 30), (2026, 12, 3), MADRID, "Mon 30 Nov – Wed 2 Dec"),
    ((2026, 12, 28), (2027, 1, 4), MADRID, "Mon 28 Dec 2026 – Sun 3 Jan 2027"),
    ((2026, 3, 29), (2026, 3, 30), MADRID, "Sun 29 Mar"),  # 23 hours
    ((2026, 3, 8, 1), (2026, 3, 9), HAVANA, "Sun 8 Mar"),  # a day that begins at 01:00
    ((2026, 12, 16, 9), (2026, 12, 16, 17), MADRID, "Wed 16 Dec 09:00 – 17:00"),
    ((2026, 12, 16), (2026, 12, 16, 12), MADRID, "Wed 16 Dec 00:00 – 12:00"),
    ((2026, 12, 16, 20), (2026, 12, 17, 8), MADRID, "Wed 16 Dec 20:00 – Thu 17 Dec 08:00"),
]


@pytest.mark.parametrize(("start", "end", "zone", "expected"), STRETCHES)
def test_a_stretch_in_words(
    start: tuple[int, int, int], end: tuple[int, int, int], zone: ZoneInfo, expected: str
) -> None:
    begins, ends = (datetime(*edge, tzinfo=zone).astimezone(UTC) for edge in (start, end))
    assert days.words(begins, ends, zone) == expected
    assert days.when(begins, ends, zone).split(" ")[0] in ("on", "from")
