"""Escalation policies: who is asked, in which order, by what means, and how long each level may stay silent."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Literal, Self, get_args

from pydantic import Field, GetJsonSchemaHandler, field_validator, model_serializer, model_validator

from bot.catalog.duration import Duration
from bot.catalog.problem import ConfigProblem, did_you_mean
from bot.catalog.section import TARGET, Section
from bot.catalog.sections.company import Via
from bot.catalog.sections.severities import SEVERITIES
from bot.catalog.source import Node
from bot.catalog.value import Keyed, Value

TargetKind = Literal[
    "person", "schedule", "team", "usergroup", "channel", "role", "lead", "manager", "address", "pagerduty"
]
KINDS: tuple[str, ...] = get_args(TargetKind)
DYNAMIC_ROLES = {
    "declarer": "who declared the incident",
    "ticket_owner": "who owns the ticket, or else who declared the incident",
    "service_team": "the team that owns the affected service",
    "manager": "the manager of the person paged before",
}
"""Targets that only a running incident can resolve, beside the roles of the `roles` section."""


ADDRESS = re.compile(r"[^@\s<>,;:]+@[^@\s<>,;:]+|\+[1-9][0-9]{5,14}")
"""What may stand after `address:`: one mailbox, or one phone number with its country."""


class Target(Value):
    """`kind:name`, written and stored as that text."""

    kind: TargetKind
    name: str

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, written: Any) -> Any:
        if not isinstance(written, str):
            return written
        kind, colon, name = written.partition(":")
        if not colon or not name.strip():
            raise ValueError(f'"{written}" does not say what it is; write "schedule:{written}" or "person:{written}".')
        if kind not in KINDS:
            raise ValueError(f'"{kind}" is not a kind of target; {did_you_mean(kind, KINDS)}')
        if kind == "address" and not ADDRESS.fullmatch(name.strip()):
            raise ValueError(
                f'"{name.strip()}" is neither an e-mail address nor a phone number in full; '
                f'write "address:ops@example.com" or "address:+15550100".'
            )
        return {"kind": kind, "name": name.strip()}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "type": "string",
            "title": "target",
            "examples": ["person:ana", "schedule:primary-oncall", "team:core", "lead:core"],
        }

    @model_serializer
    def _write(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


Priority = Literal["low", "medium", "high", "urgent"]
QUIET: tuple[Priority, ...] = ("low", "medium")
"""Priorities for which no phone rings by a person's own rules."""
PHONE: tuple[Via, ...] = ("sms", "phone")
"""The ways that ring a phone."""


class Level(Value):
    """Everyone in `to` is asked at once; after `wait` without an answer the next level is."""

    to: tuple[Target, ...]
    """Who to ask, all at once."""
    via: tuple[Via, ...] = ()
    """By what means besides those of each person: it adds ways, and never takes one away, Slack least of all."""
    only: tuple[Via, ...] | None = None
    """The only ways that this level uses, whatever people's rules say. A person it leaves without any is an error."""
    wait: Duration | None = None
    """How long the level may stay silent before the next one is asked; the last level may leave it out."""
    priority: Priority | None = None
    """How urgent the whole level is: what a provider is told, and below `high` no phone rings that a person's own rules
    ask for (SMS and calls). When it is not said, the severity decides: SEV-1 is urgent, SEV-2 high, SEV-3 and SEV-4 are
    low, and ring only where a person's rule names them in `severities`, or the level names the way in `via` or `only`.
    """
    priorities: dict[Via, Priority] = Field(default_factory=dict)
    """The same for each way ({sms: urgent, email: high}); it comes before `priority`."""

    @field_validator("wait")
    @classmethod
    def _positive(cls, wait: timedelta | None) -> timedelta | None:
        if wait is not None and wait <= timedelta(0):
            raise ValueError("a level needs time to answer; write a wait longer than zero.")
        return wait

    @model_validator(mode="after")
    def _only_leaves_something(self) -> Self:
        if self.only is not None and not self.only:
            raise ValueError("`only` without a way reaches no one; name at least one, such as [slack], or remove it.")
        left_out = [via for via in self.via if self.only and via not in self.only]
        if left_out:
            ways = ", ".join(left_out)
            raise ValueError(f"`via` adds {ways}, which `only` leaves out; name it in both, or in neither.")
        return self


class Policy(Keyed):
    """Who is asked, in which order, and how often again when no one answers."""

    levels: tuple[Level, ...] = ()
    """Who is asked, level by level."""
    repeat: int = Field(default=0, ge=0, le=10)
    """How many more times the levels are walked when no one answers."""
    ack_timeout: Duration | None = None
    """An acknowledged page without progress for that long is asked about; never when it is not said."""
    ack_timeout_from: int | None = Field(default=None, ge=1)
    """At which level (1 is the first) paging begins again when that question stays unanswered; where it stood when it
    is not said.
    """
    wait_by_severity: dict[str, Duration] = Field(default_factory=dict)
    """Waits that replace those of all levels for the severities they name."""
    description: str = ""
    """What it is for, as people read it when they choose a policy."""
    source: str | None = None
    """Where the values come from. Kept; nothing acts on it yet."""

    def wait(self, level: int, severity: str | None = None) -> timedelta | None:
        """How long level `level` (0-based) may stay silent, or None when nothing is said."""
        return self.wait_by_severity.get(severity or "", self.levels[level].wait)

    @model_validator(mode="after")
    def _starts_again_on_a_level(self) -> Self:
        start = self.ack_timeout_from
        if start and self.levels and start > len(self.levels):
            raise ValueError(f"`ack_timeout_from` is {start}, but there are only {len(self.levels)} levels.")
        return self

    def offsets(self, severity: str | None = None) -> list[timedelta]:
        """When each level is asked, counted from the start; never earlier than the level before it."""
        found = [timedelta(0)]
        for number in range(len(self.levels) - 1):
            found.append(found[-1] + (self.wait(number, severity) or timedelta(0)))
        return found[: len(self.levels)]

    @model_validator(mode="after")
    def _moves_on(self) -> Self:
        for number, level in enumerate(self.levels[:-1]):
            if level.wait is None and not self.wait_by_severity:
                raise ValueError(
                    f"level {number + 1} has no `wait`, so the next is never reached; write one, such as 5m."
                )
        return self


def _asks_somebody(section: Node, _: Node) -> Iterator[ConfigProblem]:
    for name, policy in section.entries():
        levels = policy.child("levels")
        if levels is None or (levels.value == () and not levels.shipped):
            yield policy.problem(f"policies.{name} has no levels; write at least one, such as {{to: [person:ana]}}.")
            continue
        for level in levels.items():
            targets = level.child("to")
            if targets is not None and targets.value == ():
                sentence = f"policies.{name}: a level without anyone asks no one; name a target or remove it."
                yield targets.problem(sentence)
        waits = policy.child("wait_by_severity")
        for severity, _ in waits.entries() if waits is not None else ():
            if severity not in SEVERITIES:
                yield policy.problem(f'"{severity}" is not a severity; {did_you_mean(severity, SEVERITIES)}')


POLICIES = Section(
    "policies", Policy, named=True, noun="policy", refers={"levels[].to[]": TARGET}, check=_asks_somebody
)
