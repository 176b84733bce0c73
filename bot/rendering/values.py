"""Typed values that our own code builds and that may become mark-up: mentions, channel links, times, links, emoji.

Everything else a template shows is untrusted text. A value whose id or address is not well formed shows as text,
because a message must never be lost to a bad id.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from bot.rendering import untrusted

_USER = re.compile(r"[UW][A-Z0-9]{1,40}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,40}")
_EMOJI = re.compile(r"[a-z0-9_+'-]{1,80}")
_URL_LIMIT = 3000
_URL_SAFE = "!#$%&'*+,/:;=?@[]~-._"

# style -> (Slack's date token, the same for readers without it)
_STYLES = {
    "time": ("{time}", "%H:%M %Z"),
    "seconds": ("{time_secs}", "%H:%M:%S %Z"),
    "date": ("{date_short}", "%Y-%m-%d"),
    "datetime": ("{date_short_pretty} {time}", "%Y-%m-%d %H:%M %Z"),
    "ago": ("{ago}", "%H:%M %Z"),
}


class Value(ABC):
    """What a template may hold besides untrusted text: it knows its own mark-up in each kind of document."""

    @abstractmethod
    def mrkdwn(self) -> str: ...
    @abstractmethod
    def plain(self) -> str: ...
    @abstractmethod
    def markdown(self) -> str: ...


@dataclass(frozen=True)
class Mention(Value):
    """A person. Notifies only where Slack resolves it; elsewhere the name is shown."""

    user_id: str
    name: str = ""

    def mrkdwn(self) -> str:
        return f"<@{self.user_id}>" if _USER.fullmatch(self.user_id) else _line(self._label, untrusted.mrkdwn)

    def plain(self) -> str:
        return _line(self._label, untrusted.plain)

    def markdown(self) -> str:
        return _line(self._label, untrusted.markdown)

    @property
    def _label(self) -> str:
        return self.name or self.user_id

    __str__ = plain


@dataclass(frozen=True)
class ChannelLink(Value):
    """A channel, by id; ``name`` (without ``#``) is for places that cannot link."""

    channel_id: str
    name: str = ""

    def mrkdwn(self) -> str:
        return f"<#{self.channel_id}>" if _CHANNEL.fullmatch(self.channel_id) else _line(self._label, untrusted.mrkdwn)

    def plain(self) -> str:
        return _line(self._label, untrusted.plain)

    def markdown(self) -> str:
        return _line(self._label, untrusted.markdown)

    @property
    def _label(self) -> str:
        return f"#{self.name or self.channel_id}"

    __str__ = plain


@dataclass(frozen=True)
class When(Value):
    """An instant (aware), shown in the reader's own zone: styles time, seconds, date, datetime, ago.

    `zone` is the one of everybody who reads where Slack shows no reader's own: in documents, forms and notifications.
    """

    at: datetime
    style: str = "time"
    zone: str = "UTC"

    def mrkdwn(self) -> str:
        token, _ = _STYLES.get(self.style, _STYLES["datetime"])
        return f"<!date^{int(self.at.timestamp())}^{token}|{self.plain()}>"

    def plain(self) -> str:
        _, layout = _STYLES.get(self.style, _STYLES["datetime"])
        return self._local.strftime(layout)

    def markdown(self) -> str:
        """Documents outlive the day: always with the date."""
        return self.plain() if self.style in ("date", "datetime") else f"{self._local:%Y-%m-%d} {self.plain()}"

    @property
    def _local(self) -> datetime:
        return self.at.astimezone(ZoneInfo(self.zone))

    __str__ = plain


@dataclass(frozen=True)
class Between(Value):
    """A stretch of time in the reader's own zone; whole days (`days`, in the zone that they are meant in) as days.

    Without `start` it has begun already, without `end` none is in sight.
    """

    start: When | None
    end: When | None
    days: str = ""

    def mrkdwn(self) -> str:
        return self._joined(When.mrkdwn)

    def plain(self) -> str:
        return self._joined(When.plain)

    def markdown(self) -> str:
        return self._joined(When.markdown)

    def _joined(self, written: Callable[[When], str]) -> str:
        start = written(self.start) if self.start else "now"
        return self.days or f"{start} – {written(self.end) if self.end else 'no end date'}"

    __str__ = plain


@dataclass(frozen=True)
class Link(Value):
    """A web link; only http and https addresses without user names or passwords become one."""

    url: str
    label: str = ""

    def mrkdwn(self) -> str:
        address = web_address(self.url)
        label = _line(self.label or self.url, untrusted.mrkdwn).replace("|", "¦")
        return f"<{address}|{label}>" if address else label

    def plain(self) -> str:
        return _line(self.label or self.url, untrusted.plain)

    def markdown(self) -> str:
        address = web_address(self.url)
        label = _line(self.label or self.url, untrusted.markdown)
        return f"[{label}]({address})" if address else label

    __str__ = plain


@dataclass(frozen=True)
class Emoji(Value):
    """A Slack emoji by its short name, without colons."""

    name: str

    def mrkdwn(self) -> str:
        return f":{self.name}:" if _EMOJI.fullmatch(self.name) else ""

    plain = mrkdwn

    def markdown(self) -> str:
        return ""

    __str__ = mrkdwn


def web_address(text: str) -> str | None:
    """The address with everything percent-encoded that could end a link early, or None when it must not be one."""
    address = untrusted.clean(text).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or "\\" in address:
        return None
    encoded = quote(address, safe=_URL_SAFE)
    return encoded if len(encoded) <= _URL_LIMIT else None


def _line(text: str, escape: Callable[[str], list[str]]) -> str:
    return "".join(escape(untrusted.one_line(untrusted.clean(text))))
