"""What every way beyond Slack has in common: how it is asked, how it fails, and the secrets that it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.integrations.outbound import Reach
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent

NAMES = {
    "email": "e-mail",
    "sms": "SMS",
    "phone": "the phone",
    "push": "push",
    "pagerduty": "PagerDuty",
    "opsgenie": "Opsgenie",
    "webhook": "the webhook",
}
"""Every way, as people call it."""


class ProviderProblem(Exception):
    """A call that did not succeed: what was said, without any secret, and its class. `after`: seconds to wait."""

    def __init__(self, provider: str, reason: Reason, error: str, after: float | None = None) -> None:
        super().__init__(f"{provider}: {error}")
        self.provider, self.reason, self.error, self.after = provider, reason, error, after

    def outcome(self) -> Outcome:
        """Bad credentials fail here, other than with Slack: there is another way, and it must not wait for them."""
        if self.reason in (Reason.PERMANENT, Reason.LACKING, Reason.POISON, Reason.AUTH):
            return Failed(self.reason, str(self))
        return Retry(self.reason, str(self), self.after)


class NotConfigured(Exception):
    """A way that this installation has not set up; says what to set."""


@dataclass(frozen=True)
class Secrets:
    """Keys and passwords. `named` finds what `${NAME}` in an address stands for ("" when unset), `hide` keeps it from
    the log. None of it is shown."""

    smtp_password: str = field(default="", repr=False)
    pagerduty_key: str = field(default="", repr=False)
    pagerduty_token: str = field(default="", repr=False)
    opsgenie_key: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    tickets_token: str = field(default="", repr=False)
    named: Callable[[str], str] = field(default=lambda name: "", repr=False)
    hide: Callable[[str], None] = field(default=lambda secret: None, repr=False)


@dataclass(frozen=True)
class Clocks:
    """`real` for what carries a date, `monotonic` (seconds) for what counts."""

    real: Callable[[], datetime]
    monotonic: Callable[[], float]


class Provable(Protocol):
    """Something that has credentials. `provable`: `probe` shows whether they are accepted."""

    @property
    def provable(self) -> bool: ...

    def probe(self) -> str:
        """A call that changes nothing, and what it showed. Raises ProviderProblem."""
        ...

    def close(self) -> None: ...


class Way(Provable, Protocol):
    """Reaches a person by one service."""

    def send(self, item: Reach, *, ambiguous: bool) -> Sent:
        """One attempt; `ambiguous`: an earlier one may have been applied. Raises ProviderProblem."""
        ...
