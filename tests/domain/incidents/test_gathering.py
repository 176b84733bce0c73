"""What waits is told as one: only what says something, in its order, and never more than a message holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.incidents.gathering import KINDS, MOST, WORDS, Waiting, gathered

UPDATE = Waiting("1", "post", ("update",), 40)
RESOLVED = Waiting("2", "post", ("resolved",), 40)


@pytest.mark.parametrize(
    ("lane", "expected"),
    [
        ([UPDATE, RESOLVED], [("1", "2")]),
        ([RESOLVED], []),
        ([UPDATE, Waiting("q", "post", ("close_ask",)), RESOLVED], []),
        ([UPDATE, Waiting("2", "post", ("resolved",), asks=True)], []),
        ([Waiting("1", "post", ("update",), tried=True), RESOLVED], []),
        ([Waiting("1", "announcement.reply", ("update",)), RESOLVED], []),
        ([Waiting(str(n), "ladder.reply", ("ladder_ack",)) for n in range(3)], [("0", "1", "2")]),
        ([Waiting("1", "page", ("update",)), Waiting("2", "page", ("update",))], []),
        ([Waiting("1", "dm", ("update",)), Waiting("2", "dm", ("update",))], []),
        ([Waiting("1", "post", ("update", "update")), RESOLVED], [("1", "2")]),
    ],
)
def test_which_become_one(lane: list[Waiting], expected: list[tuple[str, ...]]) -> None:
    assert gathered(lane) == expected


KIND = st.sampled_from([*KINDS, "page", "page.way", "alarm", "dm", "digest"])
TEMPLATE = st.sampled_from(["update", "resolved", "cancelled", "ladder_ack", "close_ask", "update_due", "page"])
MESSAGES = st.lists(
    st.builds(
        Waiting, st.just(""), KIND, st.lists(TEMPLATE, min_size=1, max_size=3).map(tuple), st.integers(0, WORDS),
        st.booleans(), st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


@given(MESSAGES)
def test_nothing_is_lost_turned_round_or_too_long(lane: list[Waiting]) -> None:
    lane = [Waiting(str(n), one.kind, one.templates, one.words, one.asks, one.tried) for n, one in enumerate(lane)]
    groups = gathered(lane)
    by_key = {one.key: one for one in lane}
    numbers = [int(key) for group in groups for key in group]
    assert numbers == sorted(set(numbers)), "each once, in its order"
    for group in groups:
        members = [by_key[key] for key in group]
        first = int(group[0])
        assert [int(key) for key in group] == list(range(first, first + len(group))), "nothing stands between them"
        assert len(members) > 1
        assert len({one.kind for one in members}) == 1
        assert all(one.may_be_told and one.kind in KINDS and not one.tried and not one.asks for one in members)
        assert sum(one.words for one in members) <= WORDS
        assert sum(len(one.templates) for one in members) <= MOST
