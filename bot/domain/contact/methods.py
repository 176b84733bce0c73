"""How one person is reached for one page: each way becomes a step with its time, or a reason why it is not used.

Slack comes first and at once. The person's own rules decide about the rest; a level may add ways, and the severities
that must not be missed go at least two ways at once where there is a second.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, get_args

from bot.catalog import Catalog
from bot.catalog.sections.company import Contact, Person, Via
from bot.catalog.sections.policies import PHONE, QUIET

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
AT_ONCE = timedelta(0)
BEHIND = timedelta(minutes=1)
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

    def priority_of(self, via: str) -> str:
        """What the level says of this way, or else of all."""
        return self.priorities.get(via) or self.priority


def plan(
    who: Contactee, occasion: Occasion, hindered: Mapping[str, str], ailing: Mapping[str, str] = NONE
) -> list[ContactMethod]:
    """Every way there is, those that are used first, in their order; `hindered` as `hindrances` says.

    Two rules for one way are one: the earlier counts. `ailing` ways, each with the reason (the end of a sentence that
    begins with the way), are tried all the same, but not counted on: others leave at once in their place.
    """
    delays = _delays(who, occasion)
    ways = _within(occasion, [_way(via, who, delays, hindered) for via in WAYS])
    used = sorted((way for way in ways if not way.unused), key=lambda way: _rank(way, list(delays)))
    if occasion.event == "test":
        used = [replace(way, after=AT_ONCE) for way in used]
    return [*_at_once(used, occasion.severity, ailing), *(way for way in ways if way.unused)]


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


def _delays(who: Contactee, occasion: Occasion) -> dict[str, timedelta]:
    """When each way is used that anybody asks for, in the order in which they are named."""
    if who.place:  # a text behind the call: nobody can acknowledge a call by its link
        return {via: BEHIND if via == "sms" else AT_ONCE for via in WAYS if address(via, who)}
    delays: dict[str, timedelta] = {SLACK: AT_ONCE}
    for rule in who.rules:
        if _holds(rule, occasion):
            delays[rule.via] = min(delays.get(rule.via, rule.after), rule.after)
    return delays | {via: AT_ONCE for via in occasion.via if via not in delays}


def _holds(rule: Contact, occasion: Occasion) -> bool:
    """Whether a rule is for this severity. A test page, and whoever is looked at without an incident, ask for all."""
    return not rule.severities or occasion.severity is None or occasion.severity in rule.severities


def _within(occasion: Occasion, ways: list[ContactMethod]) -> list[ContactMethod]:
    """Without what the level leaves out. What would leave nobody to be reached is not followed: a page goes first."""
    quiet = {via for via in PHONE if occasion.priority_of(via) in QUIET and via not in occasion.via}
    others = {via for via in WAYS if occasion.only and via not in occasion.only}
    for without in ((quiet, others), (quiet, set()), (set(), set())):
        found = [_left_out(way, *without) for way in ways]
        if any(not way.unused for way in found):
            return found
    return ways


def _left_out(way: ContactMethod, quiet: Container[str], others: Container[str]) -> ContactMethod:
    why = Unused.LEFT_OUT if way.via in others else Unused.NOT_URGENT if way.via in quiet else ""
    return replace(way, unused=why) if why and not way.unused else way


def _way(via: Via, who: Contactee, delays: Mapping[str, timedelta], hindered: Mapping[str, str]) -> ContactMethod:
    why = refusal(via, who, hindered)
    if not why and via not in delays:
        why = Unused.OTHER_SEVERITY if any(rule.via == via for rule in who.rules) else Unused.NO_RULE
    return ContactMethod(via, delays.get(via, AT_ONCE), _label(via, who), why)


def _rank(way: ContactMethod, named: Sequence[str]) -> tuple[bool, timedelta, int]:
    return way.via != SLACK, way.after, named.index(way.via)


def _at_once(used: list[ContactMethod], severity: str | None, ailing: Mapping[str, str]) -> list[ContactMethod]:
    """The first way never waits, for there is nothing before it; nor does the second when none may be missed.

    What is known not to get through is none of them.
    """
    soon = 2 if severity in TWO_WAYS else 1
    always = used[:soon]
    sound = [way for way in used if way.via not in ailing][:soon]
    because = "; ".join(f"{NAMES[way.via]} {ailing[way.via]}" for way in used if way.via in ailing)
    return [
        replace(way, after=AT_ONCE if way in always or way in sound else way.after,
                note=ailing.get(way.via) or ("" if way in always or way not in sound else f"at once: {because}"))
        for way in used
    ]  # fmt: skip


def _label(via: str, who: Contactee) -> str:
    """Enough of the address to know it again."""
    whole = address(via, who)
    if via == "pagerduty":
        return whole
    name, at, host = whole.partition("@")
    return f"{name[:1]}…@{host}" if at else f"…{whole[-4:]}" if whole else ""
