"""Lines in the war room about who has it, who commands, the severity and what was escalated: merged within a minute."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused, first
from bot.deliveries.incidents import digest, losses
from bot.deliveries.incidents.messages import posted
from bot.domain.command import heard as rules
from bot.domain.incidents.visibility import was_public
from bot.integrations.outbound import Edit, Nothing, Outbound, Post
from bot.rendering.contexts import render
from bot.rendering.message import Message
from storage.models import Delivery
from storage.queries import paging_evidence

MOST = 50
"""Changes that one line may tell, more than a minute brings."""


def heard(draft: Composition) -> Outbound:
    """The edit of the line that was begun less than a minute before, or a new one. Raises NoAddress."""
    if digest.is_told(draft) or was_public(draft.incident):
        return Nothing(digest.TOLD)
    begun = _begun(draft)
    message = _message(draft, [*begun, draft.delivery])
    where = (begun[-1].result or {}) if begun else {}
    if begun and first(draft.delivery, (where["channel"], where["ts"])):
        return Edit(where["channel"], where["ts"], message.text, message.blocks)
    to, thread = losses.place(draft, losses.post_places(draft))
    return Post(to, message.text, message.blocks, draft.key, thread_ts=thread)


def _begun(draft: Composition) -> list[Delivery]:
    """What the newest line tells already, if this belongs to it."""
    key = rules.key(draft.payload["incident"])
    before = paging_evidence.keyed_before(draft.session, key, draft.delivery, MOST)
    said = [one for one in before if "ts" in (one.result or {})]
    line = [one for one in said if (one.result or {}) == (said[-1].result or {})] if said else []
    return line if line and rules.joins(_at(line[0]), _at(draft.delivery)) else []


def _at(row: Delivery) -> datetime:
    return datetime.fromisoformat(row.payload["at"])


def _message(draft: Composition, rows: Sequence[Delivery]) -> Message:
    people = [who for row in rows for who in row.payload["people"]]
    values: dict[str, Any] = {"heard": [row.payload["change"] for row in rows], "people": people}
    context = render.about(draft.session, draft.composer, "heard", draft.dossier, values)
    return draft.message("heard", context)


REFUSED = Refused(called=losses.called, elsewhere=losses.elsewhere, believers=losses.writer)
DELIVERIES: Deliveries = {"room.heard": Kind(compose=heard, sent=posted, digested=True, refused=REFUSED)}
