"""What Slack asks of an app on behalf of people: to carry out a workflow step, to show what a link leads to."""

from typing import Any

from sandbox.control.user_actions import Deeds
from sandbox.errors import SlackError
from sandbox.records import Execution, Json
from sandbox.world import World


async def function(deeds: Deeds, body: Json) -> Json:
    """`{user, callback_id, inputs?}`: a workflow reaches a step of the app; `executions/ID` says how it ended."""
    user, world = deeds.person(body), deeds.world
    name, inputs = str(body.get("callback_id", "")), dict(body.get("inputs") or {})
    about = world.app.manifest.functions.get(name)
    if about is None:
        raise SlackError("unknown_function")
    wanted = about.get("input_parameters") or {}
    lacking = [key for key, one in wanted.items() if one.get("is_required") and inputs.get(key) is None]
    if lacking:
        raise SlackError("missing_inputs", inputs=lacking)
    execution = Execution(world.new_id("Fx"), name, inputs)
    world.executions[execution.id] = execution
    event = _executed(world, execution, about)
    answer = await deeds.perform(user, lambda: deeds.courier.announce(event))
    return {**answer, "function_execution_id": execution.id}


def _executed(world: World, execution: Execution, about: Json) -> Json:
    described = {
        "id": f"Fn{world.app.id}",
        "callback_id": execution.callback_id,
        "title": about.get("title", execution.callback_id),
        "description": about.get("description", ""),
        "type": "app",
        "input_parameters": _parameters(about.get("input_parameters")),
        "output_parameters": _parameters(about.get("output_parameters")),
        "app_id": world.app.id,
    }
    return {
        "type": "function_executed",
        "function": described,
        "inputs": execution.inputs,
        "function_execution_id": execution.id,
        "workflow_execution_id": world.new_id("Wx"),
        "bot_access_token": world.app.workflow_token,
        "event_ts": world.new_ts(),
    }


def _parameters(table: Any) -> list[Json]:
    return [{"name": name, **about} for name, about in (table or {}).items()]


async def details(deeds: Deeds, body: Json) -> Json:
    """`{user, channel, ts, url}`: opens what the app unfurled for a link; the answer holds what the app shows."""
    user, world = deeds.person(body), deeds.world
    channel = deeds.place(body, user)
    message = world.message(channel, str(body.get("ts", "")))
    url = str(body.get("url", ""))
    entity = next((one["entity"] for one in message.attachments if one.get("entity") and one["from_url"] == url), None)
    if entity is None:
        raise SlackError("unknown_entity")
    trigger = world.new_trigger(user.id)
    trigger.entity = entity["external_ref"]["id"]
    world.details.pop(user.id, None)
    event = {
        "type": "entity_details_requested",
        "user": user.id,
        "external_ref": entity["external_ref"],
        "entity_url": entity["url"],
        "app_unfurl_url": url,
        "link": {"url": url, "domain": url.split("/")[2]},
        "trigger_id": trigger.id,
        "user_locale": "en-US",
        "channel": channel.id,
        "message_ts": message.ts,
        "event_ts": world.new_ts(),
    }
    answer = await deeds.perform(user, lambda: deeds.courier.announce(event))
    return {**answer, "details": world.details.get(user.id)}
