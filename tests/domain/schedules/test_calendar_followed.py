"""What of other people's calendars is followed, and in whose words it is said what is not."""

import pytest

from bot.domain.schedules.calendar_import import whom
from bot.rendering import ical
from tests.domain.schedules.test_calendar_import import CATALOG, HOUR, MADRID, SINCE, UNTIL, WEEKLY, read

TIMED = "UID:a\nSUMMARY:ana\nDTSTART;TZID=Europe/Madrid:20261020T090000\n"
SAID = [
    ("a timed event without an end", "UID:a\nSUMMARY:ana\nDTSTART:20261020T090000Z", "(Tue 20 Oct 11:00) has no end"),
    ("an unexplained zone", f"UID:a\nSUMMARY:ana\n{HOUR.replace('DTSTART:', 'DTSTART;TZID=Customized Time Zone:')}",
     'its time zone "Customized Time Zone" is not known'),
    ("it ends first", "UID:a\nSUMMARY:ana\nDTSTART:20261020T090000Z\nDTEND:20261020T080000Z", "ends before it begins"),
    ("no time", "UID:a\nSUMMARY:ana\nDTSTART:20261020T090000Z\nDTEND:20261020T090000Z", "has no length"),
    ("a broken end", "UID:a\nSUMMARY:ana\nDTSTART:20261020T090000Z\nDTEND:2026-10", "its end (DTEND) is not valid"),
    ("a broken rule", TIMED + "DURATION:PT1H\nRRULE:FREQ=FORTNIGHTLY", "its rule of recurrence (RRULE) is not valid"),
    ("every second", TIMED + "DURATION:PT1H\nRRULE:FREQ=SECONDLY", "recurs by the minute"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "said"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_what_is_left_out_is_said_in_our_words(event: str, said: str) -> None:
    found = read(event.replace("20261020T090000Z\nDTEND:2026102", "20261020T090000Z\nDTEND:2026102"))
    assert found.entries == ()
    (notice,) = found.notices
    assert notice.startswith('"ana"')
    assert said in notice
    assert found.unread == {"a"}, "nothing may be concluded from it"


ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0300
TZOFFSETTO:%s
END:STANDARD
END:VTIMEZONE
"""


def test_a_zone_is_what_this_very_file_says() -> None:
    """The library keeps what another file said under the same name."""
    event = "UID:a\nSUMMARY:ana\nDTSTART;TZID=Customized Time Zone:20261020T090000\nDURATION:PT1H"
    for offset, hour in (("+0300", 6), ("+0500", 4)):
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{ZONE % offset}BEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
        found = ical.read(text.replace("\n", "\r\n").encode(), MADRID, SINCE, UNTIL)
        assert [one.start.hour for one in found.entries] == [hour]
    assert read(event).entries == ()
    for name in ("Romance Standard Time", "/example.org/2026_1/Europe/Paris", "Europe/Paris"):
        assert [one.start.hour for one in read(event.replace("Customized Time Zone", name)).entries] == [7]


CLOCK = [
    # (the event, when it begins and ends on the clock of Madrid)
    ("DTSTART;TZID=Europe/Madrid:20270321T090000\nDTEND;TZID=Europe/Madrid:20270328T090000\nRRULE:FREQ=WEEKLY;COUNT=3",
     ["03-21 09 03-28 09", "03-28 09 04-04 09", "04-04 09 04-11 09"]),
    ("DTSTART;TZID=Europe/Madrid:20261024T090000\nDURATION:P2D", ["10-24 09 10-26 09"]),
    ("DTSTART;TZID=Europe/Madrid:20261024T200000\nDURATION:PT8H", ["10-24 20 10-25 03"]),  # exactly eight hours
    ("DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261025\nRRULE:FREQ=DAILY;COUNT=3",
     ["10-24 00 10-25 00", "10-25 00 10-26 00", "10-26 00 10-27 00"]),
    ("DTSTART;VALUE=DATE:20261216\nDTEND;VALUE=DATE:20261216", ["12-16 00 12-17 00"]),  # as some write a single day
    ("DTSTART;TZID=America/New_York:20261020T090000\nDTEND;TZID=Europe/Madrid:20261020T160000", ["10-20 15 10-20 16"]),
    ("DTSTART;TZID=Europe/Madrid:20261019T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;VALUE=DATE:20261026",
     ["10-19 09 10-19 17"]),
]  # fmt: skip


@pytest.mark.parametrize(("event", "expected"), CLOCK)
def test_the_wall_clock_throughout(event: str, expected: list[str]) -> None:
    found = read(f"UID:a\nSUMMARY:ana\n{event}").entries
    local = [(one.start.astimezone(MADRID), one.end.astimezone(MADRID)) for one in found]
    assert [f"{start:%m-%d %H} {end:%m-%d %H}" for start, end in local] == expected


def test_a_change_of_this_and_all_later_occurrences_is_followed() -> None:
    changed = (
        "UID:a\nRECURRENCE-ID;TZID=Europe/Madrid;RANGE=THISANDFUTURE:20261026T090000\nSUMMARY:bo\n"
        "DTSTART;TZID=Europe/Madrid:20261027T100000\nDTEND;TZID=Europe/Madrid:20261027T120000"
    )
    found = read(WEEKLY + "RRULE:FREQ=WEEKLY;COUNT=4", changed).entries
    local = [(one.summary, one.start.astimezone(MADRID), one.end - one.start) for one in found]
    assert [f"{who} {start:%m-%d %H} {length}" for who, start, length in local] == [
        "ana 10-19 09 8:00:00", "bo 10-27 10 2:00:00", "bo 11-03 10 2:00:00", "bo 11-10 10 2:00:00",
    ]  # fmt: skip


def test_whoever_has_declined_is_not_meant() -> None:
    invited = "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@acme.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@acme.example\n"
    (found,) = read(f"UID:a\nSUMMARY:Duty\n{invited}{HOUR}").entries
    assert whom(found, CATALOG) == ["bo"]


def test_a_date_with_a_length_of_its_own_is_said_and_the_rest_is_read() -> None:
    found = read(WEEKLY + "RDATE;VALUE=PERIOD:20261027T090000Z/20261027T120000Z")
    assert [f"{one.start:%m-%d}" for one in found.entries] == ["10-19"]
    assert "RDATE as PERIOD" in found.notices[0]


NO_CALENDARS = [
    ("<!DOCTYPE html><html></html>", "it is a web page"),
    ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "it holds 2 calendars"),
    ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "it is cut off"),
    ('{"vcalendar": []}', "it does not begin with BEGIN:VCALENDAR"),
    ("BEGIN:VCALENDAR\r\nwhat is this\r\nEND:VCALENDAR\r\n", "one of its lines cannot be read"),
]


@pytest.mark.parametrize(("text", "said"), NO_CALENDARS)
def test_what_is_no_calendar_is_named(text: str, said: str) -> None:
    with pytest.raises(ical.NotACalendar, match=said):
        ical.read(text.encode(), MADRID, SINCE, UNTIL)
