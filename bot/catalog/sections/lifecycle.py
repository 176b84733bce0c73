"""What the life of an incident asks for: where a wish belongs that is none, and what is ticked before the end."""

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator

from bot.catalog.section import Section
from bot.catalog.value import Value


def _address(written: str) -> str:
    """Raises ValueError for what is no web address."""
    parts = urlsplit(written)
    if parts.scheme not in ("https", "http") or not parts.netloc or any(char.isspace() for char in written):
        raise ValueError("write a web address, such as https://tracker.example.com/new?title={title}")
    return written


Address = Annotated[str, AfterValidator(_address)]


class Tickets(Value):
    """Where a wish is written down that is no incident; `{title}` and `{reference}` are filled in."""

    feature_request: Address | None = None
    """The page on which a feature request is made."""
    documentation: Address | None = None
    """The page on which missing documentation is reported."""

    def link(self, kind: str, values: Mapping[str, str]) -> str | None:
        """The address for this kind of wish; None where none is configured."""
        pattern: str | None = getattr(self, kind, None)
        if pattern is None:
            return None
        for name, value in values.items():
            pattern = pattern.replace(f"{{{name}}}", quote(value, safe=""))
        return pattern


class Lifecycle(Value):
    """How an incident begins and ends."""

    tickets: Tickets = Tickets()
    """Offered when something in triage turns out to be a wish and no incident."""
    resolution_checklist: Literal["off", "warn", "require"] = "warn"
    """What open items of the resolution checklist do to `/incident resolve`: nothing, a line, a refusal."""


LIFECYCLE = Section("lifecycle", Lifecycle)
