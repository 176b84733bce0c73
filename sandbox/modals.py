"""Views on people's screens: the stack of modals, the home tab, and what stays typed when a view changes."""

import secrets

from sandbox import elements
from sandbox.errors import SlackError
from sandbox.posting import named_blocks
from sandbox.records import Json, View
from sandbox.world import World

DEPTH = 3


def _new_hash(world: World) -> str:
    return f"{world.now()}.{secrets.token_hex(4)}"


def _fill(view: View, document: Json) -> None:
    view.blocks = named_blocks(document.get("blocks")) or []
    for key in ("title", "submit", "close"):
        setattr(view, key, document.get(key))
    for key in ("private_metadata", "callback_id", "external_id"):
        setattr(view, key, document.get(key) or "")
    for key in ("notify_on_close", "clear_on_close", "submit_disabled"):
        setattr(view, key, bool(document.get(key)))


def _make(world: World, user: str, document: Json) -> View:
    view = View(world.new_id("V"), document["type"], user, [])
    _fill(view, document)
    view.values, view.hash = elements.initial_values(view.blocks), _new_hash(world)
    world.views[view.id] = view
    return view


def show(world: World, user: str, document: Json, fresh: bool) -> View:
    """Opens a modal for the user; `fresh` starts a new stack."""
    stack = world.modals.setdefault(user, [])
    if fresh:
        stack.clear()
    view = _make(world, user, document)
    view.root = stack[0].id if stack else view.id
    view.previous = stack[-1].id if stack else ""
    stack.append(view)
    world.opened.append(view)
    world.tell("view", user=user)
    return view


def home(world: World, user: str, document: Json) -> View:
    """The first home tab of a user."""
    view = world.homes[user] = _make(world, user, document)
    world.tell("home", user=user)
    return view


def change(world: World, view: View, document: Json) -> None:
    """New content for a view. An input that is still there, by block and action, keeps what it holds.

    Its new initial value counts for nothing, whether or not somebody touched it: another block_id makes a new input.
    """
    held = view.values
    _fill(view, document)
    view.values, view.hash = elements.initial_values(view.blocks), _new_hash(world)
    for block, element in elements.stateful(view.blocks):
        entry = held.get(block, {}).get(element["action_id"])
        if entry and entry["type"] == element["type"] and elements.still_offered(element, entry):
            view.values[block][element["action_id"]] = entry
    world.tell("home" if view.type == "home" else "view", user=view.owner)


def on_screen(world: World, view: View) -> bool:
    """Whether its owner still has it open."""
    return view in world.modals.get(view.owner, []) or world.homes.get(view.owner) is view


def pop(world: World, view: View) -> None:
    """Closes the top of the stack."""
    stack = world.modals.get(view.owner, [])
    if view in stack:
        del stack[stack.index(view) :]
    world.tell("view", user=view.owner)


def clear(world: World, user: str) -> None:
    """Closes every modal of the user."""
    world.modals.pop(user, None)
    world.tell("view", user=user)


def unique_external_id(world: World, document: Json, itself: View | None = None) -> None:
    """Refuses an external_id that another view on a screen has."""
    wanted = document.get("external_id")
    if not wanted:
        return
    for view in world.views.values():
        if view.external_id == wanted and view is not itself and on_screen(world, view):
            raise SlackError("duplicate_external_id")
