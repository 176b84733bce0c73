"""The judge of the ways: by which of them each page came, by which it should have, how often, and how soon."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.torture.evidence import Evidence, Step
from tests.torture.scenarios import LEVELS, SCENARIOS, WAIT

ASKED_AGAIN = "asked again"
LEFT_ALONE = 5
"""Failures in a row after which a service is left alone for a while."""


def lost(found: Evidence) -> Iterator[str]:
    """Each page came by each way that the scenario says, or there is a reason that the plan accounts for.

    And every step that the bot planned has ended, in an arrival or in words.
    """
    scenario, came = SCENARIOS[found.plan.scenario], {(page, via) for page, via, _ in found.reached()}
    steps = {(step.page, step.via): step for step in found.steps}
    for one in found.facts("paging.paged"):
        page, person = int(one.body["page"]), one.body["person"]
        for via in scenario.ways:
            if (page, via) not in came and not _excused(found, page, steps.get((page, via))):
                state = steps.get((page, via))
                yield f"page {page} to {person} never came by {via} ({state.state if state else 'no such step'})"
    yield from filter(None, (_unended(step, came) for step in found.steps))


def _unended(step: Step, came: set[tuple[int, str]]) -> str:
    name = f"page {step.page} by {step.via}"
    if step.state == "sent":
        return "" if (step.page, step.via) in came else f"{name} is recorded as sent and never arrived"
    if step.state in ("failed", "skipped", "dropped"):
        return "" if step.note else f"{name} is {step.state} without a reason"
    return f"{name} is still {step.state}"


def _excused(found: Evidence, page: int, step: Step | None) -> bool:
    """The scenario comes to rest before anybody answers, so an answer excuses nothing. A newer page of the same person
    takes the place of one that hours of absence held up, and a way that was broken on purpose may say so."""
    if step is None or not step.note:
        return False
    broken = SCENARIOS[found.plan.scenario].failing
    if (
        broken and len(found.facts("paging.method_failed")) >= LEFT_ALONE
    ):  # from then on a page waits for it for half a minute
        return step.state in ("failed", "dropped")
    if step.via in broken:
        return step.state == "failed"
    return step.state == "dropped" and step.note == ASKED_AGAIN and bool(found.plan.away or found.plan.step)


def levels_lost(found: Evidence) -> Iterator[str]:
    """Whoever is silent for as long as a level waits is not the last to be asked, even if nobody was there meanwhile.

    Before each answer the bots had come to rest, so nothing that was due then was still to come.
    """
    offers = {one.body["offer"] for one in found.facts("paging.reassignment_offered")}
    begun: dict[int, datetime] = {}
    levels: Counter[int] = Counter()
    for one in found.facts(
        "paging.level_reached", "paging.level_skipped", "paging.ack_withdrawn", "paging.page_acknowledged"
    ):
        number = one.body["escalation"]
        if one.fact == "paging.ack_withdrawn":
            begun.pop(number, None)
            levels[number] = 0
        elif one.fact == "paging.page_acknowledged":
            silent = (one.at - begun[number]).total_seconds()
            due = min(len(LEVELS), 1 + int(silent // WAIT))
            if number not in offers and levels[number] < due:
                yield f"escalation {number}: after {silent:.0f} s only {levels[number]} of {due} levels were asked"
        else:
            begun.setdefault(number, one.at)
            levels[number] += 1


def copies(found: Evidence) -> Counter[str]:
    """How often each page came by each way beyond once."""
    counts = Counter(f"page:{page}:{via}" for page, via, _ in found.reached())
    return Counter({key: count - 1 for key, count in counts.items() if count > 1})


def wrong(found: Evidence) -> Iterator[str]:
    """What a real service would have refused."""
    for one in found.arrivals:
        yield from (f"{one['service']} {one['act']}: {fault}" for fault in one["wrong"])


def too_many_leases(found: Evidence) -> Iterator[str]:
    """Each interruption costs a page that was under way one lease, and no more: the next claim sends it."""
    if found.plan.faults or found.plan.outside or found.plan.held:
        return
    for key, claims in found.leases.items():
        if claims > 1 + found.interrupted:
            yield f"{key} was claimed {claims} times, with {found.interrupted} interruptions"


def recovery(found: Evidence) -> float | None:
    """Seconds from the start of a bot to the last of the ways of the first page, owed before it, that came after it.

    Only where business time is real time, that is without jumps of the clock before the page.
    """
    if found.plan.away or found.plan.step:
        return None
    first: dict[tuple[int, str], float] = {}
    for page, via, at in found.reached():
        first[page, via] = min(at, first.get((page, via), at))
    waits = [
        came - max(births)
        for one in found.facts("paging.paged")[:1]
        for via in one.body["ways"]
        if (came := first.get((one.body["page"], via)))
        and (births := [birth for birth in found.births if _seconds(one.at) < birth < came])
    ]
    return max(waits, default=None)


def _seconds(at: datetime) -> float:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
