"""What arrived from Slack: who, where, with which words, and the key that makes it count once."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot import clock as clocks
from bot.domain.core.errors import DomainError
from handlers.form_values import Values

Body = Mapping[str, Any]
_NUMBER = re.compile(r"([0-9]{1,12})(?![0-9])", re.ASCII)


class CannotBeRead(DomainError):
    """This button or form cannot be read, so nothing was changed. Open it again."""


class Carried(dict[str, Any]):
    """What a form carries; to ask for what it lacks is an answer to the person, not an error of ours."""

    def __missing__(self, name: str) -> Any:
        raise CannotBeRead()


def number(text: str) -> int:
    """The number that a value begins with. Raises CannotBeRead."""
    found = _NUMBER.match(text)
    if found is None:
        raise CannotBeRead()
    return int(found[1])


@dataclass(frozen=True)
class Request:
    """`kind` is command, action, view, shortcut, options or event; `name` the id of the button, form or
    shortcut, or the type of the event; `meta` what a modal carried in private_metadata.

    `fleeting`: clicked on a message that one person sees and that is never drawn anew. `team`: the workspace of whoever
    asks, where Slack says it. `received`: when we had it. `thread`: where the answer belongs, if what was said stands
    in a thread. `secluded`: a message was chosen that not everybody can read.
    """

    kind: str
    user: str
    key: str | None
    name: str = ""
    channel: str | None = None
    trigger: str = ""
    text: str = ""
    command: str = ""
    value: str = ""
    view: Mapping[str, Any] | None = None
    values: Values = field(default_factory=lambda: Values({}))
    meta: Mapping[str, Any] = field(default_factory=Carried)
    event: Mapping[str, Any] = field(default_factory=dict)
    message: Mapping[str, Any] = field(default_factory=dict)
    bot_is_there: bool = False
    fleeting: bool = False
    team: str = ""
    received: float = field(default_factory=clocks.since_boot)
    thread: str | None = None
    secluded: bool = False

    @property
    def at_home(self) -> bool:
        """Something was clicked in the home tab, which shows the past until it is drawn anew."""
        return (self.view or {}).get("type") == "home"

    @property
    def number(self) -> int:
        """The number that a button or a modal carries: an incident's or a page's."""
        return number(self.value or str(self.meta["incident"]))


def command(body: Body) -> Request:
    return Request(
        kind="command",
        user=str(body["user_id"]),
        key=f"cmd:{body['trigger_id']}",
        channel=str(body["channel_id"]),
        trigger=str(body["trigger_id"]),
        command=str(body["command"]),
        text=str(body.get("text") or ""),
        team=str(body.get("team_id") or ""),
    )


def action(body: Body) -> Request:
    one = body["actions"][0]
    trigger = str(body.get("trigger_id", ""))
    view = body.get("view")
    meta = _meta(view)
    return Request(
        kind="action",
        user=str(body["user"]["id"]),
        key=f"act:{trigger}:{one.get('action_ts', '')}",
        name=str(one["action_id"]),
        channel=(body.get("channel") or {}).get("id") or meta.get("channel"),
        trigger=trigger,
        value=_chosen(one),
        view=view,
        values=Values.of(view) if view else Values({}),
        meta=meta,
        message=body.get("message") or {},
        bot_is_there=_bot_is_there(body, meta),
        fleeting=_fleeting(body),
        team=_team(body),
    )


def _team(body: Body) -> str:
    """The workspace of the person; in a shared channel it may be another than the one where they press."""
    team = body.get("team")
    return str(body["user"].get("team_id") or (team.get("id") if isinstance(team, dict) else team) or "")


def _bot_is_there(body: Body, meta: Mapping[str, Any]) -> bool:
    """Whether we can whisper in the channel: we posted there, or the modal was opened from a place where we had."""
    if body.get("view"):
        return bool(meta.get("bot_is_there"))
    return bool(body.get("channel")) and not _fleeting(body)


def _fleeting(body: Body) -> bool:
    return bool(body.get("container", {}).get("is_ephemeral"))


def _chosen(one: Mapping[str, Any]) -> str:
    """A button's value, a menu's choice, or what a menu asked from us carries in its block id."""
    option = one.get("selected_option") or {}
    return str(option.get("value") or one.get("value") or one.get("selected_user") or "")


def submission(body: Body) -> Request:
    """A view's key covers what was filled in: the same form sent again with other words is another request."""
    view = body["view"]
    values = (view.get("state") or {}).get("values") or {}
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
    meta = _meta(view)
    return Request(
        kind="view",
        user=str(body["user"]["id"]),
        key=f"view:{view['id']}:{view.get('hash', '')}:{digest}",
        name=str(view.get("callback_id") or ""),
        channel=meta.get("channel"),
        trigger=str(body.get("trigger_id", "")),
        view=view,
        values=Values(values),
        meta=meta,
        bot_is_there=bool(meta.get("bot_is_there")),
        team=_team(body),
    )


def shortcut(body: Body) -> Request:
    trigger = str(body["trigger_id"])
    return Request(
        kind="shortcut",
        user=str(body["user"]["id"]),
        key=f"short:{trigger}",
        name=str(body["callback_id"]),
        channel=(body.get("channel") or {}).get("id"),
        trigger=trigger,
        message=body.get("message") or {},
        team=_team(body),
        secluded=_secluded(body.get("channel") or {}),
    )


def _secluded(channel: Mapping[str, Any]) -> bool:
    """A direct message or a private channel, as Slack names them to whoever may not know their real name."""
    ident, name = str(channel.get("id") or ""), str(channel.get("name") or "")
    return ident.startswith(("D", "G")) or name in ("privategroup", "directmessage") or name.startswith("mpdm-")


def suggestion(body: Body) -> Request:
    view = body.get("view")
    return Request(
        kind="options",
        user=str(body["user"]["id"]),
        key=None,
        name=str(body.get("action_id") or ""),
        text=str(body.get("value") or ""),
        value=str(body.get("block_id", "")).partition(":")[2],
        meta=_meta(view),
        team=_team(body),
    )


def event(body: Body) -> Request:
    inner = body["event"]
    user = inner.get("user")
    item = inner.get("item") or {}
    return Request(
        kind="event",
        user=str(user["id"] if isinstance(user, dict) else user or ""),
        key=f"ev:{body['event_id']}",
        name=str(inner["type"]),
        channel=inner.get("channel") if isinstance(inner.get("channel"), str) else item.get("channel"),
        event=inner,
        bot_is_there=True,
        team=str(inner.get("user_team") or inner.get("team") or ""),
    )


def _meta(view: Mapping[str, Any] | None) -> Carried:
    text = (view or {}).get("private_metadata") or "{}"
    read = json.loads(text)
    return Carried(read if isinstance(read, dict) else {})
