"""The doctor's look at Slack: tokens, scopes, clock, the channel of announcements."""

from collections.abc import Iterator

from bot import clock
from bot.catalog import Catalog
from bot.cli.doctor import scopes
from bot.cli.doctor.scopes import REINSTALL
from bot.cli.finding import Finding, failed, ok, warning
from bot.cli.slack_web_api import Reply, Workspace, WorkspaceProblem
from bot.settings import Settings

SKEW = 60.0
"""Seconds that our clock may differ from Slack's; at 300 every signature fails."""
NEW_TOKEN = "Slack app > OAuth & Permissions > Bot User OAuth Token; set it as SLACK_BOT_TOKEN."


def examine(settings: Settings, catalog: Catalog | None) -> Iterator[Finding]:
    """Every check performs its call; what depends on a broken token is left out."""
    token = settings.bot_token.get_secret_value()
    if not token:
        yield failed("bot token", "SLACK_BOT_TOKEN is not set", NEW_TOKEN)
        return
    slack = Workspace(settings.slack_api_url, token)
    try:
        me = slack.call("auth.test")
        yield _bot_token(me)
        if not me.error:
            yield from scopes.examine(me.scopes, catalog)
            yield from _clock(me)
            yield from _channel(slack, catalog)
        yield _door(slack, settings)
    finally:
        slack.close()


def _bot_token(me: Reply) -> Finding:
    if me.error:
        return _refused("bot token", me, NEW_TOKEN)
    return ok("bot token", f"{me.body.get('user')} in {me.body.get('team')} ({me.body.get('team_id')})")


def _refused(name: str, reply: Reply, fix: str) -> Finding:
    if not reply.reached:
        return failed(name, reply.error, "check the network of this machine, and status.slack.com.")
    return failed(name, f"Slack says: {reply.error}", fix)


def _clock(me: Reply) -> Iterator[Finding]:
    if me.date is None:
        return
    skew = abs((clock.wall() - me.date).total_seconds())
    if skew > SKEW:
        said = f"this machine's clock is {skew:.0f} s off Slack's (at 300 s every signature fails)"
        yield failed("clock", said, "switch on time synchronisation (timedatectl set-ntp true).")
    else:
        yield ok("clock", "agrees with Slack's")


def _door(slack: Workspace, settings: Settings) -> Finding:
    """How Slack's traffic reaches us."""
    token = settings.app_token.get_secret_value()
    if not token:
        return _http(settings)
    reply = slack.call("apps.connections.open", token=token)
    if reply.error:
        fix = "Slack app > Basic Information > App-Level Tokens, scope connections:write; set it as SLACK_APP_TOKEN."
        return _refused("app token", reply, fix)
    return ok("app token", "Socket Mode connections can be opened")


def _http(settings: Settings) -> Finding:
    if not settings.signing_secret.get_secret_value():
        fix = "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
        return failed("way in", "neither an app token nor a signing secret is set", fix)
    if not settings.base_url:
        fix = "set TOCSIN_BASE_URL and give Slack the output of `tocsin manifest --mode http --url ...`."
        return warning("way in", "HTTP on /slack/events, but the public address is not set", fix)
    return ok("way in", f"HTTP on {settings.base_url.rstrip('/')}/slack/events")


def _channel(slack: Workspace, catalog: Catalog | None) -> Iterator[Finding]:
    if catalog is None:
        return
    wanted = catalog.incidents_channel
    try:
        found = _find(slack, wanted)
    except WorkspaceProblem as problem:
        yield failed("incidents channel", f"the channels cannot be listed ({problem})", REINSTALL)
        return
    if found is None:
        fix = f"create {wanted}, or set another `incidents_channel` in tocsin.yml; if it is private, invite the bot."
        yield failed("incidents channel", f"there is no public {wanted}", fix)
    elif found.get("is_member"):
        yield ok("incidents channel", f"{wanted}; the bot is in it")
    elif found.get("is_private"):
        yield failed(
            "incidents channel", f"{wanted} is private and the bot is not in it", f"/invite @tocsin in {wanted}."
        )
    else:
        yield ok("incidents channel", f"{wanted}; the bot joins it when it first posts")


def _find(slack: Workspace, wanted: str) -> dict[str, object] | None:
    """A public channel, or a private one that the bot is in."""
    name = wanted.removeprefix("#")
    listed = slack.all(
        "conversations.list", "channels", types="public_channel,private_channel", exclude_archived="true"
    )
    return next((one for one in listed if name in (one["id"], one["name"])), None)
