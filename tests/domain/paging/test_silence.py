"""What a level that is asked in vain is worth: a message, its edit, a call once a round."""

import pytest

from bot.domain.paging.silence import Said, said

NOTHING, FIRST, NEXT = Said(), Said(post=True, call=True), Said(edit=True)
AGAIN = Said(edit=True, call=True)


@pytest.mark.parametrize(
    ("asked", "first", "now"),
    [
        ([(0, 0)], 0, NOTHING),
        ([(0, 0), (0, 0)], 0, NOTHING),
        ([(0, 0), (0, 1)], 0, FIRST),
        ([(0, 0), (0, 2)], 0, FIRST),
        ([(0, 0), (0, 1), (0, 2)], 0, NEXT),
        ([(0, 0), (0, 1), (1, 0)], 0, AGAIN),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0, NEXT),
        ([(0, 0), (1, 0)], 0, FIRST),
        ([(0, 0), (0, 1), (1, 1)], 1, NOTHING),
        ([(0, 0), (0, 1), (1, 1), (1, 2)], 1, FIRST),
    ],
)
def test_what_is_said(asked: list[tuple[int, int]], first: int, now: Said) -> None:
    assert said(asked, first, asked[-1][0]) == now
