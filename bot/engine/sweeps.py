"""The rounds that look after on-call: how often, and what each of them does. All are idempotent."""

from collections.abc import Callable, Iterator

from bot.services.contact import reachability
from bot.services.oncall import shift_handoff, wellbeing
from bot.services.paging import policies
from bot.services.schedules import history
from bot.work import WorkFactory

Sweep = tuple[float, Callable[[], object], str]


def of(desk: WorkFactory) -> Iterator[Sweep]:
    """(seconds between two rounds, what to call, its name)."""
    yield 60, lambda: history.look(desk), "rota"
    yield 20, lambda: shift_handoff.look(desk), "hand-offs"
    yield 60, lambda: wellbeing.look(desk), "nights, checklists and user groups"
    yield 5, lambda: policies.follow(desk), "policies of services"
    yield 5, lambda: reachability.look(desk), "reachability"
