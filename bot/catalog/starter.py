"""The commented tocsin.yml that a new installation starts from."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

_HEAD = """\
# Tocsin's configuration. Lengths of time are written 30s, 5m, 4h or 1d.
# `tocsin check` explains every mistake; `tocsin check --effective` shows every value in force and where it comes from.
version: 1

# Every incident is announced here.
incidents_channel: {channel}
"""
_PEOPLE = """
# Who can be paged. A page comes as a direct message in Slack (`slack` is the member id) and by the other ways that are
# set up under `integrations`: `email` and `phone` are where those reach someone. See docs/howto/contact-methods.md.
people:
{people}
"""
_REST = """
# Who is on call. Hand-offs happen at the local time of `start`; add layers for nights or weekends.
schedules:
  primary-oncall:
    timezone: {timezone}
    layers:
      - {{name: primary, rotation: weekly, start: {start}T09:00, people: [{names}]}}

# Who is asked, and how long a level may stay silent before the next one is.
policies:
  critical:
    repeat: 3
    levels:
      - {{to: ["schedule:primary-oncall"], via: [slack], wait: 5m}}
      - {{to: [{everybody}], via: [slack]}}

# Teams and services make routing and war rooms better; this is how they look:
# teams:
#   platform: {{members: [{first}], channel: "#platform"}}
# services:
#   checkout: {{tier: tier_0, team: platform, policy: critical}}

# Everything else has a default: severities, roles, war rooms, objectives. Override what differs, for example:
# severities:
#   SEV-1: {{ack: 3m, cadence: 20m}}
"""


class Member(NamedTuple):
    """Somebody of the workspace, as far as it is known."""

    name: str
    slack: str | None = None
    email: str | None = None
    timezone: str | None = None


def init_template(people: Sequence[Member], channels: Iterable[str], today: date) -> str:
    """A file that `load` accepts: these people, one weekly schedule of all of them, one policy.

    `channels` are names without `#`; the announcements go to `incidents` or the first that sounds like it. Without
    people an example person stands in. `today` dates the first hand-off, the Monday before.
    """
    listed = _with_keys(people or [Member("Ana Example", email="ana@example.com", timezone="UTC")])
    names = list(listed)
    monday = today - timedelta(days=today.weekday())
    zones = [member.timezone for member in listed.values() if member.timezone]
    body = _HEAD.format(channel=_quoted(f"#{_announcements(channels)}"))
    body += _PEOPLE.format(people="\n".join(_person(key, member) for key, member in listed.items()))
    return body + _REST.format(
        timezone=max(zones, key=zones.count, default="UTC"),
        start=monday.isoformat(),
        names=", ".join(names),
        everybody=", ".join(f'"person:{name}"' for name in names),
        first=names[0],
    )


def _announcements(channels: Iterable[str]) -> str:
    known = [channel.lstrip("#") for channel in channels]
    similar = [channel for channel in known if "incident" in channel]
    return "incidents" if "incidents" in known or not similar else similar[0]


def _with_keys(people: Iterable[Member]) -> Mapping[str, Member]:
    """People under short names: the first name, or with a number where two share it."""
    keyed: dict[str, Member] = {}
    for member in people:
        ascii_name = unicodedata.normalize("NFKD", member.name).encode("ascii", "ignore").decode().lower()
        word = (re.findall(r"[a-z][a-z0-9]*", ascii_name) or ["person"])[0]
        key = word if word not in keyed and word not in _RESERVED else f"{word}-{len(keyed) + 1}"
        keyed[key] = member
    return keyed


_RESERVED = {"preset", "true", "false", "null"}


def _person(key: str, member: Member) -> str:
    """One line; a JSON string of printable characters is a YAML string, whatever a name contains."""
    fields = {"name": member.name, "slack": member.slack, "email": member.email, "timezone": member.timezone}
    written = ", ".join(f"{name}: {_quoted(value)}" for name, value in fields.items() if value)
    return f"  {key}: {{{written}}}"


def _quoted(text: str) -> str:
    return json.dumps("".join(letter for letter in text if letter.isprintable()), ensure_ascii=False)
