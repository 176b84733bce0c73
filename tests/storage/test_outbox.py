"""The outbox: lanes, coalescing, leases and fences."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from storage import claims, outbox
from storage.db import Database
from storage.models import Delivery

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def owe(session: Session, key: str, **values: Any) -> int | None:
    row = {"kind": "post", "lane": key, "priority": 3, "payload": {}, "after": None, "once": None}
    return outbox.add(session, {**row, "key": key, "created_at": NOW, "not_before": NOW, **values})


def claimed(database: Database, *, now: datetime = NOW, lease: str = "a", pages: bool = False) -> list[str]:
    with database.write() as session:
        ids = [row.id for row in claims.unsettled(session) if (row.priority == 0) is pages]
        rows = claims.claim(session, now, lease=lease, seconds=15, ids=ids)
        return [row.key for row in rows]


def test_a_key_is_owed_once(database: Database) -> None:
    with database.write() as session:
        assert owe(session, "page:1:slack") is not None
        assert owe(session, "page:1:slack") is None


def test_ten_refreshes_become_one_until_it_is_being_sent(database: Database) -> None:
    with database.write() as session:
        for number in range(10):
            owe(session, f"card@{number}", lane="card", once="card")
    assert claimed(database) == ["card@0"]
    with database.write() as session:
        assert owe(session, "card@10", lane="card", once="card") is not None
        row = outbox.by_key(session, "card@0")
        assert row is not None
        row.state = "pending"  # put back for pacing: both may wait side by side
        session.add(row)
    assert claimed(database) == ["card@0"], "the older one of the lane goes first"


def test_a_lane_is_first_in_first_out(database: Database) -> None:
    with database.write() as session:
        for key in ("one", "two"):
            owe(session, key, lane="room")
        owe(session, "elsewhere")
    assert claimed(database) == ["one", "elsewhere"]
    assert claimed(database) == []


def test_after_waits_for_its_delivery_to_be_settled(database: Database) -> None:
    with database.write() as session:
        first = owe(session, "create")
        owe(session, "post", after=first)
    assert claimed(database) == ["create"]
    with database.write() as session:
        row = session.get_one(Delivery, first)
        row.state = "failed"
        session.add(row)
    assert claimed(database) == ["post"]


def test_pages_are_claimed_apart_and_urgent_ones_first(database: Database) -> None:
    with database.write() as session:
        owe(session, "later", priority=6)
        owe(session, "soon", priority=2)
        owe(session, "page", priority=0)
    assert claimed(database, pages=True) == ["page"]
    assert claimed(database) == ["soon", "later"]


def test_a_lease_that_ran_out_is_taken_over_as_ambiguous_and_fenced(database: Database) -> None:
    with database.write() as session:
        number = owe(session, "page", priority=0) or 0
    assert claimed(database, pages=True, lease="first") == ["page"]
    late = NOW + timedelta(seconds=16)
    assert claimed(database, pages=True, lease="second", now=late) == ["page"]
    with database.write() as session:
        assert outbox.held(session, number, "first") is None
        row = outbox.held(session, number, "second")
        assert row is not None
        assert row.ambiguous_since is not None
        assert row.attempts == 2


def test_a_dropped_delivery_is_not_sent_and_one_under_way_is_left_alone(database: Database) -> None:
    with database.write() as session:
        owe(session, "waiting")
        owe(session, "flying", priority=0)
    assert claimed(database, pages=True) == ["flying"]
    with database.write() as session:
        outbox.drop(session, ["waiting", "flying"], "acknowledged", NOW)
    assert claimed(database) == []
    with database.write() as session:
        flying = outbox.by_key(session, "flying")
        assert flying is not None
        assert flying.state == "leased"


def test_a_newer_plan_frees_a_coalesced_delivery_from_what_it_waited_for(database: Database) -> None:
    with database.write() as session:
        pin = owe(session, "pin")
        owe(session, "card@1", lane="card", once="card", after=pin)
        owe(session, "card@2", lane="card", once="card")
    assert claimed(database) == ["pin", "card@1"]
