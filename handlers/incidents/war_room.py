"""War rooms: open one, decline one, come into one."""

import logging
from collections.abc import Callable

from bot.services.core import incident as incidents
from bot.services.core import settings
from bot.services.core.answer import Answer
from bot.services.incidents import room_names, war_room
from bot.work import Work
from handlers.boundary import Listener
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply
from storage.models import Incident
from storage.queries import incidents as incident_queries

_log = logging.getLogger(__name__)


def open_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "room", lambda w: war_room.open_room(w, incidents.find(w, number)))


def thread_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "room", lambda w: war_room.decline_room(w, incidents.find(w, number)))


def join_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "join", lambda w: war_room.bring_in(w, incidents.find(w, number)))


def came_in(door: Door, request: Request) -> Reply:
    """Somebody is in a war room now: they are told where things stand. The bot itself needs no telling."""

    def use_case(w: Work) -> Answer:
        incident = incident_queries.incident_of_channel(w.session, request.channel or "")
        if incident is None:
            return Answer("nothing")
        found = incidents.find(w, incident.number or 0)
        if request.user == settings.setting(w.session, "slack.bot_user"):
            war_room.regain(w, found, request.channel or "")
        elif found.channel_id == request.channel:
            war_room.joined(w, found, request.user)
        return Answer("nothing")

    door.hear(request, use_case)
    return None


def _of_room(deed: Callable[[Work, Incident, str, Request], None]) -> Listener:
    """What happens to a channel, for the incident whose war room it is."""

    def listener(door: Door, request: Request) -> Reply:
        channel = _channel(request)

        def use_case(w: Work) -> Answer:
            incident = incident_queries.incident_of_channel(w.session, channel)
            if incident is not None:
                deed(w, incidents.find(w, incident.number or 0), channel, request)
            return Answer("nothing")

        door.hear(request, use_case)
        return None

    return listener


def _channel(request: Request) -> str:
    """A rename brings the channel whole, everything else its id."""
    named = request.event.get("channel")
    return str(named.get("id") if isinstance(named, dict) else named or "")


def _lost(reason: str) -> Listener:
    def deed(w: Work, incident: Incident, channel: str, request: Request) -> None:
        if war_room.lose(w, incident, channel, reason):
            _log.warning("the war room of incident %d takes nothing any more: %s", incident.number, reason)

    return _of_room(deed)


def _renamed(w: Work, incident: Incident, channel: str, request: Request) -> None:
    room_names.rename(w, incident, channel, str(request.event["channel"].get("name") or ""))


def _privacy(*, private: bool) -> Listener:
    def deed(w: Work, incident: Incident, channel: str, request: Request) -> None:
        war_room.change_privacy(w, incident, channel, private=private)

    return _of_room(deed)


def _named(w: Work, incident: Incident, channel: str, request: Request) -> None:
    before, name = (str(request.event.get(what) or "") for what in ("old_name", "name"))
    room_names.rename(w, incident, channel, name, before or None)


SUBTYPES = {
    **dict.fromkeys(("channel_name", "group_name"), _of_room(_named)),
    "channel_convert_to_private": _privacy(private=True),
    "channel_convert_to_public": _privacy(private=False),
}
"""What Slack writes into a channel of what somebody did to it, and who: events alone don't say that."""
ACTIONS = {"room.open": open_button, "room.thread": thread_button, "incident.join": join_button}
EVENTS = {
    "member_joined_channel": came_in,
    **dict.fromkeys(("channel_archive", "group_archive"), _lost("it was archived")),
    **dict.fromkeys(("channel_left", "group_left"), _lost("the bot was removed from it")),
    **dict.fromkeys(("channel_deleted", "group_deleted"), _lost("it was deleted")),
    **dict.fromkeys(("channel_rename", "group_rename"), _of_room(_renamed)),
}
