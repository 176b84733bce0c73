"""From the settings to what sends: Slack, the ways beyond it, and the switchboard before both."""

from collections.abc import Callable

from bot import clock, logs
from bot.catalog.sections.integrations import Integrations
from bot.integrations.provider import Clocks, Secrets
from bot.integrations.providers import Providers
from bot.integrations.registry import SLACK
from bot.integrations.slack.sender import Slack
from bot.integrations.slack.web_api import SlackApi
from bot.integrations.switchboard import Switchboard
from bot.integrations.switched_off import SwitchedOff
from bot.settings import Settings, named_secret

CLOCKS = Clocks(real=clock.wall, monotonic=clock.monotonic)
"""Real time: mails carry dates and providers count seconds, whatever clock the incidents follow."""


def switchboard(settings: Settings, sections: Callable[[], Integrations], api: SlackApi) -> Switchboard:
    """The one integration of the dispatcher. Slack's switch is read now, the others with every page."""
    slack = Slack(api) if SLACK.enabled(sections()) else SwitchedOff("Slack", SLACK.switch)
    return Switchboard(slack, providers(settings, sections), CLOCKS)


def providers(settings: Settings, sections: Callable[[], Integrations]) -> Providers:
    """The ways beyond Slack, with their secrets."""
    secrets = Secrets(
        smtp_password=settings.smtp_password.get_secret_value(),
        pagerduty_key=settings.pagerduty_key.get_secret_value(),
        pagerduty_token=settings.pagerduty_token.get_secret_value(),
        opsgenie_key=settings.opsgenie_key.get_secret_value(),
        webhook_secret=settings.webhook_secret.get_secret_value(),
        tickets_token=settings.tickets_token.get_secret_value(),
        named=named_secret,
        hide=logs.hide,
    )
    return Providers(sections, secrets, CLOCKS)
