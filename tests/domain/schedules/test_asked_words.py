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
    # a moment: as it comes next, or on the day that is named, on the company's clock
    "at 03:00": Asked(at=noon(19, 2)),
    "at 3am": Asked(at=noon(19, 2)),
    "at 15:00": Asked(at=noon(18, 14)),
    "at noon": Asked(at=noon(18)),
    "is on call at 3 pm?": Asked(at=noon(18, 14)),
    "primary at 03:00 utc": Asked(PRIMARY, at=noon(19, 3)),
    "primary tomorrow 9am": Asked(PRIMARY, at=noon(19, 8)),
    "tomorrow at 09:00": Asked(at=noon(19, 8)),
    "tomorrow 18:00-20:00": Asked(at=noon(19, 17)),
    "tomorrow morning": Asked(at=noon(19, 8)),
    "friday 18:00": Asked(at=noon(20, 17)),
    "next friday": Asked(at=noon(20)),
    "was on call yesterday": Asked(at=noon(17)),
    "was on call yesterday at 03:00": Asked(at=noon(17, 2)),
    "2026-11-24": Asked(at=noon(24)),
    "on 2026-11-24T18:00": Asked(at=noon(24, 17)),
    "on 24 nov": Asked(at=noon(24)),
    "on the 24th of November at 18:00": Asked(at=noon(24, 17)),
    "nov 24": Asked(at=noon(24)),
    "in 2 hours": Asked(at=datetime(2026, 11, 18, 11, 30, tzinfo=UTC)),
    "in a week": Asked(at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC)),
    "bo tomorrow": Asked(person="U01BO", at=noon(19)),
    "bo": Asked(person="U01BO"),
    "<@U01BO|bo>": Asked(person="U01BO"),
    "is Bo Lindqvist": Asked(person="U01BO"),
}


@pytest.mark.parametrize("typed", ASKED)
def test_what_is_asked_about(typed: str) -> None:
    assert asked_words.read(typed, CATALOG, NOW) == ASKED[typed]


@pytest.mark.parametrize("typed", ["lunch", "is on call for lunch", "ic payments", "lunch at 25:00",
                                   "lunch on 31 feb"])  # fmt: skip
def test_what_names_nothing_is_refused_by_its_name(typed: str) -> None:
    with pytest.raises(UnknownSchedule, match=r"lunch|ic payments"):
        asked_words.read(typed, CATALOG, NOW)


@pytest.mark.parametrize(("typed", "place"), [("me", ""), ("my shift tonight", ""), ("for checkout", PRIMARY)])
def test_where_cover_is_wanted(typed: str, place: str) -> None:
    assert asked_words.place(typed, CATALOG, NOW) == place


def test_somebody_is_no_place() -> None:
    with pytest.raises(UnknownSchedule):
        asked_words.place("bo", CATALOG, NOW)


@pytest.mark.parametrize(("typed", "verb"), [
    *((text, "swap") for text in (
        "sick", "I am sick", "I'm ill", "i\u2019m off next week", "vacation", "holiday tomorrow", "on leave",
        "calling in sick",
        "I can't do my shift", "need cover tonight", "can someone take my shift", "day off", "ooo")),
    *((text, "me") for text in (
        "am I on call", "when am I on call?", "am i on call tonight", "when is my next shift", "who am I")),
    *((text, None) for text in ("foo", "primary", "is bo on call", "sickbay", "calendar", "offline", "pages")),
])  # fmt: skip
def test_a_sentence_without_a_verb(typed: str, verb: str | None) -> None:
    assert (asked_words.everyday(typed) or (None,))[0] == verb
