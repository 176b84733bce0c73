"""Brings each letter to its integration: Slack's to Slack, a page by another way to that way.

What every way needs is done here once: a circuit breaker, bundling, and an end to repeating what nobody confirms.
"""

import threading
from collections.abc import Callable
from typing import Protocol

from bot.integrations import breaker
from bot.integrations.breaker import Circuit
from bot.integrations.bundling import Bundler
from bot.integrations.letter import Letter, OpenMirror, Reach, ResolveMirror, Withdraw
from bot.integrations.opsgenie import OpsgenieAlerts
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent
from bot.integrations.pagerduty import PagerDutyEvents
from bot.integrations.provider import NAMES, Clocks, NotConfigured, ProviderProblem
from bot.integrations.providers import Providers

MIRROR = "PagerDuty's REST interface"
IDEMPOTENT = frozenset({"pagerduty", "opsgenie"})
"""A repeat changes nothing there, so it may be repeated for as long as it takes."""
MOST_UNCONFIRMED = 3
"""Attempts that may have reached somebody; with more, the cure would be worse than the doubt."""


class SlackSender(Protocol):
    """Whatever stands for Slack."""

    def send(self, item: Letter, *, ambiguous: bool, plain: bool = False) -> Outcome: ...


class Switchboard:
    """The one integration that the dispatcher knows."""

    def __init__(self, slack: SlackSender, providers: Providers, clocks: Clocks) -> None:
        self._slack, self._providers, self._monotonic = slack, providers, clocks.monotonic
        self._bundler = Bundler(clocks.monotonic, lambda: providers.sections.per_minute)
        self._lock = threading.Lock()
        self._circuits: dict[str, Circuit] = {}
        self._unconfirmed: dict[str, int] = {}

    def send(self, item: Letter, *, ambiguous: bool, plain: bool = False) -> Outcome:
        """One attempt."""
        match item:
            case Reach():
                return self._reach(item, ambiguous)
            case Withdraw():
                return self._guarded(item.via, lambda: self._withdraw(item))
            case OpenMirror():
                return self._guarded(MIRROR, lambda: self._providers.mirror().open(item, ambiguous=ambiguous))
            case ResolveMirror():
                return self._guarded(MIRROR, lambda: self._providers.mirror().resolve(item))
        return self._slack.send(item, ambiguous=ambiguous, plain=plain)

    def close(self) -> None:
        self._providers.close()

    def _reach(self, item: Reach, ambiguous: bool) -> Outcome:
        if item.via not in NAMES:
            return Failed(Reason.PERMANENT, f'"{item.via}" is no way to reach anybody; known are {", ".join(NAMES)}')
        admitted = self._bundler.admit(item)
        if isinstance(admitted, Sent | Retry | Failed):
            return admitted
        whole, keys = admitted
        outcome = self._guarded(item.via, lambda: self._providers.way(item.via).send(whole, ambiguous=ambiguous))
        self._bundler.settled(item, keys, outcome)
        return outcome if item.via in IDEMPOTENT else self._bounded(item, outcome)

    def _withdraw(self, item: Withdraw) -> Sent:
        way = self._providers.way(item.via)
        if isinstance(way, PagerDutyEvents | OpsgenieAlerts):
            return way.withdraw(item)
        return Sent({"nothing": f"{NAMES[item.via]} cannot take a message back"})

    def _guarded(self, name: str, attempt: Callable[[], Sent]) -> Outcome:
        """One attempt through the breaker of its provider."""
        with self._lock:
            circuit, now = self._circuits.get(name, Circuit()), self._monotonic()
            if (seconds := breaker.wait(circuit, now)) > 0:
                said = f"{NAMES.get(name, name)} has failed {breaker.FAILURES} times in a row; it is left alone for now"
                return Retry(Reason.NOT_APPLIED, said, seconds)
            self._circuits[name] = breaker.started(circuit, now)
        outcome = _outcome(attempt)
        with self._lock:
            self._circuits[name] = breaker.ended(self._circuits[name], outcome, self._monotonic())
        return outcome

    def _bounded(self, item: Reach, outcome: Outcome) -> Outcome:
        """Attempts of which nobody knows whether they arrived come to an end: the next way is used then."""
        with self._lock:
            if not (isinstance(outcome, Retry) and outcome.reason is Reason.AMBIGUOUS):
                if not isinstance(outcome, Retry):
                    self._unconfirmed.pop(item.key, None)
                return outcome
            count = self._unconfirmed[item.key] = self._unconfirmed.get(item.key, 0) + 1
            if count < MOST_UNCONFIRMED:
                return outcome
            del self._unconfirmed[item.key]
        return Failed(Reason.AMBIGUOUS, f"not confirmed in {count} attempts: {outcome.detail}")


def _outcome(attempt: Callable[[], Sent]) -> Outcome:
    try:
        return attempt()
    except NotConfigured as missing:
        return Failed(Reason.PERMANENT, str(missing))
    except ProviderProblem as problem:
        return problem.outcome()
