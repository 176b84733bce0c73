"""Who is on call in a story, and how the forms about shifts are filled in."""

from datetime import datetime

from bot.domain.schedules import overrides
from storage.queries import schedules as schedule_queries
from tests.stories.world import Json, Person, World, words

NAME = "primary-oncall"


def now(world: World) -> datetime:
    return world.app.desk.clock.now()


def on_call(world: World, name: str = NAME) -> Person:
    """Whoever is on call now, by the one rota."""
    with world.app.desk.read() as session:
        found = overrides.rota_of(world.app.desk.catalog, *schedule_queries.overrides(session, now(world)))
    return getattr(world, found.on_call(name, now(world)).people[0])


def somebody_else(world: World) -> Person:
    busy = {on_call(world, f"{name}-oncall").name for name in ("primary", "secondary")}
    return getattr(world, next(name for name in ("ana", "bo", "cy") if name not in busy))


def preview(view: Json) -> str:
    return next(words({"blocks": [block]}) for block in view["blocks"] if block.get("block_id") == "preview")


def fields(world: World, person: str, other: str | None = None, *, hours: float = 8, **more: object) -> Json:
    """What is filled in: from now for some hours."""
    start = int(now(world).timestamp()) + 60
    chosen = {"schedule": NAME, "kind": "replace", "person": person, "start": start,
              "end": start + int(hours * 3600), **more}  # fmt: skip
    if other:
        chosen["other"] = other
    actions = {"note": "note"}
    return {name: {actions.get(name, "override.choice"): value} for name, value in chosen.items()}
