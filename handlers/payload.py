"""The shape of what Slack sends: looked at before Bolt and our listeners, which rely on it.

What lacks a part is acknowledged, so that Slack does not repeat it, and logged once; nobody can be answered.
"""

import json
import logging
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

_log = logging.getLogger(__name__)
Name = Annotated[str, StringConstraints(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


def _json_object(text: str) -> str:
    if text and not isinstance(json.loads(text), dict):
        raise ValueError("not an object")
    return text


class _Named(_Part):
    id: Name


class _State(_Part):
    values: dict[str, dict[str, dict[str, Any]]] | None = None


class _View(_Part):
    id: Name
    type: Name
    callback_id: str = ""
    private_metadata: Annotated[str, AfterValidator(_json_object)] = ""
    blocks: list[dict[str, Any]] | None = None
    state: _State | None = None


class _Filled(_View):
    callback_id: Name


class _Option(_Part):
    value: str


class _Action(_Part):
    action_id: Name
    value: str | None = None
    selected_option: _Option | None = None
    selected_user: str | None = None


class _Body(_Part):
    """Where it comes from, as Bolt reads it of every body."""

    team: dict[str, Any] | str | None = None
    enterprise: dict[str, Any] | str | None = None
    authorizations: list[dict[str, Any]] | None = None


class _Command(_Body):
    command: Name
    user_id: Name
    channel_id: Name
    trigger_id: Name
    text: str = ""


class _Click(_Body):
    user: _Named
    actions: list[_Action] = Field(min_length=1)
    channel: _Named | None = None
    container: dict[str, Any] = {}
    message: dict[str, Any] | None = None
    view: _View | None = None


class _Form(_Body):
    user: _Named
    view: _Filled


class _Shortcut(_Body):
    user: _Named
    trigger_id: Name
    callback_id: Name
    channel: _Named | None = None
    message: dict[str, Any] | None = None


class _Suggestion(_Body):
    user: _Named
    action_id: Name
    value: str | None = None
    view: _View | None = None


class _Inner(_Part):
    type: Name
    user: _Named | str | None = None
    item: dict[str, Any] | None = None


class _Handshake(_Body):
    challenge: Name


class _Event(_Body):
    event_id: Name
    event: _Inner


SHAPES: dict[str, type[_Body]] = {
    "block_actions": _Click,
    "view_submission": _Form,
    "view_closed": _Form,
    "shortcut": _Shortcut,
    "message_action": _Shortcut,
    "block_suggestion": _Suggestion,
    "event_callback": _Event,
    "url_verification": _Handshake,
}
"""Type of a body -> its shape."""


def read(text: str, content_type: str) -> Mapping[str, Any]:
    """The body of a request by HTTP that the guard has let in: an event, an interaction or a command."""
    if content_type.partition(";")[0].strip().lower() == "application/json":
        event: Mapping[str, Any] = json.loads(text)
        return event
    fields = dict(parse_qsl(text, keep_blank_values=True))
    interaction: Mapping[str, Any] = json.loads(fields["payload"]) if "payload" in fields else fields
    return interaction


def is_whole(body: Mapping[str, Any]) -> bool:
    """Whether everything is there that we rely on; what is not is logged, by name and never by value."""
    kind = "command" if "command" in body else str(body.get("type"))
    shape = _Command if kind == "command" else SHAPES.get(kind)
    if shape is None:
        _log.warning("a request from Slack was acknowledged and not carried out: nothing here takes %s", kind[:40])
        return False
    try:
        shape.model_validate(dict(body))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"][:4])
        _log.warning("a request from Slack was acknowledged and not carried out: %s, %s (%s)",
                     kind[:40], place, first["type"])  # fmt: skip
        return False
    return True
