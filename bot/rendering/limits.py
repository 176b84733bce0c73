"""Slack's limits applied: what of a call would be refused (``check``), and the call cut so that it is not (``fit``)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.rendering import sizes, slug
from bot.rendering.untrusted import ELLIPSIS, cut, size

Node = dict[str, Any]

_CHANNEL_NAME = re.compile(r"[a-z0-9_-]{1,80}")
_HALF_A_TOKEN = re.compile(r"(?:&[a-z]{0,4}|<[^<>]*)$")
_NOTHING = "–"
_CAPS = (1500, 700, 300, 120)
_NOTE = 120  # weighs more than the note on what is not shown


def check(method: str, payload: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse, as ``path: what is wrong``; empty when the call may leave.

    ``method`` is a Web API method, ``response_url`` or ``view_submission`` (the answer to a submitted modal).
    Methods without limits of their own pass.
    """
    kind = sizes.KINDS.get(method)
    if kind is None:
        return []
    root = dict(payload)
    found = [*_violations(root, kind, method), *_repeated(root, method)]
    return found + list(_whole(root, kind, method))


def fit(method: str, payload: Mapping[str, Any]) -> Node:
    """A copy of the call that passes ``check``: words end with an ellipsis, surplus parts give way to a note."""
    kind = sizes.KINDS.get(method)
    if kind is None:
        return dict(payload)
    fitted: Node = _cut(dict(payload), kind)
    if kind == "channel" and "name" in fitted:
        fitted["name"] = _channel_name(str(fitted["name"]))
    if kind == "message":
        fitted = _fit_message(fitted)
    if isinstance(fitted.get("view"), dict):
        view = fitted["view"]
        fitted["view"] = {**view, "blocks": fit_blocks(view.get("blocks", []), sizes.VIEW_BLOCKS)}
    return fitted


def fit_blocks(blocks: Sequence[Node], most: int) -> list[Node]:
    """The blocks cut one by one, then together: at most ``most``, and no longer in total than a message may be."""
    fitted: list[Node] = [shown for block in blocks if (shown := _cut(block, str(block.get("type")))) is not None]
    message = most == sizes.MESSAGE_BLOCKS
    weigh, total = (_words, sizes.MESSAGE_TOTAL) if message else (_bytes, sizes.VIEW_BLOCK_BYTES)
    for cap in _CAPS:
        if weigh(fitted) <= total:
            break
        fitted = [_capped(block, cap) for block in fitted]
    return _shorter(_distinct(fitted), most, weigh, total)


def _violations(node: Node, kind: str, path: str) -> Iterator[str]:
    for key, value in node.items():
        here = f"{path}.{key}"
        if (limit := _text_limit(kind, key)) is not None and (text := _text(value)) is not None:
            if size(text) > limit:
                yield f"{here}: {size(text)} characters, at most {limit}"
            if not text.strip() and key in ("text", "title", "label", "alt_text", "placeholder") and kind != "message":
                yield f"{here}: must not be empty"
        if (most := sizes.LISTS.get((kind, key))) is not None and isinstance(value, list):
            if len(value) > most:
                yield f"{here}: {len(value)} entries, at most {most}"
            if not value and kind not in ("message", "home"):
                yield f"{here}: must not be empty"
        for child, at in _children(value, here):
            yield from _violations(child, sizes.kind_of(child, key, kind), at)


def _children(value: Any, path: str) -> Iterator[tuple[Node, str]]:
    if isinstance(value, dict):
        yield value, path
    elif isinstance(value, list):
        yield from ((child, f"{path}[{i}]") for i, child in enumerate(value) if isinstance(child, dict))


def _repeated(root: Node, path: str) -> Iterator[str]:
    """Block ids are unique in a message or view, action ids in a block."""
    blocks = [block for block in _blocks_of(root) if isinstance(block, dict)]
    for name, times in Counter(block["block_id"] for block in blocks if "block_id" in block).items():
        if times > 1:
            yield f"{path}: block_id {name!r} appears {times} times"
    for block in blocks:
        for name, times in Counter(_action_ids(block)).items():
            if times > 1:
                yield f"{path}: action_id {name!r} appears {times} times in one block"


def _whole(root: Node, kind: str, path: str) -> Iterator[str]:
    blocks = _blocks_of(root)
    if kind == "message" and not str(root.get("text", "")).strip() and not blocks:
        yield f"{path}: neither text nor blocks"
    if kind == "message" and (words := _words(blocks)) > sizes.MESSAGE_TOTAL:
        yield f"{path}.blocks: {words} characters in all, at most {sizes.MESSAGE_TOTAL}"
    if "metadata" in root and (length := _bytes(root["metadata"])) > sizes.METADATA:
        yield f"{path}.metadata: {length} bytes, at most {sizes.METADATA}"
    view = root.get("view")
    if isinstance(view, dict) and (length := _bytes(view)) > sizes.VIEW_BYTES:
        yield f"{path}.view: {length} bytes, at most {sizes.VIEW_BYTES}"
    if isinstance(view, dict) and view.get("type") == "modal":
        if "title" not in view:
            yield f"{path}.view: a modal needs a title"
        if "submit" not in view and any(block.get("type") == "input" for block in blocks):
            yield f"{path}.view: a modal with inputs needs submit"
    if kind == "channel" and "name" in root and not _CHANNEL_NAME.fullmatch(str(root["name"])):
        yield f"{path}.name: only a-z, 0-9, - and _, at most {sizes.CHANNEL_NAME}"


