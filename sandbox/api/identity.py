"""Who the app is: auth.*, api.test, team.info, bots.info, emoji.list, apps.connections.open."""

from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Json
from sandbox.shapes import bot_json


def auth_test(call: Call) -> Json:
    world = call.world
    return {
        "url": world.base_url + "/",
        "team": world.team.name,
        "user": world.bot.name,
        "team_id": world.team.id,
        "user_id": world.bot.id,
        "bot_id": world.app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> Json:
    if call.args.has("error"):
        raise SlackError(call.args.text("error"), args=call.args.values)
    return {"args": call.args.values}


def auth_revoke(call: Call) -> Json:
    if not call.args.flag("test"):
        call.world.app.revoked = True
    return {"revoked": not call.args.flag("test")}


def connections_open(call: Call) -> Json:
    return {"url": call.door.ticket()}


def team_info(call: Call) -> Json:
    team = call.world.team
    url = call.world.base_url + "/"
    icon = {"image_default": True}
    return {"team": {"id": team.id, "name": team.name, "url": url, "domain": team.domain, "icon": icon}}


def bots_info(call: Call) -> Json:
    if call.args.has("bot") and call.args.text("bot") != call.world.app.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": bot_json(call.world)}


def emoji_list(call: Call) -> Json:
    return {"emoji": {}, "cache_ts": str(call.world.now())}
