"""What a claim costs: nothing of what was settled, and nothing of what waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, insert, text, update
from sqlmodel import Session, col

from bot.catalog import load
from bot.clock import ManualClock
from bot.engine.auditor import COMMITTED
from bot.engine.queue import Queue
from bot.engine.sender_pools import Line
from bot.services import work_factory
from storage import claims, outbox
from storage.db import Database
from storage.models import Delivery, DeliveryState
from tests.storage.delivery_harness import COMPANY

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MOST = 20
"""Buffers of PostgreSQL that one claim may touch."""
LANES = 100
FEW, MANY = 10, 10_000
"""Deliveries that wait for their channel's pace."""


def owe(database: Database, lanes: dict[str, str], **values: Any) -> list[int]:
    """Deliveries of these keys, each in its lane."""
    row = {"kind": "post", "priority": 3, "payload": {"words": "x" * 200}, "state": DeliveryState.PENDING,
           "attempts": 0, "created_at": NOW, "not_before": NOW, **values}  # fmt: skip
    rows = [{**row, "key": key, "lane": lane} for key, lane in lanes.items()]
    with database.write() as session:
        return list(session.scalars(insert(Delivery).returning(col(Delivery.id), sort_by_parameter_order=True), rows))


def settle(database: Database, ids: list[int]) -> None:
    """Claimed and sent, as the engine does it."""
    with database.write() as session:
        assert len(claims.claim(session, NOW, lease="a", seconds=15, ids=ids, seen=min(ids) - 1)) == len(ids)
    with database.write() as session:
        sent = update(Delivery).where(col(Delivery.id).in_(ids)).values(state=DeliveryState.SENT, lease=None)
        session.execute(sent, execution_options={"synchronize_session": False})


def history(database: Database, rows: int, start: int) -> None:
    """So many settled deliveries; those of one lane one after the other."""
    for n in range(start, start + rows, LANES):
        settle(database, owe(database, {f"k{n + lane}": f"lane:{lane}" for lane in range(LANES)}))


@contextmanager
def held_snapshot(database: Database) -> Iterator[None]:
    """Somebody reads for long, as pg_dump does: nothing that changes meanwhile can be cleared away."""
    with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        connection.execute(text("SELECT count(*) FROM delivery"))
        yield


def buffers(database: Database, ids: list[int], seen: int) -> int:
    """Shared buffers, in memory or not, that one claim touches; it is taken back afterwards."""
    with database.engine.connect() as connection, Session(connection) as session:
        statement, given = caught(session, ids, seen)
        session.rollback()
        plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given).scalar_one()
        session.rollback()
    top = plan[0]["Plan"]
    return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])


class Caught(Exception):
    """Instead of carrying a statement out."""


def caught(session: Session, ids: list[int], seen: int) -> tuple[str, Any]:
    """The statement of a claim as the database would get it; it is not carried out, for that leaves traces."""

    def catch(_connection: object, _cursor: object, statement: str, given: Any, *_: object) -> None:
        raise Caught(statement, given)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", catch)
    try:
        claims.claim(session, NOW, lease="b", seconds=15, ids=ids, seen=seen)
    except Caught as found:
        return found.args[0], found.args[1]
    finally:
        event.remove(engine, "before_cursor_execute", catch)
    raise AssertionError("nothing was asked")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_claim_costs_the_same_however_much_was_settled_while_a_snapshot_is_held(database: Database) -> None:
    with held_snapshot(database):
        seen = []
        for n in range(3):
            history(database, 1000 + 1000 * (n == 0), n * 2000)
            ids = owe(database, {f"due:{n}": "lane:0"})
            seen.append(buffers(database, ids, ids[0] - 1))
            settle(database, ids)
    assert max(seen) <= MOST, seen


