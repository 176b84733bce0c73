"""The signed link: good for one page and a day, and for nobody who changes a character of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.paging import ack_link
from bot.domain.paging.ack_link import AckLinks, BadLink, OldLink

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
KEY = b"a key of the tests"
TOKEN = ack_link.sign(KEY, 7, NOW + ack_link.LIFETIME)


def test_a_link_names_its_page_for_a_day() -> None:
    assert ack_link.read(KEY, TOKEN, NOW) == 7
    assert ack_link.read(KEY, TOKEN, NOW + timedelta(hours=24)) == 7
    with pytest.raises(OldLink):
        ack_link.read(KEY, TOKEN, NOW + timedelta(hours=24, seconds=1))


def test_another_key_makes_it_invalid() -> None:
    with pytest.raises(BadLink):
        ack_link.read(b"another key", TOKEN, NOW)


@pytest.mark.parametrize("at", range(len(TOKEN)))
def test_every_character_counts(at: int) -> None:
    other = "A" if TOKEN[at] != "A" else "B"
    with pytest.raises(BadLink):
        ack_link.read(KEY, TOKEN[:at] + other + TOKEN[at + 1 :], NOW)


@given(st.text(max_size=120))
def test_whatever_comes_is_refused_in_order(text: str) -> None:
    with pytest.raises(BadLink):
        ack_link.read(KEY, text, NOW)


@pytest.mark.parametrize("cut", [TOKEN[:-4], TOKEN[:8], TOKEN + "AAAA", "", "=", f" {TOKEN}"])
def test_pieces_of_it_are_refused(cut: str) -> None:
    with pytest.raises(BadLink):
        ack_link.read(KEY, cut, NOW)


def test_without_a_public_address_there_is_no_link() -> None:
    assert AckLinks("", KEY).url(7, NOW) == ""
    assert AckLinks("https://t.example/", KEY).url(7, NOW) == f"https://t.example/ack/{TOKEN}"
