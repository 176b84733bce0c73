"""Tables that nouns own, merged: nothing is lost in silence."""

import pytest

from bot.domain.core.table import merged


def test_rows_of_all_nouns_are_in_the_merged_table() -> None:
    assert merged([{"page": 1}, {}, {"cover": 2}]) == {"page": 1, "cover": 2}


def test_a_row_that_two_nouns_own_is_noticed() -> None:
    with pytest.raises(ValueError, match="two nouns own the row cover"):
        merged([{"page": 1, "cover": 2}, {"cover": 3}])
