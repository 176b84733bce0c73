"""The process's settings, read from the environment. Secrets never show in a repr or a log."""

import ipaddress
import os
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

DATABASES = {"sqlite": "sqlite:///tocsin.db", "postgresql": "postgresql+psycopg://user@host/name"}
LEAST_KEY = 16
SLACK_API = "https://slack.com/api/"


SENT_IN_HEADERS = ("bot_token", "app_token", "pagerduty_token", "opsgenie_key", "tickets_token")


class Settings(BaseModel):
    """Environment variables of INTERFACES: SLACK_*, DATABASE_URL, TOCSIN_*. `NAME_FILE` holds a secret's file."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    bot_token: SecretStr = Field(default=SecretStr(""), alias="SLACK_BOT_TOKEN")
    app_token: SecretStr = Field(default=SecretStr(""), alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr = Field(default=SecretStr(""), alias="SLACK_SIGNING_SECRET")
    bot_token_file: Path | None = Field(default=None, alias="SLACK_BOT_TOKEN_FILE")
    app_token_file: Path | None = Field(default=None, alias="SLACK_APP_TOKEN_FILE")
    signing_secret_file: Path | None = Field(default=None, alias="SLACK_SIGNING_SECRET_FILE")
    secret_key: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_SECRET_KEY")
    alert_token: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_ALERT_TOKEN")
    secret_key_file: Path | None = Field(default=None, alias="TOCSIN_SECRET_KEY_FILE")
    alert_token_file: Path | None = Field(default=None, alias="TOCSIN_ALERT_TOKEN_FILE")
    smtp_password: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_SMTP_PASSWORD")
    pagerduty_key: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_PAGERDUTY_ROUTING_KEY")
    pagerduty_token: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_PAGERDUTY_TOKEN")
    opsgenie_key: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_OPSGENIE_KEY")
    webhook_secret: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_WEBHOOK_SECRET")
    tickets_token: SecretStr = Field(default=SecretStr(""), alias="TOCSIN_TICKETS_TOKEN")
    tickets_token_file: Path | None = Field(default=None, alias="TOCSIN_TICKETS_TOKEN_FILE")
    smtp_password_file: Path | None = Field(default=None, alias="TOCSIN_SMTP_PASSWORD_FILE")
    pagerduty_key_file: Path | None = Field(default=None, alias="TOCSIN_PAGERDUTY_ROUTING_KEY_FILE")
    pagerduty_token_file: Path | None = Field(default=None, alias="TOCSIN_PAGERDUTY_TOKEN_FILE")
    opsgenie_key_file: Path | None = Field(default=None, alias="TOCSIN_OPSGENIE_KEY_FILE")
    webhook_secret_file: Path | None = Field(default=None, alias="TOCSIN_WEBHOOK_SECRET_FILE")
    slack_api_url: str = Field(default=SLACK_API, alias="SLACK_API_URL")
    database_url: str = Field(default="sqlite:///tocsin.db", alias="DATABASE_URL")
    config: Path = Field(default=Path("tocsin.yml"), alias="TOCSIN_CONFIG")
    http_host: str = Field(default="127.0.0.1", alias="TOCSIN_HTTP_HOST")
    http_port: int = Field(default=8080, ge=0, le=65535, alias="TOCSIN_HTTP_PORT")
    base_url: str = Field(default="", alias="TOCSIN_BASE_URL")
    log: Literal["text", "json"] = Field(default="text", alias="TOCSIN_LOG")
    clock_url: str | None = Field(default=None, alias="TOCSIN_CLOCK")
    migrate: bool = Field(default=True, alias="TOCSIN_MIGRATE")
    templates: Path | None = Field(default=None, alias="TOCSIN_TEMPLATES")
    crash_at: str | None = Field(default=None, alias="TOCSIN_CRASH_AT")

    @classmethod
    def from_environment(cls) -> Self:
        """Raises pydantic's ValidationError, which `problems` puts into words."""
        return cls.model_validate(dict(os.environ))

    @model_validator(mode="after")
    def _read_secret_files(self) -> Self:
        for name in self._secret_names():
            path = getattr(self, f"{name}_file", None)
            if path is not None and not getattr(self, name).get_secret_value():
                setattr(self, name, SecretStr(_secret(path)))
        return self

    @model_validator(mode="after")
    def _guard_addresses(self) -> Self:
        """A token must not be sent to an address that only pretends to be Slack."""
        url = self.slack_api_url.rstrip("/") + "/"
        self.slack_api_url = url
        if url != SLACK_API:
            if not is_loopback(url):
                raise ValueError("SLACK_API_URL must be Slack's own address or one on this machine (127.0.0.1)")
            if looks_real(self.bot_token.get_secret_value()):
                raise ValueError("SLACK_API_URL points at a sandbox, but SLACK_BOT_TOKEN looks like a real one")
        if self.clock_url and not is_loopback(self.clock_url):
            raise ValueError("TOCSIN_CLOCK must be an address on this machine (127.0.0.1)")
        return self

    @model_validator(mode="after")
    def _known_database(self) -> Self:
        scheme = self.database_url.partition(":")[0].partition("+")[0]
        if scheme not in DATABASES:
            raise ValueError(f"DATABASE_URL is neither SQLite nor PostgreSQL: use {' or '.join(DATABASES.values())}")
        return self

    @model_validator(mode="after")
    def _keys_are_long(self) -> Self:
        for name in ("secret_key", "alert_token"):
            if 0 < len(getattr(self, name).get_secret_value()) < LEAST_KEY:
                alias = self.__class__.model_fields[name].alias
                raise ValueError(f"{alias} is too short to be a secret: use at least {LEAST_KEY} characters")
        return self

    @model_validator(mode="after")
    def _tokens_can_be_sent(self) -> Self:
        """They travel in headers, which take no accents, spaces or line breaks."""
        for name in SENT_IN_HEADERS:
            value = getattr(self, name).get_secret_value()
            if not all("!" <= letter <= "~" for letter in value):
                alias = self.__class__.model_fields[name].alias
                raise ValueError(f"{alias} holds a letter or a space that no token has: copy it again")
        return self

    @classmethod
    def _secret_names(cls) -> list[str]:
        return [name for name, field in cls.model_fields.items() if field.annotation is SecretStr]

    def secrets(self) -> list[str]:
        """Every secret that is set, for the log to hide."""
        values = (getattr(self, name).get_secret_value() for name in self._secret_names())
        return [value for value in values if value]

    @property
    def socket_mode(self) -> bool:
        return bool(self.app_token.get_secret_value())


def looks_real(token: str) -> bool:
    """Real bot tokens are xoxb- followed by digits."""
    return token.startswith("xoxb-") and token[5:6].isdigit()


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def named_secret(name: str) -> str:
    """A secret that the configuration names as `${NAME}`: the variable, or the file that NAME_FILE names, or "".

    Raises ValueError for a file that cannot be read.
    """
    path = os.environ.get(f"{name}_FILE", "")
    return os.environ.get(name, "") or (_secret(Path(path)) if path else "")


def _secret(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise ValueError(f"cannot read the secret in {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"cannot read the secret in {path}: it is not UTF-8") from None


def problems(error: Any) -> list[str]:
    """Plain sentences for a pydantic ValidationError of the settings."""
    lines = []
    for one in error.errors(include_input=False, include_url=False):
        where = ".".join(str(part) for part in one["loc"])
        message = one["msg"].removeprefix("Value error, ")
        lines.append(f"{where}: {message}" if where else message)
    return lines
