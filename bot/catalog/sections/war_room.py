"""The channel of an incident, and the postmortem after it: patterns, limits and dates."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from bot.catalog.duration import Duration, Months, Span
from bot.catalog.section import Section
from bot.catalog.sections.company import ChannelName
from bot.catalog.value import Value

FILLED = ("reference", "number", "secret")


def _bridge(written: str) -> str:
    """Raises ValueError for what is no web address, and for what nothing fills in."""
    parts = urlsplit(written)
    if parts.scheme not in ("https", "http") or not parts.netloc or any(char.isspace() for char in written):
        raise ValueError("write a web address, such as https://meet.example.com/{reference}-{secret}")
    if unknown := [name for name in re.findall(r"\{([^{}]*)\}", written) if name not in FILLED]:
        raise ValueError(f"nothing fills in {{{unknown[0]}}}: there are {', '.join(f'{{{one}}}' for one in FILLED)}")
    return written


Bridge = Annotated[str, AfterValidator(_bridge)]


class WarRoom(Value):
    """Templates and limits of the channel of an incident."""

    name: str = "incident-{date:%Y%m%d}-{slug}"
    """The pattern of its name; `{slug}` is made from the title."""
    topic: str = "{dot} {severity} {status} · IC {ic} · {reference}"
    """Its topic: `{dot}`, `{severity}`, `{title}`, `{ic}`, `{status}`, `{reference}`, `{service}` and `{started}`."""
    max_name: int = Field(default=80, ge=10, le=80)
    """The longest name, in characters. Kept; nothing acts on it yet."""
    max_topic: int = Field(default=250, ge=20, le=250)
    """The longest topic, in characters. Kept; nothing acts on it yet."""
    archive_after: Duration = timedelta(hours=24)
    """How long after the resolution the incident is closed and its room archived."""
    status_channel: ChannelName | None = None
    """The channel for updates. Kept; nothing acts on it yet."""
    bridge: Bridge | None = None
    """The address of an incident's call: `{reference}`, `{number}`, and `{secret}` (letters that no one can guess) are
    filled in. It is opened where the severity says `bridge: true`, and by `/incident bridge`.
    """
    private: bool = False
    """`true` makes every room a private channel."""


class Postmortem(Value):
    """When each step of a postmortem is due after the resolution, and how long its meeting takes."""

    draft: Span = timedelta(hours=24)
    """When the draft is due, as the closing message says."""
    review: Span = timedelta(hours=48)
    """When it is reviewed. Kept; nothing acts on it yet."""
    publish: Span = timedelta(hours=72)
    """When it is published. Kept; nothing acts on it yet."""
    actions_assigned: Span = timedelta(days=7)
    """When every action has an owner. Kept; nothing acts on it yet."""
    checkpoint: Span = timedelta(days=14)
    """When the actions are looked at. Kept; nothing acts on it yet."""
    follow_up: Span = Months(1)
    """When they are looked at again. Kept; nothing acts on it yet."""
    agenda_minutes: tuple[int, ...] = (5, 10, 10, 15, 15, 5)
    """The minutes of each part of the meeting. Kept; nothing acts on it yet."""


WAR_ROOM = Section("war_room", WarRoom)
POSTMORTEM = Section("postmortem", Postmortem)
