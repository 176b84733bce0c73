"""What the doors of the web application lead to. Knows no web framework."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import App

from bot.domain.paging.ack_link import AckLinks
from bot.health import Health
from handlers.door import Door


@dataclass(frozen=True)
class Site:
    """What the doors lead to. `token` opens the API; without `bolt` or a signing secret Slack's door stays shut,
    without `links` those of acknowledging by link, without `alert_token` that of replies."""

    door: Door
    health: Health
    metrics: Callable[[], bytes]
    token: str
    bolt: App | None = None
    signing_secret: str = ""
    links: AckLinks | None = None
    alert_token: str = ""
