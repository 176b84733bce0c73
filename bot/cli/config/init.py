"""`tocsin init`: a first tocsin.yml to edit, from nothing or from the workspace."""

from pathlib import Path

from bot import clock
from bot.catalog.starter import Member, init_template
from bot.cli import installation
from bot.cli.console import Refusal
from bot.cli.slack_web_api import Workspace, WorkspaceProblem


def run(file: Path, *, from_slack: bool) -> int:
    """Writes `file` unless it exists."""
    if file.exists():
        raise Refusal(f"{file} exists already and is left as it is: move it away, or name another file.")
    people, channels = _workspace() if from_slack else ([], [])
    content = init_template(people, channels, clock.real().date())
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(content)
    except OSError as error:
        raise Refusal(f"{file} cannot be written: {error.strerror}.") from None
    whom = f" with {len(people)} people of your workspace" if from_slack else ""
    print(f"{file} is written{whom}. Edit it, then look at it with `tocsin check`.")
    return 0


def _workspace() -> tuple[list[Member], list[str]]:
    settings = installation.settings()
    token = settings.bot_token.get_secret_value()
    if not token:
        raise Refusal("--from-slack needs SLACK_BOT_TOKEN: copy the Bot User OAuth Token (xoxb-...) of your Slack app.")
    slack = Workspace(settings.slack_api_url, token)
    try:
        people = [_member(user) for user in slack.all("users.list", "members") if _can_be_paged(user)]
        channels = [one["name"] for one in slack.all("conversations.list", "channels", exclude_archived="true")]
    except WorkspaceProblem as problem:
        raise Refusal(f"the workspace could not be read ({problem}); `tocsin doctor` says what is wrong.") from None
    finally:
        slack.close()
    return people, channels


def _can_be_paged(user: dict[str, object]) -> bool:
    others = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    return user.get("id") != "USLACKBOT" and not any(user.get(flag) for flag in others)


def _member(user: dict[str, object]) -> Member:
    profile = user.get("profile")
    email = profile.get("email") if isinstance(profile, dict) else None
    name = str(user.get("real_name") or user.get("name") or user["id"])
    return Member(name, str(user["id"]), email, str(user["tz"]) if user.get("tz") else None)
