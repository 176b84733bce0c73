"""Calendars that others write: what trips their readers is read right here, and nobody is guessed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.catalog import load
from bot.domain.schedules import calendar_feed
from bot.domain.schedules.calendar_import import Busy, CalendarEntry, CalendarReading, Known, plan, whom
from bot.domain.schedules.rota import Rota
from bot.rendering import ical
from tests.domain.catalogs import DEMO

MADRID = ZoneInfo("Europe/Madrid")
SINCE, UNTIL = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 10, 1, tzinfo=UTC)
CATALOG = load(DEMO)
HOUR = "DTSTART:20261020T090000Z\nDTEND:20261020T100000Z\n"


def read(*events: str, zone: ZoneInfo = MADRID) -> CalendarReading:
    body = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{body}END:VCALENDAR\n"
    return ical.read(text.replace("\n", "\r\n").encode(), zone, SINCE, UNTIL)


def spans(reading: CalendarReading) -> list[str]:
    return [f"{one.start:%m-%dT%H:%M} {one.end:%m-%dT%H:%M}" for one in reading.entries]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("DTSTART:20261020T090000Z\nDTEND:20261020T170000Z", ["10-20T09:00 10-20T17:00"]),
        ("DTSTART:20261020T090000\nDTEND:20261020T170000", ["10-20T07:00 10-20T15:00"]),  # local to the schedule
        ("DTSTART;TZID=America/New_York:20261020T090000\nDURATION:PT2H", ["10-20T13:00 10-20T15:00"]),
        ("DTSTART;TZID=Etc/UTC:20261020T090000\nDTEND;TZID=Etc/UTC:20261020T100000", ["10-20T09:00 10-20T10:00"]),
        # A whole day ends where the next begins, and the day of the clock change has 25 hours.
        ("DTSTART;VALUE=DATE:20261020\nDTEND;VALUE=DATE:20261021", ["10-19T22:00 10-20T22:00"]),
        ("DTSTART;VALUE=DATE:20261020", ["10-19T22:00 10-20T22:00"]),
        ("DTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026", ["10-24T22:00 10-25T23:00"]),
        ("DTSTART:20261020T090000Z\nDTEND:20261020T090000Z", []),
        ("DTSTART:20260101T090000Z\nDTEND:20260101T100000Z", []),
    ],
)
def test_when_an_event_is(times: str, expected: list[str]) -> None:
    assert spans(read(f"UID:a\nSUMMARY:ana\n{times}")) == expected


WEEKLY = "UID:a\nSUMMARY:ana\nDTSTART;TZID=Europe/Madrid:20261019T090000\nDTEND;TZID=Europe/Madrid:20261019T170000\n"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", ["10-19T07:00", "10-26T08:00", "11-02T08:00"]),  # 09:00 there, all three times
        ("RRULE:FREQ=WEEKLY;UNTIL=20261026T080000Z", ["10-19T07:00", "10-26T08:00"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261026T075959Z", ["10-19T07:00"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261026T090000", ["10-19T07:00", "10-26T08:00"]),  # naive: on the event's clock
        ("RRULE:FREQ=WEEKLY;UNTIL=20261026", ["10-19T07:00", "10-26T08:00"]),  # a date: that whole day
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/Madrid:20261026T090000", ["10-19T07:00", "11-02T08:00"]),
        ("RDATE;TZID=Europe/Madrid:20261021T090000", ["10-19T07:00", "10-21T07:00"]),
    ],
)
def test_when_an_event_recurs(rule: str, days: list[str]) -> None:
    assert [f"{one.start:%m-%dT%H:%M}" for one in read(WEEKLY + rule).entries] == days


def test_a_changed_occurrence_stands_in_for_its_own_and_keeps_its_name() -> None:
    changed = (
        "UID:a\nRECURRENCE-ID;TZID=Europe/Madrid:20261026T090000\nSUMMARY:bo\n"
        "DTSTART:20261027T120000Z\nDTEND:20261027T130000Z"
    )
    found = read(changed, WEEKLY + "RRULE:FREQ=WEEKLY;COUNT=2").entries
    assert [(one.uid, one.summary) for one in found] == [("a#20261019T070000Z", "ana"), ("a#20261026T080000Z", "bo")]
    assert found[1].start.day == 27


def test_a_cancelled_occurrence_is_cancelled_and_the_others_are_not() -> None:
    cancelled = f"UID:a\nRECURRENCE-ID:20261026T080000Z\nSUMMARY:ana\nSTATUS:CANCELLED\n{HOUR.replace('1020', '1026')}"
    found = read(WEEKLY + "RRULE:FREQ=WEEKLY;COUNT=2", cancelled).entries
    assert [one.cancelled for one in found] == [False, True]


def test_of_two_events_with_one_uid_the_newer_counts_and_it_is_said() -> None:
    old, new = f"UID:a\nSUMMARY:ana\nSEQUENCE:1\n{HOUR}", f"UID:a\nSUMMARY:bo\nSEQUENCE:2\n{HOUR}"
    for events in ((old, new), (new, old)):
        found = read(*events)
        assert [one.summary for one in found.entries] == ["bo"]
        assert "twice" in found.notices[0]


def test_what_cannot_be_read_is_said_and_the_rest_is_read() -> None:
    found = read("SUMMARY:ana\n" + HOUR, "UID:b\nSUMMARY:bo", f"UID:c\nSUMMARY:cy\n{HOUR}")
    assert [one.summary for one in found.entries] == ["cy"]
    assert "no UID" in found.notices[0]
    assert '"bo" cannot be read' in found.notices[1]


def test_an_event_without_end_is_not_read_for_ever() -> None:
    found = read(WEEKLY + "RRULE:FREQ=HOURLY")
    assert len(found.entries) == ical.MOST
    assert f"only the next {ical.MOST}" in found.notices[0]


@pytest.mark.parametrize("text", [b"", b"hello", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"\xff\xfe\x00"])
def test_what_is_no_calendar_is_refused(text: bytes) -> None:
    with pytest.raises(ical.NotACalendar):
        ical.read(text, MADRID, SINCE, UNTIL)


def entry(summary: str, *emails: str, start: int = 9, cancelled: bool = False) -> CalendarEntry:
    day = datetime(2026, 11, 24, tzinfo=UTC)
    return CalendarEntry("a", day.replace(hour=start), day.replace(hour=17), summary, emails, cancelled)


@pytest.mark.parametrize(
    ("summary", "emails", "people"),
    [
        ("ANA@acme.Example", (), ["ana"]),  # nobody's address has a case
        ("On call: Ana Ruiz", (), ["ana"]),
        ("bo (swap)", (), ["bo"]),
        ("Holiday of cy", (), ["cy"]),
        ("Anabel", (), []),
        ("Holiday", ("Bo@ACME.example",), ["bo"]),
        ("ana away", ("bo@acme.example",), ["ana"]),  # what is written goes before who was invited
        ("ana@acme.example bo@acme.example", (), ["ana", "bo"]),
        ("stranger@elsewhere.example", (), []),
        ("", (), []),
    ],
)
def test_whom_an_entry_is_about(summary: str, emails: tuple[str, ...], people: list[str]) -> None:
    assert whom(entry(summary, *emails), CATALOG) == people


NOW = datetime(2026, 11, 21, tzinfo=UTC)


def known(**more: object) -> dict[str, Known]:
    one = entry("ana")
    values = {"override": 7, "start": one.start, "end": one.end, "person": "ana", "alive": True, **more}
    return {"a": Known(**values)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "before", "expected"),
    [
        (entry("ana"), {}, [("ana", "only", None)]),
        (entry("ana"), known(), []),
        (entry("ana"), known(alive=False), []),  # taken back by hand: importing again does not bring it back
        (entry("bo"), known(), [("bo", "only", 7)]),
        (entry("ana", start=10), known(), [("ana", "only", 7)]),
        (entry("ana", cancelled=True), known(), [("", None, 7)]),
        (entry("ana", cancelled=True), known(alive=False), []),
        (entry("ana", cancelled=True), {}, []),
        (entry("nobody here"), {}, []),
        (entry("ana and bo"), {}, []),
    ],
)
def test_what_an_entry_would_change(
    given: CalendarEntry, before: dict[str, Known], expected: list[tuple[str, str | None, int | None]]
) -> None:
    found = plan(CATALOG, CalendarReading((given,)), before, "override", NOW)
    assert [(one.person, one.make, one.cancel) for one in found.steps] == expected


def test_time_off_takes_somebody_off_and_a_stranger_is_said() -> None:
    found = plan(CATALOG, CalendarReading((entry("ana"), entry("Zoe"))), {}, "time-off", NOW)
    assert [one.make for one in found.steps] == ["remove"]
    assert found.notices == (
        '"Zoe" (2026-11-24 09:00) names no one in tocsin.yml: add an e-mail address or a name to it.',
    )
    assert (
        plan(CATALOG, CalendarReading((entry("ana"),)), {}, "time-off", datetime(2026, 12, 1, tzinfo=UTC)).steps == ()
    )


def test_our_own_feed_can_be_read_back() -> None:
    made = calendar_feed.of_schedule(Rota(CATALOG), "primary-oncall", NOW)
    found = ical.read(ical.written(made), MADRID, NOW, UNTIL).entries
    assert [(one.start, one.end, one.summary) for one in found] == [
        (one.start, one.end, one.summary) for one in made.events if one.end > NOW
    ]


# what is no more in it, and what is covered already


def test_what_came_from_the_calendar_and_is_no_more_in_it_ends() -> None:
    gone = plan(CATALOG, CalendarReading(), known(), "override", NOW)
    assert [(one.make, one.cancel) for one in gone.steps] == [(None, 7)]
    for reading in (
        CalendarReading(unread=frozenset({"a"})),  # it is there, and could not be read
        CalendarReading(until={"a": NOW}),  # it recurs so often that it was not read to its end
    ):
        assert plan(CATALOG, reading, known(), "override", NOW).steps == ()
    over = known(alive=False)
    assert plan(CATALOG, CalendarReading(), over, "override", NOW).steps == ()


def spanned(uid: str, start: int, end: int, who: str = "ana") -> CalendarEntry:
    day = datetime(2026, 11, 24, tzinfo=UTC)
    return CalendarEntry(uid, day.replace(hour=start), day.replace(hour=end), f"{who} away")


COVERED = [
    ([spanned("a", 8, 12), spanned("b", 10, 14)], (), ["08-12", "12-14"]),
    ([spanned("a", 8, 20), spanned("b", 10, 14)], (), ["08-20"]),
    ([spanned("a", 8, 20)], ((10, 12, "ana"),), ["08-10 12-20"]),
    ([spanned("a", 8, 20)], ((10, 12, "bo"),), ["08-20"]),
    ([spanned("a", 8, 12), spanned("b", 10, 14, "bo")], (), ["08-12", "10-14"]),
]


@pytest.mark.parametrize(("entries", "others", "expected"), COVERED)
def test_of_time_off_only_what_is_not_covered_yet_is_taken(
    entries: list[CalendarEntry], others: tuple[tuple[int, int, str], ...], expected: list[str]
) -> None:
    day = datetime(2026, 11, 24, tzinfo=UTC)
    busy = [Busy(3, who, day.replace(hour=start), day.replace(hour=end)) for start, end, who in others]
    found = plan(CATALOG, CalendarReading(tuple(entries)), {}, "time-off", NOW, busy)
    assert [" ".join(f"{start:%H}-{end:%H}" for start, end in one.pieces) for one in found.steps] == expected
    assert len(found.notices) == len(entries) - len(found.steps)
    alone = plan(CATALOG, CalendarReading(tuple(entries)), {}, "override", NOW, busy)
    assert len(alone.steps) == len(entries), "who is on call is not taken off"


def test_a_whole_day_is_shown_as_a_day_of_the_schedule() -> None:
    found = read("UID:a\nSUMMARY:Zoe\nDTSTART;VALUE=DATE:20261216")
    assert plan(CATALOG, found, {}, "time-off", NOW).notices[0].startswith('"Zoe" (Wed 16 Dec) names no one')
