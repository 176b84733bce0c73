"""Renders templates given as text, and sketches blocks to be read beside the template that made them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.rendering.blocks import Block
from bot.rendering.message import Message, Renderer

AT = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
Render = Callable[..., Message]


def render_in(folder: Path, source: str, context: dict[str, Any]) -> Message:
    return _renderer(folder, source).message("case", context)


@cache
def _renderer(folder: Path, source: str) -> Renderer:
    (folder / "slack").mkdir(exist_ok=True)
    (folder / "slack" / "case.md").write_text(source, "utf-8")
    return Renderer(folder)


def sketch(blocks: list[Block]) -> list[str]:
    """One line for each block, to be read beside the template that made it."""
    return [_sketched(block) for block in blocks]


def _sketched(block: Block) -> str:
    match block["type"]:
        case "header":
            return f"# {block['text']['text']}"
        case "divider":
            return "---"
        case "actions":
            return " ".join(_clickable(element) for element in block["elements"])
        case "context":
            return f"> {block['elements'][0]['text']}"
        case "image":
            return (
                f"![{block['alt_text']}]({block['slack_file']['id'] if 'slack_file' in block else block['image_url']})"
            )
        case "rich_text":
            return f"```{block['elements'][0]['elements'][0]['text']}```"
    fields = " | ".join(field["text"] for field in block.get("fields", []))
    beside = f" -> {_clickable(block['accessory'])}" if "accessory" in block else ""
    return (f"| {fields} |" if fields else str(block["text"]["text"])) + beside


def _clickable(element: Block) -> str:
    label = element.get("text", element.get("placeholder", {"text": "…"}))["text"]
    options = ",".join(f"{o['value']}={o['text']['text']}" for o in element.get("options", []))
    parts = (element.get("value"), element.get("url"), element.get("style"), options and f"{{{options}}}")
    return f"[{label}]({' '.join([element['action_id'], *(part for part in parts if part)])})"
