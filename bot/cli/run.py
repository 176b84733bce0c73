"""`tocsin run`: the bot, until it is told to stop."""

from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from bot import process
from bot.catalog import ConfigError
from bot.cli import installation
from bot.cli.console import Refusal
from bot.settings import Settings
from storage.filelock import DatabaseInUse
from storage.loss import Pooled
from storage.schema import SchemaProblem


def run() -> int:
    """Says in one sentence why it cannot start."""
    settings = installation.settings()
    _require_credentials(settings)
    try:
        process.main(settings)
    except (ConfigError, DatabaseInUse, SchemaProblem, Pooled) as problem:
        raise Refusal(str(problem)) from None
    except SQLAlchemyError as error:
        raise Refusal(f"the database cannot be used: {installation.first_line(error)}") from None
    except OSError as error:
        raise Refusal(f"cannot start: {error.strerror or error} {error.filename or ''}".rstrip() + ".") from None
    return 0


def _require_credentials(settings: Settings) -> None:
    def missing(secret: SecretStr) -> bool:
        return not secret.get_secret_value()

    if missing(settings.bot_token):
        raise Refusal(
            "SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token (xoxb-...) of your Slack app, "
            "or try everything without Slack: `tocsin demo`."
        )
    if missing(settings.app_token) and missing(settings.signing_secret):
        raise Refusal(
            "neither SLACK_APP_TOKEN (xapp-..., for Socket Mode) nor SLACK_SIGNING_SECRET (for HTTP) is set: "
            "Slack's traffic could not reach the bot."
        )
