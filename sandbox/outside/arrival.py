"""What arrived at one of the stand-ins, and what was wrong with it by the rules of the real service."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Arrival:
    """`service` is email, sms, phone, push, pagerduty, pagerduty_rest, opsgenie or webhook; `act` what was asked."""

    service: str
    act: str
    to: str
    title: str
    body: Json
    headers: dict[str, str]
    wrong: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What the person reads or hears, its title apart."""
        body = self.body
        said = body.get("text") or body.get("message") or body.get("description") or ""
        return str(said) if said != self.title else ""

    def shown(self) -> Json:
        """What POST /_sandbox/outbox takes: the stand-ins need not live where the workspace does."""
        return {
            "service": self.service,
            "act": self.act,
            "to": self.to,
            "title": self.title,
            "text": self.text,
            "body": self.body,
            "wrong": list(self.wrong),
        }


@dataclass
class Book:
    """Everything that arrived, in order. Threads may share one."""

    told: Callable[[Arrival], None] = lambda arrival: None
    _rows: list[Arrival] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, arrival: Arrival) -> None:
        with self._changed:
            self._rows.append(arrival)
            self._changed.notify_all()
        self.told(arrival)

    def of(self, *services: str) -> list[Arrival]:
        """What came for these services, or all, oldest first."""
        with self._changed:
            return [one for one in self._rows if not services or one.service in services]

    def wait_for(self, service: str, count: int = 1, seconds: float = 60.0) -> list[Arrival]:
        """Until so many came for a service, or the seconds are over."""
        with self._changed:
            self._changed.wait_for(lambda: len([one for one in self._rows if one.service == service]) >= count, seconds)
        return self.of(service)

    def wrong(self) -> list[str]:
        """Every broken rule: nothing, when all is well."""
        return [f"{one.service} {one.act}: {each}" for one in self.of() for each in one.wrong]
