"""An on-call schedule as it is written: layers of rotations in local clock time; the rules read it."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, field_validator, model_validator

from bot.catalog.duration import Duration
from bot.catalog.section import Section
from bot.catalog.value import Keyed, Value, ZoneName, zone

Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS: tuple[Day, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Rotation = Literal["hourly", "daily", "weekly", "monthly"]


def _parse_moment(text: Any) -> datetime:
    """ISO 8601, with an offset or (naive) in the schedule's zone."""
    if isinstance(text, datetime):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueError(f'"{text}" is not a date and time; write it as 2026-11-02T09:00.') from None
    if not 1970 <= moment.year <= 2199:
        raise ValueError(f'"{text}" lies outside the years 1970 to 2199; check the year.')
    return moment.replace(microsecond=0)


def _parse_clock(text: Any) -> time:
    if isinstance(text, time):
        return text
    if not isinstance(text, str) or not re.fullmatch(r"([01]?[0-9]|2[0-4]):[0-5][0-9]", text):
        raise ValueError(f'"{text}" is not a time of day; write it as "20:00".')
    hour, minute = (int(part) for part in text.split(":"))
    if hour == 24 and minute:
        raise ValueError(f'"{text}" is after the end of the day; the last time is "24:00".')
    return time(hour % 24, minute)


def _parse_day(text: Any) -> Any:
    return (
        text[:2].upper() if isinstance(text, str) and re.fullmatch(r"(?i)[a-z]{2}|[a-z]{3}|[a-z]+day", text) else text
    )


def _parse_turn(turn: Any) -> Any:
    return (turn,) if isinstance(turn, str) else tuple(turn) if isinstance(turn, list) else turn


Moment = Annotated[
    datetime,
    BeforeValidator(_parse_moment),
    PlainSerializer(datetime.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "title": "date and time", "examples": ["2026-11-02T09:00"]}),
]
Clock = Annotated[
    time,
    BeforeValidator(_parse_clock),
    PlainSerializer(lambda clock: clock.strftime("%H:%M"), return_type=str),
    WithJsonSchema({"type": "string", "title": "time of day", "examples": ["09:00", "20:00", "24:00"]}),
]
DayName = Annotated[
    Day,
    BeforeValidator(_parse_day),
    WithJsonSchema({"type": "string", "title": "day of the week", "examples": ["MO", "Tue", "Wednesday"]}),
]
Turn = Annotated[
    tuple[str, ...],
    BeforeValidator(_parse_turn),
    WithJsonSchema({"title": "turn", "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Layer(Value):
    """One rotation. `start` fixes the hand-off grid, `since` and `until` clip it; an empty turn is a hole by intent."""

    name: str
    """As it is shown; `layer-1`, `layer-2`, ... when it is not said."""
    rotation: Rotation = "weekly"
    """How long a turn is: the unit of the grid."""
    every: int = Field(default=1, ge=1, le=9000)
    """How many of these units a turn lasts."""
    start: Moment
    """A date and time of a hand-off, which fixes the grid; before it no one is on call."""
    people: tuple[Turn, ...] = Field(min_length=1)
    """Whose turn it is, in order; several people in brackets share a turn, and an empty turn is no one's on purpose."""
    priority: int = 0
    """A higher one hides lower layers while it has someone; equal ones are on call together."""
    days: tuple[DayName, ...] = ()
    """The days on which a window begins; every day when none is said."""
    opens: Clock | None = Field(default=None, alias="from")
    """When the window of a day begins."""
    closes: Clock | None = Field(default=None, alias="to")
    """When it ends; over midnight is fine."""
    month_days: tuple[int, ...] = ()
    """The days of the month on which a window begins."""
    since: Moment | None = None
    """Before this moment the layer has no one; its grid does not move."""
    until: Moment | None = None
    """After this moment the layer has no one."""
    duration: Duration | None = None
    """A shift that is shorter than the turn."""
    advance: Literal["active", "always"] = "active"
    """`active` counts only the periods in which the layer works at all, `always` counts every one."""
    week_start: DayName | None = None
    """Where a week begins; that of the schedule when it is not said."""

    @property
    def restricted(self) -> bool:
        """Whether the layer is on call only inside windows."""
        return bool(self.days or self.month_days or self.opens is not None)

    @field_validator("month_days")
    @classmethod
    def _in_a_month(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        for day in days:
            if not 1 <= day <= 31:
                raise ValueError(f"{day} is not a day of a month; write numbers from 1 to 31.")
        return days

    @field_validator("duration")
    @classmethod
    def _positive(cls, duration: timedelta | None) -> timedelta | None:
        if duration is not None and duration <= timedelta(0):
            raise ValueError("a shift of no length covers nothing; write a longer duration or leave it out.")
        return duration

    @model_validator(mode="after")
    def _whole_window(self) -> Self:
        if (self.opens is None) != (self.closes is None):
            raise ValueError("`from` and `to` belong together; write both, or neither for whole days.")
        return self


class ShiftMessages(Value):
    """What people hear of their own shifts; `reminders` are spans before a shift that begins after a day off."""

    starts: bool = True
    """Whether people are told that their shift has begun."""
    ends: bool = True
    """Whether people are told that it has ended."""
    reminders: tuple[Duration, ...] = (timedelta(hours=24), timedelta(hours=1))
    """How long before a shift they are reminded, when it begins after a day off."""


class Schedule(Keyed):
    """Layers in one time zone; a higher `priority` hides the lower ones while it has someone."""

    timezone: ZoneName
    """The zone of its hand-offs; `display.time_zone` when it is not said."""
    layers: tuple[Layer, ...] = Field(min_length=1)
    """The rotations."""
    week_start: DayName = "MO"
    """Where a week begins."""
    team: str | None = None
    """The team that it belongs to."""
    channel: str | None = None
    """Where notes about it are posted; the channel of its team, or the incidents channel, otherwise."""
    usergroup: str | None = None
    """A Slack user group that always holds the people on call: a handle or an id."""
    description: str = ""
    """What it is for. Kept; nothing acts on it yet."""

    @property
    def zone(self) -> ZoneInfo:
        return zone(self.timezone)

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone in any layer, in the order in which they are written."""
        return tuple(dict.fromkeys(person for layer in self.layers for turn in layer.people for person in turn))

    @model_validator(mode="after")
    def _distinct_layers(self) -> Self:
        names = [layer.name for layer in self.layers]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f'two layers are called "{name}"; give each its own name.')
        return self


def _complete(schedule: dict[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """A schedule without a zone has that of the workspace; a layer without a name is known by its number."""
    display = document.get("display")
    zone_of_all = {"timezone": display.get("time_zone")} if isinstance(display, dict) else {}
    schedule = {**zone_of_all, **schedule}
    if isinstance(schedule.get("layers"), tuple):
        schedule["layers"] = tuple(
            {"name": f"layer-{number}", **layer} if isinstance(layer, dict) else layer
            for number, layer in enumerate(schedule["layers"], 1)
        )
    return schedule


SCHEDULES = Section(
    "schedules",
    Schedule,
    named=True,
    # a turn is one name, or several in brackets
    refers={"team": "teams", "layers[].people[]": "people", "layers[].people[][]": "people"},
    complete=_complete,
)
