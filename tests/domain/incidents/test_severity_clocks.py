"""The clocks of a severity: until when each target runs, over weekends and holidays, and what counts as met."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.catalog import ConfigError, load
from bot.catalog.sections.notifications import BusinessHours
from bot.domain.incidents import lifecycle, verbs
from bot.domain.incidents import severity as severity_rules
from bot.domain.incidents.severity import Target
from bot.domain.schedules import business_hours
from storage.models import Incident
from tests.domain.catalogs import loaded

MADRID = ZoneInfo("Europe/Madrid")
HOURS = BusinessHours(holidays=("2026-12-07", "12-25"))
ROWS = load(None).severities
NOW = datetime(2026, 12, 2, 15, 0, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("severity", "target", "after"),
    [
        ("SEV-1", Target.ACK, timedelta(minutes=5)),
        ("SEV-1", Target.IC, None),
        ("SEV-2", Target.IC, timedelta(minutes=30)),
        ("SEV-3", Target.FIRST_RESPONSE, timedelta(hours=1)),
        ("SEV-4", Target.RESOLVE, timedelta(days=7)),
        ("SEV-4", Target.IC, timedelta(hours=25)),  # Thursday 17:00 in Madrid
    ],
)
def test_until_when_a_target_runs(severity: str, target: Target, after: timedelta | None) -> None:
    end = severity_rules.limit(ROWS[severity], target, HOURS, MADRID, NOW)
    assert end == (NOW + after if after else None)


@pytest.mark.parametrize(
    ("at", "end"),
    [
        ("2026-12-04T10:00", "2026-12-08T17:00"),  # Friday: the weekend, then a holiday
        ("2026-12-05T10:00", "2026-12-08T17:00"),  # Saturday
        ("2026-12-02T23:30", "2026-12-03T17:00"),
        ("2026-12-03T00:30", "2026-12-04T17:00"),  # already Thursday in Madrid
        ("2027-12-24T10:00", "2027-12-27T17:00"),  # a holiday of every year, on a Saturday
        ("2028-12-24T10:00", "2028-12-26T17:00"),
        ("2026-03-27T10:00", "2026-03-30T17:00"),  # over the change to summer time
    ],
)
def test_the_next_business_day_ends_with_its_hours(at: str, end: str) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=MADRID).astimezone(UTC)
    found = business_hours.end_of_next_day(HOURS, MADRID, start)
    assert found == datetime.fromisoformat(end).replace(tzinfo=MADRID)
    assert found.tzinfo is UTC


def test_a_calendar_without_a_working_day_gives_one_day() -> None:
    assert business_hours.end_of_next_day(BusinessHours(days=()), MADRID, NOW) == NOW + timedelta(days=1)


@pytest.mark.parametrize(("day", "fine"), [("2026-12-25", True), ("12-25", True), ("02-29", True), ("25-12", False),
                                           ("20261225", False), ("christmas", False), ("02-30", False)])  # fmt: skip
def test_holidays_are_days(tmp_path: object, day: str, fine: bool) -> None:
    text = f'version: 1\nbusiness_hours: {{holidays: ["{day}"]}}\n'
    if fine:
        assert loaded(tmp_path, text).business_hours.holidays == (day,)  # type: ignore[arg-type]
    else:
        with pytest.raises(ConfigError, match="is no day"):
            loaded(tmp_path, text)  # type: ignore[arg-type]


def incident(**known: datetime) -> Incident:
    clocks = {"started_at": NOW, "detected_at": NOW, "declared_at": NOW}
    return Incident(title="x", severity="SEV-2", declared_by="ana", **clocks, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "known", "commanded", "responded", "met"),
    [
        (Target.ACK, {}, True, True, False),
        (Target.ACK, {"acknowledged_at": NOW}, False, False, True),
        (Target.IC, {"acknowledged_at": NOW}, False, True, False),
        (Target.IC, {}, True, False, True),
        (Target.FIRST_RESPONSE, {"acknowledged_at": NOW}, False, False, False),
        (Target.FIRST_RESPONSE, {}, True, False, True),
        (Target.FIRST_RESPONSE, {}, False, True, True),
        (Target.RESOLVE, {}, True, True, False),
        (Target.RESOLVE, {"resolved_at": NOW}, False, False, True),
    ],
)
def test_what_meets_a_target(
    target: Target, known: dict[str, datetime], commanded: bool, responded: bool, met: bool
) -> None:
    assert severity_rules.is_met(incident(**known), target, commanded=commanded, responded=responded) is met


@pytest.mark.parametrize(
    ("promised", "planned", "due"),
    [(None, None, None), (NOW, None, NOW), (None, NOW, NOW), (NOW, NOW + timedelta(hours=4), NOW),
     (NOW + timedelta(hours=4), NOW, NOW)],
)  # fmt: skip
def test_a_promised_update_is_kept_when_the_severity_changes(
    promised: datetime | None, planned: datetime | None, due: datetime | None
) -> None:
    assert lifecycle.sooner(promised, planned) == due


@pytest.mark.parametrize(("target", "within", "said"), [
    ("ack", "5m", "no one has acknowledged it within 5 min"),
    ("ic", "next_business_day", "it has no incident commander by the end of the next business day"),
])  # fmt: skip
def test_a_breach_in_words(target: str, within: str, said: str) -> None:
    assert severity_rules.missed(target, within) == said


def test_the_reasons_of_the_command_line_are_those_to_pick_from() -> None:
    assert tuple(severity_rules.ALL) == verbs.WHY_SEVERITY


@pytest.mark.parametrize(
    ("old", "new", "picked", "text", "kept"),
    [
        ("SEV-3", "SEV-1", "media", "", "Media or social media pay attention"),
        ("SEV-1", "SEV-3", "workaround", " see the wiki ", "There is a workaround now: see the wiki"),
        ("SEV-3", "SEV-1", "", "worse", "worse"),
        ("SEV-3", "SEV-1", "unheard-of", "worse", "worse"),
    ],
)
def test_a_reason_is_what_was_picked_then_what_was_written(
    old: str, new: str, picked: str, text: str, kept: str
) -> None:
    assert severity_rules.worded(old, new, picked, text) == kept


def test_a_reason_of_the_other_direction_is_refused() -> None:
    with pytest.raises(severity_rules.WrongDirection, match="is a reason to lower the severity, and this would raise"):
        severity_rules.worded("SEV-3", "SEV-1", "mitigated", "")
