"""What a word after `page` or `escalate` stands for: a policy, a team, a schedule or a user group; people come last.

Pure. What is configured is asked before what Slack knows, which is why the groups are a function.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from bot.catalog import Catalog
from bot.domain.paging import escalation as escalations


class Unnamed(StrEnum):
    """What is paged without a policy, a team, a schedule or a user group: it is shown by the people who are asked.

    The value stands where the name of the policy would.
    """

    #: One person, by name.
    PERSON = "by name"
    #: Everybody of tocsin.yml.
    ALL_HANDS = "all hands"
    #: Somebody tests how they are reached.
    TEST = "test page"
    #: Whoever holds an incident offers it to somebody.
    HANDOVER = "hand-over"


Groups = Callable[[], Mapping[str, Sequence[str]]]
Named = tuple[str, dict[str, Any]]


def named(catalog: Catalog, groups: Groups, text: str, severity: str) -> Named | None:
    """The name and the snapshot of what is meant; None when no such thing is configured."""
    word = text.strip()
    key = word.lower().removeprefix("policy:")
    if policy := catalog.policies.get(key):
        return policy.key, escalations.snapshot(policy, severity, catalog.ack_target(severity))
    bare = word.lower().removeprefix("team:").removeprefix("schedule:")
    for kind, known in (("team", catalog.teams), ("schedule", catalog.schedules)):
        found = next((name for name in known if name.lower() == bare), None)
        if found is not None:
            return found, escalations.direct([f"{kind}:{found}"], catalog.ack_target(severity))
    if found_by := _led_by(catalog, word):
        return Unnamed.PERSON, escalations.direct([found_by], catalog.ack_target(severity))
    handle = word.removeprefix("usergroup:").removeprefix("@")
    if handle and handle in groups():
        return f"@{handle}", escalations.direct([f"usergroup:{handle}"], catalog.ack_target(severity))
    return None


def _led_by(catalog: Catalog, word: str) -> str | None:
    """`lead:TEAM` or `manager:PERSON`, in whatever case, when there is one."""
    kind, _, name = word.lower().partition(":")
    if kind == "lead":
        return next((f"lead:{key}" for key, team in catalog.teams.items() if key.lower() == name and team.lead), None)
    if kind == "manager":
        people = catalog.people.items()
        return next((f"manager:{key}" for key, one in people if key.lower() == name and one.manager), None)
    return None


def service(catalog: Catalog, text: str) -> str | None:
    """The key of the service of this name."""
    word = text.strip().lower().removeprefix("service:")
    return next((key for key, one in catalog.services.items() if word in (key.lower(), one.name.lower())), None)


def unlisted(catalog: Catalog, people: Sequence[str]) -> list[str]:
    """Those of these people whom tocsin.yml does not know, so that nothing but Slack leads to them."""
    return [
        one for one in dict.fromkeys(people)
        if ":" not in one and one not in catalog.people and catalog.person_by_slack(one) is None
    ]  # fmt: skip
