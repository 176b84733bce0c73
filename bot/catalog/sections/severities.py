"""What each severity asks of us, and every spelling by which people and monitoring systems call it."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from bot.catalog.duration import Duration, format_duration, parse_duration
from bot.catalog.problem import ConfigProblem
from bot.catalog.section import Section
from bot.catalog.source import Node
from bot.catalog.value import Keyed

Severity = Literal["SEV-1", "SEV-2", "SEV-3", "SEV-4"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
NextBusinessDay = Literal["next_business_day"]


def _parse_target(written: Any) -> timedelta | str:
    return "next_business_day" if written == "next_business_day" else parse_duration(written)


def _write_target(target: timedelta | str) -> str:
    return target if isinstance(target, str) else format_duration(target)


Response = Annotated[
    timedelta | NextBusinessDay,
    PlainValidator(_parse_target),
    PlainSerializer(_write_target, return_type=str),
    WithJsonSchema(
        {"type": "string", "title": "length of time or `next_business_day`", "examples": ["10m", "next_business_day"]}
    ),
]


class SeverityRow(Keyed):
    """The one row of policy that a severity drives; lengths count from the declaration."""

    label: str
    """Its name in words."""
    emoji: str
    """The emoji beside it, without colons."""
    aliases: tuple[str, ...] = ()
    """What people and monitoring systems may call it."""
    when: str = Field(default="", max_length=75)
    """When to choose it, in 75 characters: the line under each choice of a form."""
    definition: str = ""
    """When an incident has it. `/incident sev` shows this and the three below."""
    impact: str = ""
    """What people notice."""
    response: str = ""
    """How we answer."""
    examples: tuple[str, ...] = ()
    """Typical incidents; four are enough."""
    ack: Duration | None = None
    """Within which time a page should be acknowledged. A time that is missed is noted in the timeline, and those who
    can act get one line; so for the three below.
    """
    first_response: Response | None = None
    """Within which time someone should log, decide or say something."""
    ic: Response | None = None
    """Within which time a commander should be named; `next_business_day` ends with the hours of that day."""
    resolve: Duration | None = None
    """Within which time it should be resolved."""
    cadence: Duration | None = None
    """How long after an update the next one is due; `null` for none."""
    ic_checkpoint: Duration | None = None
    """How often the commander checks the course. Kept; nothing acts on it yet."""
    stability_hold: Duration = timedelta(0)
    """How long it must stay quiet before it is resolved. Kept; nothing acts on it yet."""
    escalate_every: Duration | None = None
    """How often it is escalated while it lasts. Kept; nothing acts on it yet."""
    page: Duration | None = None
    """Within which time someone should be paged. Kept; nothing acts on it yet."""
    war_room: Literal["always", "ask", "on_request", "never"]
    """When a war room is opened; `ask` asks the person who declares. Private incidents always get one."""
    bridge: bool = False
    """`true` opens the call of `war_room: bridge` when it is declared, or raised to this."""
    commander: str | None = None
    """The schedule whose person on call commands such an incident; that of the role `ic` when it is not said."""
    assign_commander: bool = False
    """Whether that person gets command, and is paged for it, as soon as an incident has this severity. Otherwise they
    are proposed, and paged when no one takes command.
    """
    policy: str | None = Field(default=None, alias="escalation")
    """The policy that pages for it (`policy` is understood too); that of a service comes first."""
    after_hours: str | None = None
    """The policy that takes its place outside of `business_hours`."""
    suggest_raise: Duration | None = None
    """After how long the commander is asked whether it is worse."""
    review_complaints: int | None = Field(default=None, ge=1)
    """After how many people who say that it affects them the commander is asked the same."""
    postmortem: Literal["full", "brief", "batch", "none"]
    """Which postmortem is due; `none` writes no draft."""
    comms: tuple[str, ...] = ()
    """Where the public is told. Kept; nothing acts on it yet."""
    groups: tuple[str, ...] = ()
    """Slack user groups (id or @handle) whose members are invited to the war room."""
    notify: tuple[str, ...] = ()
    """Who else hears of it. Kept; nothing acts on it yet."""
    quiet_hours: Literal["ignore", "defer", "business_hours"] = "ignore"
    """`ignore` pages at any time, `defer` waits for the end of `notifications.quiet_hours`, `business_hours` for the
    next working hour.
    """

    @property
    def number(self) -> int:
        """1 for the worst."""
        return int(self.key[-1])


def spelling(text: str) -> str:
    """`SEV 1`, `sev-1`, `Sev_1` -> `sev1`: case, spaces, dashes and underscores carry no meaning."""
    return re.sub(r"[\s_-]+", "", text.strip().lower())


def spellings(rows: Mapping[str, SeverityRow]) -> dict[str, str]:
    """Every accepted spelling -> severity. P1 is SEV-2: the P scale counts from zero."""
    known = {spelling(alias): key for key, row in rows.items() for alias in (*row.aliases, row.label)}
    for key, row in rows.items():
        scales = (key, f"P{row.number - 1}", f"severity {row.number}", f"S{row.number}")
        known.update({spelling(name): key for name in scales})
    return known


def _one_meaning(section: Node, _: Node) -> Iterator[ConfigProblem]:
    """No alias of a severity may mean another one too."""
    owners: dict[str, str] = {}
    for key, row in section.entries():
        aliases = row.child("aliases")
        for alias in aliases.items() if aliases is not None else ():
            owner = owners.setdefault(spelling(str(alias.value)), key)
            if owner != key:
                yield alias.problem(f'the alias "{alias.value}" already means {owner}; keep it in one place.')


SEVERITY_ROWS = Section(
    "severities",
    SeverityRow,
    named=True,
    noun="severity",
    names=SEVERITIES,
    refers={"escalation": "policies", "after_hours": "policies", "commander": "schedules"},
    check=_one_meaning,
)
