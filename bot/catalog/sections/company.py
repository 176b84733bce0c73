"""Who and what the configuration names: people and how they are reached, teams, services, roles."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from bot.catalog.duration import Duration
from bot.catalog.problem import ConfigProblem
from bot.catalog.section import Section
from bot.catalog.sections.severities import Severity
from bot.catalog.source import Node
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
    WithJsonSchema({"type": "string", "title": "Slack member id", "examples": ["U01ANA"]}),
]
Email = Annotated[
    str,
    _matching(r"[^@\s<>]+@[^@\s<>]+", "is not an e-mail address; write it as name@example.com."),
    WithJsonSchema({"type": "string", "title": "e-mail address", "examples": ["ana@example.com"]}),
]
Phone = Annotated[
    str,
    BeforeValidator(_text),
    _matching(r"\+[1-9][0-9]{5,14}", 'is not a phone number; write it in full with the country, such as "+15550100".'),
    WithJsonSchema({"type": ["string", "integer"], "title": "phone number", "examples": ["+15550100"]}),
]
ChannelName = Annotated[
    str,
    _matching(r"#[^\s#@<>,A-Z]{1,80}|[CG][A-Z0-9]{2,20}", 'is not a channel; write "#name" in quotes, or its id.'),
    WithJsonSchema({"type": "string", "title": "channel", "examples": ["#incidents", "C01ABC"]}),
]


class Contact(Value):
    """One way to reach a person, used `after` the page began; `opt_out` says that it is never used."""

    via: Via
    """The way."""
    after: Duration = timedelta(0)
    """How long after the page began it is used."""
    opt_out: bool = False
    """`true`: this way is never used for this person, whatever a policy says."""
    severities: tuple[Severity, ...] = ()
    """The severities for which this rule holds; for all when none is named."""

    @model_validator(mode="after")
    def _never_out_of_slack(self) -> Self:
        if self.opt_out and self.via == "slack":
            raise ValueError("no one can opt out of Slack: it is where a page is answered; add other ways instead.")
        return self


class Person(Keyed):
    """Someone who can be paged."""

    name: str
    """As it is shown; made of the key when it is not said."""
    slack: SlackUser | None = None
    """Their Slack member id (profile, *Copy member ID*). Without it they are reached by other ways alone."""
    email: Email | None = None
    """Where e-mail reaches them."""
    phone: Phone | None = None
    """Where SMS and calls reach them; shown to the person who has to dial it when no one answered."""
    timezone: ZoneName | None = None
    """The zone in which they read times and in which their nights are counted; `display.time_zone` otherwise."""
    manager: str | None = None
    """Who manages them: the target `role:manager` after they were paged, and who is told of their bad nights."""
    title: str | None = None
    """Their position. Kept; nothing acts on it yet."""
    access: Literal["admin", "responder", "viewer"] = "responder"
    """`admin` sees private incidents and is told what only an operator can repair; `viewer` looks, declares, says what
    affects them and answers their own pages, and leaves the rest to responders.
    """
    contact: tuple[Contact, ...] = ()
    """The ways by which they are paged, each with its delay; `notifications.contact` otherwise."""


class Team(Keyed):
    """People who own services together."""

    name: str
    """As it is shown; made of the key when it is not said."""
    members: tuple[str, ...] = ()
    """The people of the team."""
    lead: str | None = None
    """Who leads it: asked first when the team is called, and told when no one answers."""
    channel: ChannelName | None = None
    """The team's channel, where notes about its schedules are posted."""
    usergroup: str | None = None
    """Its Slack user group: a handle or an id."""
    description: str = ""
    """What it is for, as people read it when they choose a team."""


