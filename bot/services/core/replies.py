"""Use cases that owe somebody a message, an invitation or a view, and change no record of an incident."""

from typing import Any

from bot.domain.core import effect
from bot.domain.core.effect import Deliver
from bot.services.core.answer import Answer
from bot.work import Work


def tell(
    w: Work, person: str, channel: str | None, answer: Answer, key: str | None, *, thread: str | None = None
) -> None:
    """Owes the answer to one person: seen by them alone in `channel`, or as a direct message without one.

    `thread` is the root of the thread that they wrote in.
    """
    if answer.template == "nothing":
        return
    name = key or f"{person}:{w.now.timestamp()}"
    payload: dict[str, Any] = {"template": answer.template, "incident": answer.incident, "values": answer.values}
    if thread:
        payload["thread"] = thread
    if channel:
        payload |= {"channel": channel, "user": person}
        owe = Deliver(
            kind="ephemeral", lane=f"tell:{person}", key=f"tell:{name}", payload=payload, priority=effect.ROOM
        )
    else:
        payload |= {"person": person}
        owe = Deliver(kind="dm", lane=f"dm:{person}", key=f"tell:{name}", payload=payload, priority=effect.ROOM)
    w.carry_out(owe)


def show_home(w: Work, person: str) -> Answer:
    """Owes somebody their home tab; opening it ten times owes it once."""
    name = f"home:{person}"
    w.carry_out(Deliver(kind="home", lane=name, once=name, payload={"user": person}, priority=effect.POST))
    return Answer("nothing")
