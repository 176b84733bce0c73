"""Two merges at once, of which one ends where the other begins: whichever is first, nobody waits in a circle, no
incident is lost, and its people are where the work goes on.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bot.domain.core.errors import DomainError
from bot.domain.core.people import Actor
from bot.domain.incidents.states import Merged
from bot.services.core import incident as incidents
from bot.services.incidents import lifecycle, merging
from bot.services.incidents.lifecycle import Declaration
from bot.work import Work, WorkFactory
from storage.models import Incident
from storage.queries import incidents as incident_queries
from tests.storage.test_locks import until_somebody_waits

ANA, BO, CY = Actor("U01ANA"), Actor("U01BO"), Actor("U01CY")


def three(desk: WorkFactory) -> None:
    for actor in (ANA, BO, CY):
        with desk.work(actor) as w:
            lifecycle.declare(w, Declaration("Checkout returns 5xx", "sev1", service="checkout"))


def merges(w: Work, loser: int, winner: int) -> None:
    """As every door does it: both are locked in one order first."""
    for number in sorted((loser, winner)):
        incidents.find(w, number)
    merging.merge(w, incidents.find(w, loser), incidents.find(w, winner))


def beside(desk: WorkFactory, loser: int, winner: int) -> Callable[[], str]:
    def merge() -> str:
        try:
            with desk.work(BO) as w:
                merges(w, loser, winner)
        except DomainError as refusal:
            return type(refusal).__name__
        return "done"

    return merge


def into(desk: WorkFactory) -> list[int | None]:
    with desk.read() as session:
        return [session.get_one(Incident, number).merged_into for number in (1, 2, 3)]


def test_a_into_b_while_b_goes_into_c(desk: WorkFactory) -> None:
    three(desk)
    with ThreadPoolExecutor() as pool:
        with desk.work(ANA) as w:
            merges(w, 1, 2)
            other: Future[str] = pool.submit(beside(desk, 2, 3))
            until_somebody_waits(desk, other)  # type: ignore[arg-type]
        assert other.result(60) == "done"
    assert into(desk) == [2, 3, None]
    with desk.read() as session:
        assert incident_queries.going_on(session, session.get_one(Incident, 1)).number == 3
        assert incident_queries.merged_into(session, 3) == [1, 2]
        assert {one.incident for one in incident_queries.timeline(session, 3)} == {1, 2, 3}


def test_b_into_c_while_a_goes_into_b_is_refused_with_the_way(desk: WorkFactory) -> None:
    three(desk)
    with ThreadPoolExecutor() as pool:
        with desk.work(ANA) as w:
            merges(w, 2, 3)
            other: Future[str] = pool.submit(beside(desk, 1, 2))
            until_somebody_waits(desk, other)  # type: ignore[arg-type]
        assert other.result(60) == Merged.__name__
    assert into(desk) == [None, 3, None]


def test_three_that_are_merged_in_a_circle_end_in_one(desk: WorkFactory) -> None:
    three(desk)
    with ThreadPoolExecutor() as pool:
        said = [one.result(60) for one in [pool.submit(beside(desk, *pair)) for pair in ((1, 2), (2, 3), (3, 1))]]
    still = [number for number, other in enumerate(into(desk), 1) if other is None]
    assert said.count("done") == 3 - len(still) >= 1
    with desk.read() as session:
        for number in (1, 2, 3):
            assert incident_queries.going_on(session, session.get_one(Incident, number)).number in still


@pytest.mark.parametrize("triage", [False, True])
def test_whoever_was_brought_to_one_is_brought_on_with_it(desk: WorkFactory, triage: bool) -> None:
    three(desk)
    with desk.work(ANA) as w:
        merges(w, 1, 2)
    with desk.work(CY) as w:
        assert set(merging._belonging(w, incidents.find(w, 2))) >= {ANA.who, BO.who}
    if triage:
        with desk.work(BO) as w:
            lifecycle.declare(w, Declaration("Odd", "sev1", triage=True))
        assert beside(desk, 4, 1)() == Merged.__name__
