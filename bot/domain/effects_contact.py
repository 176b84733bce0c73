"""What follows from facts about the ways of one page: a delivery for each, a line where one stood in for another."""

from datetime import datetime

from bot.domain import facts as f
from bot.domain.contact import NAMES, WAYS
from bot.domain.effect import PAGE, Effect, Owe, Scene, refresh
from bot.domain.effects_paging import ladder, ladder_line, redraw_page

PAGERS = ("pagerduty", "opsgenie")
"""Ways that go on paging by themselves until they are told that somebody has answered."""


def key_of(page: int, via: str) -> str:
    """What the delivery of a page by one way is known by, for good."""
    return f"page:{page}:{via}"


def keys_of(page: int) -> tuple[str, ...]:
    """Every key that a delivery of this page may have."""
    return tuple(key_of(page, via) for via in WAYS)


def by_way(page: int, via: str) -> Owe:
    key = key_of(page, via)
    if via == "slack":
        return Owe(kind="page", lane=key, key=key, payload={"page": page}, priority=PAGE)
    return Owe(kind="page.way", lane=key, key=key, payload={"page": page, "via": via}, priority=PAGE)


def withdrawal(page: int, via: str, at: datetime) -> Owe:
    """Tells another pager that nobody is needed any more. Behind the page itself, which may be under way."""
    key = key_of(page, via)
    return Owe(
        kind="page.withdraw", lane=key, key=f"{key}:withdraw:{at.isoformat()}", payload={"page": page, "via": via}
    )


def paged(fact: f.Paged, scene: Scene) -> list[Effect]:
    return [by_way(fact.page, via) for via in fact.ways]


def tried(fact: f.WayTried, scene: Scene) -> list[Effect]:
    return [by_way(fact.page, fact.via), *_redrawn(fact.page, scene)]


def way_failed(fact: f.WayFailed, scene: Scene) -> list[Effect]:
    return [
        *ladder_line(scene, "ladder_way_failed", f"failed:{fact.page}:{fact.via}", person=fact.person,
                     way=NAMES[fact.via], reason=fact.reason),
        *ladder(scene),
        *_redrawn(fact.page, scene),
    ]  # fmt: skip


def sent(fact: f.PageSent, scene: Scene) -> list[Effect]:
    """A page that came by another way is shown beside the others; in place of one that did not work, it is said."""
    effects = [*ladder(scene), *refresh(scene)]
    if fact.via == "slack":
        return effects
    effects += _redrawn(fact.page, scene)
    if fact.instead:
        effects += ladder_line(scene, "ladder_reached", f"reached:{fact.page}:{fact.via}", person=fact.person,
                               way=NAMES[fact.via])  # fmt: skip
    return effects


def _redrawn(page: int, scene: Scene) -> list[Effect]:
    """The message in Slack names the other ways, so it follows them once it stands."""
    return [redraw_page(row) for row in scene.pages if row.id == page and row.ts]
