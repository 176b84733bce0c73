"""Who and what the configuration names: people and how they are reached, teams, services, roles."""

import re
from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.catalog.duration import Duration
from bot.catalog.value import Keyed, Value, ZoneName

Via = Literal["slack", "email", "phone", "sms", "push", "webhook", "pagerduty", "opsgenie"]
Tier = Literal["tier_0", "tier_1", "tier_2", "tier_3"]


def _text(value: Any) -> Any:
    """Unquoted digits are a number in YAML; a phone or an id made of digits was meant as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _matching(pattern: str, advice: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(f'"{text}" {advice}')
        return text

    return AfterValidator(check)


SlackUser = Annotated[
    str,
    _matching(r"[UW][A-Z0-9]{2,20}", "is not a Slack member id; copy the one that starts with U from the profile."),
]
Email = Annotated[str, _matching(r"[^@\s<>]+@[^@\s<>]+", "is not an e-mail address; write it as name@example.com.")]
Phone = Annotated[
    str,
    BeforeValidator(_text),
    _matching(r"\+[1-9][0-9]{5,14}", 'is not a phone number; write it in full with the country, such as "+15550100".'),
]
ChannelName = Annotated[
    str,
    _matching(r"#[^\s#@<>,A-Z]{1,80}|[CG][A-Z0-9]{2,20}", 'is not a channel; write "#name" in quotes, or its id.'),
]


class Contact(Value):
    """One way to reach a person, used `after` the page began; `opt_out` says that it is never used."""

    via: Via
    after: Duration = timedelta(0)
    opt_out: bool = False

    @model_validator(mode="after")
    def _never_out_of_slack(self) -> Self:
        if self.opt_out and self.via == "slack":
            raise ValueError("nobody can opt out of Slack: it is where a page is answered; add other ways instead.")
        return self


class Person(Keyed):
    """Somebody who can be paged."""

    name: str
    slack: SlackUser | None = None
    email: Email | None = None
    phone: Phone | None = None
    timezone: ZoneName | None = None
    manager: str | None = None
    title: str | None = None
    access: Literal["admin", "responder", "viewer"] = "responder"
    contact: tuple[Contact, ...] = ()


class Team(Keyed):
    """People who own services together."""

    name: str
    members: tuple[str, ...] = ()
    lead: str | None = None
    channel: ChannelName | None = None
    usergroup: str | None = None
    description: str = ""


class Service(Keyed):
    """Something that can break."""

    name: str
    tier: Tier = "tier_2"
    team: str | None = None
    policy: str | None = None
    after_hours: str | None = None
    depends_on: tuple[str, ...] = ()
    runbooks: tuple[str, ...] = ()
    dashboards: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    channel: ChannelName | None = None
    description: str = ""
    repository: str | None = None
    public_name: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)


class Role(Keyed):
    """A part somebody plays in one incident, with what it is and is not for."""

    name: str
    description: str = ""
    single: bool = True
    duties: tuple[str, ...] = ()
    not_duties: tuple[str, ...] = ()
    schedule: str | None = None
    mandatory_for: tuple[str, ...] = ()
