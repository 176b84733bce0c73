"""Do-not-disturb: dnd.info and dnd.teamInfo. Somebody's own hours repeat daily; a pause lasts until it ends."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Json, User
from sandbox.world import World

MOST = 50
"""Users that one call may ask about."""


def info(call: Call) -> Json:
    """Of one user, the app itself without one. Pauses are named to those alone who made them, so to no app."""
    user = call.world.bot
    if call.args.has("user"):
        found = call.world.users.get(call.args.text("user"))
        if found is None:
            raise SlackError("user_not_found")
        user = found
    own = {"snooze_enabled": False} if user is call.world.bot else {}
    return {**status(call.world, user), **own}


def team_info(call: Call) -> Json:
    """Of up to fifty users, by their ids."""
    named = [one.strip() for one in call.args.text("users").split(",") if one.strip()]
    if not named:
        raise SlackError("no_users_provided")
    if len(named) > MOST:
        raise SlackError("too_many_users")
    if any(one not in call.world.users for one in named):
        raise SlackError("user_not_visible")
    return {"users": {one: status(call.world, call.world.users[one]) for one in named}}


def status(world: World, user: User) -> Json:
    """The present stretch of silence, else the next one; 1 and 1 for somebody who has none."""
    now = world.now()
    if user.dnd_until > now:
        return _stretch(True, now, int(user.dnd_until))
    if not user.dnd_hours:
        return _stretch(False, 1, 1)
    return _stretch(True, *_hours(user, now))


def _stretch(enabled: bool, start: int, end: int) -> Json:
    return {"dnd_enabled": enabled, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def _hours(user: User, now: int) -> tuple[int, int]:
    """The first stretch of "22:00-07:00", in the user's zone, that is not over."""
    begins, ends = (time.fromisoformat(part) for part in user.dnd_hours.split("-"))
    zone = ZoneInfo(user.timezone)
    day = datetime.fromtimestamp(now, UTC).astimezone(zone).date() - timedelta(days=1)
    while True:
        last = day if ends > begins else day + timedelta(days=1)
        start, end = datetime.combine(day, begins, zone), datetime.combine(last, ends, zone)
        if end.timestamp() > now:
            return int(start.timestamp()), int(end.timestamp())
        day += timedelta(days=1)
