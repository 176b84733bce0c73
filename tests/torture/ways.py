"""The judge of the pages: who should have been reached by which way and by when, and who was."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from tests.torture.evidence import Evidence
from tests.torture.owed import Course, Deed, course
from tests.torture.scenarios import EVERY, SCENARIOS
from tests.torture.sights import Came

HEALTHY, DISTURBED = 30.0, 90.0
"""Seconds within which a page must come: with nothing in its way, and after a start or the end of a disturbance."""
EARLY = 1.0
HELD_UP = 30.0
"""Seconds for which a way may not leave before the next one is used beside it."""
LONG = 60.0
"""Seconds from which a page that came after it was over cannot have crossed the answer on its way."""


class Pages:
    """What one incident owed, and what came of it."""

    def __init__(self, found: Evidence, title: str, reference: str) -> None:
        self._found, self.title, self.reference = found, title, reference
        self._scenario = SCENARIOS[found.plan.scenario]
        self.course: Course = course(title, found.deeds, self._scenario)
        self.came = [one for one in found.came if one.is_about(title, reference)]
        self._leapt = bool(found.plan.away or found.plan.step)

    @cached_property
    def needed(self) -> Counter[tuple[str, str]]:
        """How often each person must have been reached by each way. After hours of absence once is enough."""
        needed: Counter[tuple[str, str]] = Counter()
        for person, via, _, _ in self._owed():
            needed[person, via] = 1 if self._leapt else needed[person, via] + 1
        return needed

    def _owed(self) -> Iterator[tuple[str, str, float, Deed]]:
        """(person, way, when it was due on the common clock, the rest after which it must have come)."""
        rests = [one for one in self._found.deeds if one.kind == "rest"]
        for ask, rest in self.course.owed:
            for via, delay in self._scenario.ways.items():
                due = ask.last + delay
                seen = next((one for one in rests if one.since >= due and one.began >= rest.began), None)
                if seen is None or self._over_before(due, delay) or (delay and self._leapt):
                    continue
                for choice in ask.who:
                    if len(choice) == 1:
                        yield next(iter(choice)), via, due, seen

    def _over_before(self, due: float, delay: int) -> bool:
        """A way that comes later is not used any more once someone has answered."""
        ends = [one.since for one in self._found.deeds
                if one.title == self.title and one.kind in ("answer", "resolve", "decline")]  # fmt: skip
        return bool(delay) and any(end <= due for end in ends)

    def lost(self) -> Iterator[str]:
        there = Counter((one.person, one.via) for one in self.came if one.there and one.answerable)
        for (person, via), number in self.needed.items():
            if there[person, via] < number:
                yield (f"{self.reference}: {person} was to be reached by {via} {number} times, "
                       f"and was {there[person, via]} times")  # fmt: skip
        for ask, _ in self.course.owed:
            for choice in (one for one in ask.who if len(one) > 1):
                if not any(there[person, "slack"] for person in choice):
                    yield f"{self.reference}: none of {sorted(choice)} was reached"

    def late(self) -> Iterator[str]:
        """The n-th page of a person by a way against the n-th time that they were to be asked."""
        met: Counter[tuple[str, str]] = Counter()
        for person, via, due, rest in self._owed():
            nth, met[person, via] = met[person, via], met[person, via] + 1
            times = sorted(one.at for one in self.came if (one.person, one.via) == (person, via) and one.there)
            if nth >= len(times) or (self._leapt and nth):
                continue
            begins = real_time(self._found, due)
            last = max((one for one in disturbances(self._found) if one <= times[nth]), default=0.0)
            limit = (DISTURBED if last else HEALTHY) * self._found.slowness
            if (late := times[nth] - max(begins, last)) > limit:
                yield f"{self.reference}: {person} was reached by {via} {late:.0f} s late"
            elif times[nth] > rest.ended and not self._found.plan.is_patient:
                yield f"{self.reference}: {person} was reached by {via} after the bot had said that all was done"

    def early(self) -> Iterator[str]:
        """The n-th page of a person by a way against the n-th time that they could be asked."""
        met: Counter[tuple[str, str]] = Counter()
        for ask in sorted(self.course.asks(), key=lambda one: one.first):
            for person in ask.people():
                for via, delay in self._scenario.ways.items():
                    nth, met[person, via] = met[person, via], met[person, via] + 1
                    times = sorted(one.at for one in self.came if (one.person, one.via) == (person, via))
                    if nth >= len(times) or self._leapt:
                        continue
                    early = ask.first + delay - common_time(self._found, times[nth])
                    if early > EARLY and not self._held_up(person, nth, delay, ask.first, times[nth]):
                        yield f"{self.reference}: {person} was reached by {via} {early:.0f} s early"

    def _held_up(self, person: str, nth: int, delay: int, first: float, at: float) -> bool:
        """Has a way that was due before not come for half a minute? Then the next one is used beside it."""
        if common_time(self._found, at) - first < HELD_UP - EARLY:
            return False
        before = [via for via, due in self._scenario.ways.items() if due < delay]
        arrived = [sum(one.at <= at for one in self.came if (one.person, one.via) == (person, via)) for via in before]
        return any(number <= nth for number in arrived)

    def unanswerable(self) -> Iterator[str]:
        """Whoever is asked finds something to press, at every rest until the answer. After hours of absence the levels
        come round in a rhythm of their own: then someone does."""
        gone = {one.person for one in self._found.deeds if one.kind == "decline" and one.title == self.title}
        for ask, rest in self.course.owed:
            live = {person for person, title in rest.asking if title == self.title}
            for choice in ask.who:
                if not (live if self._leapt else live & choice) and not choice & gone:
                    yield f"{self.reference}: {' or '.join(sorted(choice))} was asked and found nothing to press"

    def uncalled(self) -> Iterator[str]:
        """Pages to people who were not to be asked, about something else, or after it was over."""
        allowed = frozenset[str]().union(*(ask.people() for ask in self.course.asks()))
        for one in self.came:
            if one.person not in allowed:
                yield f"{self.reference}: {one.person or 'no one'} was paged by {one.via} and was not to be asked"
            if self.title not in one.told or self.reference not in one.told:
                yield f"{self.reference}: a page by {one.via} names another incident: {one.told[:80]!r}"
            if one.via not in self._scenario.ways and one.via not in self._scenario.failing:
                yield f"{self.reference}: no one is to be paged by {one.via}"
            if self._after_the_end(one):
                yield f"{self.reference}: {one.person} was paged by {one.via} after it was over"

    def _after_the_end(self, one: Came) -> bool:
        ended = [deed.ended for deed in self._found.deeds if deed.until == self.course.over]
        again = [at for at, seconds in self._found.jumps if ended and at > ended[-1] and at < one.at]
        return bool(ended) and (bool(again) or one.at > ended[-1] + LONG)

    def copies(self) -> Iterator[tuple[str, str, float, float]]:
        """(person, way, when the one before came, when it came) of each page beyond those that may have come."""
        events = disturbances(self._found)
        most: Counter[str] = Counter()
        for ask in self.course.asks():
            most.update(ask.people())
        by_way: dict[tuple[str, str], list[Came]] = {}
        for one in self.came:
            by_way.setdefault((one.person, one.via), []).append(one)
        for (person, via), all_of_them in by_way.items():
            times = sorted(one.at for one in all_of_them)
            for before, at in surplus(times, most[person], events) if most[person] else []:
                yield person, via, before, at


def surplus(times: Sequence[float], most: int, events: Sequence[float]) -> list[tuple[float, float]]:
    """The pairs whose second is beyond the `most` that may have come. Which are the copies no one can see: those around
    an event are, and else those that came soonest after another."""
    around = {pair: any(pair[0] - EARLY <= event <= pair[1] for event in events) for pair in pairwise(times)}
    pairs = sorted(pairwise(times), key=lambda pair: (not around[pair], pair[1] - pair[0]))
    return pairs[: max(0, len(times) - most)]


def pages_of(found: Evidence) -> list[Pages]:
    return [Pages(found, title, reference) for title, reference in found.incidents().items()]


def strays(found: Evidence, all_pages: Iterable[Pages]) -> Iterator[str]:
    """Pages that name no incident that anybody declared."""
    known = {id(one) for pages in all_pages for one in pages.came}
    for one in found.came:
        if id(one) not in known:
            yield f"{one.person or 'no one'} was paged by {one.via} about nothing that there is: {one.told[:80]!r}"


def disturbances(found: Evidence) -> list[float]:
    """When something ended that may have held a page up, in real time; the first start is none."""
    faults = [one["time"] for one in found.ledger if one["fault"]]
    outside = [found.births[0]] if found.births and (found.plan.outside or found.plan.faults) else []
    kills = [one.at for one in found.exits if one.is_kill]
    return [*found.births[1:], *found.pauses, *found.restarts, *kills, *faults, *outside]


def common_time(found: Evidence, at: float) -> float:
    """What the common clock showed at this moment of real time."""
    return at + sum(seconds for moment, seconds in found.jumps if moment <= at)


def real_time(found: Evidence, clock: float) -> float:
    """When the common clock showed this, in real time."""
    ahead = 0.0
    for at, seconds in sorted(found.jumps):
        if clock <= at + ahead:
            break
        ahead += seconds
        if clock < at + ahead:
            return at
    return clock - ahead


def wrong(found: Evidence) -> Iterator[str]:
    """What a real service would have refused."""
    for one in found.arrivals:
        yield from (f"{one['service']} {one['act']}: {fault}" for fault in one["wrong"])


def untrue(found: Evidence) -> Iterator[str]:
    """What the bot's records say of a way, against what came by it: every step ended, in an arrival or in words."""
    came = Counter((one.person, one.via) for one in found.came)
    said = Counter((step.person, step.via) for step in found.steps if step.state == "sent")
    for (person, via), number in said.items():
        if came[person, via] < number:
            yield f"{number} pages to {person} by {via} are recorded as sent, and {came[person, via]} came"
    for step in found.steps:
        if step.state in ("failed", "skipped", "dropped") and not step.note:
            yield f"a page to {step.person} by {step.via} is {step.state} without a reason"
        elif step.state not in ("sent", "failed", "skipped", "dropped"):
            yield f"a page to {step.person} by {step.via} is still {step.state}"


def too_many_leases(found: Evidence) -> Iterator[str]:
    """Each interruption costs a page that was under way one lease, and no more: the next claim sends it."""
    if found.plan.faults or found.plan.outside or found.plan.held:
        return
    for key, claims in found.leases.items():
        if claims > 1 + found.interrupted:
            yield f"{key} was claimed {claims} times, with {found.interrupted} interruptions"


def recovery(found: Evidence, all_pages: Iterable[Pages]) -> float | None:
    """Seconds from the start of a bot to the last of the pages that were owed before it and came after it.

    Only where business time is real time, that is without jumps of the clock before the page.
    """
    if found.plan.away or found.plan.step:
        return None
    waits = []
    for pages in all_pages:
        for ask, _ in pages.course.owed[:1]:
            due = real_time(found, ask.last)
            firsts = {via: min((one.at for one in pages.came if one.via == via), default=0.0) for via in EVERY}
            for came in filter(None, firsts.values()):
                births = [birth for birth in found.births if due < birth < came]
                waits += [came - max(births)] if births else []
    return max(waits, default=None)
