"""A war room's topic from the configured template: few things, and none that changes every half hour.

Slack shows each change of a topic as a message in the room, so the time of the next update is not for here.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from bot.rendering import untrusted

FIELD = re.compile(r"\{(severity|dot|title|ic|status|reference|service|started)(?::([^{}]*))?\}")
LIMIT = 250


def topic(template: str, values: Mapping[str, str | datetime], *, over: bool) -> str:
    """`values` has the fields of FIELD; `started` is an aware UTC time that its own format prints.

    The title gives way when all of it is over 250 characters. `over` says first that the incident has ended, unless the
    template shows its status.
    """
    template = f"🟢 {{status}} | {template}" if over and "{status}" not in template else template
    room = LIMIT - len(_filled(template, {**values, "title": ""}))
    title = str(values["title"])
    short = title if len(title) <= room else title[: max(0, room - 1)].rstrip() + "…"
    return _filled(template, {**values, "title": short})[:LIMIT]


def _filled(template: str, values: Mapping[str, str | datetime]) -> str:
    def put(found: re.Match[str]) -> str:
        value = values[found.group(1)]
        shown = value.strftime(found.group(2) or "%H:%M") if isinstance(value, datetime) else value
        return "".join(untrusted.bare(untrusted.one_line(untrusted.clean(shown))))

    return FIELD.sub(put, template)
