"""Words in the thread of a post: below the action, the decision or the card that they are about."""

from bot.deliveries.core.composition import Composition
from bot.deliveries.core.kind import Deliveries, Kind
from bot.deliveries.core.refusal import Refused
from bot.deliveries.incidents import digest, losses
from bot.deliveries.incidents.messages import posted
from bot.domain.incidents.visibility import was_public
from bot.integrations.outbound import Nothing, Outbound, Post
from storage import outbox


def reply(draft: Composition) -> Outbound:
    """In the thread of the message that `of` became; where the incident lives when that never came, or refuses it.

    Nothing of what a digest has told, and nothing in the room of what was declared again in private. Raises NoAddress.
    """
    if digest.is_told(draft) or was_public(draft.incident):
        return Nothing(digest.TOLD)
    places = losses.post_places(draft)
    parent = outbox.by_key(draft.session, draft.payload["of"])
    where = (parent.result or {}) if parent else {}
    if "ts" in where:
        places = [(where["channel"], where["ts"]), *places]
    to, thread = losses.place(draft, places)
    message = draft.named()
    return Post(to, message.text, message.blocks, draft.key, thread_ts=thread)


REPLY = Refused(called=losses.called, elsewhere=losses.elsewhere, believers=losses.writer)
DELIVERIES: Deliveries = {"command.reply": Kind(compose=reply, sent=posted, digested=True, refused=REPLY)}
