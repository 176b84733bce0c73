"""`tocsin manifest`: what to paste into Slack's "create an app from a manifest"."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

import bot
from bot.cli.console import Refusal

PATH = Path(bot.__file__).parent.parent / "manifest.yml"
EVENTS = "/slack/events"


def run(mode: str, url: str) -> int:
    """Prints the manifest: as shipped for Socket Mode, with request addresses under `url` for HTTP."""
    if mode == "socket":
        print(text(), end="")
        return 0
    print(yaml.safe_dump(for_http(shipped(), _request_url(url)), sort_keys=False, allow_unicode=True), end="")
    return 0


def text() -> str:
    return PATH.read_text(encoding="utf-8")


def shipped() -> dict[str, Any]:
    """manifest.yml as data."""
    document: dict[str, Any] = yaml.safe_load(text())
    return document


def for_http(manifest: dict[str, Any], request_url: str) -> dict[str, Any]:
    """The manifest with every kind of traffic sent to `request_url` and Socket Mode off."""
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"] = {"request_url": request_url, **settings["event_subscriptions"]}
    settings["interactivity"] = {**settings["interactivity"], "request_url": request_url}
    for command in manifest["features"]["slash_commands"]:
        command["url"] = request_url
    return manifest


def _request_url(url: str) -> str:
    parts = urlsplit(url)
    if not url:
        raise Refusal("HTTP mode needs the bot's public address: add --url https://tocsin.example.com.", 2)
    if parts.scheme != "https" or not parts.hostname:
        raise Refusal(f'"{url}" is not an address that Slack accepts: it must begin with https://.', 2)
    return url.rstrip("/") + ("" if parts.path.endswith(EVENTS) else EVENTS)
