"""The services outside of Slack that people are reached by, as tocsin.yml names them. Secrets are not among it."""

import ipaddress
import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from bot.catalog.sections.company import Email as Address
from bot.catalog.value import Value

HOLES = ("{address}", "{person}")
"""What the address of an SMS, phone or push service is filled with for each person."""
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""A secret in such an address: `${NAME}` is read from the environment."""


def is_local(host: str) -> bool:
    """Whether a host is this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _endpoint(url: str) -> str:
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValueError("this address holds a user or a password; secrets belong in the environment.")
    if not parts.hostname or parts.scheme not in ("https", "http"):
        raise ValueError("this is not a web address; write https://...")
    if parts.scheme == "http" and not is_local(parts.hostname):
        raise ValueError("an address outside of this machine must begin with https://.")
    return url.rstrip("/")


def _service(url: str) -> str:
    parts = urlsplit(url)
    if not parts.scheme or "://" not in url:
        raise ValueError('this is not the address of a service; write one that apprise knows, such as "ntfys://...".')
    if parts.password and not VARIABLE.search(parts.password):
        raise ValueError("a secret stands here in the open; write ${NAME} and set NAME in the environment.")
    for hole in re.findall(r"(?<!\$)\{[^}]*\}", url):
        if hole not in HOLES:
            raise ValueError(f"{hole} means nothing here; write {' or '.join(HOLES)}.")
    return url


def _host(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:-]{1,253}", name):
        raise ValueError("this is not the name of a mail server; write it as smtp.example.com, the port beside it.")
    return name


def _line(text: str) -> str:
    if not text.isprintable() or not 0 < len(text) <= 100:
        raise ValueError("this must be one line of at most 100 characters.")
    return text


Endpoint = Annotated[str, AfterValidator(_endpoint)]
ServiceUrl = Annotated[str, AfterValidator(_service)]
Host = Annotated[str, AfterValidator(_host)]
Line = Annotated[str, AfterValidator(_line)]


class Integration(Value):
    """What every one of them has: its switch."""

    enabled: bool = True


class Mail(Integration):
    """The SMTP server for e-mail; its password is TOCSIN_SMTP_PASSWORD."""

    server: Host | None = None
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: Line | None = None
    sender: Address | None = Field(default=None, alias="from")
    sender_name: Line = "Tocsin"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.server and not self.sender:
            raise ValueError("a mail server needs `from`, the address that mails come from.")
        if self.username and self.security == "none" and not is_local(self.server or ""):
            raise ValueError("`security: none` would send the password in the open; use starttls or tls.")
        return self


class Apprise(Integration):
    """SMS, phone or push by any service that apprise knows."""

    url: ServiceUrl | None = None


class PagerDuty(Integration):
    """Events v2 as a backup pager, and with `service` and `from` the REST interface; `mirror` needs the latter."""

    service: Line | None = None
    sender: Address | None = Field(default=None, alias="from")
    mirror: bool = False
    events_url: Endpoint = "https://events.pagerduty.com"
    api_url: Endpoint = "https://api.pagerduty.com"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.mirror and not (self.service and self.sender):
            raise ValueError("`mirror` needs `service` (P...) and `from` (the e-mail of a PagerDuty user).")
        return self


class Opsgenie(Integration):
    """The Alert interface as a backup pager; accounts in Europe have another address."""

    api_url: Endpoint = "https://api.opsgenie.com"


class Webhook(Integration):
    """A signed request to an address of your own."""

    url: Endpoint | None = None
    allow_private: bool = False


class Integrations(Value):
    """The section `integrations`. `per_minute`: messages to one person by one way before they are bundled."""

    per_minute: int = Field(default=6, ge=1, le=600)
    slack: Integration = Integration()
    email: Mail = Mail()
    sms: Apprise = Apprise()
    phone: Apprise = Apprise()
    push: Apprise = Apprise()
    pagerduty: PagerDuty = PagerDuty()
    opsgenie: Opsgenie = Opsgenie()
    webhook: Webhook = Webhook()

    @property
    def mirrors(self) -> bool:
        """Whether incidents have a twin at PagerDuty."""
        return self.pagerduty.enabled and self.pagerduty.mirror
