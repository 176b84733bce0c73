"""The services outside of Slack that people are reached by, as tocsin.yml names them. Secrets are not among it."""

import ipaddress
import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from bot.catalog.section import Section
from bot.catalog.sections.company import Email as Address
from bot.catalog.sections.severities import Severity
from bot.catalog.value import Value

HOLES = ("{address}", "{person}")
"""What the address of an SMS, phone or push service is filled with for each person."""
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""A secret in such an address: `${NAME}` is read from the environment."""


NEEDS = {"email": "server", "sms": "url", "phone": "url", "push": "url", "webhook": "url"}
"""What a way cannot do without."""


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


def _variable(text: str) -> str:
    if not VARIABLE.fullmatch(text):
        raise ValueError("a routing key is a secret; write ${NAME} and set NAME in the environment.")
    return text


ServiceKey = Annotated[str, AfterValidator(_variable), WithJsonSchema({"type": "string", "title": "${NAME}"})]
Endpoint = Annotated[str, AfterValidator(_endpoint), WithJsonSchema({"type": "string", "title": "web address"})]
ServiceUrl = Annotated[
    str, AfterValidator(_service), WithJsonSchema({"type": "string", "title": "address of a service"})
]
Host = Annotated[str, AfterValidator(_host)]
Line = Annotated[str, AfterValidator(_line)]


class Integration(Value):
    """What every one of them has: its switch."""

    enabled: bool = True
    """`false` switches it off."""


class Mail(Integration):
    """The SMTP server for e-mail; its password is TOCSIN_SMTP_PASSWORD."""

    server: Host | None = None
    """The name of the mail server; nothing is mailed without it."""
    port: int = Field(default=587, ge=1, le=65535)
    """The port of the server."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """`starttls`, `tls` from the first byte, or `none` for a server on this machine."""
    username: Line | None = None
    """The name to log in with; the password is the variable `TOCSIN_SMTP_PASSWORD`."""
    sender: Address | None = Field(default=None, alias="from")
    """The address that mails come from; a server needs it."""
    sender_name: Line = "Tocsin"
    """The name beside that address."""

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
    """The address of the service as apprise writes it, with `{address}` or `{person}` for each person and `${NAME}` for
    secrets from the environment.
    """


class PagerDuty(Integration):
    """Events v2 as a backup pager, and with `service` and `from` the REST interface; `mirror` needs the latter."""

    service: Line | None = None
    """The id of the PagerDuty service whose incidents are ours (P...)."""
    sender: Address | None = Field(default=None, alias="from")
    """The e-mail address of a PagerDuty user, in whose name incidents are written."""
    services: dict[str, ServiceKey] = Field(default_factory=dict)
    """Further services by a name of yours, each with the variable that holds its routing key
    (`{payments: "${PD_PAYMENTS}"}`). A level pages one as `pagerduty:payments`.
    """
    mirror: bool = False
    """`true`: incidents have a twin at PagerDuty; needs `service` and `from`."""
    mirror_severities: tuple[Severity, ...] = ("SEV-1", "SEV-2")
    """Which incidents do. The urgency of the twin is high for SEV-1 and SEV-2, low for the others."""
    events_url: Endpoint = "https://events.pagerduty.com"
    """The address of Events API v2."""
    api_url: Endpoint = "https://api.pagerduty.com"
    """The address of the REST interface."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.mirror and not (self.service and self.sender):
            raise ValueError("`mirror` needs `service` (P...) and `from` (the e-mail of a PagerDuty user).")
        return self


class Opsgenie(Integration):
    """The Alert interface as a backup pager; accounts in Europe have another address."""

    api_url: Endpoint = "https://api.opsgenie.com"
    """The address of the Alert interface; accounts in Europe have another one."""


class Webhook(Integration):
    """A signed request to an address of your own."""

    url: Endpoint | None = None
    """The address that a page is sent to."""
    allow_private: bool = False
    """`true`: the address may be one of a private network."""


class TicketTracker(Integration):
    """Where an incident's ticket is made: Jira, GitHub or GitLab. Its token is TOCSIN_TICKETS_TOKEN."""

    kind: Literal["jira", "github", "gitlab"] | None = None
    """`jira`, `github` or `gitlab`; no tickets are made without it."""
    address: Endpoint | None = None
    """The address of Jira, of your own GitLab (default: gitlab.com), or of GitHub's REST interface (default:
    api.github.com; a server of your own has it at https://github.example.com/api/v3).
    """
    project: Line | None = None
    """The key of Jira's project (`OPS`), GitHub's `owner/repository`, or the path of GitLab's project."""
    user: Address | None = None
    """Jira Cloud: the e-mail address of the account that the token belongs to. Leave it out for Jira Data Center."""
    type: Line = "Task"
    """Jira: the type of issue that is made."""
    labels: tuple[Line, ...] = ()
    """Labels that every ticket gets."""
    close: bool = False
    """`true`: the ticket is closed when its incident is resolved, and opened again with it."""
    readers: Line | None = None
    """Who can read the tickets, such as "everyone in engineering": said before a private incident gets one."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind and not self.project:
            raise ValueError("tickets need `project`: where they are made.")
        if self.kind == "jira" and not self.address:
            raise ValueError("Jira needs `address`, such as https://example.atlassian.net.")
        if self.kind == "github" and not re.fullmatch(r"[\w.-]+/[\w.-]+", self.project or ""):
            raise ValueError("GitHub's `project` is written as owner/repository.")
        return self

    @property
    def on(self) -> bool:
        """Whether tickets are made here."""
        return self.enabled and self.kind is not None

    @property
    def called(self) -> str:
        """The tracker, as people call it."""
        return {"jira": "Jira", "github": "GitHub", "gitlab": "GitLab"}.get(self.kind or "", "the ticket tracker")


class Integrations(Value):
    """The ways beyond Slack. What is not set here reaches no one; secrets are environment variables."""

    per_minute: int = Field(default=6, ge=1, le=600)
    """Messages to one person by one way in a minute; more come in one message, but nothing urgent waits."""
    slack: Integration = Integration()
    """Slack itself; its switch is read when the bot starts."""
    email: Mail = Mail()
    """Pages by e-mail."""
    sms: Apprise = Apprise()
    """Pages by SMS."""
    phone: Apprise = Apprise()
    """Pages by a call."""
    push: Apprise = Apprise()
    """Pages by push message."""
    pagerduty: PagerDuty = PagerDuty()
    """PagerDuty as a backup pager, and as a twin of incidents."""
    opsgenie: Opsgenie = Opsgenie()
    """Opsgenie as a backup pager."""
    webhook: Webhook = Webhook()
    """Pages to an address of your own, signed."""
    tickets: TicketTracker = TicketTracker()
    """Tickets of incidents, in a tracker of yours."""

    def lacks(self, via: str) -> str:
        """The key that keeps this way from being used here, such as `server`; "" when it can be."""
        section = getattr(self, via)
        if not section.enabled:
            return "enabled"
        needs = NEEDS.get(via, "")
        return needs if needs and not getattr(section, needs) else ""

    @property
    def mirrored(self) -> tuple[Severity, ...]:
        """The severities whose incidents have a twin at PagerDuty."""
        on = self.pagerduty.enabled and self.pagerduty.mirror
        return self.pagerduty.mirror_severities if on else ()


INTEGRATIONS = Section("integrations", Integrations)
