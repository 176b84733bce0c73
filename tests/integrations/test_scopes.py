"""Every scope of the manifest is used, and every method that is called and every event that is wanted has its scope.

Which method needs which scope stands once, in the table by which the sandbox refuses; what is called is read from the
sources.
"""

import ast
from collections.abc import Collection, Iterator, Mapping

import pytest

from bot.cli import manifest
from sandbox.api.table import METHODS
from sandbox.delivery.subscriptions import HISTORY, MESSAGE, SCOPE
from tests.sources import ROOT, files, tree

SHIPPED = manifest.shipped()
GRANTED: list[str] = SHIPPED["oauth_config"]["scopes"]["bot"]
EVENTS: list[str] = SHIPPED["settings"]["event_subscriptions"]["bot_events"]
ASKS = {"call", "all"}
"""The methods of our own clients whose first argument names one of Slack's."""
BY_NAME = {name.replace(".", "_"): name for name in METHODS}
"""As Bolt's client spells them."""
DIRECT = {"conversations.open", "conversations.history", "conversations.replies"}
"""What is asked of direct messages too; anything else only of channels, public and private."""
JOINED = {"member_joined_channel": ("channels:read", "groups:read")}
BESIDE = {"commands": "slash commands and shortcuts", "users:read.email": "a field in the answer of users.list"}
"""Scopes that let something else be done than calling a method or hearing of an event."""


def named(node: ast.expr, function: ast.AST) -> set[str]:
    """The methods that an argument may name: itself, or what was assigned to it."""
    if isinstance(node, ast.Name):
        assigned = [one for one in ast.walk(function) if isinstance(one, ast.Assign)]
        values = [
            one.value for one in assigned if any(isinstance(to, ast.Name) and to.id == node.id for to in one.targets)
        ]
        return {name for value in values for name in named(value, function)}
    if isinstance(node, ast.IfExp):
        return named(node.body, function) | named(node.orelse, function)
    return {str(node.value)} & METHODS.keys() if isinstance(node, ast.Constant) else set()


def called_in(module: ast.AST) -> Iterator[str]:
    for function in (one for one in ast.walk(module) if isinstance(one, ast.FunctionDef | ast.ClassDef)):
        for one in ast.walk(function):
            if isinstance(one, ast.Attribute) and one.attr in BY_NAME:
                yield BY_NAME[one.attr]
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in ASKS and one.args:
                yield from named(one.args[0], function)


def called() -> set[str]:
    paths = [*files("bot", at_least=300), *files("handlers", at_least=50)]
    return {name for path in paths for name in called_in(tree(path))}


def alternatives(method: str) -> list[tuple[str, ...]]:
    """The scopes a method needs: of each row, one."""
    scopes = METHODS[method].scopes
    if not isinstance(scopes, Mapping):
        return [scopes] if scopes else []
    kinds = ("public", "private", "im") if method in DIRECT else ("public", "private")
    return [scopes[kind] for kind in kinds]


def wanted_by_event(event: str) -> list[tuple[str, ...]]:
    rows = [HISTORY[family] for family, name in MESSAGE.items() if name == event]
    rows += [*JOINED.get(event, ()), *([SCOPE[event]] if event in SCOPE else [])]
    return [(scope,) for scope in rows]


def lacking(granted: Collection[str], methods: Collection[str]) -> list[str]:
    """What can't work with these scopes."""
    needs = {name: alternatives(name) for name in methods} | {event: wanted_by_event(event) for event in EVENTS}
    return sorted(name for name, rows in needs.items() if not all(set(granted).intersection(row) for row in rows))


def unused(granted: Collection[str], methods: Collection[str]) -> set[str]:
    """Scopes without which everything works as well."""
    return {one for one in granted if not lacking(set(granted) - {one}, methods)} - BESIDE.keys()


def test_every_scope_is_used_and_everything_used_has_its_scope() -> None:
    assert lacking(GRANTED, called()) == []
    assert unused(GRANTED, called()) == set()


def test_what_lies_beside_methods_and_events_is_used() -> None:
    assert SHIPPED["features"]["slash_commands"]
    assert '.get("email")' in (ROOT / "bot/cli/config/init.py").read_text("utf-8")
    assert BESIDE.keys() <= set(GRANTED)


@pytest.mark.parametrize("scope", ["links:read", "reactions:write", "channels:write.topic", "im:read", "files:read"])
def test_a_scope_that_nobody_needs_is_found(scope: str) -> None:
    assert unused([*GRANTED, scope], called()) == {scope}


@pytest.mark.parametrize("method", ["reactions.add", "files.info", "pins.list", "emoji.list"])
def test_a_method_without_its_scope_is_found(method: str) -> None:
    assert lacking(GRANTED, called() | {method}) == [method]


def test_methods_are_found_however_they_are_named() -> None:
    source = """
def f(api, client, other):
    method = "pins.add" if other else "pins.list"
    api.call(method, x=1)
    api.all("users.list", "members")
    client.views_open(view={})
    api.call("no.such")
"""
    assert set(called_in(ast.parse(source))) == {"pins.add", "pins.list", "users.list", "views.open"}
