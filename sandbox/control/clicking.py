"""People click, choose, submit and close: on messages, in modals, in the home tab."""

from dataclasses import dataclass
from typing import Any

from sandbox import elements, modals
from sandbox.blockkit.blocks import check_view
from sandbox.control.user_actions import Deeds
from sandbox.delivery import payloads
from sandbox.delivery.envelope import Outcome
from sandbox.errors import SlackError
from sandbox.posting import interactive
from sandbox.records import Channel, Json, Message, User, View


@dataclass
class Surface:
    """Where a click happens: a message in a channel, or a view."""

    blocks: list[Json]
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None

    def element(self, action_id: str, block_id: str) -> tuple[str, Json]:
        """(block_id, element). Raises SlackError unknown_action."""
        for block in self.blocks:
            for element in interactive(block):
                if element.get("action_id") == action_id and block_id in ("", block["block_id"]):
                    return block["block_id"], element
        raise SlackError("unknown_action")


def _surface(deeds: Deeds, user: User, body: Json) -> Surface:
    if body.get("view_id"):
        view = deeds.world.views.get(str(body["view_id"]))
        if view is None or view.owner != user.id or not modals.on_screen(deeds.world, view):
            raise SlackError("view_not_found")
        return Surface(view.blocks, view=view)
    channel = deeds.place(body, user)
    message = deeds.world.message(channel, str(body.get("ts", "")))
    if message.ephemeral_for not in (None, user.id):
        raise SlackError("message_not_found")
    attached = [block for attachment in message.attachments for block in attachment.get("blocks", ())]
    if body.get("stale"):  # on a screen that has not heard of the latest edits
        return Surface([block for blocks in message.past for block in blocks], channel, message)
    return Surface([*(message.blocks or ()), *attached], channel, message)


async def click(deeds: Deeds, body: Json) -> Json:
    """`{user, channel+ts | view_id, action_id, block_id?, value?, values?, stale?}`."""
    user = deeds.person(body)
    surface = _surface(deeds, user, body)
    if surface.view is not None:
        _type_in(surface.view, body.get("values") or {})
    block_id, element = surface.element(str(body.get("action_id", "")), str(body.get("block_id", "")))
    action = _action(deeds, surface, block_id, element, body.get("value"))
    payload = _click_payload(deeds, user, surface, action, body.get("values") or {})
    return await deeds.perform(user, lambda: deeds.courier.interact("interactive", payload, user.id, False))


def _action(deeds: Deeds, surface: Surface, block_id: str, element: Json, value: Any) -> Json:
    offered = surface.view.options.get((block_id, element["action_id"])) if surface.view else None
    try:
        action = elements.clicked(block_id, element, value, deeds.world.new_ts(), offered)
        if surface.view is not None and element["type"] not in elements.STATELESS:
            _enter(surface.view, block_id, element, value)
    except elements.UnknownChoice:
        raise SlackError("unknown_option") from None
    return action


def _click_payload(deeds: Deeds, user: User, surface: Surface, action: Json, typed: Json) -> Json:
    world = deeds.world
    base = payloads.envelope(world, "block_actions", user)
    if surface.view is not None:
        trigger = world.new_trigger(user.id, surface.view.id if surface.view.type == "modal" else "")
        place = payloads.view_place(world, surface.view)
        return {**base, "trigger_id": trigger.id, **place, "actions": [action]}
    assert surface.channel is not None
    assert surface.message is not None
    hook = world.new_hook(surface.channel.id, user.id, ts=surface.message.ts, thread_ts=surface.message.thread_ts)
    place = payloads.message_place(world, surface.channel, surface.message)
    state = {"values": _message_values(surface.blocks, action, typed)}
    link = {"response_url": world.hook_url(hook), "trigger_id": world.new_trigger(user.id).id}
    return {**base, **place, **link, "state": state, "actions": [action]}


def _message_values(blocks: list[Json], action: Json, typed: Json) -> dict[str, dict[str, Json]]:
    values = elements.initial_values(blocks)
    for block_id, element in elements.stateful(blocks):
        given = typed.get(block_id, {})
        if element["action_id"] in given:
            values[block_id][element["action_id"]] = elements.filled(element, given[element["action_id"]])
    entry = values.get(action["block_id"], {}).get(action["action_id"])
    if entry is not None:
        values[action["block_id"]][action["action_id"]] = {key: action[key] for key in entry}
    return values


def _enter(view: View, block_id: str, element: Json, value: Any) -> None:
    action_id = element["action_id"]
    offered = view.options.get((block_id, action_id))
    view.values.setdefault(block_id, {})[action_id] = elements.filled(element, value, offered)


def _type_in(view: View, values: Json) -> None:
    """Fills inputs from `{block_id: {action_id: value}}`. Raises SlackError for what is not there."""
    known = {(block_id, element["action_id"]): element for block_id, element in elements.stateful(view.blocks)}
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            if (block_id, action_id) not in known:
                raise SlackError("unknown_action", block_id=block_id, action_id=action_id)
            try:
                _enter(view, block_id, known[block_id, action_id], value)
            except elements.UnknownChoice:
                raise SlackError("unknown_option", block_id=block_id, action_id=action_id) from None


