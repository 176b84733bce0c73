"""The ways by which people are reached: whom one leads to, for what somebody is reached, and why a way is not used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, get_args

from bot.catalog import Catalog
from bot.catalog.sections.company import Contact, Person, Via
from bot.catalog.sections.policies import PHONE, Priority

Event = Literal["page", "test"]
WAYS: tuple[Via, ...] = get_args(Via)
SLACK: Via = "slack"
NAMES: Mapping[str, str] = {
    "slack": "Slack",
    "email": "e-mail",
    "sms": "SMS",
    "phone": "phone",
    "push": "push",
    "webhook": "webhook",
    "pagerduty": "PagerDuty",
    "opsgenie": "Opsgenie",
}
TWO_WAYS = ("SEV-1", "SEV-2")
"""Severities whose pages go two ways at once."""
PRIORITIES: Mapping[str, Priority] = {"SEV-1": "urgent", "SEV-2": "high", "SEV-3": "low", "SEV-4": "low"}
"""How urgent a page is whose level does not say."""
AT_ONCE = timedelta(0)
PLACES = ("address:", "pagerduty:")
"""What a page may go to that is no person."""
_FIELDS: Mapping[str, str] = {"slack": "slack", "email": "email", "phone": "phone", "sms": "phone"}


class Unused(StrEnum):
    """Why a person is not reached by one way, whatever the installation can do."""

    #: Neither their own rules nor the level of the policy ask for it.
    NO_RULE = "no rule asks for it"
    #: Their own rules say that it is never used.
    OPTED_OUT = "opted out"
    #: Slack does not know them.
    NO_SLACK = "has no Slack account"
    #: There is nowhere to send it to.
    NO_EMAIL = "has no e-mail address"
    #: There is nothing to call.
    NO_PHONE = "has no phone number"
    #: They have rules for it, but for other severities.
    OTHER_SEVERITY = "no rule asks for it at this severity"
    #: The level is of low or medium priority, and only their own rules ask for a phone to ring.
    NOT_URGENT = "only rings for pages of high or urgent priority"
    #: The level says which ways it uses, and this is none of them.
    LEFT_OUT = "the level of the policy uses other ways only"
    #: It is an address or a service, which one way alone leads to.
    ELSEWHERE = "does not lead there"
    #: Whoever tocsin.yml does not know is reached in Slack alone.
    UNKNOWN = "is not a person of tocsin.yml"


CURES: Mapping[str, str] = {
    Unused.NO_RULE: "no rule asks for {way} (people.{name}.contact, or `via` of the policy)",
    Unused.OPTED_OUT: "opted out of {way} (people.{name}.contact)",
    Unused.NO_SLACK: "{why} (people.{name}.{field})",
    Unused.NO_EMAIL: "{why} (people.{name}.{field})",
    Unused.NO_PHONE: "{why} (people.{name}.{field})",
}
"""The reasons that a line of tocsin.yml mends, each with that line."""


@dataclass(frozen=True)
class ContactMethod:
    """One way for one page: used `after` it is owed, or not at all for the reason in `unused`.

    `note` is why it is used before its time, or why it is not counted on.
    """

    via: Via
    after: timedelta = AT_ONCE
    label: str = ""
    unused: str = ""
    note: str = ""


NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Contactee:
    """Somebody to reach. `person` is None for somebody whom tocsin.yml does not know: Slack alone reaches them.

    `place` is no person but what a policy names itself: `address:ops@example.com`, `pagerduty:payments`.
    """

    slack: str | None
    person: Person | None = None
    rules: Sequence[Contact] = ()
    place: str = ""

    @classmethod
    def of(cls, name: str, slack: str | None, catalog: Catalog) -> "Contactee":
        """By the name in our records: a Slack id or a key of tocsin.yml."""
        if name.startswith(PLACES):
            return cls(None, place=name)
        person = catalog.people.get(name) or catalog.person_by_slack(name)
        if person is None:
            return cls(slack)
        return cls(slack, person, person.contact or catalog.notifications.contact)


@dataclass(frozen=True)
class Occasion:
    """What somebody is reached for. `via` are the ways that the level of the policy asks for, `only` those it allows.

    `priorities` are those of single ways, `priority` that of all others; "" when nothing is said.
    """

    severity: str | None = None
    via: Sequence[str] = ()
    event: Event = "page"
    only: Sequence[str] = ()
    priority: str = ""
    priorities: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_page(cls, policy: Mapping[str, Any], level: int, severity: str | None, event: Event = "page") -> "Occasion":
        """By the level (from 0) of a policy that is kept; a level that is not in it asks for nothing special."""
        levels = policy["levels"]
        return cls.of_level(levels[level] if level < len(levels) else {"via": ()}, severity, event)

    @classmethod
    def of_level(cls, level: Mapping[str, Any], severity: str | None, event: Event = "page") -> "Occasion":
        """By a level as a running escalation keeps it; what was kept by an older release says less."""
        return cls(
            severity,
            level["via"],
            event,
            level.get("only") or (),
            level.get("priority") or "",
            level.get("priorities") or NONE,
        )

    def said_of(self, via: str) -> str:
        """The priority that the level gives this way, or else all."""
        return self.priorities.get(via) or self.priority

    def priority_of(self, via: str) -> str:
        """How urgent the page is by this way: what its level says, or else its severity."""
        by_severity = PRIORITIES.get(self.severity, "") if self.severity and self.event == "page" else ""
        return self.said_of(via) or by_severity


def hindrances(catalog: Catalog) -> dict[str, str]:
    """The ways that this installation cannot use now, and why."""
    found: dict[str, str] = {}
    for via in WAYS:
        if key := catalog.integrations.lacks(via):
            what = "switched off" if key == "enabled" else "not set up"
            found[via] = f"{NAMES[via]} is {what} (integrations.{via}.{key})"
    return found


def address(via: str, who: Contactee) -> str:
    """Where this way reaches them: their e-mail address or phone number; "" where none is needed, or none is known."""
    if who.place:
        kind, _, name = who.place.partition(":")
        leads = ("pagerduty",) if kind == "pagerduty" else ("email",) if "@" in name else PHONE
        return name if via in leads else ""
    if who.person is None:
        return ""
    return {"email": who.person.email, "sms": who.person.phone, "phone": who.person.phone}.get(via) or ""


def refusal(via: str, who: Contactee, hindered: Mapping[str, str]) -> str:
    """Why this way cannot reach them, whatever any rule says; "" when it can."""
    if via in hindered:
        return hindered[via]
    if who.place:
        return "" if address(via, who) else Unused.ELSEWHERE
    if via == SLACK:
        return "" if who.slack else Unused.NO_SLACK
    if who.person is None:
        return Unused.UNKNOWN
    if any(rule.via == via and rule.opt_out for rule in who.rules):
        return Unused.OPTED_OUT
    if via in ("email", "sms", "phone") and not address(via, who):
        return Unused.NO_EMAIL if via == "email" else Unused.NO_PHONE
    return ""


def asked_for(catalog: Catalog) -> list[str]:
    """The ways that the policies of the gravest severity ask for."""
    policy = catalog.policy_for("SEV-1")
    return list(dict.fromkeys(via for level in (policy.levels if policy else ()) for via in level.via))


def cures(name: str, ways: Sequence[ContactMethod]) -> str:
    """Why the ways that most people have are not used for somebody, each with where to mend it."""
    return "; ".join(dict.fromkeys(_cure(name, way) for way in ways if way.unused and way.via in _FIELDS))


def _cure(name: str, way: ContactMethod) -> str:
    cure = CURES.get(way.unused, "{why}")
    return cure.format(why=way.unused, way=NAMES[way.via], name=name, field=_FIELDS[way.via])


def label(via: str, who: Contactee) -> str:
    """Enough of the address to know it again."""
    whole = address(via, who)
    if via == "pagerduty":
        return whole
    name, at, host = whole.partition("@")
    return f"{name[:1]}…@{host}" if at else f"…{whole[-4:]}" if whole else ""
