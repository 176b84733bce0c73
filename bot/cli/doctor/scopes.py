"""What the app may do in Slack: what it can't do without, and what an admin may leave out when it is installed."""

from collections.abc import Iterator

from bot.catalog import Catalog
from bot.cli import manifest
from bot.cli.finding import Finding, failed, ok

REINSTALL = "paste the output of `tocsin manifest` into Slack app > App Manifest, save, then Install App > Reinstall."
WITHOUT = {
    "bookmarks:write": "the links at the top of a room are missing",
    "canvases:write": "the postmortem draft isn't a canvas in the room",
    "dnd:read": "no one knows whose do-not-disturb is on",
    "files:write": "files and pictures aren't brought to the room",
    "pins:write": "the card isn't pinned",
    "reactions:read": "a :pushpin: on a message does nothing",
    "usergroups:read": "user groups can be neither paged nor invited",
    "usergroups:write": "the user group of a schedule doesn't follow who is on call",
    "users:read.email": "no one is found by an e-mail address that only Slack knows",
}
"""What isn't there without each scope that may be left out: it is a choice, as long as tocsin.yml doesn't need it."""


def examine(granted: frozenset[str], catalog: Catalog | None) -> Iterator[Finding]:
    """`granted`: the scopes of the token."""
    asked = manifest.shipped()["oauth_config"]["scopes"]
    required = set(asked["bot"]) - set(asked["bot_optional"])
    if missing := sorted(required - granted):
        yield failed("scopes", f"missing: {', '.join(missing)}", REINSTALL)
    else:
        yield ok("scopes", f"all {len(required)} that it needs are granted")
    needed = _needed(catalog) if catalog else {}
    for scope in sorted(set(asked["bot_optional"]) - granted):
        if scope in needed:
            fix = f"install the app again and grant it, or take {needed[scope]} out of tocsin.yml."
            yield failed("optional scope", f"{scope} was left out, but tocsin.yml names {needed[scope]}", fix)
        else:
            yield ok("optional scope", f"{scope} was left out: {WITHOUT[scope]}")


def is_choice(error: str) -> bool:
    """Whether Slack refused something only because an optional scope was left out."""
    return any(error == f"missing_scope ({scope})" for scope in WITHOUT)


def _needed(catalog: Catalog) -> dict[str, str]:
    """What in the configuration can't work without an optional scope, by the scope."""
    synced = [f"`usergroup` of {name}" for name, one in catalog.schedules.items() if one.usergroup]
    named = [f"the user group {one.name}" for one in catalog.all_targets() if one.kind == "usergroup"]
    named += [f"the user group {group}" for one in catalog.severities.values() for group in one.groups]
    found = {"usergroups:read": sorted({*named, *synced}), "usergroups:write": synced}
    return {scope: " and ".join(what) for scope, what in found.items() if what}
