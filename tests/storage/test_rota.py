"""The rota followed as time goes by: what is written down, who hears of it, and what a changed configuration does."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlmodel import SQLModel, col, select

from bot.catalog import Catalog, load
from bot.clock import ManualClock
from bot.domain.core.errors import DomainError
from bot.domain.core.people import TOCSIN, Actor
from bot.services import timers, work_factory
from bot.services.schedules import history, overrides
from bot.services.schedules.overrides import Wanted
from storage import timers as rows
from storage.db import Database
from storage.models import Delivery
from storage.queries import schedules as schedule_queries
from tests.selection import examples

MONDAY = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
YAML = """
version: 1
people: {{ana: {{name: Ana, slack: U01ANA}}, bo: {{name: Bo, slack: U01BO}}, cy: {{name: Cy, slack: U01CY}}}}
notifications: {{shifts: {{starts: {starts}, ends: {ends}, reminders: {reminders}}}}}
schedules:
  primary: {{timezone: UTC, layers: [{{name: a, rotation: {rotation}, start: 2026-11-02T09:00, people: {people}}}]}}
"""


class Watch:
    """A bot without Slack: its clock is pushed, its timers fire, its configuration may be exchanged."""

    def __init__(self, url: str, folder: Path) -> None:
        self.database, self.clock, self._folder = Database(url), ManualClock(MONDAY), folder
        SQLModel.metadata.create_all(self.database.engine)
        self.catalog = self.configured()
        self.desk = work_factory.make(self.database, self.clock, lambda: self.catalog)

    def configured(self, **values: str) -> Catalog:
        usual = {"starts": "true", "ends": "true", "reminders": "[24h, 1h]", "rotation": "daily",
                 "people": "[ana, bo, cy]"}  # fmt: skip
        file = self._folder / "tocsin.yml"
        file.write_text(YAML.format(**{**usual, **values}))
        return load(file)

    def forward(self, **span: float) -> None:
        """Pushes the clock, and fires what is due until nothing is."""
        self.clock.forward(timedelta(**span))
        for _ in range(50):
            with self.desk.read() as session:
                due = rows.due(session, self.clock.now(), timers.known())
            if not due:
                return
            for kind, subject in due:
                timers.fire(self.desk, kind, subject)
        raise AssertionError("the timer is due for ever")

    def add(self, kind: str, person: str, substitute: str = "", **hours: float) -> None:
        start = self.clock.now() + timedelta(hours=hours.get("begins", 0))
        end = start + timedelta(hours=hours.get("lasts", 6))
        with self.desk.work(Actor("U01CY")) as w:
            overrides.add(w, Wanted("primary", kind, start, end, person, substitute))  # type: ignore[arg-type]

    def kept(self) -> list[str]:
        """The record as lines `02 12:00 ana`."""
        with self.desk.read() as session:
            found = schedule_queries.periods(
                session, "primary", MONDAY - timedelta(days=1), self.clock.now() + timedelta(1)
            )
            return [f"{one.start:%d %H:%M} {'+'.join(one.people) or 'nobody'}" for one in found]

    def told(self) -> list[str]:
        """Who was told what, in order: `U01BO started`."""
        with self.desk.read() as session:
            query = select(Delivery).where(Delivery.kind == "dm").order_by(col(Delivery.id))
            return [f"{one.payload['person']} {one.payload['values'].get('state', one.payload['template'])}"
                    for one in session.exec(query)]  # fmt: skip


@pytest.fixture
def watch(database_url: str, tmp_path: Path) -> Iterator[Watch]:
    made = Watch(database_url, tmp_path)
    history.sweep(made.desk)
    yield made
    made.database.close()


def test_each_hand_over_is_written_and_told_once(watch: Watch) -> None:
    for _ in range(30):
        watch.forward(hours=1)
    assert watch.kept() == ["02 12:00 ana", "03 09:00 bo"]
    assert watch.told() == ["bo soon", "ana ended", "bo started", "cy soon"]


def test_after_a_downtime_the_record_is_whole_and_people_hear_only_what_is_still_so(watch: Watch) -> None:
    watch.forward(days=4)
    assert watch.kept() == ["02 12:00 ana", "03 09:00 bo", "04 09:00 cy", "05 09:00 ana", "06 09:00 bo"]
    assert sorted(watch.told()) == ["ana ended", "bo started", "cy soon"]


SWITCHES: list[tuple[dict[str, str], set[str]]] = [
    ({}, {"soon", "started", "ended"}),
    ({"starts": "false"}, {"soon", "ended"}),
    ({"ends": "false"}, {"soon", "started"}),
    ({"reminders": "[]"}, {"started", "ended"}),
]


@pytest.mark.parametrize(("values", "expected"), SWITCHES)
def test_each_message_can_be_turned_off(watch: Watch, values: dict[str, str], expected: set[str]) -> None:
    watch.catalog = watch.configured(**values)
    for _ in range(30):
        watch.forward(hours=1)
    assert {line.split()[1] for line in watch.told()} == expected


def test_a_changed_configuration_holds_from_when_it_is_seen(watch: Watch) -> None:
    """What lies before stays as it was; whoever is taken out of the schedule was on call until then."""
    watch.forward(hours=6)
    watch.catalog = watch.configured(people="[cy]")
    history.sweep(watch.desk)
    assert watch.kept() == ["02 12:00 ana", "02 18:00 cy"]
    history.sweep(watch.desk)
    watch.forward(days=3)
    assert watch.kept() == ["02 12:00 ana", "02 18:00 cy"]


def test_a_schedule_that_is_taken_out_ends(watch: Watch) -> None:
    watch.forward(hours=6)
    empty = Path(watch._folder / "tocsin.yml")
    empty.write_text("version: 1\npeople: {ana: {name: Ana}}\n")
    watch.catalog = load(empty)
    history.sweep(watch.desk)
    with watch.desk.read() as session:
        [period] = schedule_queries.periods(session, "primary", MONDAY, MONDAY + timedelta(hours=6))
    assert period.end == MONDAY + timedelta(hours=6)


def test_an_override_is_written_when_it_begins_and_when_it_ends(watch: Watch) -> None:
    watch.add("replace", "ana", "bo", begins=2, lasts=3)
    watch.add("remove", "bo", begins=3, lasts=1)
    watch.forward(hours=1)
    assert watch.kept() == ["02 12:00 ana"]
    watch.forward(hours=5)
    assert watch.kept() == ["02 12:00 ana", "02 14:00 bo", "02 15:00 nobody", "02 16:00 bo", "02 17:00 ana"]


def test_a_change_in_the_second_in_which_the_record_begins_leaves_no_empty_row(watch: Watch) -> None:
    watch.add("replace", "ana", "bo", lasts=3)
    assert watch.kept() == ["02 12:00 bo"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite serves one process
def test_two_replicas_that_look_at_once_write_one_record(database_url: str, tmp_path: Path) -> None:
    first, second = Watch(database_url, tmp_path), Watch(database_url, tmp_path)
    for one in (first, second):
        history.sweep(one.desk)
    for one in (first, second):
        one.forward(days=2)
    assert first.kept() == ["02 12:00 ana", "03 09:00 bo", "04 09:00 cy"]
    for one in (first, second):
        one.database.close()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("forward"), st.integers(0, 50), st.just(""), st.just("")),
        st.tuples(st.sampled_from(["add", "remove", "replace"]), st.integers(0, 30),
                  st.sampled_from(["ana", "bo", "cy"]), st.sampled_from(["ana", "bo", "cy"])),
        st.tuples(st.just("cancel"), st.integers(1, 4), st.just(""), st.just("")),
    ),
    max_size=12,
)  # fmt: skip


@examples(20, 40)
@given(STEPS)
@example([("forward", 19, "", ""), *[("cancel", 1, "", "")] * 9])  # the last one comes after a hand-over
def test_the_record_is_what_the_rota_said_at_each_moment(steps: list[tuple[str, int, str, str]]) -> None:
    """However overrides come and go and however late the bot looks: at each hour, the record is what was true then."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        watch = Watch(f"sqlite:///{folder}/t.db", Path(folder))
        history.sweep(watch.desk)
        seen = [_truth(watch)]
        for name, number, person, other in steps:
            _step(watch, name, number, person, other)
            seen.append(_truth(watch))
        watch.forward(seconds=0)  # it has looked
        with watch.desk.read() as session:
            for moment, people in seen:
                recorded = schedule_queries.periods(session, "primary", moment, moment + timedelta(seconds=1))
                assert [tuple(one.people) for one in recorded] == [people], (moment, watch.kept())
            whole = schedule_queries.periods(session, "primary", MONDAY, watch.clock.now() + timedelta(seconds=1))
            assert all(one.end == after.start for one, after in pairwise(whole))
            assert all(one.end is None or one.start < one.end for one in whole)
        watch.database.close()


def _truth(watch: Watch) -> tuple[datetime, tuple[str, ...]]:
    with watch.desk.work(TOCSIN) as w:
        return w.now, history.read(w).on_call("primary", w.now).people


def _step(watch: Watch, name: str, number: int, person: str, other: str) -> None:
    try:
        if name == "forward":
            watch.forward(hours=number + 1)
        elif name == "cancel":
            watch.clock.forward(timedelta(minutes=7))  # two truths of one moment cannot both be in the record
            with watch.desk.work(TOCSIN) as w:
                overrides.cancel(w, number)
        else:
            watch.clock.forward(timedelta(minutes=7))
            watch.forward(seconds=0)
            watch.add(name, person, other if name == "replace" else "", begins=number, lasts=9)
    except DomainError:
        return
