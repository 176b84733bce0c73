"""How things of ours are shown: people, times, references, links. The one value that every context starts from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.catalog import Catalog
from bot.domain.core import people
from bot.domain.core.people import SLACK_ID
from bot.domain.schedules.days import day_words
from bot.domain.schedules.days import from_now as from_now_words
from bot.domain.schedules.rota import Rota
from bot.rendering.contexts.core.sentence import Dated
from bot.rendering.values import Between, ChannelLink, Emoji, Mention, When
from storage.models import Incident, RoomState

Who = Mention | str

_PLACEHOLDER = re.compile(r"\{person:([^{}\s]{1,80})\}")
_SEVERITY = re.compile(r"\{severity:([^{}\s]{1,80})\}")
_TIME = re.compile(r"\{time:(\d{4}-\d\d-\d\dT\d\d:\d\dZ)\}")
_SLACK_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_SLACK_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+\|([^<>]+)>")
_SLACK_TIME = re.compile(r"<!date\^[^<>|]*\|([^<>]*)>")
_SLACK_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_DOTS = {
    "red_circle": "🔴",
    "large_orange_circle": "🟠",
    "orange_circle": "🟠",
    "large_yellow_circle": "🟡",
    "yellow_circle": "🟡",
    "large_green_circle": "🟢",
    "large_blue_circle": "🔵",
    "blue_circle": "🔵",
    "white_circle": "⚪",
    "black_circle": "⚫",
}


@dataclass(frozen=True)
class Presenter:
    """What showing needs besides the records: the configuration, the time, addresses, and the members' names.

    `base_url` is Tocsin's own public address, `team_url` the workspace's; None leaves out what would link there.
    `names` maps Slack ids to readable names, for places where a mention does not work. `rota` is who is on call; left
    out where nothing asks for it.
    """

    catalog: Catalog
    now: datetime
    base_url: str | None = None
    team_url: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    rota: Rota | None = None

    @property
    def plan(self) -> Rota:
        """Who is on call; without a rota, as the configuration alone has it."""
        return self.rota or Rota(self.catalog)

    def name(self, who: str) -> str:
        """A readable name: as configured, else as Slack knows the person."""
        known = people.display_name(who, self.catalog)
        return self.names.get(who, known) if known == who else known

    def person(self, who: str) -> Who:
        """A mention where the person has a Slack account, else the name."""
        slack = people.slack_id(who, self.catalog)
        return Mention(slack, self.name(who)) if slack else self.name(who)

    def someone(self, who: str | None) -> Who | None:
        return self.person(who) if who else None

    def everyone(self, whom: Iterable[str]) -> list[Who]:
        return [self.person(who) for who in dict.fromkeys(whom)]

    def listed(self, whom: Iterable[str]) -> str:
        """Names in a row, for the middle of a sentence."""
        return ", ".join(self.name(who) for who in dict.fromkeys(whom))

    def words(self, text: str) -> str:
        """Stored text for a reader: our {person:ID}, {severity:KEY}, {time:...}, and what Slack makes of mentions and
        links."""
        text = _PLACEHOLDER.sub(lambda found: self.name(found.group(1)), text)
        text = _SEVERITY.sub(lambda found: self.severity(found.group(1)), text)
        text = _TIME.sub(lambda found: str(self.when(datetime.fromisoformat(found.group(1)))), text)
        text = _SLACK_USER.sub(lambda found: f"@{self.name(found.group(1))}", text)
        text = _SLACK_TIME.sub(r"\1", text)
        text = _SLACK_CHANNEL.sub(r"#\1", text)
        text = _SLACK_LINK.sub(lambda found: found.group(2) or found.group(1), text)
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
        return text

    def told(self, text: str) -> str | Dated:
        """Stored text as `words` has it, but with times on the reader's own clock where Slack shows one."""
        pieces = _TIME.split(text)  # prose, time, prose, ...
        if len(pieces) == 1:
            return self.words(text)
        known = [self.when(datetime.fromisoformat(one)) if place % 2 else self.words(one) for place, one in
                 enumerate(pieces)]  # fmt: skip
        return Dated(tuple(one for one in known if one))

    def when(self, at: datetime | None) -> When | None:
        """A time of day; with the date as soon as it is not today's (half a day away)."""
        if at is None:
            return None
        return When(at, "time" if abs((self.now - at).total_seconds()) < 43_200 else "datetime", self.zone)

    def dated(self, at: datetime) -> When:
        """A time with its date, for what is read on another day."""
        return When(at, "datetime", self.zone)

    @property
    def zone(self) -> str:
        """The zone of everybody who reads, where Slack shows no reader's own."""
        return self.catalog.display.time_zone

    def between(self, schedule: str, start: datetime, end: datetime | None, *, from_now: bool = False) -> Between:
        """A stretch of a schedule, with its dates; whole days are days in the schedule's zone, wherever it is read.

        `from_now`: one that has begun already begins "now".
        """
        known = self.catalog.schedules.get(schedule)
        begun = from_now and start <= self.now
        days = ""
        if known and end:
            days = from_now_words(end, known.zone) if begun else day_words(start, end, known.zone)
        return Between(None if begun else self.dated(start), self.dated(end) if end else None, days)

    def ref(self, number: int | None) -> str:
        return self.catalog.reference(number or 0)

    def severity(self, key: str) -> str:
        return self.catalog.severity_label(key) if key in self.catalog.severities else key

    def dot(self, key: str) -> str:
        """The severity's emoji as a character, or as a Slack short name when it is one that we do not know."""
        row = self.catalog.severities.get(key)
        name = row.emoji.strip(":") if row else ""
        return _DOTS.get(name, str(Emoji(name)) if name else "🔔")

    def room(self, incident: Incident) -> ChannelLink | None:
        if incident.room not in RoomState.READABLE or not incident.channel_id:
            return None
        return ChannelLink(incident.channel_id, incident.channel_name or "")

    def room_url(self, incident: Incident) -> str | None:
        """The web address of the war room; None without a room, or while the workspace's address is not known."""
        if incident.room not in RoomState.READABLE or not incident.channel_id:
            return None
        return self.channel_url(incident.channel_id)

    def channel_url(self, channel: str) -> str | None:
        return f"{self.team_url.rstrip('/')}/archives/{channel}" if self.team_url else None

    def message_url(self, channel: str | None, ts: str | None) -> str | None:
        """The permalink of a message."""
        base = self.channel_url(channel) if channel and ts and channel[:1] in "CG" else None
        return f"{base}/p{(ts or '').replace('.', '')}" if base else None


def named_in(text: str) -> list[str]:
    """Who is named in a stored text, so that their names can be read before it is shown."""
    return [*_PLACEHOLDER.findall(text), *_SLACK_USER.findall(text)]


def is_slack(who: str) -> bool:
    return SLACK_ID.match(who) is not None