def _blocks_of(root: Node) -> list[Node]:
    view = root.get("view")
    found = view.get("blocks") if isinstance(view, dict) else root.get("blocks")
    return found if isinstance(found, list) else []


def _action_ids(node: Node) -> Iterator[str]:
    if "action_id" in node:
        yield node["action_id"]
    for value in node.values():
        for child, _ in _children(value, ""):
            yield from _action_ids(child)


def _text_limit(kind: str, key: str) -> int | None:
    return sizes.TEXTS.get((kind, key), sizes.TEXTS.get(("*", key)))


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value.get("type") in ("plain_text", "mrkdwn"):
        return str(value.get("text", ""))
    return None


def _words(node: Any) -> int:
    """The characters of all texts in blocks."""
    if isinstance(node, list):
        return sum(_words(child) for child in node)
    if not isinstance(node, dict):
        return 0
    own = node.get("text")
    return (size(own) if isinstance(own, str) else 0) + sum(
        _words(v) for v in node.values() if isinstance(v, dict | list)
    )


def _bytes(value: Any) -> int:
    """The size of the value as JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def _cut(node: Node, kind: str) -> Node:
    """A copy with every text and list of this object, and of the objects in it, within its limit."""
    shown: Node = {}
    for key, value in node.items():
        limit = _text_limit(kind, key)
        text = _text(value) if limit is not None else None
        if limit is not None and text is not None:
            shown[key] = _with_text(value, _shortened(text, limit, key, kind))
        elif isinstance(value, dict):
            shown[key] = _cut(value, sizes.kind_of(value, key, kind))
        elif isinstance(value, list):
            most = sizes.LISTS.get((kind, key), len(value)) if key != "blocks" else len(value)
            shown[key] = [_cut(c, sizes.kind_of(c, key, kind)) if isinstance(c, dict) else c for c in value[:most]]
        else:
            shown[key] = value
    return shown


def _with_text(value: Any, text: str) -> Any:
    return {**value, "text": text} if isinstance(value, dict) else text


def _shortened(text: str, limit: int, key: str, kind: str) -> str:
    """Words are cut in front of a half entity or half mark-up token; an empty text becomes a dash."""
    if key in sizes.IDENTIFIERS:
        return text if size(text) <= limit else cut(list(text), limit + 1).removesuffix(ELLIPSIS)[:limit]
    if not text.strip():
        return "" if kind == "message" or key == "initial_value" else _NOTHING
    if size(text) <= limit:
        return text
    kept = cut(list(text), limit)
    return _HALF_A_TOKEN.sub("", kept.removesuffix(ELLIPSIS)) + ELLIPSIS


def _capped(block: Node, cap: int) -> Node:
    """The block with its long running texts shortened further; buttons and headers stay as they are."""
    if block.get("type") not in ("section", "context", "rich_text", "markdown"):
        return block
    return {key: _cap(value, cap) if key in ("text", "fields", "elements") else value for key, value in block.items()}


def _cap(value: Any, cap: int) -> Any:
    if isinstance(value, list):
        return [_cap(child, cap) for child in value]
    if not isinstance(value, dict):
        return value
    return {
        k: _shortened(v, cap, k, "note") if k == "text" and isinstance(v, str) else _cap(v, cap)
        for k, v in value.items()
    }


def _distinct(blocks: list[Node]) -> list[Node]:
    """A repeated block id is left out of the later block: Slack makes one up."""
    seen: set[str] = set()
    result = []
    for block in blocks:
        name = block.get("block_id")
        repeated = isinstance(name, str) and name in seen
        result.append({k: v for k, v in block.items() if k != "block_id"} if repeated else block)
        if isinstance(name, str):
            seen.add(name)
    return result


def _shorter(blocks: list[Node], most: int, weigh: Callable[[Any], int], total: int) -> list[Node]:
    """Surplus blocks give way to a note; the last buttons stay, because a message is there to be answered."""
    kept = list(blocks)
    weight = weigh(kept)
    dropped = 0
    while len(kept) + (dropped > 0) > most or (kept and weight + (_NOTE if dropped else 0) > total):
        weight -= weigh(kept.pop(_least_needed(kept)))
        dropped += 1
    if not dropped:
        return kept
    note = {"type": "context", "elements": [{"type": "mrkdwn", "text": f"{ELLIPSIS} {dropped} more not shown"}]}
    at = len(kept) - (kept[-1]["type"] == "actions") if kept else 0
    return [*kept[:at], note, *kept[at:]]


def _least_needed(blocks: list[Node]) -> int:
    last = len(blocks) - 1
    return last - 1 if last > 0 and blocks[last].get("type") == "actions" else last


def _fit_message(message: Node) -> Node:
    if isinstance(message.get("metadata"), dict):
        message["metadata"] = _fit_metadata(message["metadata"])
    if isinstance(message.get("blocks"), list):
        message["blocks"] = fit_blocks(message["blocks"], sizes.MESSAGE_BLOCKS)
    if not message.get("text") and not message.get("blocks"):
        message["text"] = ELLIPSIS
    return message


def _fit_metadata(metadata: Node) -> Node:
    """The longest entries of the payload go first: keys that find a message again are short."""
    entries = sorted(metadata.get("event_payload", {}).items(), key=_bytes)
    while entries and _bytes({**metadata, "event_payload": dict(entries)}) > sizes.METADATA:
        entries.pop()
    return {**metadata, "event_payload": dict(entries)}


def _channel_name(name: str) -> str:
    return name if _CHANNEL_NAME.fullmatch(name) else slug.slug(name)[: sizes.CHANNEL_NAME].rstrip("-")
