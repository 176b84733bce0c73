"""The steps of one page, way by way: when each is used, what its failure and its slowness lead to.

They go on whatever the policy does, until somebody answers. A step that fails, or has not left after half a minute,
makes the next one due: that is all it takes to do without Slack while Slack is away.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.contact.methods import NAMES, SLACK, ContactMethod, Unused
from storage.models import Page, PageState, PageStep, StepState

PATIENCE = timedelta(seconds=30)
"""How long a step may stay owed before the next one is used beside it."""
APART = timedelta(minutes=1)
"""Between two uses of a way that has a delay, when a round comes round just after it."""


def wanted(page: Page) -> bool:
    return page.state in PageState.WANTED


def is_asked_again(page: Page, pages: Iterable[Page]) -> bool:
    """Whether a newer page asks the same person now: after an outage one message wakes them, not one for each round."""
    newer = (one for one in pages if one.person == page.person and (one.id or 0) > (page.id or 0))
    return any(one.state in PageState.WAITING for one in newer)


def first_asked(pages: Iterable[Page], person: str, now: datetime) -> datetime:
    """When this person was asked for the first time: from then on their delays count, however often they are asked."""
    return min((page.owed_at for page in pages if page.person == person), default=now)


def last_used(steps: Iterable[PageStep]) -> dict[str, datetime]:
    """When each way reached this person last."""
    found: dict[str, datetime] = {}
    for step in steps:
        if step.sent_at is not None:
            found[step.via] = max(step.sent_at, found.get(step.via, step.sent_at))
    return found


def begin(
    page: int,
    ways: Iterable[ContactMethod],
    now: datetime,
    since: datetime | None = None,
    used: Mapping[str, datetime] | None = None,
) -> list[PageStep]:
    """One step per way; what has no delay, or a delay that is over, is owed. Delays count from `since`.

    A way with a delay that was `used` a moment ago is not used again at once. Without any way to go, Slack is tried, so
    that it fails.
    """
    ways = list(ways)
    due = {way.via: _due(way, since or now, used or {}) for way in ways}
    steps = [PageStep(page=page, via=way.via, label=way.label, due_at=max(now, due[way.via]),
                      state=_first(way, due[way.via] > now),
                      note=way.unused or way.note) for way in ways]  # fmt: skip
    if not in_use(steps):
        slack = next(step for step in steps if step.via == "slack")
        slack.state, slack.due_at = StepState.OWED, now
    return steps


def _due(way: ContactMethod, since: datetime, used: Mapping[str, datetime]) -> datetime:
    at = since + way.after
    return max(at, used[way.via] + APART) if way.after and way.via in used else at


def _first(way: ContactMethod, ahead: bool) -> StepState:
    if way.unused:
        return StepState.SKIPPED
    return StepState.WAITING if ahead else StepState.OWED


def in_use(steps: Iterable[PageStep]) -> list[PageStep]:
    """Steps that reach somebody, or may yet. Nobody can be reached when there is none."""
    return [step for step in steps if step.state in StepState.IN_USE]


def due(steps: Sequence[PageStep], now: datetime) -> list[tuple[PageStep, str]]:
    """The steps to be used now, each with the reason why it is early, "" when its time has come."""
    found = [(step, "") for step in steps if step.state == StepState.WAITING and step.due_at <= now]
    for step, _ in found:
        _owe(step, now)
    for slow in _slow(steps, now):
        slow.late_at = now
        found += [(one, f"{NAMES.get(slow.via, slow.via)} is slow") for one in _hurry(steps, now)]
    return found


def sent(step: PageStep, now: datetime) -> None:
    """What arrived has arrived, also when nobody wanted it any more."""
    step.state, step.sent_at, step.settled_at = StepState.SENT, now, now


def failed(steps: Sequence[PageStep], step: PageStep, detail: str, now: datetime) -> list[PageStep]:
    """The step is over; the next one is used at once."""
    step.state, step.settled_at, step.note = StepState.FAILED, now, detail
    return _hurry(steps, now)


def by_mail(steps: Sequence[PageStep], now: datetime) -> list[PageStep]:
    """Every way has failed: e-mail is used although no rule asks for it. The caller knows that it leads to them.

    Nothing is, where a way was given up because they are asked by another page.
    """
    if any(step.state == StepState.DROPPED for step in steps):
        return []
    mail = [step for step in steps if step.via == "email" and step.state == StepState.SKIPPED]
    for step in mail:
        _owe(step, now)
        step.note = ""
    return mail


def stumbled(steps: Sequence[PageStep], step: PageStep, now: datetime) -> list[PageStep]:
    """The step has failed more than once and goes on trying; the next one is used at once, as beside a slow one."""
    if not _may_be_slow(step):
        return []
    step.late_at = now
    return _hurry(steps, now)


def silent(steps: Sequence[PageStep], now: datetime) -> list[PageStep]:
    """Slack arrives and does not wake them: the next step is used at once."""
    return _hurry([step for step in steps if step.via != SLACK], now)


def refused(step: PageStep, why: str, now: datetime) -> None:
    """The configuration has changed since: this way is not to be used any more."""
    step.state, step.settled_at, step.note = StepState.SKIPPED, now, why


def next_at(steps: Sequence[PageStep]) -> datetime | None:
    """When to look again: the next step's time, or that of a step which may turn out to be slow."""
    waiting = [step.due_at for step in steps if step.state == StepState.WAITING]
    slow = [step.due_at + PATIENCE for step in steps if _may_be_slow(step)]
    watched = waiting or any(_held_back(step) for step in steps)
    return min([*waiting, *slow], default=None) if watched else None


def _slow(steps: Iterable[PageStep], now: datetime) -> list[PageStep]:
    return [step for step in steps if _may_be_slow(step) and step.due_at + PATIENCE <= now]


def _may_be_slow(step: PageStep) -> bool:
    return step.state == StepState.OWED and step.late_at is None


def _hurry(steps: Sequence[PageStep], now: datetime) -> list[PageStep]:
    """The first step that waits, owed now. When none waits and nothing else gets through, a phone rings after all."""
    following = [step for step in steps if step.state == StepState.WAITING]
    if not following and not any(step.state == StepState.SENT or _may_be_slow(step) for step in steps):
        following = [step for step in steps if _held_back(step)]
    if not following:
        return []
    first = min(following, key=lambda step: step.due_at)
    _owe(first, now)
    return [first]


def _held_back(step: PageStep) -> bool:
    return step.state == StepState.SKIPPED and step.note == Unused.NOT_URGENT


def _owe(step: PageStep, now: datetime) -> None:
    step.state, step.due_at = StepState.OWED, now
    if step.note == Unused.NOT_URGENT:
        step.note = ""
