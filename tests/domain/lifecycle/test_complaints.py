"""Which words are no complaint."""

import pytest

from bot.domain.lifecycle import complaints


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("no longer affected", True),
        ("nobody is affected any more", True),
        ("no one is affected", True),
        ("we are not affected", True),
        ("it doesn't affect us any more", False),
        ("works again", True),
        ("it's fine now", True),
        ("how many?", True),
        ("list", True),
        ("", False),
        ("cannot pay", False),
        ("can't log in any more", False),
        ("it doesn't work any more", False),
        ("search is not working now", False),
        ("all of our shops are affected", False),
        ("affected: 20 tills in Bern", False),
    ],
)
def test_words_that_tell_of_no_one_who_is_affected(text: str, none: bool) -> None:
    assert complaints.tells_of_none(text) is none