class Meter:
    """Counts what is asked of a database: statements, and the steps of SQLite's machine or the rows of PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.statements: list[str] = []
        self.steps = 0
        for engine in (database._reader, database._writer):
            event.listen(engine, "before_cursor_execute", self._before)
            event.listen(engine, "after_cursor_execute", self._after)

    def _before(self, connection: Any, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(statement)
        driver = connection.connection.dbapi_connection
        if hasattr(driver, "set_progress_handler"):
            driver.set_progress_handler(self._step, 1)

    def _after(self, connection: Any, cursor: Any, *_: object) -> None:
        if connection.dialect.name == "postgresql":
            self.steps += max(cursor.rowcount, 0)

    def _step(self) -> int:
        self.steps += 1
        return 0

    def of(self, ask: Callable[[], object]) -> tuple[int, int]:
        self.statements, self.steps = [], 0
        ask()
        return len(self.statements), self.steps


def backlog(database: Database, size: int) -> tuple[Queue, list[float]]:
    """A queue in which so many wait for the pace of a channel; and its clock."""
    desk = work_factory.make(
        database,
        ManualClock(NOW),
        lambda: load(COMPANY),
    )
    seconds = [0.0]
    queue = Queue(desk, lease=15, monotonic=lambda: seconds[0])
    owe(database, {f"waits:{size}:{n}": f"lane:{n % (size // 2)}" for n in range(size)})
    for _ in range(3):  # what was committed before these looks is known to be all
        queue.look()
        seconds[0] += COMMITTED + 1
    taken = queue.claim(Line.REST, size)
    assert len(taken) == size // 2  # the first of each lane
    with database.write() as session:
        leased = update(Delivery).where(col(Delivery.state) == DeliveryState.LEASED)
        session.execute(leased.values(state=DeliveryState.PENDING, lease=None, lease_until=None))
    for one in taken:
        one.row.state, one.row.lease, one.row.lease_until = DeliveryState.PENDING, None, None
        queue.back(one, one.row, "post C1", 3600)
    queue.look()
    return queue, seconds


def over(database: Database) -> None:
    """Nothing is owed any more."""
    with database.write() as session:
        session.execute(update(Delivery).values(state=DeliveryState.SENT))


@pytest.mark.parametrize("polls", [False, True])
def test_a_look_and_a_claim_cost_the_same_whatever_waits(database: Database, polls: bool) -> None:
    meter, costs = Meter(database), []
    for size in (FEW, MANY):
        queue, seconds = backlog(database, size)
        ids = owe(database, {f"due:{size}": f"due:{size}"})
        seconds[0] += 2 * polls
        queue.tell(ids)

        def look_and_claim(queue: Queue = queue, ids: list[int] = ids) -> None:
            queue.look()
            assert [one.row.id for one in queue.claim(Line.REST, 8)] == ids

        costs.append(meter.of(look_and_claim))
        over(database)
    (few, steps), (many, more) = costs
    assert few == many <= 8
    assert more <= 1.2 * steps, costs


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_claim_touches_as_little_whatever_waits(database: Database) -> None:
    touched = []
    for size in (FEW, MANY):
        queue, _ = backlog(database, size)
        touched.append(buffers(database, owe(database, {f"due:{size}": f"due:{size}"}), queue._seen))
        over(database)
    assert max(touched) <= MOST, touched


def test_what_came_back_while_everything_was_read_stands_as_it_came_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue, _ = backlog(database, 2)
    first, second, third = owe(database, dict.fromkeys(("first", "second", "third"), "one lane"))
    queue.tell([first, second, third])
    queue.look()

    def sent(ident: int) -> None:
        (taken,) = queue.claim(Line.REST, 8)
        assert taken.row.id == ident
        settle(database, [ident])
        taken.row.state = DeliveryState.SENT
        queue.back(taken, taken.row)

    def meanwhile(session: Session, read: Any = claims.unsettled) -> list[claims.Owed]:
        rows: list[claims.Owed] = read(session)
        queue.back(taken, taken.row)
        return rows

    (taken,) = queue.claim(Line.REST, 8)
    taken.row.state = DeliveryState.SENT
    monkeypatch.setattr(claims, "unsettled", meanwhile)
    queue.doubt()
    queue.look()
    settle(database, [first])
    sent(second)
    sent(third)


def test_what_was_parked_is_freed_by_one_statement_and_told(database: Database) -> None:
    ids = owe(database, {f"k{n}": f"lane:{n}" for n in range(20)}, state=DeliveryState.PARKED)
    meter, told = Meter(database), set[int]()

    def unpark() -> None:
        with database.write() as session:
            assert outbox.unpark(session, NOW) == len(ids)
            told.update(outbox.touched(session))

    meter.of(unpark)
    assert len([one for one in meter.statements if "delivery" in one]) == 1
    assert told == set(ids)
    with database.read() as session:
        assert {row.state for row in claims.these(session, ids)} == {DeliveryState.PENDING}
