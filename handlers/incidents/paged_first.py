"""The line of a form that says who is asked first, from the schedules as they are now."""

from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.catalog import Catalog
from bot.domain.core.people import display_name
from bot.domain.paging import escalation, policy_choice, resolver
from bot.domain.schedules import overrides
from handlers.door import Door
from storage.queries import schedules as schedule_queries


def who_is_paged(session: Session, door: Door, severity: str, service: str) -> str:
    """The line that says who is asked first, from the schedule as it is now."""
    catalog = door.catalog
    now = door.desk.clock.now()
    choice = policy_choice.choose(catalog, severity, service or None, now)
    policy = choice.policy
    if policy is None:
        return f"No policy is configured for {catalog.severity_label(severity)}: no one is paged."
    rota = overrides.rota_of(catalog, *schedule_queries.overrides(session, now))
    resolve = resolver.resolver(rota, choice.begins)
    for level in policy.levels:
        asked = [one for target in level.to for one in resolve(str(target))]
        if asked:
            names = ", ".join(dict.fromkeys(display_name(one.person, catalog) for one in asked))
            number = policy.levels.index(level)
            wait = number + 1 < len(policy.levels) and escalation.snapshot(policy, severity)["levels"][number]["wait"]
            then = f" The next level is paged after {int(wait // 60)} min without an answer." if wait else ""
            return f"📟 Pages {_begins(catalog, choice)}: {names} (policy {policy.key}).{then}"
    return f"⚠ Policy {policy.key} has no one to page now; page someone by name after declaring."


def _begins(catalog: Catalog, choice: policy_choice.Choice) -> str:
    """When: now, or the moment for which paging waits, in the zone of the configuration."""
    local = choice.begins.astimezone(ZoneInfo(catalog.display.time_zone))
    return f"from {local:%a %d %b %H:%M %Z} on, since {policy_choice.WAITS[choice.waits]}" if choice.waits else "now"
