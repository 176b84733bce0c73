"""Every integration: the modules it consists of, the switch that turns it off, and the double that stands in for it.

A new file that talks to a service belongs here, and a test then asks it for all three.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Registered:
    """`modules` of this package; `secrets` fields of Settings; `double` "module:name", which `make demo` starts."""

    name: str
    modules: tuple[str, ...]
    secrets: tuple[str, ...]
    double: str

    @property
    def switch(self) -> str:
        """Where tocsin.yml turns it off, by `false`."""
        return f"integrations.{self.name}.enabled"

    def enabled(self, integrations: Mapping[str, Any]) -> bool:
        """Whether the section `integrations` leaves it on; it is on unless somebody turned it off."""
        section = integrations.get(self.name)
        return not (isinstance(section, Mapping) and section.get("enabled") is False)


SLACK = Registered(
    name="slack",
    modules=("slack", "slack_api", "slack_people", "slack_upload"),
    secrets=("bot_token", "app_token", "signing_secret"),
    double="sandbox.server:Sandbox",
)
REGISTRY = (SLACK,)
