"""What the manifest promises, what the tables list, what buttons and forms send, and what the docs say is the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import handlers
from bot.domain import verbs as declared
from bot.rendering.contexts import messages
from handlers import boundary, verbs
from tests.sources import files, tree

ROOT = Path(__file__).resolve().parents[3]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
TEMPLATES = files("templates/slack", "*.md", at_least=115)
TARGET = re.compile(r"\]\(([a-z][a-z_]*\.[a-z_]+)(?=[:\s)])")
SOURCES = files("handlers", at_least=55)
SERVICES = files("bot/services", at_least=38)


def calls(name: str) -> Iterator[ast.Call]:
    """Every call of `name` (`form.button`, `Answer`) in the handlers and their services."""
    for path in [*SOURCES, *SERVICES]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield node


def word(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_templates() -> set[str]:
    texts = (path.read_text() for path in TEMPLATES if path.name != "README.md")
    return {found for text in texts for found in TARGET.findall(text)}


def in_forms() -> set[str]:
    buttons = {word(call.args[0]) for call in [*calls("form.button"), *calls("TrayButton")]}
    fields = {word(one.value) for call in calls("form.field") for one in call.keywords if one.arg == "action"}
    assert "menu.decision" in buttons, "the rows of the tray are buttons as well"
    assert None not in buttons | fields, "an action id must stand in the source as it is"
    return {found for found in buttons | fields | in_menus() if found}


def in_menus() -> set[str | None]:
    """The menus that stand beside buttons are given their action as part of the block."""
    pairs = (
        pair
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Dict)
        for pair in zip(node.keys, node.values, strict=True)
    )
    return {word(value) for key, value in pairs if key is not None and word(key) == "action_id"}


def test_every_button_and_menu_has_a_listener_and_every_listener_something_to_press() -> None:
    listened = {*handlers.table("ACTIONS"), boundary.PICK}
    offered = in_templates() | in_forms() | {boundary.PICK}
    assert sorted(offered - listened) == [], "pressed, and nobody listens"
    assert sorted(listened - offered) == [], "listened for, and nobody can press it"


OPENED_BEFORE = {"ask"}
"""Forms that f5317fa opened and nothing opens today; somebody may still submit one right after an upgrade."""


def test_every_form_with_a_submit_button_has_a_listener() -> None:
    forms = {word(call.args[0]) for call in calls("form.modal") if any(one.arg == "submit" for one in call.keywords)}
    assert forms | OPENED_BEFORE == set(handlers.table("VIEWS"))


def test_the_manifest_and_the_listeners_name_the_same_things() -> None:
    features, settings = MANIFEST["features"], MANIFEST["settings"]
    assert {one["command"] for one in features["slash_commands"]} == set(verbs.COMMANDS)
    assert {one["callback_id"] for one in features["shortcuts"]} == set(handlers.table("SHORTCUTS"))
    subscribed = {one.partition(".")[0] for one in settings["event_subscriptions"]["bot_events"]}
    assert subscribed == set(handlers.table("EVENTS")), "messages of each kind of channel come as one event"
    assert all(one["should_escape"] for one in features["slash_commands"]), "people must arrive as mentions"


def test_every_verb_has_a_listener_and_a_row_of_permissions() -> None:
    assert {verb.name for verb in verbs.INCIDENT} == set(handlers.listeners())
    assert {verb.name for verb in verbs.ONCALL} == set(handlers.table("ONCALL"))
    assert {verb.action for verb in (*verbs.INCIDENT, *verbs.ONCALL)} <= declared.ACTIONS


def test_what_is_checked_at_a_door_is_a_row_of_permissions() -> None:
    asked = {word(call.args[1]) for name in ("door.do", "door.look") for call in calls(name)}
    assert asked - {None} <= declared.ACTIONS


def test_every_answer_can_be_worded() -> None:
    named = {word(call.args[0]) for call in calls("Answer")} - {None, "nothing"}
    worded = set(messages.MESSAGES)
    assert {one for one in named if one not in worded} == set()
    files = {path.stem for path in TEMPLATES}
    assert {one for one in named if one not in files} == set()
    assert {one for one in worded if messages.is_drawn_anew(one)} <= files


def test_the_docs_list_what_the_table_lists() -> None:
    assert (ROOT / "docs" / "commands.md").read_text() == verbs.markdown(), "write it again: make docs"


@pytest.mark.parametrize("table", sorted(verbs.COMMANDS))
def test_a_usage_begins_with_its_verb(table: str) -> None:
    for verb in verbs.COMMANDS[table]:
        assert verb.usage.split()[0] == verb.name
        assert verb.says.endswith(".")
