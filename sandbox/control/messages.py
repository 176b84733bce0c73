"""People speak: slash commands, messages, reactions, shortcuts, opening the home tab."""

import uuid

from sandbox import hooks, markup, posting
from sandbox.control.user_actions import Deeds, shown
from sandbox.delivery import payloads
from sandbox.delivery.envelope import Outcome
from sandbox.errors import SlackError
from sandbox.manifest import Shortcut
from sandbox.records import Channel, Hook, Json, User
from sandbox.shapes import view_json


async def command(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, text}`: text is what is typed, the slash included. There are no commands in threads, nor for
    people of another company.
    """
    user = deeds.person(body)
    channel = deeds.place(body, user, member=True)
    name, _, text = str(body.get("text", "")).strip().partition(" ")
    registered = deeds.world.app.manifest.command(name)
    if registered is None or not deeds.offered(user):
        raise SlackError("unknown_command")
    if body.get("thread_ts"):
        raise SlackError("not_supported_in_threads", detail=f"{name} is not supported in threads.")
    text = markup.typed(deeds.world, text.strip()) if registered.escape else text.strip()
    hook = deeds.world.new_hook(channel.id, user.id)
    trigger = deeds.world.new_trigger(user.id)
    payload = payloads.slash_command(deeds.world, user, channel, name, text, trigger=trigger, hook=hook)

    async def deed() -> Outcome:
        outcome = await deeds.courier.interact("slash_commands", payload, user.id)
        if not outcome.error and outcome.body:
            _reply(deeds, hook, outcome.body)
        return outcome

    return await deeds.perform(user, deed)


def _reply(deeds: Deeds, hook: Hook, body: Json) -> None:
    if body.get("text") or body.get("blocks") or body.get("attachments"):
        hooks.answer(deeds.world, hook, body)


async def message(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, text, thread_ts?}`: posts as a person; the app learns of it by an event."""
    user = deeds.person(body)
    channel = deeds.place(body, user, member=True)
    if channel.archived:
        raise SlackError("is_archived")
    if _read_only(deeds, channel):
        raise SlackError("messages_tab_disabled")
    typed = str(body.get("text", ""))
    if not typed.strip():
        raise SlackError("no_text")
    thread = body.get("thread_ts")
    if thread:
        thread = deeds.world.message(channel, str(thread)).thread_ts or thread
    text = markup.written(deeds.world, typed)
    more = {"blocks": markup.rich_text(typed), "thread_ts": thread, "client_msg_id": str(uuid.uuid4())}
    posted, answer = await deeds.publish(user, lambda: posting.post(deeds.world, channel, user.id, text, **more))
    return {**answer, "ts": posted.ts, "channel": channel.id, "message": shown(deeds.world, posted)}


def _read_only(deeds: Deeds, channel: Channel) -> bool:
    """Whether the app has closed its own direct messages to people."""
    manifest, members = deeds.world.app.manifest, channel.members
    closed = manifest.messages_read_only or not manifest.messages_tab
    return closed and channel.kind == "im" and deeds.world.app.user_id in members


async def reaction(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, ts, name}`: adds the reaction, or takes it back when it is there."""
    user = deeds.person(body)
    channel = deeds.place(body, user)
    target = deeds.world.message(channel, str(body.get("ts", "")))
    name = str(body.get("name", "")).strip(":")
    added = user.id not in target.reactions.get(name, ())
    _, answer = await deeds.publish(user, lambda: posting.react(deeds.world, channel, target, user.id, name, added))
    return {**answer, "added": added}


async def shortcut(deeds: Deeds, body: Json) -> Json:
    """`{user, callback_id, channel?, ts?}`: a global shortcut, or one on a message."""
    user = deeds.person(body)
    registered = deeds.world.app.manifest.shortcut(str(body.get("callback_id", "")))
    if registered is None or not deeds.offered(user):
        raise SlackError("unknown_shortcut")
    payload = _shortcut_payload(deeds, user, registered, body)
    return await deeds.perform(user, lambda: deeds.courier.interact("interactive", payload, user.id, False))


def _shortcut_payload(deeds: Deeds, user: User, registered: Shortcut, body: Json) -> Json:
    world, trigger = deeds.world, deeds.world.new_trigger(user.id)
    facts = {"callback_id": registered.callback_id, "trigger_id": trigger.id, "action_ts": world.new_ts()}
    if registered.kind != "message":
        return {**payloads.envelope(world, "shortcut", user), **facts}
    channel = deeds.place(body, user)
    target = world.message(channel, str(body.get("ts", "")))
    place = payloads.message_place(world, channel, target)
    place.pop("container")
    url = world.hook_url(world.new_hook(channel.id, user.id))
    facts |= {"message_ts": target.ts, "response_url": url}
    return {**payloads.envelope(world, "message_action", user), **facts, **place}


async def home(deeds: Deeds, body: Json) -> Json:
    """`{user, tab?}`: opens the app's home (or its messages tab)."""
    user = deeds.person(body)
    channel = deeds.world.direct([deeds.world.app.user_id, user.id])
    tab = str(body.get("tab", "home"))
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
    view = deeds.world.homes.get(user.id)
    if view is not None and tab == "home":
        event["view"] = view_json(deeds.world, view)
    event["event_ts"] = deeds.world.new_ts()
    answer = await deeds.perform(user, lambda: deeds.courier.announce(event))
    view = deeds.world.homes.get(user.id)
    return {**answer, "channel": channel.id, "view": view_json(deeds.world, view) if view else None}


async def dm(deeds: Deeds, body: Json) -> Json:
    """`{user, with}`: the direct conversation of two people (or of a person and the app)."""
    user = deeds.person(body)
    wanted = body.get("with", "")
    others = wanted if isinstance(wanted, list) else [wanted]
    channel = deeds.world.direct([user.id, *(deeds.world.user(str(other)).id for other in others)])
    return {"ok": True, "channel": channel.id}


async def read(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, ts?}`: the user has seen everything (up to `ts`)."""
    channel = deeds.world.channel(str(body.get("channel", "")))
    user = deeds.world.user(str(body.get("user", "")))
    channel.read_to[user.id] = str(body.get("ts") or deeds.world.new_ts())
    return {"ok": True}
