"""The app's manifest: what it registered and what it may do. The file is the one a user uploads to Slack."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where there is one: it is ten times as fast, and every story starts a sandbox."""


@dataclass(frozen=True)
class Command:
    name: str
    description: str
    usage_hint: str
    escape: bool
    url: str


@dataclass(frozen=True)
class Shortcut:
    name: str
    kind: str
    callback_id: str
    description: str


@dataclass(frozen=True)
class Manifest:
    name: str = "App"
    bot_name: str = "app"
    scopes: frozenset[str] = frozenset()
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    events: frozenset[str] = frozenset()
    unfurl_domains: tuple[str, ...] = ()
    functions: dict[str, Any] = field(default_factory=dict)
    home_tab: bool = True
    messages_tab: bool = True
    messages_read_only: bool = False
    interactivity: bool = True
    socket_mode: bool = True
    request_url: str = ""
    raw: dict[str, Any] = field(default_factory=dict)

    def command(self, name: str) -> Command | None:
        """The registered slash command of that name, with its slash."""
        return next((c for c in self.commands if c.name == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The registered shortcut of that callback id."""
        return next((s for s in self.shortcuts if s.callback_id == callback_id), None)


def load(path: Path) -> Manifest:
    """Reads a manifest (YAML or JSON).

    Raises OSError when there is no such file and ValueError when it is not a manifest.
    """
    document = yaml.load(path.read_text(encoding="utf-8"), Loader)
    if not isinstance(document, dict):
        raise ValueError(f"{path}: a manifest is a mapping with display_information, features, oauth_config, settings")
    return parse(document)


def parse(document: dict[str, Any]) -> Manifest:
    """A manifest from its mapping; sections that are left out are empty. Optional scopes are granted.

    Raises ValueError for an optional scope that is not one of the app's.
    """
    features, settings = document.get("features") or {}, document.get("settings") or {}
    home, interactive = features.get("app_home") or {}, settings.get("interactivity") or {}
    events = settings.get("event_subscriptions") or {}
    name = (document.get("display_information") or {}).get("name", "App")
    scopes = (document.get("oauth_config") or {}).get("scopes") or {}
    asked, optional = set(scopes.get("bot") or ()), set(scopes.get("bot_optional") or ())
    if strange := sorted(optional - asked):
        raise ValueError(f"oauth_config.scopes.bot_optional: {', '.join(strange)} must be listed in bot too")
    return Manifest(
        name=name,
        bot_name=(features.get("bot_user") or {}).get("display_name", name),
        scopes=frozenset(asked),
        commands=tuple(_command(c) for c in features.get("slash_commands") or ()),
        shortcuts=tuple(_shortcut(s) for s in features.get("shortcuts") or ()),
        events=frozenset(events.get("bot_events") or ()),
        unfurl_domains=tuple(features.get("unfurl_domains") or ()),
        functions=dict(document.get("functions") or {}),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        interactivity=bool(interactive.get("is_enabled", False)),
        socket_mode=bool(settings.get("socket_mode_enabled", False)),
        request_url=str(events.get("request_url") or interactive.get("request_url") or ""),
        raw=document,
    )


def _command(row: dict[str, Any]) -> Command:
    return Command(
        name=row["command"],
        description=row.get("description", ""),
        usage_hint=row.get("usage_hint", ""),
        escape=bool(row.get("should_escape", False)),
        url=row.get("url", ""),
    )


def _shortcut(row: dict[str, Any]) -> Shortcut:
    return Shortcut(row["name"], row.get("type", "global"), row["callback_id"], row.get("description", ""))
