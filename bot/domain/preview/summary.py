"""A difference between two configurations in sentences: what changes, and what each removal costs, in numbers."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.catalog import Catalog
from bot.domain.contact.methods import NAMES
from bot.domain.core.people import display_name
from bot.domain.preview.difference import Difference, Lost, NewGap, Swap, UnpagedTime, Use
from bot.domain.preview.paged_over_time import named


def sentences(old: Catalog, new: Catalog, found: Difference) -> list[str]:
    """Removals first, with their price; then who is paged instead of whom; then each gap and how to fill it."""
    zone = ZoneInfo(new.display.time_zone)
    return [
        *removals(old, new, found),
        *(_swap(old, new, one, zone) for one in found.swaps),
        *(_gap(old, new, one) for one in found.gaps),
        *(_silence(new, one, zone) for one in found.silences),
        *(_lost(new, one) for one in found.lost),
    ]


def summary(found: Difference) -> str:
    """One line of figures."""
    severe = sum(one.severe for one in found.lost)
    silent = f"{_count(len(found.silences), 'window')} in which a policy reaches no one, " if found.silences else ""
    unreachable = sum(one.unreachable for one in found.lost)
    gone = f", {unreachable} of them unreachable" if unreachable else ""
    return (
        f"{_count(len(found.swaps), 'window')} with other people paged, "
        f"{_count(len(found.gaps), 'window')} that no one covers any more, "
        f"{silent}{_count(severe, 'person', 'people')} with nothing beyond Slack left{gone}."
    )


def removals(old: Catalog, new: Catalog, found: Difference) -> Iterator[str]:
    """One sentence for each person, schedule, team, layer, policy and contact method that is gone."""
    for person in _gone(old.people, new.people):
        gaps = [gap for gap in found.gaps if person in gap.before]
        swaps = [swap for swap in found.swaps if person in swap.before and person not in swap.after]
        yield f"Removing {old.people[person].name} ({person}) {_price(gaps, swaps)}"
    for schedule in _gone(old.schedules, new.schedules):
        uses = [use for use in found.uses if _asks(old, use.old, f"schedule:{schedule}")]
        yield f"Removing the schedule {schedule} takes it out of what pages {_cases(uses)}."
    for team in _gone(old.teams, new.teams):
        uses = [use for use in found.uses if _asks(old, use.old, f"team:{team}")]
        yield f"Removing the team {team} takes it out of what pages {_cases(uses)}."
    yield from _layers(old, new, found)
    for policy in _gone(old.policies, new.policies):
        uses = [use for use in found.uses if use.old == policy]
        instead = " and ".join(dict.fromkeys(use.new or "no one" for use in uses))
        tail = f"{_cases(uses)} is paged by {instead} instead" if uses else "nothing was paged by it"
        yield f"Removing the policy {policy}: {tail}."


def _layers(old: Catalog, new: Catalog, found: Difference) -> Iterator[str]:
    for key, schedule in old.schedules.items():
        if key not in new.schedules:
            continue
        left = {layer.name for layer in new.schedules[key].layers}
        for name in (layer.name for layer in schedule.layers if layer.name not in left):
            gaps = [gap for gap in found.gaps if gap.schedule == key and name in gap.layer.split("+")]
            yield f"Removing the layer {name} of {key} {_price(gaps, ())}"


def command(gap: NewGap, catalog: Catalog) -> str:
    """The exact command that fills a gap, with somebody who still exists."""
    there = [who for who in (*gap.before, *catalog.schedules[gap.schedule].people) if who in catalog.people]
    zone = catalog.schedules[gap.schedule].zone
    edges = [f"{edge.astimezone(zone):%Y-%m-%dT%H:%M}" for edge in (gap.start, gap.end)]
    who = there[0] if there else "PERSON"
    return f"tocsin oncall override --schedule {gap.schedule} --from {edges[0]} --to {edges[1]} --add {who}"


def _swap(old: Catalog, new: Catalog, one: Swap, zone: ZoneInfo) -> str:
    before, after = _people(one.before, old), _people(one.after, new)
    change = f"{after} instead of {before}" if one.after else f"no one instead of {before}"
    if not one.before:
        change = f"{after} as well"
    return f"Level {one.level} for {_cases([one.use])} pages {change} {_span(one.start, one.end, zone)}."


def _gap(old: Catalog, new: Catalog, one: NewGap) -> str:
    was = _people(one.before, old)
    zone = new.schedules[one.schedule].zone
    return f"{one.schedule} has no one {_span(one.start, one.end, zone)}; it was {was}. Fill it: {command(one, new)}"


def _silence(new: Catalog, one: UnpagedTime, zone: ZoneInfo) -> str:
    by = one.use.new or "no policy"
    when = _span(one.start, one.end, zone)
    return f"{by} reaches no one for {_cases([one.use])} {when}: {new.incidents_channel} is told instead."


def _lost(new: Catalog, one: Lost) -> str:
    ways = " and ".join(NAMES[via] for via in one.gone)
    left = " and ".join(NAMES[via] for via in one.left)
    left = f"what is left is {left}" if left else "nothing is left, so no page reaches them"
    who, by = display_name(one.person, new), ", ".join(dict.fromkeys(use.new for use in one.uses))
    return f"{who} is no longer reached by {ways} for {_cases(one.uses)} (by {by}); {left}."


def _price(gaps: Sequence[NewGap], swaps: Sequence[Swap]) -> str:
    parts = [f"leaves {_count(len(gaps), 'window')} empty"] if gaps else []
    if swaps:
        parts.append(f"gives {_count(len(swaps), 'window')} to others ({_cases([one.use for one in swaps])})")
    return f"{' and '.join(parts)}." if parts else "leaves no window empty."


def _asks(catalog: Catalog, policy: str, target: str) -> bool:
    found = catalog.policies.get(policy)
    return any(str(one) == target for level in (found.levels if found else ()) for one in level.to)


def _cases(uses: Iterable[Use]) -> str:
    named = list(dict.fromkeys(case for use in uses for case in use.cases))
    return ", ".join(named) or "no severity"


def _people(keys: Sequence[str], catalog: Catalog) -> str:
    return " and ".join(named(key, catalog) for key in keys) or "no one"


def _span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    begins, ends = (edge.astimezone(zone) for edge in (start, end))
    return f"from {begins:%a %d %b %H:%M} to {ends:%a %d %b %H:%M}"


def _gone(old: Iterable[str], new: Container[str]) -> list[str]:
    return [key for key in old if key not in new]


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
