"""The whole configuration as one frozen value, with the look-ups that rules and doors need."""

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from bot.catalog.duration import Duration, Months, Span
from bot.catalog.problem import ConfigProblem
from bot.catalog.sections.assistance import Specialist, Vendor
from bot.catalog.sections.company import ChannelName, Contact, Person, Role, Service, Team
from bot.catalog.sections.decision_tree import DecisionTree
from bot.catalog.sections.display import Display
from bot.catalog.sections.integrations import Integrations
from bot.catalog.sections.on_call import OnCallLife
from bot.catalog.sections.policies import Policy, Target
from bot.catalog.sections.schedules import Clock, DayName, Schedule, ShiftMessages
from bot.catalog.sections.severities import Severity, SeverityRow, spelling, spellings
from bot.catalog.value import Plain, Value, ZoneName


class WarRoom(Value):
    """Templates and limits of the channel of an incident."""

    name: str = "incident-{date:%Y%m%d}-{slug}"
    topic: str = "{severity}: {title} | IC: {ic} | Started: {started:%H:%M} UTC"
    max_name: int = Field(default=80, ge=10, le=80)
    max_topic: int = Field(default=250, ge=20, le=250)
    archive_after: Duration = timedelta(hours=24)
    status_channel: ChannelName | None = None
    bridge: str | None = None
    private: bool = False


class Postmortem(Value):
    """When each step of a postmortem is due after the resolution, and how long its meeting takes."""

    draft: Span = timedelta(hours=24)
    review: Span = timedelta(hours=48)
    publish: Span = timedelta(hours=72)
    actions_assigned: Span = timedelta(days=7)
    checkpoint: Span = timedelta(days=14)
    follow_up: Span = Months(1)
    agenda_minutes: tuple[int, ...] = (5, 10, 10, 15, 15, 5)


class QuietHours(Value):
    """The night, during which severities with `quiet_hours: defer` start no paging; over midnight is usual."""

    starts: Clock = Field(default=time(22), alias="from")
    ends: Clock = Field(default=time(7), alias="to")
    timezone: ZoneName | None = None


class Executive(Value):
    """People who are informed, not paged, once an incident of these severities is open for `after`; once each."""

    to: tuple[Target, ...]
    after: Duration
    severities: tuple[Severity, ...] = ("SEV-1",)


class Notifications(Value):
    """How people are reached when they say nothing themselves; `providers` belong to the integrations."""

    contact: tuple[Contact, ...] = ()
    providers: Plain = Field(default_factory=dict)
    quiet_hours: QuietHours | None = None
    executives: tuple[Executive, ...] = ()
    shifts: ShiftMessages = ShiftMessages()


class BusinessHours(Value):
    """The calendar behind `next_business_day` and `business_hours`; holidays are ISO dates."""

    timezone: ZoneName | None = None
    days: tuple[DayName, ...] = ("MO", "TU", "WE", "TH", "FR")
    opens: Clock = Field(default=time(9), alias="from")
    closes: Clock = Field(default=time(17), alias="to")
    holidays: tuple[str, ...] = ()


class Document(Value):
    """What may stand in tocsin.yml. Sections typed `Plain` keep their shape only."""

    version: Literal[1]
    incidents_channel: ChannelName
    display: Display
    people: dict[str, Person]
    teams: dict[str, Team]
    services: dict[str, Service]
    schedules: dict[str, Schedule]
    policies: dict[str, Policy]
    severities: dict[str, SeverityRow]
    roles: dict[str, Role]
    war_room: WarRoom
    notifications: Notifications
    business_hours: BusinessHours
    postmortem: Postmortem
    classification: Plain
    alert_routes: Plain
    routes: tuple[Plain, ...]
    specialists: dict[str, Specialist]
    vendors: dict[str, Vendor]
    decision_tree: DecisionTree
    stakeholders: tuple[Plain, ...]
    on_call: OnCallLife
    slo: Plain
    slos: dict[str, Plain]
    sla: Plain
    slas: dict[str, Plain]
    runbooks: dict[str, Plain]
    heartbeats: dict[str, Plain]
    sources: dict[str, Plain]
    integrations: Integrations
    status_page: Plain
    api: Plain
    dr_objectives: dict[str, Plain]
    targets: Plain
    audit: Plain


class Catalog(Document):
    """A configuration that was accepted.

    `notices`: what is odd but usable. `digest`: SHA-256 (hex) of the effective content.
    """

    notices: tuple[ConfigProblem, ...] = ()
    digest: str = ""

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        return spellings(self.severities)

    @cached_property
    def _people_by_slack(self) -> Mapping[str, Person]:
        return {person.slack: person for person in self.people.values() if person.slack}

    @cached_property
    def _people_by_email(self) -> Mapping[str, Person]:
        return {person.email.lower(): person for person in self.people.values() if person.email}

    def severity(self, text: str) -> str | None:
        """`sev1`, `P0`, `critical`, `severity_1` -> `SEV-1`; an unknown word -> None, never a guess."""
        return self._spellings.get(spelling(text))

    def severity_label(self, key: str) -> str:
        """The severity in the configured scheme: `SEV-1`, `P0` or `Critical`."""
        return self.display.severity(self.severities[key])

    def reference(self, number: int) -> str:
        """42 -> `INC-42` with the configured prefix."""
        return self.display.reference(number)

    def parse_reference(self, text: str) -> int | None:
        """`INC-42`, `inc42`, `#42`, `42` -> 42, or None."""
        return self.display.parse_reference(text)

    def person_by_slack(self, member: str) -> Person | None:
        """Who has this Slack member id."""
        return self._people_by_slack.get(member)

    def person_by_email(self, address: str) -> Person | None:
        """Who has this e-mail address, whatever its case."""
        return self._people_by_email.get(address.strip().lower())

    def timezone(self, person: Person | None) -> str:
        """The IANA zone in which somebody reads times."""
        return (person.timezone if person else None) or self.display.time_zone

    def teams_of(self, person: str) -> tuple[Team, ...]:
        """The teams that somebody belongs to, in the order of the file."""
        return tuple(team for team in self.teams.values() if person in team.members or person == team.lead)

    def all_targets(self) -> Iterator[Target]:
        """Every target that a policy names, or that executives are listed by."""
        for policy in self.policies.values():
            for level in policy.levels:
                yield from level.to
        for row in self.notifications.executives:
            yield from row.to

    def policy_for(self, severity: str, service: str | None = None, *, working: bool = True) -> Policy | None:
        """The ladder for an incident: the service's own, or else the one of the severity's row.

        Outside of business hours (not `working`) the `after_hours` of either takes the place of its policy.
        """
        owner, row = self.services.get(service or ""), self.severities[severity]
        ladders = [(owner.after_hours, owner.policy)] if owner else []
        ladders.append((row.after_hours, row.policy))
        names = ((usual if working else late or usual) for late, usual in ladders)
        return self.policies.get(next((name for name in names if name), ""))


def jsonable(value: Any) -> Any:
    """Plain configuration data with exact decimals as text, ready for JSON."""
    if isinstance(value, Mapping):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [jsonable(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value
