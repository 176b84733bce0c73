"""Use case: two weeks of a schedule as a picture, posted where somebody asked for it."""

from bot.domain.core import effect
from bot.domain.core.effect import Deliver
from bot.services.core import settings
from bot.services.core.answer import Answer
from bot.work import Work

UPLOAD = "files.getUploadURLExternal"


def picture(w: Work, schedule: str) -> Answer:
    """Owes whoever asks the picture of a schedule, in their direct messages, unless Slack takes no files here.

    The answer is silent: `values` say whether it comes.
    """
    if settings.setting(w.session, f"lost:{UPLOAD}") is not None:
        return Answer("nothing")
    name = f"picture:{schedule}:{w.actor.who}"
    payload = {"schedule": schedule, "person": w.actor.who}
    w.carry_out(Deliver(kind="rota.picture", lane=name, once=name, payload=payload, priority=effect.LATER))  # fmt: skip
    return Answer("nothing", values={"comes": True})
