"""chat.unfurl and entity.presentDetails: what an app shows for links to it."""

import time
from typing import Any

from sandbox import markup, posting
from sandbox.api.call import Call
from sandbox.blockkit.blocks import check_blocks
from sandbox.errors import SlackError
from sandbox.records import Channel, Json, Message

SOURCES = ("composer", "conversations_history")
ENTITIES = ("task", "file", "item", "incident", "content_item")


def unfurl(call: Call) -> Json:
    channel, message = _place(call)
    shown = [*_from_unfurls(call), *_from_entities(call)]
    if not shown:
        raise SlackError("missing_unfurls")
    said = markup.links(message.text)
    if any(one["from_url"] not in said for one in shown):
        raise SlackError("cannot_unfurl_url")
    fresh = {one["from_url"] for one in shown}
    kept = [one for one in message.attachments if one.get("from_url") not in fresh]
    numbered = [{**one, "id": number} for number, one in enumerate([*kept, *shown], start=1)]
    posting.edit(call.world, channel, message, {"attachments": numbered}, mark=False)
    return {}


def _place(call: Call) -> tuple[Channel, Message]:
    where, ts = call.args.text("channel"), call.args.text("ts")
    if call.args.has("unfurl_id"):
        if call.args.text("source") not in SOURCES:
            raise SlackError("invalid_source" if call.args.has("source") else "missing_source")
        where, _, ts = call.args.text("unfurl_id").partition("-")
        if not ts:
            raise SlackError("invalid_unfurl_id")
    if not where or not ts:
        raise SlackError("missing_ts" if where else "missing_channel")
    channel = call.world.channels.get(where)
    if channel is None or not call.world.sees(call.world.app.user_id, channel):
        raise SlackError("cannot_find_channel")
    if ts not in channel.messages or channel.messages[ts].ephemeral_for:
        raise SlackError("cannot_find_message")
    return channel, channel.messages[ts]


def _from_unfurls(call: Call) -> list[Json]:
    if not call.args.has("unfurls"):
        return []
    unfurls: Any = call.args.json("unfurls", "invalid_unfurls_format")
    if not isinstance(unfurls, dict) or not all(isinstance(one, dict) for one in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    for one in unfurls.values():
        if one.get("blocks"):
            check_blocks(one["blocks"])
    return [{**one, **_ours(url)} for url, one in unfurls.items()]


def _from_entities(call: Call) -> list[Json]:
    if not call.args.has("metadata"):
        return []
    metadata = call.args.mapping("metadata", "invalid_metadata_format")
    entities = metadata.get("entities")
    if not isinstance(entities, list) or not entities or not all(isinstance(one, dict) for one in entities):
        raise SlackError("invalid_metadata_format")
    return [_card(one) for one in entities]


def _card(entity: Json) -> Json:
    check_entity(entity, "invalid_metadata_format")
    title = entity["entity_payload"]["attributes"]["title"]["text"]
    url = str(entity.get("app_unfurl_url") or entity["url"])
    return {"title": title, "title_link": entity["url"], "entity": entity, **_ours(url)}


def check_entity(entity: Json, code: str) -> None:
    """Refuses an entity that says not what it is, or has no title."""
    kind, reference = str(entity.get("entity_type", "")), entity.get("external_ref")
    payload = entity.get("entity_payload")
    attributes = payload.get("attributes") if isinstance(payload, dict) else None
    title = attributes.get("title") if isinstance(attributes, dict) else None
    known = kind.removeprefix("slack#/entities/") in ENTITIES and kind.startswith("slack#/entities/")
    named = isinstance(reference, dict) and bool(reference.get("id")) and bool(entity.get("url"))
    if not known or not named or not isinstance(title, dict) or not title.get("text"):
        raise SlackError(code)


def _ours(url: str) -> Json:
    return {"from_url": url, "app_unfurl_url": url, "is_app_unfurl": True}


def present_details(call: Call) -> Json:
    trigger = call.world.triggers.get(call.args.text("trigger_id"))
    if trigger is None or trigger.used or not trigger.entity or time.monotonic() > trigger.expires:
        raise SlackError("invalid_trigger_id")
    if call.args.flag("user_auth_required") and not call.args.has("user_auth_url"):
        raise SlackError("user_auth_url_missing")
    shown: Json = {"user_auth_url": call.args.text("user_auth_url")} if call.args.flag("user_auth_required") else {}
    if call.args.has("error"):
        shown["error"] = call.args.mapping("error", "invalid_arguments")
    elif not shown:
        shown["metadata"] = entity = call.args.mapping("metadata", "invalid_metadata")
        check_entity(entity, "invalid_metadata")
        if entity["external_ref"]["id"] != trigger.entity:
            raise SlackError("entity_metadata_does_not_match_trigger")
    trigger.used = True
    call.world.details[trigger.user] = shown
    call.world.tell("view", user=trigger.user)
    return {}
