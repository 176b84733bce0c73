"""The judge: from the evidence alone, what was lost and what came twice. It knows nothing of the outbox."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.torture import ways
from tests.torture.evidence import Evidence
from tests.torture.scenarios import SCENARIOS

# Whom a second copy may reach after an ambiguous event: a person who must not be missed, and the row of links above a
# room, which cannot be read with the scopes we ask for. Everything else exists exactly once, whatever happens.
EXCUSABLE = ("page:", "bookmarks of")


@dataclass
class Verdict:
    """`lost`, `excess` and `stuck` (it could not be finished) must be empty. `doubled` counts copies; an ambiguous
    event excuses one of some.

    `ways`: by how many ways all pages came. `leases`: the most claims that any page took. `recovery`: seconds from the
    start after a crash to the first page that was owed before it; None when there was none.
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
    verdict = Verdict(
        pages=len(found.facts("paging.paged")),
        ways=len({(page, via) for page, via, _ in found.reached()}),
        incidents=len(found.facts("incidents.declared")),
        leases=max(found.leases.values(), default=0),
        recovery=ways.recovery(found),
    )
    verdict.lost += [*_incidents_lost(found), *ways.lost(found), *ways.levels_lost(found)]
    verdict.lost += [*_answers_lost(found), *_surfaces_lost(found)]
    if "every chain holds" not in found.chain:
        verdict.lost.append(f"the journal does not verify: {found.chain.strip() or 'no answer'}")
    verdict.excess += [*ways.wrong(found), *ways.too_many_leases(found)]
    for what, copies in (_copies(found) + ways.copies(found)).items():
        verdict.doubled += copies
        excused = found.ambiguous if what.startswith(EXCUSABLE) else 0
        if copies > excused:
            verdict.excess.append(f"{what}: {copies} more than one, with {found.ambiguous} ambiguous events")
    return verdict


def _incidents_lost(found: Evidence) -> Iterator[str]:
    titles = Counter(str(one.body["title"]) for one in found.facts("incidents.declared"))
    for title, acknowledged in found.declares.items():
        if acknowledged and titles[title] != 1:
            yield f"declared and acknowledged, but exists {titles[title]} times: {title}"
        if titles[title] > 1:
            yield f"declared once, exists {titles[title]} times: {title}"
    for title in set(titles) - set(found.declares):
        yield f"nobody declared {title}"


def _answers_lost(found: Evidence) -> Iterator[str]:
    """Each escalation ends answered, and once more for each time that the answer was taken back."""
    escalation = {one.body["page"]: one.body["escalation"] for one in found.facts("paging.paged")}
    answered = Counter(one.body["escalation"] for one in found.facts("paging.page_acknowledged"))
    withdrawn = Counter(one.body["escalation"] for one in found.facts("paging.ack_withdrawn"))
    for page, acknowledged in found.presses.items():
        if acknowledged and not answered[escalation.get(page)]:
            yield f"the answer to page {page} was acknowledged and is not recorded"
    for number in set(escalation.values()):
        if answered[number] != 1 + withdrawn[number]:
            yield f"escalation {number} was answered {answered[number]} times and given back {withdrawn[number]} times"
    for fact in SCENARIOS[found.plan.scenario].facts:
        if not found.facts(fact):
            yield f"the journal knows of no {fact}"
    for pager, state in found.alerts.items():
        if state in ("trigger", "create"):
            yield f"{pager} was never told that somebody has answered"


def _surfaces_lost(found: Evidence) -> Iterator[str]:
    posts = found.posts()
    made = [str(one.body.get("channel")) for one in found.facts("incidents.room_opened")]
    pinned = {room["id"] for room in found.rooms if room["pins"]}
    for one in found.facts("incidents.declared"):
        number = one.subject.removeprefix("incident:")
        for wanted in (f"announce:{number}", f"room:{number}:card:"):
            if not any(key.startswith(wanted) for key in posts):
                yield f"{wanted} was never posted"
    if len(made) != len(found.facts("incidents.declared")):
        yield f"{len(found.facts('IncidentDeclared'))} incidents have {len(made)} rooms"
    yield from (f"room {room} has no pinned card" for room in made if room not in pinned)


def _copies(found: Evidence) -> Counter[str]:
    """How often each thing in Slack but a page exists beyond once: messages, cards, ladders, rooms, bookmarks, pins."""
    keys = Counter(key for key in found.posts() if not key.startswith("page:"))
    copies = Counter({key: count - 1 for key, count in keys.items() if count > 1})
    surfaces = Counter(_surface(key) for key in keys)
    copies.update({f"surface {name}": count - 1 for name, count in surfaces.items() if name and count > 1})
    rooms, incidents = len(found.rooms), len(found.facts("incidents.declared"))
    if rooms > incidents:
        copies["rooms"] = rooms - incidents
    for room in found.rooms:
        extra = len(room["bookmarks"]) - len({one["title"] for one in room["bookmarks"]})
        copies.update({f"bookmarks of {room['name']}": extra} if extra else {})
        pins = len(room["pins"])
        copies.update({f"pins of {room['name']}": pins - 1} if pins > 1 else {})
    return copies


def _surface(key: str) -> str:
    """Posts that must be one per incident or escalation although their keys differ.

    A ladder begins anew where the incident moves: a room that took longer than a minute finds one in the announcement's
    thread. Its key ends with the channel.
    """
    parts = key.split(":")
    if parts[0] == "room" and parts[2:3] == ["card"]:
        return f"card of {parts[1]}"
    return f"{key.partition('@')[0]} in {parts[-1]}" if key.startswith("ladder:") and "@" in key else ""