class Service(Keyed):
    """Something that can break."""

    name: str
    """As it is shown; made of the key when it is not said."""
    tier: Tier = "tier_2"
    """How much depends on it, from `tier_0` (most) to `tier_3`. Kept; nothing acts on it yet."""
    team: str | None = None
    """The team that owns it: invited to the war room, and the target `role:service_team`."""
    policy: str | None = None
    """The policy that pages for it; it comes before that of the severity."""
    after_hours: str | None = None
    """The policy that takes its place outside of `business_hours`."""
    depends_on: tuple[str, ...] = ()
    """The services that it cannot work without. Kept; nothing acts on it yet."""
    runbooks: tuple[str, ...] = ()
    """The runbooks for it. Kept; nothing acts on it yet."""
    dashboards: tuple[str, ...] = ()
    """Addresses of its dashboards. Kept; nothing acts on it yet."""
    regions: tuple[str, ...] = ()
    """Where it runs. Kept; nothing acts on it yet."""
    channel: ChannelName | None = None
    """Its own channel. Kept; nothing acts on it yet."""
    description: str = ""
    """What it does. Kept; nothing acts on it yet."""
    repository: str | None = None
    """Where its source is. Kept; nothing acts on it yet."""
    public_name: str | None = None
    """What customers call it. Kept; nothing acts on it yet."""
    labels: dict[str, str] = Field(default_factory=dict)
    """Any further words about it, key by key. Kept; nothing acts on it yet."""


class Role(Keyed):
    """A part someone plays in one incident, with what it is and is not for."""

    name: str
    """As it is shown; made of the key when it is not said."""
    description: str = ""
    """What it is for. Kept; nothing acts on it yet."""
    single: bool = True
    """Whether one person at a time has it. Kept; nothing acts on it yet."""
    duties: tuple[str, ...] = ()
    """What belongs to it; told to the person who gets the role."""
    not_duties: tuple[str, ...] = ()
    """What does not."""
    schedule: str | None = None
    """Who is paged by `role:NAME` while no one has the role: the people on call in this schedule. They are paged by
    the clock, too, once, where the role is mandatory and a reminder was in vain (`command.page_role_after`). Of the
    role `manager` it is the person asked for decisions.
    """
    any_hour: tuple[Severity, ...] | None = None
    """The severities for which `schedule` is asked at any hour; for the others in business hours alone. All when it is
    not said, and SEV-1 for the role `manager`.
    """
    mandatory_for: tuple[str, ...] = ()
    """The severities that need it: while no one has it, the person in charge is reminded."""


def _listed_once(section: Node, _: Node) -> Iterator[ConfigProblem]:
    yield from _one_each(section, "slack", str)
    yield from _one_each(section, "email", str.lower)


def _one_each(people: Node, key: str, fold: Callable[[str], str]) -> Iterator[ConfigProblem]:
    owners: dict[str, str] = {}
    for name, person in people.entries():
        node = person.child(key)
        if node is not None and isinstance(node.value, str):
            owner = owners.setdefault(fold(node.value), name)
            if owner != name:
                yield node.problem(f"{name} and {owner} have the same {key} {node.value}; a person is listed once.")


def _not_on_themselves(section: Node, _: Node) -> Iterator[ConfigProblem]:
    for name, service in section.entries():
        listed = service.child("depends_on")
        for node in listed.items() if listed is not None else ():
            if node.value == name:
                yield node.problem(f"services.{name} depends on itself; remove it from its own `depends_on`.")


def _all_but_the_manager(body: dict[str, Any], _: Mapping[str, Any]) -> dict[str, Any]:
    return {"any_hour": ("SEV-1",), **body} if body["key"] == "manager" else body


PEOPLE = Section("people", Person, named=True, noun="person", refers={"manager": "people"}, check=_listed_once)
TEAMS = Section("teams", Team, named=True, refers={"members[]": "people", "lead": "people"})
SERVICES = Section(
    "services",
    Service,
    named=True,
    refers={"team": "teams", "policy": "policies", "after_hours": "policies", "depends_on[]": "services"},
    check=_not_on_themselves,
)
ROLES = Section("roles", Role, named=True, refers={"schedule": "schedules"}, complete=_all_but_the_manager)
