"""Pages that ring no phone: for which severities that leaves somebody on call with Slack alone. A pure rule."""

from collections.abc import Iterator, Mapping, Sequence

from bot.catalog import Catalog
from bot.catalog.sections.policies import QUIET
from bot.domain.contact import planning
from bot.domain.contact.methods import PRIORITIES, SLACK, Contactee, Occasion, Unused

ADVICE = (
    "give them e-mail, or let the phone ring for it under people.{person}.contact: "
    "{{via: phone, after: 10m, severities: [SEV-3]}}."
)
"""What to do about it; `person` is their key."""


def by_slack_alone(
    who: Contactee, catalog: Catalog, schedules: Sequence[str], hindered: Mapping[str, str]
) -> list[str]:
    """The severities, as they are called, whose pages reach somebody of these schedules in Slack and nowhere else.

    Only where a phone is all that they have besides: what their own rules leave out is their choice.
    """
    found = []
    for severity in (key for key, priority in PRIORITIES.items() if priority in QUIET):
        for occasion in _occasions(catalog, schedules, severity):
            ways = planning.plan(who, occasion, hindered)
            held_back = any(way.unused == Unused.NOT_URGENT for way in ways)
            if held_back and [way.via for way in ways if not way.unused] == [SLACK]:
                found.append(catalog.severity_label(severity))
                break
    return found


def _occasions(catalog: Catalog, schedules: Sequence[str], severity: str) -> Iterator[Occasion]:
    """One for each level by which this severity asks one of the schedules."""
    policy = catalog.policy_for(severity)
    for level in policy.levels if policy else ():
        if any(target.kind == "schedule" and target.name in schedules for target in level.to):
            yield Occasion.of_level(level.model_dump(mode="json"), severity)
