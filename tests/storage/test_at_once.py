"""What people do at the same moment, or to one another: one step for two who shout, and nobody left in the dark."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.domain.core.errors import NotResolved
from bot.services.incidents import lifecycle, severity
from bot.services.paging import acknowledgement, escalate, escalations
from storage.models import Delivery, Escalation
from tests.storage.delivery_harness import DeliveryHarness


def escalates(room: DeliveryHarness, who: str, level: int | None = None) -> str:
    answer = room.act(who, lambda w, it: escalate.escalate(w, it, level=level))
    return str(answer.template)


def at_level(room: DeliveryHarness) -> int:
    with room.desk.read() as session:
        return session.exec(select(Escalation.level)).one()


def owed(room: DeliveryHarness, kind: str) -> list[Delivery]:
    with room.desk.read() as session:
        return list(session.exec(select(Delivery).where(Delivery.kind == kind).order_by(col(Delivery.id))))


def test_two_who_escalate_at_once_mean_one_step(room: DeliveryHarness) -> None:
    assert escalates(room, "U01CY") == "escalated"
    assert escalates(room, "U01BO") == "nothing_to_escalate"
    assert escalates(room, "U01DEE") == "nothing_to_escalate"
    assert at_level(room) == 1
    assert escalates(room, "U01DEE", level=3) == "escalated", "whoever names a level knows what they ask for"
    assert escalates(room, "U01DEE") == "escalated", "and so does whoever asks twice"
    assert at_level(room) == 3


def test_who_escalates_later_is_heard(room: DeliveryHarness) -> None:
    escalates(room, "U01CY")
    room.clock.forward(timedelta(seconds=11))
    assert escalates(room, "U01BO") == "escalated"
    assert at_level(room) == 2


def test_whoever_loses_an_incident_is_told(room: DeliveryHarness) -> None:
    room.act("U01ANA", escalations.acknowledge)
    room.act("U01CY", acknowledgement.unack)
    told = [row.payload for row in owed(room, "dm") if row.payload.get("template") == "taken_back"]
    assert [(one["person"], one["values"]["by"]) for one in told] == [("U01ANA", "U01CY")]


def test_whoever_gives_it_back_is_told_nothing(room: DeliveryHarness) -> None:
    room.act("U01ANA", escalations.acknowledge)
    room.act("U01ANA", acknowledgement.unack)
    assert not [row for row in owed(room, "dm") if row.payload.get("template") == "taken_back"]


def test_live_pages_follow_the_severity(room: DeliveryHarness) -> None:
    room.deliver()
    room.act("U01DEE", lambda w, it: severity.set_severity(w, it, "sev3"))
    assert [row.payload["page"] for row in owed(room, "page.edit") if row.state == "pending"] == [1]


def test_closing_what_is_open_says_what_comes_first(room: DeliveryHarness) -> None:
    with pytest.raises(NotResolved) as refused:
        room.act("U01DEE", lifecycle.close)
    assert refused.value.sentence() == (
        "INC-1 is investigating: only a resolved incident can be closed. `/incident resolve INC-1` comes first."
    )
