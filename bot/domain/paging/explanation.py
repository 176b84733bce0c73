"""Why people were paged for an incident, and why others were not: told from what was stored, never worked out anew.

Knows neither database nor clock. People in sentences are written {person:ID}, as in the timeline.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.core.fact import of_entry
from bot.domain.core.line import moment
from bot.domain.core.people import TOCSIN
from bot.domain.paging.acknowledgement_facts import AckWithdrawn
from bot.domain.paging.facts import EscalationExhausted, EscalationStopped, LevelReached, LevelSkipped, PageFailed
from storage.models import (
    Attempt,
    AttemptOutcome,
    Delivery,
    DeliveryState,
    Escalation,
    EscalationState,
    JournalEntry,
    Page,
    PageStep,
    StepState,
)

CHOSEN = {
    "service": "the service {service} names it",
    "severity": "{severity} is paged by it",
    "hours": "{severity} is paged by it at that time of day",
    "hand": "someone asked for it by hand",
    "handover": "the person who had it offered it",
    "specialist": "someone asked for them beside the people on call",
    "question": "someone asked for a decision",
    "none": "neither the service nor {severity} names a policy",
    "test": "a test page was asked for",
}
FACTS = (LevelReached, LevelSkipped, PageFailed, AckWithdrawn, EscalationExhausted, EscalationStopped)
"""What of an incident's journal an explanation is made from."""
ENDED = {
    DeliveryState.SENT: StepState.SENT,
    DeliveryState.FAILED: StepState.FAILED,
    DeliveryState.DROPPED: StepState.DROPPED,
}
"""What the end of its delivery says of a way that was kept no step of."""
ENDS = (EscalationExhausted, EscalationStopped)
ANSWERS = {
    AttemptOutcome.SENT: "taken",
    AttemptOutcome.NOTHING: "nothing was to be sent",
    AttemptOutcome.NOT_APPLIED: "did not get through",
    AttemptOutcome.AMBIGUOUS: "gave no clear answer",
    AttemptOutcome.RATE: "asked to wait",
    AttemptOutcome.PERMANENT: "refused for good",
    AttemptOutcome.LACKING: "cannot do that",
    AttemptOutcome.AUTH: "refused our credentials",
    AttemptOutcome.POISON: "refused the content",
}


@dataclass(frozen=True)
class AttemptView:
    """One attempt: `answer` is what the provider said, `reason` its words, `at` on the clock that the levels run on."""

    at: datetime
    answer: str
    reason: str


@dataclass(frozen=True)
class MethodView:
    """One contact method of one page. `state`: waiting, owed, sent, failed, skipped, dropped; `reason` when not sent.

    `label` shows the address without giving it away.
    """

    via: str
    state: str
    reason: str
    label: str = ""
    tries: Sequence[AttemptView] = ()


@dataclass(frozen=True)
class PageView:
    """One person asked. `because` is the whole chain from the target to the person."""

    page: int
    person: str
    because: str
    state: str
    note: str
    at: datetime
    ways: Sequence[MethodView]
    decision: dict[str, Any]
    settled_at: datetime | None = None


@dataclass(frozen=True)
class LevelView:
    """One level asked, or skipped, in one round; both count from 1."""

    level: int
    round: int
    at: datetime
    targets: Sequence[str]
    because: str
    skipped: str
    asked: Sequence[PageView]


@dataclass(frozen=True)
class EscalationView:
    """One policy at work. `not_reached` are the levels (from 1) that nobody had to ask, `end` says why."""

    policy: str
    chosen: str
    reason: str
    state: str
    started_at: datetime
    levels: Sequence[LevelView]
    not_reached: Sequence[int]
    end: str
    decision: dict[str, Any]


def explain(
    escalations: Iterable[Escalation],
    pages: Sequence[Page],
    facts: Sequence[JournalEntry],
    steps: Sequence[PageStep],
    deliveries: Sequence[Delivery],
    attempts: Sequence[Attempt],
) -> list[EscalationView]:
    """Every policy that ran for an incident, in order, level after level."""
    said = [(entry, json.loads(entry.body)) for entry in facts]
    tries: dict[int, list[AttemptView]] = {}
    for one in attempts:
        answer = ANSWERS.get(one.outcome, one.outcome)
        tries.setdefault(one.delivery, []).append(AttemptView(one.at, answer, one.reason))
    owed = {row.key: row for row in deliveries}
    ways: dict[int, list[MethodView]] = {}
    for step in steps:
        row = owed.pop(f"page:{step.page}:{step.via}", None)
        ways.setdefault(step.page, []).append(_way(step, row, tries.get((row.id or 0) if row else 0, [])))
    for row in owed.values():
        _, page, via = row.key.split(":")
        bare = PageStep(page=int(page), via=via, due_at=row.created_at, state=ENDED.get(row.state, StepState.OWED))
        ways.setdefault(int(page), []).append(_way(bare, row, tries.get(row.id or 0, [])))
    return [
        _run(row, [page for page in pages if page.escalation == row.id], ways,
             [(entry, body) for entry, body in said if body.get("escalation") == row.id])
        for row in escalations
    ]  # fmt: skip


