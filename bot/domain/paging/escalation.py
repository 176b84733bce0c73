"""Rules of a running escalation: which level is asked next, and what acknowledging, declining and ending do.

The rules see the escalation, its pages and a `Resolve` function (target text -> people now); they know no clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.core.fact import Fact
from bot.domain.paging import page_ending
from bot.domain.paging.facts import (
    EscalationExhausted,
    EscalationStopped,
    LevelReached,
    LevelSkipped,
    PageAcknowledged,
    PageDeclined,
    PeoplePassed,
)
from bot.domain.paging.page_ending import Ending
from bot.domain.paging.policy_snapshot import DEFAULT_WAIT
from bot.domain.paging.policy_snapshot import because as because
from bot.domain.paging.policy_snapshot import direct as direct
from bot.domain.paging.policy_snapshot import snapshot as snapshot
from storage.models import Escalation, EscalationState, Page, PageState

PUNCTUAL = timedelta(seconds=30)
"""How late a level may be asked and still count as asked on time."""


@dataclass(frozen=True)
class Asked:
    """Somebody a target stands for, and why it is them ("on call for primary-oncall").

    `target` is what named them, `basis` what it rested on then, as plain JSON (schedule, layer, override, until);
    `unfit` says why they cannot be asked at all, as whose account is deactivated.
    """

    person: str
    slack: str | None
    why: str
    target: str = ""
    basis: Mapping[str, Any] = field(default_factory=dict)
    unfit: str = ""


Resolve = Callable[[str], Sequence[Asked]]


@dataclass
class Step:
    """What moving an escalation on led to: people to page now (empty when the policy is exhausted), and the facts."""

    asked: list[Asked] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def begin(escalation: Escalation, now: datetime, resolve: Resolve, left_out: Iterable[str] = ()) -> Step:
    """Asks the first level that has somebody who is not `left_out`."""
    out, said = set(left_out), str(escalation.policy.get("because", ""))
    return _reach(escalation, now, resolve, cycle=0, level=0, left_out=out, reason=said, anybody_was_asked=False)


def advance(
    escalation: Escalation,
    pages: Sequence[Page],
    now: datetime,
    resolve: Resolve,
    reason: str,
    level: int | None = None,
    *,
    by: str = "",
) -> Step:
    """Gives up on the level that did not answer and asks the next one, or `level`, skipping whoever declined.

    `by` is who asked for it before the time of the present level was over.

    A page that could not be sent yet stays owed: whoever was promised one gets it, late, while nobody has answered.
    A level that was asked before is asked in a round of its own, which costs the policy none of its repeats.
    """
    if escalation.state != EscalationState.RUNNING:
        return Step()
    wanted = escalation.level + 1 if level is None else level
    if wanted <= escalation.level:
        escalation.cycle, escalation.first_cycle = escalation.cycle + 1, escalation.first_cycle + 1
    return _from(
        escalation,
        pages,
        now,
        resolve,
        level=wanted,
        reason=reason,
        note=page_ending.note(Ending.ESCALATED, by) if by else "",
    )


def again(
    escalation: Escalation,
    pages: Sequence[Page],
    now: datetime,
    resolve: Resolve,
    *,
    level: int,
    reason: str,
    left_out: Iterable[str] = (),
) -> Step:
    """Asks anew from `level` on, with all its repeats, because an answer was taken back."""
    escalation.cycle = escalation.first_cycle = escalation.cycle + 1
    last = max(0, len(escalation.policy["levels"]) - 1)
    return _from(escalation, pages, now, resolve, level=min(level, last), reason=reason, left_out=left_out)


def _from(
    escalation: Escalation,
    pages: Sequence[Page],
    now: datetime,
    resolve: Resolve,
    *,
    level: int,
    reason: str,
    left_out: Iterable[str] = (),
    note: str = "",
) -> Step:
    for page in pages:
        if page.state == PageState.SENT:
            page.state, page.settled_at, page.note = PageState.MISSED, now, note
    declined = {page.person for page in pages if page.state == PageState.DECLINED}
    return _reach(
        escalation,
        now,
        resolve,
        cycle=escalation.cycle,
        level=level,
        left_out=declined | set(left_out),
        reason=reason,
        anybody_was_asked=bool(pages),
    )


def overdue(escalation: Escalation, due_at: datetime, now: datetime) -> Iterator[str]:
    """Why to move on, once per level that should have been asked by now; the caller advances after each.

    After a downtime everybody is asked whose level's time has come, up to the top of the ladder. Rounds that were
    missed are not made up for, and the level reached last has its whole wait from now.
    """
    yield Ending.NO_ANSWER.value
    while escalation.state == EscalationState.RUNNING and escalation.level + 1 < len(escalation.policy["levels"]):
        due_at += timedelta(seconds=_wait(escalation.policy, escalation.level))
        if due_at > now:
            return
        yield "its time came while Tocsin was away"


def _reach(
    escalation: Escalation,
    now: datetime,
    resolve: Resolve,
    *,
    cycle: int,
    level: int,
    left_out: set[str],
    reason: str,
    anybody_was_asked: bool,
) -> Step:
    step = Step()
    number = escalation.id or 0
    for cycle, level in _levels_from(escalation, cycle, level):  # noqa: B020 - the walk starts where we stand
        targets = escalation.policy["levels"][level]["to"]
        found = _people(targets, resolve, left_out)
        asked = [one for one in found if not one.unfit]
        unfit = {one.person: one.unfit for one in found if one.unfit}
        if unfit and cycle == escalation.first_cycle:
            step.facts.append(PeoplePassed(escalation=number, level=level, people=unfit))
        if asked:
            escalation.level, escalation.cycle = level, cycle
            escalation.next_at = _on_time(escalation, now) + timedelta(seconds=_wait(escalation.policy, level))
            people = [one.person for one in asked]
            repeat = cycle - escalation.first_cycle
            reached = LevelReached(
                escalation=number, level=level, cycle=cycle, people=people, reason=reason, repeat=repeat
            )
            return Step(asked, [*step.facts, reached])
        if cycle == escalation.first_cycle:  # said once, not once per repeat
            why = "everyone there has declined" if _people(targets, resolve, set()) else "no one on call"
            why = "no one there can be asked" if found else why
            step.facts.append(LevelSkipped(escalation=number, level=level, cycle=cycle, targets=targets, reason=why))
    escalation.state, escalation.next_at, escalation.alarms = EscalationState.EXHAUSTED, None, escalation.alarms + 1
    why = "no one answered" if anybody_was_asked else "no one could be paged"
    step.facts.append(EscalationExhausted(escalation=number, reason=why))
    return step


def without_alarm(escalation: Escalation, step: Step) -> Step:
    """The same end of what was asked beside others: they are asked still, or somebody has it."""
    escalation.alarms -= 1
    facts = [replace(one, alarm=False) if isinstance(one, EscalationExhausted) else one for one in step.facts]
    return replace(step, facts=facts)


def _on_time(escalation: Escalation, now: datetime) -> datetime:
    """The moment that was waited for, when it is this one: rounds keep their grid, on which people's delays end too."""
    due = escalation.next_at
    return due if due is not None and timedelta(0) <= now - due <= PUNCTUAL else now


