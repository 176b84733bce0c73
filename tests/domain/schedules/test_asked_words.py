"""What people ask about who is on call, and what is understood."""

from datetime import UTC, datetime

import pytest

from bot.catalog import load
from bot.domain.schedules import asked_words
from bot.domain.schedules.asked_words import Asked
from bot.domain.schedules.errors import UnknownSchedule
from tests.domain.catalogs import DEMO

CATALOG = load(DEMO)
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)  # a Wednesday, 10:30 in Madrid
PRIMARY = "primary-oncall"


def noon(day: int, hour: int = 11) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


ASKED: dict[str, Asked] = {
    "": Asked(),
    "is on call": Asked(),
    "is on call now, please?": Asked(),
    "Primary-Oncall": Asked(PRIMARY),
    "is primary": Asked(PRIMARY),
    "is on call for the primary": Asked(PRIMARY),
    "checkout": Asked(PRIMARY),
    "is on call for checkout?": Asked(PRIMARY),
    "platform": Asked(PRIMARY),
    "the platform team": Asked(PRIMARY),
    "tomorrow": Asked(at=noon(19)),
    "is secondary tomorrow": Asked("secondary-oncall", at=noon(19)),
    "tonight": Asked(at=noon(18, 21)),
    "friday": Asked(at=noon(20)),
    "wednesday": Asked(at=noon(25)),
    "today": Asked(),
    "bo": Asked(person="U01BO"),
    "<@U01BO|bo>": Asked(person="U01BO"),
    "is Bo Lindqvist": Asked(person="U01BO"),
}


@pytest.mark.parametrize("typed", ASKED)
def test_what_is_asked_about(typed: str) -> None:
    assert asked_words.read(typed, CATALOG, NOW) == ASKED[typed]


@pytest.mark.parametrize("typed", ["lunch", "is on call for lunch", "ic payments"])
def test_what_names_nothing_is_refused_by_its_name(typed: str) -> None:
    with pytest.raises(UnknownSchedule, match=r"lunch|ic payments"):
        asked_words.read(typed, CATALOG, NOW)


@pytest.mark.parametrize(("typed", "place"), [("me", ""), ("my shift tonight", ""), ("for checkout", PRIMARY)])
def test_where_cover_is_wanted(typed: str, place: str) -> None:
    assert asked_words.place(typed, CATALOG, NOW) == place


def test_somebody_is_no_place() -> None:
    with pytest.raises(UnknownSchedule):
        asked_words.place("bo", CATALOG, NOW)