def _way(step: PageStep, row: Delivery | None, tries: Sequence[AttemptView]) -> MethodView:
    """The step says how it stands, the delivery why it has not left yet."""
    said = step.note or (row.error if row and step.state != StepState.SENT else "") or ""
    return MethodView(step.via, step.state, said, step.label, tries)


def _run(
    row: Escalation,
    pages: Sequence[Page],
    ways: dict[int, list[MethodView]],
    said: Sequence[tuple[JournalEntry, Any]],
) -> EscalationView:
    views = []
    for entry, body in said:
        fact = of_entry(entry.fact)
        if fact is LevelSkipped:
            views.append(_level(row, entry, body, (), body["reason"]))
        elif fact is LevelReached:
            of_level = [page for page in pages if (page.cycle, page.level) == (body["cycle"], body["level"])]
            views.append(_level(row, entry, body, [_asking(page, ways.get(page.id or 0, [])) for page in of_level], ""))
    tried = {view.level for view in views}
    levels = range(1, len(row.policy["levels"]) + 1)
    return EscalationView(
        policy=row.policy_name,
        chosen=chosen(row.decision),
        reason=row.reason,
        state=row.state,
        started_at=row.started_at,
        levels=views,
        not_reached=[level for level in levels if level not in tried],
        end=_end(row, said),
        decision=row.decision,
    )


def _level(row: Escalation, entry: JournalEntry, body: Any, asked: Sequence[PageView], skipped: str) -> LevelView:
    targets = row.policy["levels"][body["level"]]["to"]
    because = "" if skipped else str(body.get("reason", ""))
    return LevelView(body["level"] + 1, int(body.get("repeat", 0)) + 1, entry.at, targets, because, skipped, asked)


def _asking(page: Page, ways: Sequence[MethodView]) -> PageView:
    because = because_of(page.decision, page.why)
    at, settled = page.owed_at, page.settled_at
    return PageView(page.id or 0, page.person, because, page.state, page.note, at, ways, page.decision, settled)


def chosen(decision: dict[str, Any]) -> str:
    """Why this policy and no other; empty for an escalation of before decisions were kept."""
    named = {**decision, "severity": f"{{severity:{decision.get('severity')}}}"}
    return CHOSEN.get(str(decision.get("by")), "").format(**named)


def because_of(decision: dict[str, Any], why: str) -> str:
    """The chain behind one page: "on call for primary-oncall: layer primary, override 3 ({person:bo} for ana)"."""
    layer = f"layer {decision['layer']}" if decision.get("layer") else ""
    more = [layer, *(_change(one) for one in decision.get("changes", []))]
    told = ", ".join(part for part in more if part)
    target = decision.get("target", "")
    asked_as = f", asked as {target}" if target and not target.startswith(("schedule:", "person:")) else ""
    return f"{why}{': ' if told else ''}{told}{asked_as}"


def _change(one: dict[str, Any]) -> str:
    number = f"override {one['override']}" if one.get("override") else "an override"
    who = f"{{person:{one['person']}}}"
    words = {
        "add": f"adds {who}",
        "remove": f"takes {who} off",
        "replace": f"puts {{person:{one.get('substitute')}}} in the place of {who}",
        "only": "names everyone on call",
    }
    return f"{number} {words[one['action']]}"


def _end(row: Escalation, said: Sequence[tuple[JournalEntry, Any]]) -> str:
    """Why nobody else was asked."""
    if row.state == EscalationState.ACKNOWLEDGED:
        return f"{{person:{row.acknowledged_by}}} acknowledged"
    last = [body["reason"] for entry, body in said if of_entry(entry.fact) in ENDS]
    if row.state in (EscalationState.EXHAUSTED, EscalationState.STOPPED):
        return str(last[-1]) if last else row.state
    if row.state == EscalationState.PAUSED and row.paused_by == TOCSIN.who and row.paused_until:
        return f"paging begins {moment(row.paused_until)}"
    return "paging is paused" if row.state == EscalationState.PAUSED else "paging still runs"


def of_person(runs: Iterable[EscalationView], names: Iterable[str]) -> list[tuple[EscalationView, LevelView, PageView]]:
    """The times somebody was asked; `names` are the Slack id and the key by which records know them."""
    wanted = set(names)
    return [(run, level, one) for run in runs for level in run.levels for one in level.asked if one.person in wanted]
