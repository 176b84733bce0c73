"""What a word after `page` or `escalate` stands for: a policy, a team, a schedule or a user group; people come last."""

from typing import Any

from bot.domain import escalation as escalations
from bot.services import usergroups
from bot.work import Work
from storage.models import Incident


def named(w: Work, incident: Incident, text: str) -> tuple[str, dict[str, Any]] | None:
    """The name and the snapshot of what is meant; None when no such thing is configured."""
    word = text.strip()
    key = word.lower().removeprefix("policy:")
    if policy := w.catalog.policies.get(key):
        return policy.key, escalations.snapshot(policy, incident.severity)
    bare = word.lower().removeprefix("team:").removeprefix("schedule:")
    for kind, known in (("team", w.catalog.teams), ("schedule", w.catalog.schedules)):
        found = next((name for name in known if name.lower() == bare), None)
        if found is not None:
            return found, escalations.direct([f"{kind}:{found}"])
    handle = word.removeprefix("usergroup:").removeprefix("@")
    if handle and handle in usergroups.members(w.session):
        return f"@{handle}", escalations.direct([f"usergroup:{handle}"])
    return None
