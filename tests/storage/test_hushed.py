"""What waited while Slack was away is not said in public of what is private by then; a line reads few before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.deliveries.command import heard
from bot.deliveries.kinds import DIGESTED
from bot.domain.command import heard as rules
from bot.domain.incidents import visibility
from bot.integrations import outbound
from bot.services.command import actions, decisions
from storage.models import Delivery, Ruling
from storage.queries import paging_evidence
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    opened.declare()
    opened.deliver()
    yield opened
    opened.close()


def test_an_objection_that_waited_is_not_posted_in_a_room_that_is_public_still(room: DeliveryHarness) -> None:
    room.act("U01BO", lambda w, it: decisions.said(w, it, "roll back now"))
    room.deliver()
    room.act("U01ANA", lambda w, it: decisions.settle(w, it, w.session.get_one(Ruling, 1), "object", "data is lost"))
    room.act("U01ANA", lambda w, it: visibility.make_private(it))
    room.deliver()
    assert isinstance(room.last("command.reply"), outbound.Nothing)
    assert "data is lost" not in room.words("command.reply")
    assert "command.reply" in DIGESTED


def test_a_line_of_the_room_reads_no_more_of_those_before_than_it_can_tell(room: DeliveryHarness) -> None:
    for n in range(heard.MOST + 5):
        room.act("U01BO", lambda w, it, n=n: actions.said(w, it, f"look at host {n}"))
        room.act("U01BO", lambda w, it, n=n: actions.said(w, it, f"A{n + 1} done"))
    with room.desk.read() as session:
        rows = list(session.exec(select(Delivery).where(Delivery.kind == "post").order_by(Delivery.id)))
        found = paging_evidence.keyed_before(session, "post:1:", rows[-1], heard.MOST)
    assert [one.id for one in found] == [one.id for one in rows[-1 - heard.MOST : -1]]
    assert rules.key(1).endswith(":")