async def submit(deeds: Deeds, body: Json) -> Json:
    """`{user, view_id, values}`: required inputs are checked first, as Slack's client does."""
    user = deeds.person(body)
    view = _surface(deeds, user, body).view
    if view is None or view.type != "modal" or view is not deeds.world.modals[user.id][-1]:
        raise SlackError("view_not_found")
    _type_in(view, body.get("values") or {})
    missing = _unfilled(view)
    if missing:
        return {"ok": False, "error": "required", "errors": missing}
    trigger = deeds.world.new_trigger(user.id, view.id)
    _response_urls(deeds, user, view)
    payload = payloads.view_submission(deeds.world, user, view, trigger)

    async def deed() -> Outcome:
        outcome = await deeds.courier.interact("interactive", payload, user.id)
        if not outcome.error:
            _follow(deeds, user, view, outcome.body or {})
        return outcome

    return await deeds.perform(user, deed)


def _unfilled(view: View) -> dict[str, str]:
    """block_id -> complaint for every required input that is empty."""
    missing = {}
    for block in view.blocks:
        if block.get("type") != "input" or block.get("optional"):
            continue
        entry = view.values[block["block_id"]][block["element"]["action_id"]]
        if not any(value for key, value in entry.items() if key != "type"):
            missing[block["block_id"]] = "Please complete this required field."
    return missing


def _response_urls(deeds: Deeds, user: User, view: View) -> None:
    view.response_urls = []
    for block_id, element in elements.stateful(view.blocks):
        chosen = view.values[block_id][element["action_id"]]
        channel = chosen.get("selected_conversation") or chosen.get("selected_channel")
        if element.get("response_url_enabled") and channel in deeds.world.channels:
            hook = deeds.world.new_hook(channel, user.id)
            place = {"block_id": block_id, "action_id": element["action_id"], "channel_id": channel}
            view.response_urls.append({**place, "response_url": deeds.world.hook_url(hook)})


def _follow(deeds: Deeds, user: User, view: View, body: Json) -> None:
    """Does what the acknowledgement of a submission says."""
    action = body.get("response_action")
    if action == "errors":
        deeds.world.tell("view", user=user.id)
    elif action == "update":
        check_view(body["view"], "modal")
        modals.change(deeds.world, view, body["view"])
    elif action == "push":
        check_view(body["view"], "modal")
        if len(deeds.world.modals[user.id]) >= modals.DEPTH:
            raise SlackError("push_limit_reached")
        modals.show(deeds.world, user.id, body["view"], fresh=False)
    elif action == "clear":
        modals.clear(deeds.world, user.id)
    else:
        modals.pop(deeds.world, view)


async def close_view(deeds: Deeds, body: Json) -> Json:
    """`{user, view_id}`: closes a modal; the app hears of it when it asked to (notify_on_close)."""
    user = deeds.person(body)
    view = _surface(deeds, user, body).view
    if view is None or view.type != "modal":
        raise SlackError("view_not_found")
    cleared = view.clear_on_close
    closed = list(deeds.world.modals[user.id]) if cleared else [view]
    if cleared:
        modals.clear(deeds.world, user.id)
    else:
        modals.pop(deeds.world, view)
    outcome = Outcome()
    for gone in closed:
        if gone.notify_on_close:
            payload = payloads.view_closed(deeds.world, user, gone, cleared)
            outcome = await deeds.courier.interact("interactive", payload, user.id, False)

    async def deed() -> Outcome:
        return outcome

    return await deeds.perform(user, deed)


async def options(deeds: Deeds, body: Json) -> Json:
    """`{user, view_id | channel+ts, block_id, action_id, query}`: what an external select offers."""
    user = deeds.person(body)
    surface = _surface(deeds, user, body)
    block_id, element = surface.element(str(body.get("action_id", "")), str(body.get("block_id", "")))
    payload = _suggestion(deeds, user, surface, block_id, element["action_id"], str(body.get("query", "")))
    outcome = await deeds.courier.interact("interactive", payload, user.id)
    if outcome.error:
        return {"ok": False, "error": outcome.error}
    answer = outcome.body or {}
    found = elements.options_of(answer)
    if surface.view is not None:
        surface.view.options[block_id, element["action_id"]] = found
    groups = {"option_groups": answer["option_groups"]} if "option_groups" in answer else {}
    return {"ok": True, "ack_ms": outcome.ack_ms, "options": found, **groups}


def _suggestion(deeds: Deeds, user: User, surface: Surface, block_id: str, action_id: str, query: str) -> Json:
    facts = {"block_id": block_id, "action_id": action_id, "value": query}
    base = {**payloads.envelope(deeds.world, "block_suggestion", user), **facts}
    if surface.view is not None:
        return {**base, **payloads.view_place(deeds.world, surface.view)}
    assert surface.channel is not None
    assert surface.message is not None
    return {**base, **payloads.message_place(deeds.world, surface.channel, surface.message)}
