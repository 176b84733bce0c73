"""The call of an incident: the newest link of that kind, or the one that a pattern of the configuration makes. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from bot.domain.links.links import BRIDGE
from storage.models import IncidentLink

_FIELD = re.compile(r"\{([^{}]*)\}")


def newest(links: Iterable[IncidentLink]) -> IncidentLink | None:
    """The call that people are sent to: of several, the one that was added last."""
    calls = [row for row in links if row.kind == BRIDGE]
    return max(calls, key=lambda row: (row.at, row.id or 0), default=None)


def configured(pattern: str | None, number: int, reference: str, secret: str) -> str | None:
    """The address that a pattern makes for an incident; None without a pattern."""
    if not pattern:
        return None
    values = {"reference": reference.lower(), "number": str(number), "secret": secret}
    return _FIELD.sub(lambda found: quote(values.get(found[1], ""), safe=""), pattern)
