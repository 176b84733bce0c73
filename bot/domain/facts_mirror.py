"""Facts about the twin of an incident at another incident tool."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class MirrorWanted(Fact):
    """`key` finds the twin again, `urgency` is high or low."""

    key: str
    urgency: str


@dataclass(frozen=True, kw_only=True)
class MirrorOpened(Fact):
    id: str
    url: str


@dataclass(frozen=True, kw_only=True)
class MirrorFailed(Fact):
    reason: str
