"""Whose turn it is: everything leaves in the end, in the order of its lane, whatever is shut, refused or put back."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.agenda import Agenda
from bot.engine.sender_pools import Line
from storage.claims import Owed
from storage.models import DeliveryState as Is

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def owed(number: int, lane: str = "", **values: object) -> Owed:
    row = Owed(number, lane or f"lane:{number}", None, 3, "post", Is.PENDING, NOW)
    return replace(row, **values)  # type: ignore[arg-type]


def agenda(*rows: Owed) -> Agenda:
    made = Agenda()
    for row in rows:
        made.learn(row, NOW)
    return made


def taken(there: Agenda, *, after: float = 0, most: int = 9, line: Line = Line.REST) -> list[int]:
    return there.take(line, most, NOW + after * SECOND, after)


def test_the_most_urgent_goes_first_and_of_each_lane_only_its_first() -> None:
    there = agenda(owed(1, "a", priority=6), owed(2, "b"), owed(3, "b", priority=1), owed(4, priority=2))
    assert taken(there) == [4, 2, 1]
    there.settled(2, NOW)
    assert taken(there) == [3]


def test_pages_have_lines_of_their_own() -> None:
    there = agenda(owed(1, priority=0, kind="page"), owed(2, priority=0, kind="page.way"), owed(3))
    assert [taken(there, line=line) for line in Line] == [[1], [2], [3]]


def test_one_waits_for_another_and_for_its_time() -> None:
    there = agenda(owed(1), owed(2, after=1), owed(3, not_before=NOW + 5 * SECOND))
    assert taken(there) == [1]
    there.settled(1, NOW)
    assert taken(there) == [2]
    assert there.pause(NOW, 0, most=60) == 5
    assert taken(there, after=5) == [3]


def test_what_is_parked_waits_until_something_else_is_said_of_it() -> None:
    there = agenda(owed(1, state=Is.PARKED))
    assert taken(there, after=3600) == []
    there.learn(owed(1), NOW)
    assert taken(there) == [1]


def test_a_lease_that_is_not_ours_is_waited_for() -> None:
    there = agenda(owed(1, state=Is.LEASED, lease_until=NOW + 15 * SECOND))
    assert taken(there) == []
    assert taken(there, after=15) == [1]


def test_at_a_gate_that_is_shut_one_looks_and_all_others_wait() -> None:
    there = agenda(*(owed(n) for n in range(1, 1001)))
    first = taken(there, most=3)
    for number in first:
        there.came_back(owed(number), NOW, 0, gate="post C1", after=1)
    for number in taken(there, most=997):
        there.came_back(owed(number), NOW, 0, gate="post C1", after=1)
    assert taken(there) == []
    for second in range(1, 5):
        assert taken(there, after=second) == [second]
        there.settled(second, NOW)  # it was open for one; the next goes to see, and finds it shut
        assert taken(there, after=second) == [second + 1]
        there.came_back(owed(second + 1), NOW, second, gate="post C1", after=1)
        assert taken(there, after=second + 0.5) == []


def test_what_has_no_gate_does_not_wait_behind_one() -> None:
    there = agenda(owed(1, "a"), owed(2, "a", kind="topic"))
    taken(there)
    there.came_back(owed(1, "a"), NOW, 0, gate="post C1", after=60)
    there.learn(owed(3, "b"), NOW)
    assert taken(there) == [3]
    there.settled(1, NOW)
    assert taken(there) == [2], "it is of another kind"


def test_no_page_waits_at_a_gate() -> None:
    page = owed(1, priority=0, kind="page")
    there = agenda(page)
    assert taken(there, line=Line.PAGES) == [1]
    there.came_back(page, NOW, 0, gate="chat.postMessage", after=60)
    assert taken(there, line=Line.PAGES) == [1]


def test_what_the_database_refuses_is_left_alone_for_a_moment() -> None:
    there = agenda(owed(1))
    assert taken(there) == [1]
    there.refused(1, owed(1), NOW)
    assert taken(there) == []
    assert taken(there, after=1) == [1]


@pytest.mark.parametrize(("state", "expected"), [(Is.LEASED, [1]), (Is.PENDING, [])])
def test_a_sender_that_hangs_is_found_by_the_look_at_everything(state: Is, expected: list[int]) -> None:
    """One that has just been put back is about to come back by itself."""
    there = agenda(owed(1))
    taken(there)
    there.reconcile([owed(1, state=state, lease_until=NOW - SECOND)], [1], NOW)
    assert taken(there) == expected


def test_the_look_at_everything_finds_what_nobody_told_and_forgets_what_is_settled() -> None:
    there = agenda(owed(1, "a"), owed(2, "a"))
    there.learn(owed(4), NOW)  # committed while everything was read
    there.reconcile([owed(2, "a"), owed(3)], [1, 2], NOW)
    assert sorted(taken(there)) == [2, 3, 4]


@dataclass
class World:
    """What the database and Slack would say. Everything that waits is sent in the end."""

    chance: Random
    rows: dict[int, Owed]
    sent: list[int] = field(default_factory=list)
    shut: dict[str, float] = field(default_factory=dict)

    def try_one(self, there: Agenda, number: int, now: datetime, seconds: float) -> None:
        row = self.rows[number]
        ahead = [one for one in self.rows.values() if one.lane == row.lane and one.id < row.id]
        if number in self.sent:
            return there.refused(number, None, now)
        if (row.after in self.rows and row.after not in self.sent) or any(one.id not in self.sent for one in ahead):
            return there.refused(number, row, now)
        gate = f"gate {len(row.lane) % 3}"
        if row.priority and self.shut.get(gate, 0) > seconds:
            return there.came_back(row, now, seconds, gate=gate, after=self.shut[gate] - seconds)
        if self.chance.random() < 0.1:
            self.rows[number] = replace(row, not_before=now + SECOND)
            return there.came_back(self.rows[number], now, seconds)
        self.shut[gate] = seconds + 1
        self.sent.append(number)
        return there.settled(number, now)


LANES = st.sampled_from(["a", "bb", "ccc", "dddd", "e"])
ROWS = st.lists(st.tuples(LANES, st.sampled_from([0, 2, 4, 6]), st.integers(0, 8), st.booleans()), max_size=40)


@given(plan=ROWS, seed=st.integers(0, 2**32))
def test_everything_leaves_once_and_in_the_order_of_its_lane(plan: list[tuple[str, int, int, bool]], seed: int) -> None:
    world = World(Random(seed), {})
    for number, (lane, priority, back, _) in enumerate(plan, 1):
        after = number - back if 0 < back < number else None
        world.rows[number] = owed(
            number, lane, priority=priority, kind="page" if priority == 0 else "post", after=after
        )
    there = Agenda()
    for number, (*_, told) in enumerate(plan, 1):
        if told:  # the others are found by the look at everything, in any order
            there.learn(world.rows[number], NOW)
    for step in range(40 * (len(plan) + 1)):
        now, seconds = NOW + step * SECOND / 4, step / 4
        for line in Line:
            for number in there.take(line, 2, now, seconds):
                world.try_one(there, number, now, seconds)
        if step % 40 == 9:
            open_rows = [row for row in world.rows.values() if row.id not in world.sent]
            there.reconcile(world.chance.sample(open_rows, len(open_rows)), there.known, now)
    assert sorted(world.sent) == sorted(world.rows)
    for lane in {row.lane for row in world.rows.values()}:
        in_lane = [number for number in world.sent if world.rows[number].lane == lane]
        assert in_lane == sorted(in_lane)


def test_one_that_gives_up_its_place_lets_those_behind_it_go_first() -> None:
    """Another release has to send it, so that nothing may wait behind it here."""
    there = agenda(owed(1, "a"), owed(2, "a"))
    assert taken(there) == [1]
    there.came_back(owed(1, "newer:1"), NOW, 0.0)
    assert sorted(taken(there)) == [1, 2]
