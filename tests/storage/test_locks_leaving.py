"""Somebody leaves who has work in several incidents: they are locked in one order, and nothing waits for them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.core.people import TOCSIN
from bot.services.command import handoff, roles
from bot.services.core import incident as incidents
from bot.work import WorkFactory
from storage.queries import command as command_queries
from storage.queries import incidents as incident_queries
from tests.storage.test_locks import ANA, BO, declare, until_somebody_waits


@pytest.mark.parametrize("who", ["U01DEE", "U01BO"])
def test_whoever_leaves_a_role_here_and_an_offer_there_takes_the_first_first(desk: WorkFactory, who: str) -> None:
    declare(desk)
    declare(desk)
    with desk.work(BO) as w:
        first, second = incidents.find(w, 1), incidents.find(w, 2)
        roles.take_role(w, first, "ic", "U01BO")
        handoff.offer(w, first, "U01DEE", brief="as it is")
        roles.take_role(w, second, "scribe", who)

    def leave() -> bool:
        with desk.work(TOCSIN) as w:
            handoff.left(w, who)
        return True

    with ThreadPoolExecutor() as pool:
        with desk.work(ANA) as w:
            incidents.find(w, 1)
            other = pool.submit(leave)
            until_somebody_waits(desk, other)
            incidents.find(w, 2)
        assert other.result(60), "nobody was thrown out"
    with desk.read() as session:
        assert command_queries.pending_offer(session, 1) is None, (
            "nobody waits for an answer, or for what is not theirs"
        )
        assert incident_queries.role_holder(session, 2, "scribe") is None
