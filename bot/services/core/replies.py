"""Use cases that owe somebody a message, an invitation or a view, and change no record of an incident."""

from dataclasses import replace
from typing import Any

from bot.domain.core import effect
from bot.domain.core.effect import Owe, Scene
from bot.domain.core.errors import NoRoomHere
from bot.services.core.answer import Answer
from bot.services.workspace import members
from bot.work import Work
from storage.models import Incident

UPLOAD = "files.getUploadURLExternal"
# What these say is shown already where the click was made: the message itself is drawn anew.
SHOWN = frozenset({"acknowledged", "declined", "test_page_acknowledged", "test_page_sent", "decided",
                   "join_instead"})  # fmt: skip


def tell(w: Work, person: str, channel: str | None, answer: Answer, key: str | None, drawn_anew: bool = True) -> None:
    """Owes the answer to one person: seen by them alone in `channel`, or as a direct message without one.

    `drawn_anew`: whether the message that was clicked follows what changed, so that some answers need no words.
    """
    if answer.template == "nothing" or (drawn_anew and answer.template in SHOWN):
        return
    name = key or f"{person}:{w.now.timestamp()}"
    payload: dict[str, Any] = {"template": answer.template, "incident": answer.incident, "values": answer.values}
    if channel:
        payload |= {"channel": channel, "user": person}
        owe = Owe(kind="ephemeral", lane=f"tell:{person}", key=f"tell:{name}", payload=payload, priority=effect.ROOM)
    else:
        payload |= {"person": person}
        owe = Owe(kind="dm", lane=f"dm:{person}", key=f"tell:{name}", payload=payload, priority=effect.ROOM)
    w.carry_out(owe, name)


def bring_in(w: Work, incident: Incident) -> Answer:
    """Invites whoever asks into the war room. Raises NoRoomHere."""
    ref = w.catalog.reference(incident.number or 0)
    if incident.room != "open":
        raise NoRoomHere(ref=ref)
    scene = Scene(now=w.now, incident=incident)
    w.carry_out(effect.invite(scene, [w.actor.who], f"join:{w.actor.who}:{w.now.timestamp()}"), ref)
    return Answer("joining", incident.number)


def join(w: Work, incident: Incident) -> Answer:
    """Brings whoever asks to where it is worked on: into the room, also into one that is still being made."""
    n, scene = incident.number or 0, Scene(now=w.now, incident=incident)
    invitation = effect.invite(scene, [w.actor.who], f"join:{w.actor.who}:{w.now.timestamp()}")
    if incident.room == "creating":
        invitation = replace(invitation, after=effect.room_key(scene))
    if incident.room in ("open", "creating"):
        w.carry_out(invitation, str(n))
    return Answer("join_instead", n)


def show_home(w: Work, person: str) -> Answer:
    """Owes somebody their home tab; opening it ten times owes it once."""
    name = f"home:{person}"
    w.carry_out(
        Owe(kind="home", lane=name, once=name, payload={"user": person}, priority=effect.POST),
        f"{w.now.timestamp()}",
    )
    return Answer("nothing")


def picture(w: Work, schedule: str) -> Answer:
    """Owes whoever asks the picture of a schedule, in their direct messages, unless Slack takes no files here.

    The answer is silent: `values` say whether it comes.
    """
    if members.setting(w.session, f"lost:{UPLOAD}") is not None:
        return Answer("nothing")
    name = f"picture:{schedule}:{w.actor.who}"
    payload = {"schedule": schedule, "person": w.actor.who}
    w.carry_out(Owe(kind="rota.picture", lane=name, once=name, payload=payload, priority=effect.LATER),
                f"{w.now.timestamp()}")  # fmt: skip
    return Answer("nothing", values={"comes": True})


def capture(w: Work, incident: Incident, channel: str, ts: str) -> Answer:
    """A message of the war room was marked for the timeline: its text is fetched, then noted; twice is once."""
    n = incident.number or 0
    payload = {"incident": n, "channel": channel, "ts": ts, "person": w.actor.who}
    w.carry_out(Owe(kind="capture", lane=f"capture:{n}", key=f"capture:{channel}:{ts}", payload=payload), str(n))
    return Answer("nothing", n)


def postmortem(w: Work, incident: Incident, key: str) -> Answer:
    """Where the draft is; a draft is made when there is none, or when the incident is still going on."""
    n = incident.number or 0
    if incident.postmortem_link and incident.resolved_at:
        return Answer("postmortem_ready", n, {"link": incident.postmortem_link})
    w.carry_out(
        Owe(
            kind="postmortem.file",
            lane=f"postmortem:{n}",
            key=f"postmortem:{n}:file:asked:{key}",
            payload={"incident": n},
            priority=effect.LATER,
        ),
        str(n),
    )
    return Answer("postmortem_coming", n)
