"""What of the configuration pages nobody, or is not paged by anything: unused schedules, empty levels, people out of
reach.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.catalog.catalog import Catalog
from bot.catalog.duration import format_duration
from bot.catalog.sections.policies import Level, Target
from bot.domain.contact import methods, planning
from bot.domain.schedules.coverage import used

LONG = timedelta(days=7)


def notes(catalog: Catalog) -> list[str]:
    """One sentence per oddity, each with what to do."""
    return [*_unused(catalog), *_empty_levels(catalog), *_out_of_reach(catalog), *_long(catalog)]


def _unused(catalog: Catalog) -> Iterator[str]:
    for name in catalog.schedules:
        if name not in used(catalog):
            yield (
                f"schedules.{name}: no policy uses it, so being on call for it pages no one; "
                f"add `schedule:{name}` to a level, or remove it."
            )


def _empty_levels(catalog: Catalog) -> Iterator[str]:
    for policy in catalog.policies.values():
        for number, level in enumerate(policy.levels, 1):
            empty = [one for one in level.to if _is_empty(catalog, one)]
            if not empty:
                continue
            said = " and ".join(f"the team {one.name}, which has no members" for one in empty)
            tail = "so it reaches no one" if len(empty) == len(level.to) else "which reaches no one"
            yield f"policies.{policy.key}: level {number} asks {said}, {tail}; give it members, or ask someone else."


def _is_empty(catalog: Catalog, target: Target) -> bool:
    team = catalog.teams.get(target.name) if target.kind == "team" else None
    return team is not None and not (team.members or team.lead)


def _out_of_reach(catalog: Catalog) -> Iterator[str]:
    """People whom a policy names, or a team that it asks, and whom no way reaches; a schedule's are said with it."""
    on_call = {who for name in catalog.schedules for who in catalog.schedules[name].people}
    hindered, asked = methods.hindrances(catalog), methods.asked_for(catalog)
    told: set[str] = set()
    for policy in catalog.policies.values():
        for number, level in enumerate(policy.levels, 1):
            for key in _people(catalog, level):
                person = catalog.people.get(key)
                if person is None or key in on_call or key in told:
                    continue
                ways = planning.plan(
                    methods.Contactee.of(key, person.slack, catalog), methods.Occasion("SEV-1", asked), hindered
                )
                if all(way.unused for way in ways):
                    told.add(key)
                    cures = methods.cures(key, ways)
                    yield f"policies.{policy.key}: level {number} asks {key}, who can't be reached; fix one: {cures}."


def _people(catalog: Catalog, level: Level) -> Iterator[str]:
    for target in level.to:
        team = catalog.teams.get(target.name)
        if target.kind == "person":
            yield target.name
        elif target.kind == "team" and team is not None:
            yield from dict.fromkeys([*([team.lead] if team.lead else []), *team.members])
        elif target.kind == "lead" and team is not None and team.lead:
            yield team.lead


def _long(catalog: Catalog) -> Iterator[str]:
    """Lengths after which nobody would be asked in time: as a rule another unit was meant."""
    for place, length in _waits(catalog):
        if length is not None and length > LONG:
            yield f"{place} is {format_duration(length)}; no page lasts that long, so check the unit."


def _waits(catalog: Catalog) -> Iterator[tuple[str, timedelta | None]]:
    """Every length after which somebody is asked, with where it stands."""
    for policy in catalog.policies.values():
        yield f"policies.{policy.key}.ack_timeout", policy.ack_timeout
        yield from ((f"policies.{policy.key}.levels[{at}].wait", level.wait) for at, level in enumerate(policy.levels))
        for severity, length in policy.wait_by_severity.items():
            yield f"policies.{policy.key}.wait_by_severity.{severity}", length
    for person in catalog.people.values():
        yield from ((f"people.{person.key}.contact[{at}].after", one.after) for at, one in enumerate(person.contact))
    for specialist in catalog.specialists.values():
        yield f"specialists.{specialist.key}.response", specialist.response
