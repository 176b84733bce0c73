"""What a word after `page` or `escalate` stands for, by the configuration and by Slack's user groups as kept."""

from bot.domain.paging import targets
from bot.domain.paging.targets import Named
from bot.services.workspace import user_groups
from bot.work import Work
from storage.models import Incident


def named(w: Work, incident: Incident, text: str) -> Named | None:
    """The name and the snapshot of what is meant; None when no such thing is configured."""
    return targets.named(w.catalog, lambda: user_groups.members(w.session), text, incident.severity)
