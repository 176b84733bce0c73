"""bookmarks.*: links at the top of a channel."""

import re

from sandbox.api.call import Call
from sandbox.errors import SlackError, bad_arguments
from sandbox.records import Bookmark, Channel, Json
from sandbox.shapes import bookmark_json

MAX_BOOKMARKS, MAX_TITLE, MAX_LINK = 100, 256, 2048


def add(call: Call) -> Json:
    channel = call.channel("channel_id", member=True)
    title, link, kind = call.args.text("title"), call.args.text("link"), call.args.text("type")
    if kind != "link":
        raise SlackError("invalid_bookmark_type")
    _check_bookmark(title, link)
    if len(channel.bookmarks) >= MAX_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    now = call.world.now()
    mark = Bookmark(call.world.new_id("Bk"), channel.id, title, link, call.args.text("emoji"), kind, now, now)
    channel.bookmarks.append(mark)
    call.world.tell("channel", channel=channel.id)
    return {"bookmark": bookmark_json(call.world, mark)}


def _check_bookmark(title: str, link: str) -> None:
    if not re.match(r"https?://\S+$", link) or len(link) > MAX_LINK:
        raise SlackError("invalid_link")
    if not title.strip() or len(title) > MAX_TITLE:
        raise bad_arguments("invalid value: title")


def _bookmark(call: Call, channel: Channel) -> Bookmark:
    for mark in channel.bookmarks:
        if mark.id == call.args.text("bookmark_id"):
            return mark
    raise SlackError("not_found")


def edit(call: Call) -> Json:
    channel = call.channel("channel_id", member=True)
    mark = _bookmark(call, channel)
    title, link = call.args.text("title", mark.title), call.args.text("link", mark.link)
    _check_bookmark(title, link)
    mark.title, mark.link, mark.emoji = title, link, call.args.text("emoji", mark.emoji)
    mark.updated = call.world.now()
    call.world.tell("channel", channel=channel.id)
    return {"bookmark": bookmark_json(call.world, mark)}


def remove(call: Call) -> Json:
    channel = call.channel("channel_id", member=True)
    channel.bookmarks.remove(_bookmark(call, channel))
    call.world.tell("channel", channel=channel.id)
    return {}


def list_all(call: Call) -> Json:
    channel = call.channel("channel_id", member=True)
    return {"bookmarks": [bookmark_json(call.world, mark) for mark in channel.bookmarks]}
