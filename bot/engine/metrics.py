"""Figures for Prometheus. No titles or names of people as labels."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot import clock as clocks
from bot.integrations.outcome import Failed, Outcome, Retry
from storage.models import Delivery


class Metrics:
    """One registry per application, so that two in one process (tests) do not collide."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._depths: Callable[[], dict[str, int]] = dict
        self.attempts = Counter(
            "tocsin_attempts_total", "Attempts to send a delivery", ["kind", "outcome"], registry=self.registry
        )
        self.call_seconds = Histogram(
            "tocsin_attempt_seconds", "How long an attempt took", ["kind"], registry=self.registry
        )
        self.page_seconds = Histogram(
            "tocsin_page_seconds",
            "From owing a page to the provider's acceptance",
            registry=self.registry,
            buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300),
        )
        self.overdue = Gauge(
            "tocsin_pages_overdue", "Pages owed for too long without an attempt", registry=self.registry
        )
        self.unsettled = Gauge("tocsin_deliveries_unsettled", "Deliveries waiting", ["state"], registry=self.registry)
        self._ailing: Callable[[], dict[str, str]] = dict
        self.ailing = Gauge(
            "tocsin_way_ailing", "1 for a way that does not get through", ["way", "cause"], registry=self.registry
        )
        self.connected = Gauge("tocsin_slack_connected", "1 while Socket Mode is connected", registry=self.registry)

    def attempt(self, row: Delivery, outcome: Outcome, seconds: float) -> None:
        """Counts one attempt; a sent page also counts how long it was owed."""
        word = outcome.reason.value if isinstance(outcome, Retry | Failed) else "sent"
        self.attempts.labels(row.kind, word).inc()
        self.call_seconds.labels(row.kind).observe(seconds)
        if row.kind in ("page", "page.way") and word == "sent":
            self.page_seconds.observe((clocks.real() - row.created_at).total_seconds())

    def watch(
        self,
        *,
        overdue: Callable[[], float],
        connected: Callable[[], float],
        depths: Callable[[], dict[str, int]],
        ailing: Callable[[], dict[str, str]],
    ) -> None:
        """Where the gauges look when they are read."""
        self.overdue.set_function(overdue)
        self.connected.set_function(connected)
        self._depths, self._ailing = depths, ailing

    def text(self) -> bytes:
        for state, count in self._depths().items():
            self.unsettled.labels(state).set(count)
        self.ailing.clear()
        for way, cause in self._ailing().items():
            self.ailing.labels(way, cause).set(1)
        return generate_latest(self.registry)
