"""The home tab with hundreds of open incidents and titles that fight back: within Slack's limits, the rest counted."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from bot.integrations.outbound import ShowHome
from bot.rendering.contexts import render
from storage.models import Action, Incident, RoleAssignment, Ruling, RulingState
from tests.domain.message_values import HOSTILE
from tests.storage.delivery_harness import DeliveryHarness, violations

VIEWER = "U01LI"


def crowd(room: DeliveryHarness, count: int, title: str = HOSTILE, **more: object) -> list[int]:
    """So many open incidents of every severity, whose updates are overdue."""
    now = room.desk.clock.now()
    with room.desk.database.write() as session:
        rows = [
            Incident(title=title[:250], severity=f"SEV-{n % 4 + 1}", declared_by="U01BO", detected_at=now,
                     declared_at=now, started_at=now, next_update_at=now - timedelta(minutes=12), **more)
            for n in range(count)
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        return [row.number or 0 for row in rows]


def shown(room: DeliveryHarness, viewer: str = VIEWER) -> dict[str, object]:
    with room.desk.read() as session:
        return render.home(session, room.composer(), viewer)


def test_five_hundred_with_hostile_titles_fit_and_the_rest_is_counted(empty_room: DeliveryHarness) -> None:
    numbers = crowd(empty_room, 500)
    now = empty_room.desk.clock.now()
    with empty_room.desk.database.write() as session:
        for number in numbers[:200]:
            session.add(RoleAssignment(incident=number, role="ic", person=VIEWER, since=now))
            session.add(Action(incident=number, number=1, text=HOSTILE * 20, owner="li", by=VIEWER, at=now, due_at=now))
            session.add(Ruling(incident=number, number=1, text=HOSTILE * 20, by=VIEWER, at=now,
                               state=RulingState.PENDING))  # fmt: skip
    view = shown(empty_room)
    assert violations(ShowHome(VIEWER, view)) == []
    text = json.dumps(view, ensure_ascii=False)
    assert "Needs you (600)" in text
    assert "And 588 more" in text
    assert "Live incidents (500)" in text
    assert "And 492 more (" in text
    assert "SEV-4" in text
    assert "`/incident list`" in text
    assert "Update overdue by 12 min: INC-" in text
    assert "<!channel>" not in text
    assert "you: incident commander" in text


def test_what_is_private_is_neither_shown_nor_counted_for_an_outsider(empty_room: DeliveryHarness) -> None:
    crowd(empty_room, 20)
    before = json.dumps(shown(empty_room))
    [secret] = crowd(empty_room, 1, "Secret merger leaked", private=True)
    assert json.dumps(shown(empty_room)) == before
    now = empty_room.desk.clock.now()
    with empty_room.desk.database.write() as session:
        session.add(Action(incident=secret, number=1, text="shred it", owner=VIEWER, by="U01BO", at=now, due_at=now))
    told = json.dumps(shown(empty_room), ensure_ascii=False)
    assert "shred it" in told
    assert "Secret merger leaked" not in json.dumps(shown(empty_room, "U01ZOE"))


def test_what_waits_is_told_in_the_order_in_which_it_hurts(empty_room: DeliveryHarness) -> None:
    number = empty_room.declare("Checkout is down", "sev1")
    empty_room.deliver()
    now = empty_room.desk.clock.now()
    with empty_room.desk.database.write() as session:
        later = now + timedelta(minutes=10)
        session.add(RoleAssignment(incident=number, role="ic", person="U01ANA", since=now))
        session.add(Action(incident=number, number=1, text="call the bank", owner="ana", by="x", at=now, due_at=later))
        session.add(Action(incident=number, number=2, text="flush it", owner="ana", by="x", at=now,
                           due_at=now - timedelta(minutes=3)))  # fmt: skip
        session.add(Ruling(incident=number, number=1, text="fail over", by="x", at=now, state=RulingState.PENDING,
                           due_at=later + timedelta(minutes=9)))  # fmt: skip
    text = json.dumps(shown(empty_room, "U01ANA"), ensure_ascii=False)
    places = [text.index(one) for one in ("You are paged for INC-1", "A2 of INC-1: flush it · overdue by 3 min",
                                          "A1 of INC-1: call the bank · by ", "D1 of INC-1: fail over")]  # fmt: skip
    assert places == sorted(places)
    assert "Pages reach you by Slack" in text
    assert "Start a drill" in text


@pytest.mark.parametrize("viewer", [VIEWER, "U01ZOE"])
def test_it_asks_the_database_as_much_for_forty_as_for_four(empty_room: DeliveryHarness, viewer: str) -> None:
    counts = []
    shown(empty_room, viewer)
    for count in (4, 36):
        numbers = crowd(empty_room, count)
        now = empty_room.desk.clock.now()
        with empty_room.desk.database.write() as session:
            for number in numbers:
                session.add(RoleAssignment(incident=number, role="ic", person=VIEWER, since=now))
        asked: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object, to: list[str] = asked) -> None:
            to.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            shown(empty_room, viewer)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16, counts
