"""The judge: from what people did and what they can see, what was lost and what came twice. What is owed comes from
scenario and schedules (`owed`), and what counts is how Slack and the other services stand at the end."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.torture import copies, ways
from tests.torture.evidence import Evidence
from tests.torture.scenarios import SCENARIOS


@dataclass
class Verdict:
    """`lost`, `excess` and `stuck` (it could not be finished) must be empty. `doubled` counts copies; an ambiguous
    event excuses one of some.

    `pages` and `ways`: how many people were to be reached, and by how many ways. `leases`: the most claims that any
    page took. `recovery`: seconds from the start after a crash to the last page that was owed before it; None when
    there was none.
    """

    pages: int = 0
    ways: int = 0
    incidents: int = 0
    doubled: int = 0
    leases: int = 0
    recovery: float | None = None
    lost: list[str] = field(default_factory=list)
    excess: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be, in words."""
        return [*self.lost, *self.excess, *self.stuck]

    @property
    def good(self) -> bool:
        return not self.wrong


def judge(found: Evidence) -> Verdict:
    all_pages = ways.pages_of(found)
    needed = sum((one.needed for one in all_pages), Counter[tuple[str, str]]())
    verdict = Verdict(
        pages=sum(number for (_, via), number in needed.items() if via == "slack"),
        ways=sum(needed.values()),
        incidents=len(all_pages),
        leases=max(found.leases.values(), default=0),
        recovery=ways.recovery(found, all_pages),
    )
    verdict.lost += [*unfinished(found), *exits(found), *_journal_lost(found)]
    for pages in all_pages:
        verdict.lost += [*pages.lost(), *pages.late(), *pages.unanswerable()]
        verdict.excess += [*pages.early(), *pages.uncalled()]
    verdict.lost += [*_notes_lost(found), *ways.untrue(found)]
    verdict.excess += [*ways.strays(found, all_pages), *ways.wrong(found), *ways.too_many_leases(found)]
    extra = copies.found_in(found, all_pages)
    verdict.doubled = len(extra)
    verdict.excess += copies.unexcused(found, extra)
    return verdict


def unfinished(found: Evidence) -> Iterator[str]:
    """What of all that people look at is not as it must be in the end."""
    yield from _incidents_lost(found)
    yield from _answers_lost(found)
    yield from _surfaces_lost(found)
    yield from _updates_lost(found)


def _journal_lost(found: Evidence) -> Iterator[str]:
    """The journal is no witness. But it must verify, and have in it what happened."""
    if "every chain holds" not in found.chain:
        yield f"the journal does not verify: {found.chain.strip() or 'no answer'}"
    for fact in SCENARIOS[found.plan.scenario].facts:
        if not found.facts(fact):
            yield f"the journal knows of no {fact}"


def _incidents_lost(found: Evidence) -> Iterator[str]:
    """The channel for incidents has each one that was acknowledged, and nothing that no one declared."""
    if not any(found.declares.values()) and not found.incidents():
        yield "nothing was declared"
    for title, acknowledged in found.declares.items():
        if acknowledged and not found.announced(title):
            yield f"declared and acknowledged, and announced nowhere: {title}"
    for one in found.shown:
        named = any(title in one.words for title in found.declares)
        if one.channel == "incidents" and not one.thread and one.buttons and not named:
            yield f"no one declared {one.words[:80]!r}"


def exits(found: Evidence) -> Iterator[str]:
    """No process ends but by what the trial does to it."""
    for one in found.exits:
        if not one.caused:
            how = f"by signal {-one.status}" if one.status < 0 else f"with {one.status}"
            yield f"a bot ended {how}, and no one had done anything to it"


def _answers_lost(found: Evidence) -> Iterator[str]:
    """At the end no one is asked any more, and who answered stands where the responders look."""
    references = found.incidents()
    rooms = _rooms(found)
    for one in found.shown:
        if one.person and one.asks:
            yield f"{one.person} is still asked about {one.reference}, and it is over"
    for deed in found.deeds:
        if deed.kind == "answer" and deed.done and deed.title in references:
            said = [one for one in found.shown if one.place == rooms.get(references[deed.title], {}).get("id")]
            if not any(f"<@{deed.person}>" in one.words and _answered(one.words) for one in said):
                yield f"{references[deed.title]}: the room does not say that {deed.person} answered"
        if deed.kind == "resolve" and not any("Resolved" in one.words for one in found.announced(deed.title)):
            yield f"{references.get(deed.title)}: resolved, and the announcement does not say so"
    for pager, state in found.alerts.items():
        if state in ("trigger", "create"):
            yield f"{pager} was never told that someone has answered"


def _answered(words: str) -> bool:
    return "answered" in words or "acknowledged" in words


def _rooms(found: Evidence) -> dict[str, dict[str, object]]:
    """Reference -> the room whose pinned card names it."""
    cards = {(one.place, one.ts): one for one in found.shown}
    pinned = ((room, cards.get((room["id"], ts))) for room in found.rooms for ts in room["pins"])
    return {card.reference: room for room, card in pinned if card is not None}


def _surfaces_lost(found: Evidence) -> Iterator[str]:
    """Each incident has a room with its card pinned, and in it are who declared it and who answered."""
    rooms = _rooms(found)
    for title, reference in found.incidents().items():
        room = rooms.get(reference)
        if room is None:
            yield f"{reference} has no room with its card pinned"
            continue
        for one in found.announced(title):
            if "Resolved" not in one.words and "incident.join" not in one.buttons:
                yield f"{reference}: there is a room, and nothing in the announcement leads there"
        inside = room["members"]
        assert isinstance(inside, list)
        wanted = {one.person for one in found.deeds if one.title == title and one.kind in ("declare", "answer")}
        yield from (f"{reference}: {one} is not in the room" for one in sorted(wanted) if one not in inside)


def _notes_lost(found: Evidence) -> Iterator[str]:
    """What people wrote stands in the timeline of its incident, once, and in no other."""
    for deed in found.deeds:
        if deed.kind not in ("note", "update"):
            continue
        for title, reference in found.incidents().items():
            seen, mine = found.timelines.get(title, "").count(deed.text), title == deed.title
            if seen > mine or (mine and deed.done and not seen):
                yield f"{reference}: {deed.text!r} is {seen} times in the timeline"


def _updates_lost(found: Evidence) -> Iterator[str]:
    """An update stands in the room and below the announcement, once, and nowhere else."""
    rooms = {str(room["id"]): reference for reference, room in _rooms(found).items()}
    for deed in found.deeds:
        if deed.kind != "update":
            continue
        wanted = {found.incidents().get(deed.title), "announcements"}
        places = Counter(rooms.get(one.place, "announcements") for one in found.shown if deed.text in one.words)
        wrong = {name: number for name, number in places.items() if number > (name in wanted)}
        if wrong or (deed.done and set(places) != wanted):
            yield f"{found.incidents().get(deed.title)}: the update {deed.text!r} stands in {dict(places)}"
