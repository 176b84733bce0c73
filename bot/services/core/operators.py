"""Tells whoever runs this installation: the admins in person, or the incidents channel where there are none."""

from typing import Any

from bot.domain.core import effect, people
from bot.domain.core.effect import Deliver
from bot.work import Work
from storage.queries import members as member_queries


def tell(w: Work, template: str, key: str, values: dict[str, Any]) -> None:
    """Owes everybody who administers Tocsin a message; `key` makes it come once."""
    named = [slack for one in w.catalog.admins() if (slack := people.slack_id(one.key, w.catalog))]
    left = {slack for slack, one in member_queries.members(w.session, named).items() if one.deleted}
    for to in [one for one in named if one not in left] or [w.catalog.incidents_channel]:
        payload = {"to": to, "template": template, "incident": None, "values": values}
        name = f"operators:{key}:{to}"
        w.carry_out(Deliver(kind="dm", lane=f"dm:{to}", key=name, payload=payload, priority=effect.ROOM))
