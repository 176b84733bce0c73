"""The doctor's live look at the templates: Slack itself says of each whether it takes its blocks today."""

import json
from collections.abc import Iterator
from typing import Any

from bot.cli.finding import Finding, failed, ok, warning
from bot.cli.slack_web_api import Reply, Workspace
from bot.rendering import sample
from bot.rendering.message import Renderer
from bot.rendering.template import TemplateFault
from bot.settings import Settings

NAME = "templates"
VALIDATE = "blocks.validate"
BLOCKS, CHARACTERS = 45, 9000
"""What is asked about at once: Slack takes no more in one message, and few questions a minute."""
FIX = "correct your own templates (TOCSIN_TEMPLATES); for those that came with Tocsin, update it, or tell its makers."

Part = tuple[str, list[dict[str, Any]]]


def examine(settings: Settings) -> Finding:
    """Asks about every message, with as much and as little in it as it can show. Nothing is posted."""
    try:
        shown = [(name, one.blocks) for name, one in sample.messages(Renderer(settings.templates)) if one.blocks]
    except TemplateFault as fault:
        return failed(NAME, str(fault), FIX)
    slack = Workspace(settings.slack_api_url, settings.bot_token.get_secret_value())
    try:
        return judged(slack, shown)
    finally:
        slack.close()


def judged(slack: Workspace, shown: list[Part]) -> Finding:
    """What Slack says of these templates."""
    refused: list[str] = []
    for parts in _together(shown):
        reply = slack.call(VALIDATE, blocks=json.dumps([block for _, blocks in parts for block in blocks]))
        if reply.error and not reply.body.get("errors"):
            return warning(NAME, f"Slack was asked about its blocks and said: {reply.error}", "try again later.")
        refused += _refused(reply, parts)
    if refused:
        return failed(NAME, f"Slack doesn't take {'; '.join(refused)}", FIX)
    return ok(NAME, f"Slack takes all {len({name for name, _ in shown})}")


def _together(shown: list[Part]) -> Iterator[list[Part]]:
    """As many templates at once as one message may hold."""
    group: list[Part] = []
    for part in shown:
        blocks = [block for _, of in [*group, part] for block in of]
        named = [block["block_id"] for block in blocks if "block_id" in block]
        if group and (len(blocks) > BLOCKS or len(json.dumps(blocks)) > CHARACTERS or len(named) > len(set(named))):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _refused(reply: Reply, parts: list[Part]) -> list[str]:
    """Each refused template once, with the first that Slack says of it."""
    owners = [name for name, blocks in parts for _ in blocks]
    found: dict[str, str] = {}
    for error in reply.body.get("errors", ()):
        index = next((int(step) for step in str(error.get("pointer", "")).split("/") if step.isdigit()), len(owners))
        owner = owners[index] if index < len(owners) else "one of them"
        found.setdefault(owner, str(error.get("message", error.get("code", reply.error))))
    return [f"{name} ({why})" for name, why in found.items()]
