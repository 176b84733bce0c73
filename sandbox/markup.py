"""Slack's message markup: what is escaped when text is stored, and what a client makes of typed text."""

import re

from sandbox.records import Json
from sandbox.world import World

_TOKEN = re.compile(r"<(?:[@#!][^<>\s]|https?://|mailto:|tel:|slack:)[^<>\n]*>")
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_ADDRESS = re.compile(r"(?<![<|\w])https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"]")
_LINK = re.compile(r"<(https?://[^>|\s]+)(?:\|[^>]*)?>")
_TYPED = re.compile(r"(?<![\w@])@([a-z0-9._-]+)|(?<![\w#&])#([a-z0-9_-]+)")


def escape(text: str) -> str:
    """`&`, `<` and `>` as entities, except where they form a mention or a link."""
    parts, end = [], 0
    for token in _TOKEN.finditer(text):
        parts += [_plain(text[end : token.start()]), token.group()]
        end = token.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    return _LOOSE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def typed(world: World, text: str) -> str:
    """What a person typed, with names turned into mentions the way Slack's client does."""
    return _TYPED.sub(lambda match: _mention(world, match), escape(text))


def written(world: World, text: str) -> str:
    """The same for a message, in which addresses become links too."""
    parts, end = [], 0
    for link in _ADDRESS.finditer(text):
        parts += [typed(world, text[end : link.start()]), f"<{_plain(link.group())}>"]
        end = link.end()
    return "".join([*parts, typed(world, text[end:])])


def links(text: str) -> list[str]:
    """The addresses in a message's text, each once."""
    return list(dict.fromkeys(match.group(1).replace("&amp;", "&") for match in _LINK.finditer(text)))


def _mention(world: World, match: re.Match[str]) -> str:
    person, channel = match.group(1), match.group(2)
    if channel:
        found = world.named_channel(channel)
        return f"<#{found.id}|{found.name}>" if found else match.group()
    if person in ("here", "channel", "everyone"):
        return f"<!{person}>"
    user = next((u for u in world.users.values() if u.name == person), None)
    group = next((g for g in world.usergroups.values() if g.handle == person), None)
    return f"<@{user.id}>" if user else f"<!subteam^{group.id}|@{group.handle}>" if group else match.group()


def mentions(text: str, user: str) -> bool:
    """Whether the text mentions the user."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def rich_text(text: str) -> list[Json]:
    """The rich_text block that a client attaches to typed text."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]
