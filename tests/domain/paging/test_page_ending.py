"""How a page ended: what its note says of it, and that notes of earlier releases are read alike."""

from datetime import UTC, datetime

import pytest

from bot.domain.paging import page_ending
from bot.domain.paging.page_ending import Ending, PageEnding
from storage.models import Page

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def noted(note: str) -> PageEnding:
    return page_ending.of(Page(escalation=1, cycle=0, level=0, person="U1", why="", owed_at=NOW, note=note))


@pytest.mark.parametrize(
    ("note", "ending"),
    [
        ("no answer", PageEnding(Ending.NO_ANSWER)),
        ("escalated by {person:U01CY}", PageEnding(Ending.ESCALATED, "U01CY")),
        ("taken back by {person:cy}", PageEnding(Ending.TAKEN_BACK, "cy")),
        ("", PageEnding()),
        ("no answer from him", PageEnding()),
        ("escalated by {person:U01CY}, he said", PageEnding()),
        ("I was escalated by {person:U01CY}", PageEnding()),
        ("escalated by hand", PageEnding()),
    ],
)
def test_a_note_of_any_release_is_read(note: str, ending: PageEnding) -> None:
    assert noted(note) == ending


@pytest.mark.parametrize("ending", Ending)
def test_what_is_noted_is_read_back(ending: Ending) -> None:
    by = "" if ending is Ending.NO_ANSWER else "U01CY"
    assert noted(page_ending.note(ending, by)) == PageEnding(ending, by or None)
