"""Every integration: the modules it consists of, the switch that turns it off, and the double that stands in for it.

A new file that talks to a service belongs here, and a test then asks it for all three.
"""

from dataclasses import dataclass

from bot.catalog.sections.integrations import Integration, Integrations


@dataclass(frozen=True)
class Registered:
    """`modules` of this package; `secrets` fields of Settings; `double` "module:name", which `make demo` starts.

    `secret_address`: its secrets are `${NAME}` in its address, read from the environment.
    """

    name: str
    modules: tuple[str, ...]
    secrets: tuple[str, ...]
    double: str
    secret_address: bool = False

    @property
    def switch(self) -> str:
        """Where tocsin.yml turns it off, by `false`."""
        return f"integrations.{self.name}.enabled"

    def enabled(self, integrations: Integrations) -> bool:
        """Whether the section `integrations` leaves it on; it is on unless somebody turned it off."""
        section: Integration = getattr(integrations, self.name)
        return section.enabled


SLACK = Registered(
    name="slack",
    modules=("slack.sender", "slack.web_api", "slack.people", "slack.rooms", "slack.upload"),
    secrets=("bot_token", "app_token", "signing_secret"),
    double="sandbox.server:Sandbox",
)
_OUTSIDE = "sandbox.outside.world:Outside"
EMAIL = Registered("email", ("email",), ("smtp_password",), _OUTSIDE)
SMS = Registered("sms", ("apprise_method",), (), _OUTSIDE, secret_address=True)
PHONE = Registered("phone", ("apprise_method",), (), _OUTSIDE, secret_address=True)
PUSH = Registered("push", ("apprise_method",), (), _OUTSIDE, secret_address=True)
PAGERDUTY = Registered("pagerduty", ("pagerduty", "web_call"), ("pagerduty_key", "pagerduty_token"), _OUTSIDE)
OPSGENIE = Registered("opsgenie", ("opsgenie", "web_call"), ("opsgenie_key",), _OUTSIDE)
WEBHOOK = Registered("webhook", ("webhook", "web_call"), ("webhook_secret",), _OUTSIDE)
_TRACKERS = tuple(f"trackers.{one}" for one in ("github", "gitlab", "jira", "made", "tracker"))
TICKETS = Registered("tickets", (*_TRACKERS, "web_call"), ("tickets_token",), _OUTSIDE)
WAYS = (EMAIL, SMS, PHONE, PUSH, PAGERDUTY, OPSGENIE, WEBHOOK)
"""Those that reach people."""
REGISTRY = (SLACK, *WAYS, TICKETS)
