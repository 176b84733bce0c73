"""Facts about the bot itself: what it could not send, and what Slack does not let it do."""

from dataclasses import dataclass

from bot.domain.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class CapabilityLost(Fact, name="core.capability_lost", line=False, reaction=False):
    """Slack lacks a method or refuses it to us; said once, in the log and in doctor, not in a room."""

    method: str
    error: str


@dataclass(frozen=True, kw_only=True)
class DeliveryDied(Fact, name="core.delivery_died", line=False, reaction=False):
    """Nobody will send this any more."""

    delivery: int
    kind: str
    reason: str
