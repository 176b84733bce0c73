"""Watches what this installation stands on: whether its ways get through, and whether its configuration is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot import clock as clocks
from bot.deliveries import kinds
from bot.domain.contact.provider_health import REFUSED
from bot.domain.core.people import TOCSIN
from bot.services.contact import provider_health
from bot.services.workspace import configuration as configuration_service
from bot.work import WorkFactory
from storage.queries import refusals

AWAY = 30.0
"""Seconds without a connection to Slack after which nobody counts on it."""
PATIENCE = 5
"""Looks, a minute apart, after which a difference between processes is said."""


@dataclass
class Watch:
    """`connected`: whether Slack's connection to us stands; `accepts`: whether a provider takes our credentials now;
    `problems`: what is wrong with the configuration file; `apart`: where another process has a newer one."""

    desk: WorkFactory
    connected: Callable[[], bool]
    accepts: Callable[[str], bool]
    problems: Callable[[], Sequence[str]]
    apart: Callable[[], Sequence[str]] = lambda: ()
    _heard: float = field(default_factory=clocks.monotonic)
    _said: tuple[str, ...] | None = None
    _behind: Sequence[str] = ()
    _looks: int = 0

    def ways(self) -> None:
        """What the latest attempts show; every few seconds."""
        if self.connected():
            self._heard = clocks.monotonic()
        provider_health.sweep(self.desk, clocks.real(), kinds.via, away=clocks.monotonic() - self._heard > AWAY)

    def credentials(self) -> None:
        """Asks those that refused us whether they take us now; gently, for each has refused us once already."""
        with self.desk.read() as session:
            refused = [via for via, one in provider_health.ailments(session).items() if one.cause == REFUSED]
        for via in refused:
            if self.accepts(via):
                with self.desk.work(TOCSIN) as w:
                    provider_health.well(w, via, REFUSED)

    def configuration(self) -> None:
        """Only a change in what this process sees is news, so that two of them never contradict each other in turn."""
        problems = tuple(self.problems())
        if problems == self._said:
            return
        with self.desk.work(TOCSIN) as w:
            configuration_service.seen(w, problems)
        self._said = problems

    def other_processes(self) -> None:
        """Said when it lasts: while a release or a file is rolled out, processes differ for a while."""
        self._behind = self.apart()
        self._looks = self._looks + 1 if self._behind else 0
        if self._looks == PATIENCE:
            with self.desk.work(TOCSIN) as w:
                configuration_service.differs(w, self._behind)

    def ailing(self) -> dict[str, str]:
        """What does not work, by name: pages and incidents go on without."""
        with self.desk.read() as session:
            found = provider_health.sentences(session)
            if waiting := refusals.aside(session):
                found["deliveries"] = f"{waiting} wait for a newer release of Tocsin, which owed them"
        if (seconds := clocks.ahead()) > AWAY:
            found["clock"] = (
                f"the machine's clock was set back by {seconds:.0f} s; time goes on slower until it is right"
            )
        wrong = self.problems()
        if wrong:  # the place alone: what stands there may name people
            found["configuration"] = f"the file was rejected; {len(wrong)} wrong, first {wrong[0].partition(': ')[0]}"
        elif self._looks >= PATIENCE:
            found["configuration"] = f"another process has read a newer file; {', '.join(self._behind)} differ"
        return found

    def causes(self) -> dict[str, str]:
        """What ails which way, for the figures."""
        with self.desk.read() as session:
            return {via: one.cause for via, one in provider_health.ailments(session).items()}
