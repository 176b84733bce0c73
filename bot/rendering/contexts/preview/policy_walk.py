"""Who would be paged when, as a message."""

from collections.abc import Sequence

from bot.domain.contact.methods import NAMES, ContactMethod
from bot.domain.paging import targets
from bot.domain.paging.policy_choice import WAITS
from bot.domain.preview.policy_walk import Case, Stop
from bot.rendering.contexts.core.presenter import Presenter, is_slack
from bot.rendering.contexts.incidents.incident import Context
from bot.rendering.durations import human


def preview(show: Presenter, policy: str, case: Case, stops: Sequence[Stop]) -> Context:
    """What `preview` is given: the first round of a policy, people by name, so that nobody is mentioned."""
    people = [one.person for stop in stops for one in stop.people]
    return {
        "policy": ", ".join(show.name(one) if is_slack(one) else one for one in policy.split(", ")),
        "severity": show.severity(case.severity) if case.severity else None,
        "service": case.service,
        "unlisted": show.listed(targets.unlisted(show.catalog, people)) or None,
        "at": show.when(case.start),
        "waits": WAITS[case.waits] if case.waits else None,
        "repeat": case.policy["repeat"],
        "last_resort": show.catalog.incidents_channel,
        "levels": [_level(show, stop) for stop in stops],
    }


def _level(show: Presenter, stop: Stop) -> Context:
    ways = dict.fromkeys(_way(way) for one in stop.people for way in one.ways if not way.unused)
    return {
        "level": stop.level,
        "after": stop.after or None,
        "targets": ", ".join(stop.targets),
        "people": show.listed(one.person for one in stop.people) or None,
        "unknown": ", ".join(stop.open_targets) or None,
        "ways": ", ".join(ways) or None,
    }


def _way(way: ContactMethod) -> str:
    return f"{NAMES[way.via]}{f' after {human(way.after)}' if way.after else ''}"
