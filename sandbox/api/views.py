"""views.*: opening, pushing, updating and publishing, on behalf of the app."""

import time

from sandbox import modals
from sandbox.api.call import Call
from sandbox.blockkit.blocks import check_view
from sandbox.errors import SlackError, bad_arguments
from sandbox.records import Json, Trigger, View
from sandbox.shapes import view_json


def _trigger(call: Call) -> Trigger:
    name = call.args.text("trigger_id") or call.args.text("interactivity_pointer")
    if not name:
        raise bad_arguments("missing required field: trigger_id")
    trigger = call.world.triggers.get(name)
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if time.monotonic() > trigger.expires:
        raise SlackError("expired_trigger_id")
    return trigger


def _document(call: Call, kind: str) -> Json:
    document = call.args.mapping("view")
    check_view(document, kind)
    return document


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(call.world, view)}


def open_modal(call: Call) -> Json:
    trigger, document = _trigger(call), _document(call, "modal")
    modals.unique_external_id(call.world, document)
    trigger.used = True
    return _shown(call, modals.show(call.world, trigger.user, document, fresh=True))


def push(call: Call) -> Json:
    trigger, document = _trigger(call), _document(call, "modal")
    modals.unique_external_id(call.world, document)
    stack = call.world.modals.get(trigger.user, [])
    if not stack or not trigger.view:
        raise SlackError("not_found")
    if len(stack) >= modals.DEPTH:
        raise SlackError("push_limit_reached")
    trigger.used = True
    return _shown(call, modals.show(call.world, trigger.user, document, fresh=False))


def update(call: Call) -> Json:
    document = _document(call, "")
    if call.args.has("view_id"):
        view = call.world.views.get(call.args.text("view_id"))
    elif call.args.has("external_id"):
        wanted = call.args.text("external_id")
        view = next((v for v in call.world.views.values() if v.external_id == wanted), None)
    else:
        raise bad_arguments("missing required field: view_id")
    if view is None or not modals.on_screen(call.world, view):
        raise SlackError("not_found")
    if document["type"] != view.type:
        raise bad_arguments("the type of a view cannot change")
    _fresh(call, view)
    modals.unique_external_id(call.world, document, view)
    modals.change(call.world, view, document)
    return _shown(call, view)


def _fresh(call: Call, view: View) -> None:
    if not call.args.has("hash"):
        return
    if call.world.conflict_hashes:
        call.world.conflict_hashes -= 1
        raise SlackError("hash_conflict")
    if call.args.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def publish(call: Call) -> Json:
    user = call.world.users.get(call.args.text("user_id"))
    if not call.world.app.manifest.home_tab:
        raise SlackError("not_enabled")
    if user is None or user.deleted or user.is_bot:
        raise bad_arguments("invalid value: user_id")
    document = _document(call, "home")
    view = call.world.homes.get(user.id)
    if view is not None:
        _fresh(call, view)
        modals.change(call.world, view, document)
    else:
        view = modals.home(call.world, user.id, document)
    return _shown(call, view)
