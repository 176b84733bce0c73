"""What a word after `page` or `escalate` stands for, by the configuration and by Slack's user groups as kept."""

from bot.domain import addressing
from bot.domain.addressing import Named
from bot.services import usergroups
from bot.work import Work
from storage.models import Incident


def named(w: Work, incident: Incident, text: str) -> Named | None:
    """The name and the snapshot of what is meant; None when no such thing is configured."""
    return addressing.named(w.catalog, lambda: usergroups.members(w.session), text, incident.severity)
