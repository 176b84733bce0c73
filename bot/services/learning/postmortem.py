"""Use case: the draft of the postmortem, brought to whoever asks for it."""

from bot.domain.core import effect
from bot.domain.core.effect import Deliver
from bot.domain.incidents.visibility import require_not_replaced
from bot.services.core.answer import Answer
from bot.services.core.incident import ref
from bot.work import Work
from storage.models import Incident


def postmortem(w: Work, incident: Incident, key: str) -> Answer:
    """Where the draft is; a draft is made when there is none, or when the incident is still going on.

    Raises Replaced.
    """
    n = incident.number or 0
    require_not_replaced(incident, ref(w, incident))
    if incident.postmortem_link and incident.resolved_at:
        return Answer("postmortem_ready", n, {"link": incident.postmortem_link})
    w.carry_out(
        Deliver(
            kind="postmortem.file",
            lane=f"postmortem:{n}",
            key=f"postmortem:{n}:file:asked:{key}",
            payload={"incident": n},
            priority=effect.LATER,
        )
    )
    return Answer("postmortem_coming", n)
