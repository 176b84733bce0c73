"""oauth.v2.access and openid.connect.*: an installation and a login that always succeed with the right secret."""

import base64
import binascii

from sandbox.api.call import Call
from sandbox.errors import SlackError
from sandbox.records import Json

CLIENT_ID, CLIENT_SECRET, CODE = "1.2", "sandbox-client-secret", "sandbox-code"


def _client(call: Call) -> None:
    given = call.args.text("client_id"), call.args.text("client_secret")
    scheme, _, encoded = call.authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(encoded).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise SlackError("invalid_client_id") from None
        given = name, secret
    if given[0] != CLIENT_ID:
        raise SlackError("invalid_client_id")
    if given[1] != CLIENT_SECRET:
        raise SlackError("bad_client_secret")


def _code(call: Call, failure: str) -> None:
    if call.args.text("grant_type", "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    if call.args.text("code") != CODE:
        raise SlackError(failure)


def access(call: Call) -> Json:
    _client(call)
    _code(call, "invalid_code")
    world = call.world
    world.app.revoked = False
    return {
        "access_token": world.app.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(world.app.manifest.scopes)),
        "bot_user_id": world.app.user_id,
        "app_id": world.app.id,
        "team": {"id": world.team.id, "name": world.team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": _first_person(call)},
    }


def _first_person(call: Call) -> str:
    return next(user.id for user in call.world.users.values() if not user.is_bot)


def connect_token(call: Call) -> Json:
    _client(call)
    _code(call, "invalid_code")
    return {"access_token": call.world.app.user_token, "token_type": "Bearer"}


def connect_user(call: Call) -> Json:
    user = call.world.users[_first_person(call)]
    return {
        "sub": user.id,
        "https://slack.com/user_id": user.id,
        "https://slack.com/team_id": call.world.team.id,
        "email": user.email,
        "email_verified": True,
        "name": user.real_name,
        "https://slack.com/team_name": call.world.team.name,
        "https://slack.com/team_domain": call.world.team.domain,
    }


def only_for_people(call: Call) -> Json:
    raise SlackError("not_allowed_token_type")
