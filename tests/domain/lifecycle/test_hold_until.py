"""Until when something is held: the clock on the wall counts, also over a change of the hour and within a minute."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.core import written_time
from bot.services.incidents import holding

MADRID = ZoneInfo("Europe/Madrid")
EVE_OF_WINTER = datetime(2026, 10, 24, 18, 0, tzinfo=UTC)  # Saturday 20:00; the clock goes back in the night
EVE_OF_SUMMER = datetime(2026, 3, 28, 18, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 16, 28, 30, tzinfo=UTC)  # 17:28:30 in Madrid


@pytest.mark.parametrize(("now", "text", "until"), [
    (EVE_OF_WINTER, "9:00 the vendor", "2026-10-25 09:00:00"),
    (EVE_OF_WINTER, "tomorrow 9:00 the vendor", "2026-10-25 09:00:00"),
    (EVE_OF_WINTER, "Saturday 9:00 the vendor", "2026-10-31 09:00:00"),
    (EVE_OF_WINTER, "tomorrow the vendor", "2026-10-25 09:00:00"),
    (EVE_OF_WINTER, "1d the vendor", "2026-10-25 19:00:00"),
    (EVE_OF_SUMMER, "9:00 the vendor", "2026-03-29 09:00:00"),
    (EVE_OF_SUMMER, "9:00 UTC the vendor", "2026-03-29 11:00:00"),
    (WEDNESDAY, "17:30 the vendor", "2026-11-25 17:30:00"),
    (WEDNESDAY, "17:28 the vendor", "2026-11-25 17:28:00"),
    (WEDNESDAY, "17:25 the vendor", "2026-11-25 17:25:00"),
    (WEDNESDAY, "17:20 the vendor", "2026-11-26 17:20:00"),
    (WEDNESDAY, "Wednesday 17:30 the vendor", "2026-11-25 17:30:00"),
    (WEDNESDAY, "Wednesday 9:00 the vendor", "2026-12-02 09:00:00"),
])  # fmt: skip
def test_the_time_in_front_is_the_next_that_the_clock_shows(now: datetime, text: str, until: str) -> None:
    at, reason = holding.read(text, now, MADRID)
    assert (f"{at.astimezone(MADRID):%Y-%m-%d %H:%M:%S}", reason) == (until, "the vendor")


def test_a_day_before_is_the_same_time_on_the_clock() -> None:
    sunday = datetime(2026, 10, 25, 8, 0, tzinfo=UTC)  # 9:00, after an hour more in the night
    found = written_time.leading("23:00 the disk was full", sunday, MADRID)
    assert found
    assert found.ahead
    assert f"{found.a_day_before.astimezone(MADRID):%d %H:%M}" == "24 23:00"


def test_what_comes_next_on_the_clock_is_not_lost_within_two_minutes() -> None:
    assert written_time.coming("17:30", WEDNESDAY, MADRID) == WEDNESDAY + timedelta(minutes=1, seconds=30)
    found = written_time.coming("9:00", EVE_OF_WINTER, MADRID)
    assert found
    assert found.astimezone(MADRID).hour == 9
