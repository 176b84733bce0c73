"""What somebody looks for among all incidents: words, and `--severity sev1`, `status=resolved`, `since=30d`. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.catalog import Catalog
from bot.catalog.duration import parse_duration
from bot.domain.core import typed_severity
from bot.domain.core.errors import DomainError
from bot.domain.incidents import roles
from storage.models import IncidentStatus, Wanted

KEYS = {
    "severity": "severity", "sev": "severity", "status": "status", "state": "status", "service": "service",
    "since": "since", "after": "since", "until": "until", "before": "until", "role": "role",
}  # fmt: skip
"""What can be named -> which filter it is. Any other name is an own field's."""
OVER = ("ended", "over", "past")
_NAMED = re.compile(
    rf"(?:^|(?<=\s))(?:--?|[–—])?(?P<key>{'|'.join(KEYS)})\s?=\s*(?P<value>\"[^\"]*\"|\S+)", re.IGNORECASE
)
_OWN = re.compile(
    r"(?:^|(?<=\s))(?:--?|[–—])?(?P<key>[\w-]+)\s?=\s*(?P<value>\"[^\"]*\"|.+?)(?=\s+(?:--|[–—]|[\w-]+=)|\s*$)"
)
_FLAG = re.compile(r"(?:^|(?<=\s))(?:--|[–—])(?P<key>[\w-]+)(?:\s+(?P<value>\"[^\"]*\"|[^\s-]\S*))?")
_REST = re.compile(r"\"([^\"]+)\"|(\S+)")
MOST_WORDS, LONGEST = 8, 60


class BadFilter(DomainError):
    """ "{text}" is no {what}, so nothing was looked for. {cure}"""


class NothingToFind(DomainError):
    """Say what to look for: words, and what narrows it down. For example `/incident search checkout timeout since=30d`,
    `status=resolved`, `severity=sev1`, `service=checkout`, `role=ic`."""


Services = Callable[[str], str]
Own = Callable[[str, str], Mapping[str, str]]


@dataclass(frozen=True)
class Reader:
    """Reads filters as people write them. `service` and `own` read a service's name and an own field, or raise."""

    catalog: Catalog
    now: datetime
    service: Services
    own: Own

    def typed(self, text: str) -> Wanted:
        """A line of words. Raises BadFilter, and what `service` and `own` raise."""
        given: list[tuple[str, str]] = []

        def take(found: re.Match[str]) -> str:
            given.append((found["key"].lower(), (found["value"] or "").strip().strip('"')))
            return " "

        rest = _FLAG.sub(take, _OWN.sub(take, _NAMED.sub(take, text)))
        words = [quoted or plain for quoted, plain in _REST.findall(rest)]
        return self.of(given, words)

    def of(self, given: list[tuple[str, str]], words: list[str]) -> Wanted:
        """Filters by name, and words."""
        read: dict[str, str] = {}
        own: dict[str, str] = {}
        for key, value in given:
            if key == "mine":
                read["role"] = "any"
            elif key in KEYS:
                read[KEYS[key]] = value
            else:
                own |= self.own(key, value)
        return Wanted(
            words=tuple(word[:LONGEST] for word in words[:MOST_WORDS]),
            states=self._states(read.get("status", "")),
            severities=tuple(self._severity(one) for one in _several(read.get("severity", ""))),
            service=self.service(read["service"]) if read.get("service") else "",
            since=self._moment(read.get("since", ""), end=False),
            until=self._moment(read.get("until", ""), end=True),
            role=self._role(read.get("role", "")),
            own=own,
        )

    def bare(self, word: str) -> tuple[str, str] | None:
        """What a single word of a list narrows it down to: a severity, a state, a service; None for any other word."""
        if word.lower() in (*IncidentStatus, "open", *OVER):
            return "status", word
        if typed_severity.word(word, self.catalog):
            return "severity", word
        names = {one.lower() for key, row in self.catalog.services.items() for one in (key, row.name)}
        return ("service", word) if word.lower() in names else None

    def _states(self, text: str) -> tuple[str, ...]:
        found: list[str] = []
        for one in _several(text.lower()):
            if one == "open":
                found += IncidentStatus.OPEN
            elif one in OVER:
                found += [state for state in IncidentStatus if state not in IncidentStatus.OPEN]
            elif one in tuple(IncidentStatus):
                found.append(one)
            else:
                raise BadFilter(
                    text=one[:40], what="status", cure=f"There are open, over, {', '.join(IncidentStatus)}."
                )
        return tuple(dict.fromkeys(map(str, found)))

    def _severity(self, text: str) -> str:
        found = typed_severity.word(text, self.catalog)
        if found is None:
            known = typed_severity.choices(self.catalog)
            raise BadFilter(text=text[:40], what="severity", cure=f"There are {known}.")
        return found

    def _moment(self, text: str, *, end: bool) -> datetime | None:
        """`30d` is so long ago; a day begins at midnight in the zone of the configuration, and as an end it is over."""
        if not text:
            return None
        try:
            return self.now - parse_duration(text)
        except (ValueError, OverflowError):
            pass
        try:
            day = date.fromisoformat(text)
            begins = datetime.combine(day, time(), ZoneInfo(self.catalog.display.time_zone))
            return (begins + timedelta(days=1 if end else 0)).astimezone(self.now.tzinfo)
        except (ValueError, OverflowError):
            cure = "Write 30d or 12h for so long ago, or a day such as 2026-11-02."
            raise BadFilter(text=text[:40], what="time", cure=cure) from None

    def _role(self, text: str) -> str:
        if text.lower() in ("", "any", "mine", "me"):
            return "any" if text else ""
        return roles.parse(text)


def _several(text: str) -> list[str]:
    return [one for one in re.split(r"[,\s]+", text.strip()) if one]
