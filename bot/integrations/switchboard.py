"""Brings each outbound to its integration: Slack's to Slack, a page by another way to that way.

What every way needs is done here once: a circuit breaker, bundling, and an end to repeating what nobody confirms. What
is remembered here spares providers and people, no more: docs/decisions/0015 says why it may be lost.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.catalog.sections.integrations import Integration
from bot.domain.contact.provider_health import MIRROR, TICKETS
from bot.integrations import breaker
from bot.integrations.breaker import Circuit
from bot.integrations.bundling import Bundler
from bot.integrations.opsgenie import OpsgenieAlerts
from bot.integrations.outbound import NoteMirror, OpenMirror, Outbound, Reach, ResolveMirror, Withdraw
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent
from bot.integrations.pagerduty import PagerDutyEvents
from bot.integrations.provider import NAMES, Clocks, NotConfigured, Provable, ProviderProblem
from bot.integrations.providers import Providers
from bot.integrations.trackers.letters import MakeTicket, NoteTicket, ReadTicket

CALLED = {**NAMES, MIRROR: "PagerDuty's REST interface", TICKETS: "the ticket tracker"}
IDEMPOTENT = frozenset({"pagerduty", "opsgenie"})
"""A repeat changes nothing there, so it may be repeated for as long as it takes."""
GENTLY = 60.0
"""Seconds between two attempts at a provider that refuses our credentials; whoever comes meanwhile goes another way."""
MOST_UNCONFIRMED = 3
"""Attempts without an answer that may have reached someone; with more, the cure would be worse than the doubt."""
MOST_CUT_SHORT = 8
"""Senders that may die in the middle of one page. A bot that is killed again and again as it starts has mostly sent
nothing yet; but a message that kills whoever sends it has to come to an end."""


@dataclass(frozen=True)
class Refusal:
    """A provider did not accept our credentials `at` that second, with the section as it was then."""

    detail: str
    at: float
    section: Integration


class SlackSender(Protocol):
    """Whatever stands for Slack."""

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome: ...


class Switchboard:
    """The one integration that the dispatcher knows."""

    def __init__(self, slack: SlackSender, providers: Providers, clocks: Clocks) -> None:
        self._slack, self._providers, self._monotonic = slack, providers, clocks.monotonic
        self._bundler = Bundler(clocks.monotonic, lambda: providers.sections.per_minute)
        self._lock = threading.Lock()
        self._circuits: dict[str, Circuit] = {}
        self._refusals: dict[str, Refusal] = {}

    def send(self, item: Outbound, *, ambiguous: bool, plain: bool = False) -> Outcome:
        """One attempt."""
        match item:
            case Reach():
                return self._reach(item, ambiguous)
            case Withdraw():
                return self._guarded(item.via, lambda: self._withdraw(item))
            case OpenMirror():
                return self._guarded(MIRROR, lambda: self._providers.mirror().open(item, ambiguous=ambiguous))
            case NoteMirror():
                return self._guarded(MIRROR, lambda: self._providers.mirror().note(item))
            case ResolveMirror():
                return self._guarded(MIRROR, lambda: self._providers.mirror().resolve(item))
            case MakeTicket():
                return self._guarded(TICKETS, lambda: self._providers.tickets().make(item, ambiguous=ambiguous))
            case NoteTicket():
                return self._guarded(TICKETS, lambda: self._providers.tickets().note(item))
            case ReadTicket():
                return self._guarded(TICKETS, lambda: self._providers.tickets().read(item))
        return self._slack.send(item, ambiguous=ambiguous, plain=plain)

    def close(self) -> None:
        self._providers.close()

    def _reach(self, item: Reach, ambiguous: bool) -> Outcome:
        if item.via not in NAMES:
            return Failed(Reason.PERMANENT, f'"{item.via}" is no way to reach anyone; known are {", ".join(NAMES)}')
        if item.unconfirmed >= MOST_CUT_SHORT and not _repeatable(item):
            return Failed(Reason.AMBIGUOUS, f"not confirmed in {item.unconfirmed} attempts that were cut short")
        admitted = self._bundler.admit(item)
        if isinstance(admitted, Sent | Retry | Failed):
            return admitted
        whole, keys = admitted
        outcome = self._guarded(item.via, lambda: self._providers.way(item.via).send(whole, ambiguous=ambiguous))
        self._bundler.settled(item, keys, outcome)
        return _bounded(item, outcome)

    def _withdraw(self, item: Withdraw) -> Sent:
        way = self._providers.way(item.via)
        if isinstance(way, PagerDutyEvents | OpsgenieAlerts):
            return way.withdraw(item)
        return Sent({"nothing": f"{NAMES[item.via]} cannot take a message back"})

    def accepts(self, name: str) -> bool:
        """Whether a provider that refused our credentials takes them now; False where only a message can show it."""
        try:
            way = self._asked(name)
            if not way.provable:
                return False
            way.probe()
        except (NotConfigured, ProviderProblem):
            return False
        with self._lock:
            self._refusals.pop(name, None)
        return True

    def _asked(self, name: str) -> Provable:
        others: dict[str, Callable[[], Provable]] = {MIRROR: self._providers.mirror, TICKETS: self._providers.tickets}
        return others[name]() if name in others else self._providers.way(name)

    def _section(self, name: str) -> Integration:
        section: Integration = getattr(self._providers.sections, "pagerduty" if name == MIRROR else name)
        return section

    def _guarded(self, name: str, attempt: Callable[[], Sent]) -> Outcome:
        """One attempt unless its provider is left alone."""
        with self._lock:
            refusal, section = self._refusals.get(name), self._section(name)
            if refusal and refusal.section == section and self._monotonic() - refusal.at < GENTLY:
                return Failed(Reason.AUTH, refusal.detail)
        outcome = self._through_the_breaker(name, attempt)
        with self._lock:
            self._refusals.pop(name, None)
            if isinstance(outcome, Failed) and outcome.reason is Reason.AUTH:
                self._refusals[name] = Refusal(outcome.detail, self._monotonic(), section)
        return outcome

    def _through_the_breaker(self, name: str, attempt: Callable[[], Sent]) -> Outcome:
        with self._lock:
            circuit, now = self._circuits.get(name, Circuit()), self._monotonic()
            if (seconds := breaker.wait(circuit, now)) > 0:
                said = f"{CALLED[name]} has failed {breaker.FAILURES} times in a row; it is left alone for now"
                return Retry(Reason.NOT_APPLIED, said, seconds)
            self._circuits[name] = breaker.started(circuit, now)
        outcome = _outcome(attempt)
        with self._lock:
            self._circuits[name] = breaker.ended(self._circuits[name], outcome, self._monotonic())
        return outcome


def _repeatable(item: Reach) -> bool:
    """A repeat rings nobody twice."""
    return item.via in IDEMPOTENT and not item.afresh


def _bounded(item: Reach, outcome: Outcome) -> Outcome:
    """Attempts of which nobody knows whether they arrived come to an end: the next way is used then."""
    if not (isinstance(outcome, Retry) and outcome.reason is Reason.AMBIGUOUS):
        return outcome
    count = item.unconfirmed + 1
    if count < MOST_UNCONFIRMED or _repeatable(item):
        return outcome
    return Failed(Reason.AMBIGUOUS, f"not confirmed in {count} attempts: {outcome.detail}")


def _outcome(attempt: Callable[[], Sent]) -> Outcome:
    try:
        return attempt()
    except NotConfigured as missing:
        return Failed(Reason.PERMANENT, str(missing))
    except ProviderProblem as problem:
        return problem.outcome()
