"""Two incidents side by side, and words that only point at one: asked about, in a war room and elsewhere."""

import pytest

from tests.domain.handlers.words.reading import read


@pytest.mark.parametrize("room", [None, 1, 2])
@pytest.mark.parametrize(
    "joint", ["..", " to ", " through ", " then ", " plus ", " as well as ", " or maybe ", "|", "->"]
)
def test_two_incidents_side_by_side_are_asked_about(joint: str, room: int | None) -> None:
    for verb in ("resolve", "cancel", "close"):
        said = read(f"{verb} INC-1{joint}INC-2", room)
        assert said.startswith(verb)
        assert "? INC-1 " in said
        assert "? INC-2 " in said


@pytest.mark.parametrize("room", [None, 1])
@pytest.mark.parametrize("behind", ["", ", rolled back", ": done", " rolled back", " was fixed"])
@pytest.mark.parametrize("points", [
    "1,2", "1/2", "1&2", "1..2", "1-2", "1 and 2", "two and three", "another one", "another incident", "something else",
    "a different one", "someone else's incident", "bo's incident", "Bo Lindqvist's incident", "the one bo declared",
    "the incident from bo", "one of them", "either one", "this and the other",
])  # fmt: skip
def test_words_that_only_point_end_nothing(points: str, behind: str, room: int | None) -> None:
    for verb in ("resolve", "cancel"):
        said = read(f"{verb} {points}{behind}", room)
        assert " unnamed" in said or said.count(" ? INC-") > 1
