"""The bodies that the app receives when a person does something."""

from typing import Any

from sandbox.delivery.subscriptions import place_of
from sandbox.records import Channel, Hook, Json, Message, Trigger, User, View
from sandbox.shapes import message_json, view_json
from sandbox.world import World


def slash_command(world: World, user: User, channel: Channel, command: str, text: str, **ids: Any) -> Json:
    """The fields of a slash command; `ids` are `trigger` and `hook`."""
    trigger: Trigger = ids["trigger"]
    hook: Hook = ids["hook"]
    return {
        "token": world.app.verification_token,
        "team_id": world.team.id,
        "team_domain": world.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "false",
        "response_url": world.hook_url(hook).replace("/hooks/actions/", "/hooks/commands/"),
        "trigger_id": trigger.id,
    }


def channel_name(channel: Channel) -> str:
    """The name that Slack puts into payloads."""
    if channel.kind == "im":
        return "directmessage"
    return "privategroup" if channel.kind == "private" else channel.name


def envelope(world: World, kind: str, user: User) -> Json:
    """What all interactive payloads have in common. The team is that of whoever acts, as in a shared channel."""
    home = world.team_of(user.id)
    person = {"id": user.id, "username": user.name, "name": user.name, "team_id": home}
    domain = world.team.domain if home == world.team.id else home.lower()
    return {
        "type": kind,
        "user": person,
        "api_app_id": world.app.id,
        "token": world.app.verification_token,
        "team": {"id": home, "domain": domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_place(world: World, channel: Channel, message: Message) -> Json:
    """Where in a channel something was clicked."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.ephemeral_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    return place if message.ephemeral_for else {**place, "message": message_json(world, message, metadata=True)}


def view_place(world: World, view: View) -> Json:
    """In which view something was clicked."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(world, view)}


def view_submission(world: World, user: User, view: View, trigger: Trigger) -> Json:
    """A submitted modal."""
    urls = {"response_urls": view.response_urls}
    return {
        **envelope(world, "view_submission", user),
        "trigger_id": trigger.id,
        "view": view_json(world, view),
        **urls,
    }


def view_closed(world: World, user: User, view: View, cleared: bool) -> Json:
    """A modal that was closed without submitting."""
    return {**envelope(world, "view_closed", user), "view": view_json(world, view), "is_cleared": cleared}


def event_callback(world: World, event: Json, event_id: str) -> Json:
    """The wrapper around an event. It says so when people of a connected workspace are where it happened."""
    place = place_of(world, event)
    authorization = {
        "enterprise_id": None,
        "team_id": world.team.id,
        "user_id": world.app.user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": world.app.verification_token,
        "team_id": world.team.id,
        "context_team_id": world.team.id,
        "context_enterprise_id": None,
        "api_app_id": world.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": world.now(),
        "authorizations": [authorization],
        "is_ext_shared_channel": bool(place and world.shared_with(place)),
        "event_context": f"4-{event_id}",
    }
