"""Do-not-disturb: is Slack silent for somebody now, and will it be while they are on call? Pure.

Slack tells the present or the next stretch only. Hours of silence repeat daily, so a stretch of less than a day is
taken to come back every day at the same time.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.models import DoNotDisturb

DAY = timedelta(days=1)
STALE = DAY
"""How old what Slack said may be; after that nobody knows."""

Stretch = tuple[datetime, datetime]


def stretch(said: Mapping[str, Any]) -> Stretch | None:
    """What Slack said of somebody. It says 1 and 1 where there is nothing to say."""
    begins, ends = (int(said.get(f"next_dnd_{edge}_ts") or 0) for edge in ("start", "end"))
    if not said.get("dnd_enabled") or ends <= max(begins, 1):
        return None
    return datetime.fromtimestamp(begins, UTC), datetime.fromtimestamp(ends, UTC)


def ailment(row: DoNotDisturb | None, timezone: str | None, now: datetime) -> str:
    """Why Slack does not wake this person now, as the end of a sentence that begins with Slack; "" when it does."""
    if row is None or not row.begins <= now < row.ends or now - row.seen_at > STALE:
        return ""
    return f"is silent for them until {_clock(row.ends, timezone)} (do-not-disturb)"


def hours(row: DoNotDisturb, timezone: str | None) -> str:
    """From when to when, on the person's own clock."""
    return f"from {_clock(row.begins, timezone)} to {_clock(row.ends, timezone)}"


def meets(row: DoNotDisturb, duties: Iterable[Stretch], now: datetime) -> bool:
    """Whether Slack is silent in any of these stretches of duty."""
    if now - row.seen_at > STALE:
        return False
    daily = row.ends - row.begins < DAY
    for begins, ends in duties:
        days = range(max(0, (ends - row.begins).days) + 1) if daily else (0,)
        if any(row.begins + day * DAY < ends and begins < row.ends + day * DAY for day in days):
            return True
    return False


def _clock(at: datetime, timezone: str | None) -> str:
    return f"{at.astimezone(ZoneInfo(timezone) if timezone else UTC):%H:%M %Z}"