def _levels_from(escalation: Escalation, cycle: int, level: int) -> Iterable[tuple[int, int]]:
    count = len(escalation.policy["levels"])
    last = escalation.first_cycle + int(escalation.policy["repeat"])
    while cycle <= last:
        while level < count:
            yield cycle, level
            level += 1
        cycle, level = cycle + 1, 0


def _people(targets: Iterable[str], resolve: Resolve, left_out: set[str]) -> list[Asked]:
    found: dict[str, Asked] = {}
    for target in targets:
        for one in resolve(target):
            if one.person not in left_out:
                found.setdefault(one.person, replace(one, target=target))
    return list(found.values())


def _wait(policy: dict[str, Any], level: int) -> float:
    """The level's own wait; a last level without one waits as long as the first, so that a repeat has a rhythm."""
    waits = [policy["levels"][level]["wait"], policy["levels"][0]["wait"], DEFAULT_WAIT.total_seconds()]
    return float(next(wait for wait in waits if wait))


def acknowledge(escalation: Escalation, pages: Sequence[Page], *, person: str, now: datetime) -> list[Fact]:
    """Stops the paging of everybody at once. An empty list means that somebody was faster, or that it has ended.

    A paused and an exhausted escalation can still be acknowledged: late is better than never.
    """
    if escalation.state not in EscalationState.LIVE:
        return []
    escalation.state, escalation.next_at, escalation.paused_until = EscalationState.ACKNOWLEDGED, None, None
    escalation.acknowledged_at, escalation.acknowledged_by = now, person
    escalation.confirmed_at, escalation.asked_at = now, None
    own = _own_page(pages, person)
    for page in pages:
        if page is own:
            page.state, page.settled_at = PageState.ACKNOWLEDGED, now
        else:
            _release(page, now)
    seconds = int((now - escalation.started_at).total_seconds())
    return [
        PageAcknowledged(escalation=escalation.id or 0, page=own.id if own else None, person=person, seconds=seconds)
    ]


def decline(page: Page, *, reason: str, now: datetime) -> list[Fact]:
    """This person cannot take it. The caller moves on when nobody else of the level is left."""
    if page.state not in PageState.WAITING:
        return []
    page.state, page.settled_at, page.note = PageState.DECLINED, now, reason
    return [PageDeclined(escalation=page.escalation, page=page.id or 0, person=page.person, reason=reason)]


def nobody_left(escalation: Escalation, pages: Sequence[Page]) -> bool:
    """Is there nobody left to wait for on the level that is being asked?"""
    level = [page for page in pages if (page.cycle, page.level) == (escalation.cycle, escalation.level)]
    return not any(page.state in PageState.WAITING for page in level)


def stop(escalation: Escalation, pages: Sequence[Page], *, reason: str, now: datetime) -> list[Fact]:
    """The incident ended or was taken over otherwise: nobody is paged any more."""
    if escalation.state not in EscalationState.LIVE:
        return []
    escalation.state, escalation.next_at, escalation.paused_until = EscalationState.STOPPED, None, None
    for page in pages:
        _release(page, now)
    return [EscalationStopped(escalation=escalation.id or 0, reason=reason)]


def _release(page: Page, now: datetime) -> None:
    """Nothing is asked of this person any more; whether they had let their time run out is kept."""
    if page.state in PageState.WANTED:
        page.note = page.note or (page_ending.note(Ending.NO_ANSWER) if page.state == PageState.MISSED else "")
        page.state, page.settled_at = PageState.RELEASED, now


def _own_page(pages: Sequence[Page], person: str) -> Page | None:
    """The newest page of this person that is still open, or was missed."""
    mine = [page for page in pages if page.person == person and page.state in (*PageState.WANTED, PageState.DECLINED)]
    return max(mine, key=lambda page: (page.cycle, page.level), default=None)
