"""What travels to the app and what comes back."""

from dataclasses import dataclass
from typing import Literal, Protocol

from sandbox.records import Json

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Envelope:
    """One delivery; `wants_answer` when the acknowledgement may carry a payload."""

    kind: Kind
    payload: Json
    wants_answer: bool = True
    retry: int = 0
    retry_reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery. `error` is empty when the app acknowledged in time."""

    error: str = ""
    body: Json | None = None
    ack_ms: int = 0
    reason: str = ""
    no_retry: bool = False


class Door(Protocol):
    """A way to the app."""

    async def deliver(self, envelope: Envelope) -> Outcome:
        """Sends the envelope and waits for the acknowledgement: as many real seconds as `World.patience` says."""
        ...

    def connections(self) -> int:
        """How many ways to the app are open now."""
        ...
