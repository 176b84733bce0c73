"""What an integration says about one attempt: sent, try again, or give up; and why."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Classes of failure. Each asks for another reaction, none for "retry everything"."""

    NOT_APPLIED = "not_applied"  # it never reached the other side: try again
    AMBIGUOUS = "ambiguous"  # it may have been done: look before trying again
    RATE = "rate"  # told to wait: not an attempt
    RECIPIENT = "recipient"  # this recipient cannot have it now, others can: try again, the next way meanwhile
    PERMANENT = "permanent"  # will never work for this recipient: the next way now
    LACKING = "lacking"  # this workspace or app cannot do that at all
    AUTH = "auth"  # credentials: park and tell the operator
    POISON = "poison"  # the content was refused: once more as plain text
    WAITING = "waiting"  # what it needs is not there yet: not an attempt


ACTS = "acts"
"""In the result of a delivery: the message has buttons that reach us."""


@dataclass(frozen=True)
class Sent:
    """Applied. `result` is what later steps need (ts, channel id); `rendered` the text as sent.

    `posted`: this very attempt made a new message, at the channel and ts of the result.
    """

    result: dict[str, Any] = field(default_factory=dict)
    rendered: str = ""
    posted: bool = False


@dataclass(frozen=True)
class Retry:
    """`gate` names what was shut, where it is shut for others too: a channel's pace, a method's limit. `behind` is the
    key of the delivery that has to be settled first."""

    reason: Reason
    detail: str
    after: float | None = None
    gate: str = ""
    behind: str | None = None


@dataclass(frozen=True)
class Failed:
    """`code` is Slack's own word for a refusal, `place` where it was to go: a channel or a person, and "/" and the
    message when it was to go into its thread."""

    reason: Reason
    detail: str
    code: str = ""
    place: str = ""


Outcome = Sent | Retry | Failed
