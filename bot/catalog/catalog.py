"""The whole configuration as one frozen value, with the look-ups that rules and doors need."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from pydantic import ConfigDict, Field

from bot.catalog.problem import ConfigProblem
from bot.catalog.registry import Head
from bot.catalog.section import Section
from bot.catalog.sections.assistance import Specialist, Vendor
from bot.catalog.sections.command import Command
from bot.catalog.sections.company import Person, Role, Service, Team
from bot.catalog.sections.decision_tree import DecisionTree
from bot.catalog.sections.display import Display
from bot.catalog.sections.integrations import Integrations
from bot.catalog.sections.notifications import BusinessHours, Notifications
from bot.catalog.sections.on_call import OnCallLife
from bot.catalog.sections.policies import Policy, Target
from bot.catalog.sections.schedules import Schedule
from bot.catalog.sections.severities import SeverityRow, spelling, spellings
from bot.catalog.sections.war_room import Postmortem, WarRoom

M = TypeVar("M")
Path = tuple[str, ...]
"""A place in the file: ("policies", "critical")."""


class Catalog(Head):
    """A configuration that was accepted.

    The sections that most of the code reads are attributes; `further` holds the others, for `section` and `entries`.
    `notices`: what is odd but usable. `digest`: SHA-256 (hex) of the effective content. `own`: the places for
    which something is shipped and at which the file says something itself -> whether that is something else.
    """

    # Filled from a document that was accepted, never validated itself: without a validator the start is quicker.
    model_config = ConfigDict(defer_build=True)

    display: Display
    people: dict[str, Person]
    teams: dict[str, Team]
    services: dict[str, Service]
    schedules: dict[str, Schedule]
    policies: dict[str, Policy]
    severities: dict[str, SeverityRow]
    roles: dict[str, Role]
    war_room: WarRoom
    command: Command
    notifications: Notifications
    business_hours: BusinessHours
    postmortem: Postmortem
    specialists: dict[str, Specialist]
    vendors: dict[str, Vendor]
    decision_tree: DecisionTree
    on_call: OnCallLife
    integrations: Integrations
    further: Mapping[str, Any] = Field(default_factory=dict)
    notices: tuple[ConfigProblem, ...] = ()
    digest: str = ""
    own: Mapping[Path, bool] = Field(default_factory=dict)

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        return spellings(self.severities)

    @cached_property
    def _people_by_slack(self) -> Mapping[str, Person]:
        return {person.slack: person for person in self.people.values() if person.slack}

    @cached_property
    def _people_by_email(self) -> Mapping[str, Person]:
        return {person.email.lower(): person for person in self.people.values() if person.email}

    def section(self, section: Section[M]) -> M:
        """What stands in a section whose entries have no names."""
        found: M = self._content(section.key)
        return found

    def entries(self, section: Section[M]) -> Mapping[str, M]:
        """What stands in a section by name."""
        found: Mapping[str, M] = self._content(section.key)
        return found

    def _content(self, key: str) -> Any:
        return self.further[key] if key in self.further else getattr(self, key)

    def admins(self) -> tuple[Person, ...]:
        """Who administers this installation, in the order of the file."""
        return tuple(person for person in self.people.values() if self.is_admin(person))

    def is_admin(self, person: Person | None) -> bool:
        """Whether somebody administers this installation; nobody who is unknown does."""
        return person is not None and person.access == "admin"

    def access(self, slack: str) -> str | None:
        """What this Slack member id may do, as `access` says; None for who is not in the file."""
        person = self.person_by_slack(slack)
        return person.access if person else None

    def severity(self, text: str) -> str | None:
        """`sev1`, `P0`, `critical`, `severity_1` -> `SEV-1`; an unknown word -> None, never a guess."""
        return self._spellings.get(spelling(text))

    def ack_target(self, severity: str | None) -> timedelta | None:
        """Within which time a page of this severity should be acknowledged; None when nothing is said."""
        row = self.severities.get(severity or "")
        return row.ack if row else None

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
        """The policy for an incident: the service's own, or else the one of the severity's row.

        Outside of business hours (not `working`) the `after_hours` of either takes the place of its policy.
        """
        owner, row = self.services.get(service or ""), self.severities[severity]
        policies = [(owner.after_hours, owner.policy)] if owner else []
        policies.append((row.after_hours, row.policy))
        names = ((usual if working else late or usual) for late, usual in policies)
        return self.policies.get(next((name for name in names if name), ""))


def jsonable(value: Any) -> Any:
    """Plain configuration data with exact decimals as text, ready for JSON."""
    if isinstance(value, Mapping):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [jsonable(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value
