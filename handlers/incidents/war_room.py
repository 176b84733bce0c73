"""War rooms: open one, decline one, come into one."""

from bot.services.core import incident as incidents
from bot.services.core import settings
from bot.services.core.answer import Answer
from bot.services.incidents import war_room
from bot.work import Work
from handlers.door import Door
from handlers.request import Request
from handlers.response import Reply
from storage.queries import incidents as incident_queries


def open_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "room", lambda w: war_room.open_room(w, incidents.find(w, number)))


def thread_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "room", lambda w: war_room.decline_room(w, incidents.find(w, number)))


def join_button(door: Door, request: Request) -> Reply:
    number = request.number
    return door.do(request, "status", lambda w: war_room.bring_in(w, incidents.find(w, number)))


def came_in(door: Door, request: Request) -> Reply:
    """Somebody is in a war room now: they are told where things stand. The bot itself needs no telling."""

    def use_case(w: Work) -> Answer:
        incident = incident_queries.incident_of_channel(w.session, request.channel or "")
        if incident is not None and request.user != settings.setting(w.session, "slack.bot_user"):
            war_room.joined(w, incidents.find(w, incident.number or 0), request.user)
        return Answer("nothing")

    door.hear(request, use_case)
    return None


ACTIONS = {"room.open": open_button, "room.thread": thread_button, "incident.join": join_button}
EVENTS = {"member_joined_channel": came_in}
