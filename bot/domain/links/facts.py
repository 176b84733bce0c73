"""Facts about the links of an incident."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class LinkAdded(Fact, name="links.added"):
    """Link `link` leads to a `kind` of thing, and may have a name."""

    link: int
    kind: str
    url: str
    title: str


@dataclass(frozen=True, kw_only=True)
class LinkChanged(Fact, name="links.changed", line=False):
    """It has another kind or name now."""

    link: int
    kind: str
    url: str
    title: str


@dataclass(frozen=True, kw_only=True)
class LinkRemoved(Fact, name="links.removed"):
    link: int
    kind: str
    url: str
    title: str
