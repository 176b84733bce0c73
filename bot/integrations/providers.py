"""The ways beyond Slack as the configuration has them now: each is made when it is first needed, and made anew when
its section changes.
"""

import threading
from collections.abc import Callable

from bot.catalog.sections.integrations import Integration, Integrations
from bot.integrations.apprise_method import AppriseWay
from bot.integrations.email import Email
from bot.integrations.opsgenie import OpsgenieAlerts
from bot.integrations.pagerduty import PagerDutyClient, PagerDutyEvents
from bot.integrations.provider import NAMES, Clocks, NotConfigured, Provable, Secrets, Way
from bot.integrations.trackers.made import TicketDesk, desk
from bot.integrations.webhook import SignedWebhook


class Providers:
    """`way` and `mirror` raise NotConfigured when there is none. Threads may share one."""

    def __init__(self, sections: Callable[[], Integrations], secrets: Secrets, clocks: Clocks) -> None:
        self._sections, self._secrets, self._clocks = sections, secrets, clocks
        self._lock = threading.Lock()
        self._ways: dict[str, tuple[Integration, Way]] = {}
        self._mirror: tuple[Integration, PagerDutyClient] | None = None
        self._tickets: tuple[Integration, TicketDesk] | None = None

    @property
    def sections(self) -> Integrations:
        return self._sections()

    def way(self, via: str) -> Way:
        """The way `via`, one of NAMES. Raises NotConfigured."""
        section: Integration = getattr(self.sections, via)
        self._require(via, section)
        with self._lock:
            kept = self._ways.get(via)
            if kept and kept[0] == section:
                return kept[1]
            made = self._made(via, self.sections)
            self._ways[via] = section, made
        if kept:
            kept[1].close()
        return made

    def mirror(self) -> PagerDutyClient:
        """PagerDuty's REST interface. Raises NotConfigured."""
        section = self.sections.pagerduty
        self._require("pagerduty", section)
        with self._lock:
            kept = self._mirror
            if kept and kept[0] == section:
                return kept[1]
            made = PagerDutyClient(section, self._secrets)
            self._mirror = section, made
        if kept:
            kept[1].close()
        return made

    def tickets(self) -> TicketDesk:
        """The tracker in which tickets are made. Raises NotConfigured."""
        section = self.sections.tickets
        if not section.enabled:
            raise NotConfigured("tickets are switched off (integrations.tickets.enabled)")
        with self._lock:
            kept = self._tickets
            if kept and kept[0] == section:
                return kept[1]
            made = desk(section, self._secrets, self._clocks)
            self._tickets = section, made
        if kept:
            kept[1].close()
        return made

    def close(self) -> None:
        with self._lock:
            others = [one[1] for one in (self._mirror, self._tickets) if one]
            open_ones: list[Provable] = [*(way for _, way in self._ways.values()), *others]
            self._ways, self._mirror, self._tickets = {}, None, None
        for one in open_ones:
            one.close()

    @staticmethod
    def _require(via: str, section: Integration) -> None:
        if not section.enabled:
            raise NotConfigured(f"{NAMES[via]} is switched off (integrations.{via}.enabled)")

    def _made(self, via: str, sections: Integrations) -> Way:
        match via:
            case "email":
                return Email(sections.email, self._secrets, self._clocks)
            case "sms" | "phone" | "push":
                return AppriseWay(via, getattr(sections, via), self._secrets)
            case "pagerduty":
                return PagerDutyEvents(sections.pagerduty, self._secrets)
            case "opsgenie":
                return OpsgenieAlerts(sections.opsgenie, self._secrets)
            case "webhook":
                return SignedWebhook(sections.webhook, self._secrets, self._clocks)
        raise NotConfigured(f'"{via}" is no way to reach anyone; known are {", ".join(NAMES)}')
