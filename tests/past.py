"""Years of history, written in a moment: incidents that are over, with everything that a real one leaves behind.

Each stands for one that was declared, paged for, acknowledged (or not), updated, resolved and closed. The newest ended
three months ago, so that nothing that looks at days or weeks counts any of them.
"""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, text

from bot.engine.auditor import MARK
from storage.db import Database
from storage.models import Setting
from storage.models.types import UtcTime

SINCE, BETWEEN = timedelta(days=100), timedelta(hours=1)
TIMES, COPIES = 6, 50_000
_NAMES = MetaData()
_PAST = Table("past", _NAMES, Column("k", Integer, primary_key=True), Column("at", UtcTime))
_PARTS = Table("part", _NAMES, Column("m", Integer, primary_key=True))

# Every row of `past` is an incident, every row of `part` one of its deliveries, entries and lines.
_ROWS = {
    "incident": """
        INSERT INTO incident (number, title, description, severity, status, source, service, drill, private,
            declared_by, started_at, detected_at, declared_at, acknowledged_at, resolved_at, closed_at, impact, focus,
            resolution, update_count, room, room_tries, channel_id, channel_name, card_ts, announcement_channel,
            announcement_ts)
        SELECT k, 'Checkout was slow ' || k, '', CASE WHEN k % 5 = 0 THEN 'SEV-1' ELSE 'SEV-3' END,
            CASE WHEN k % 10 = 0 THEN 'cancelled' WHEN k % 10 < 3 THEN 'resolved' ELSE 'closed' END, 'manual',
            'checkout', k % 20 = 0, k % 25 = 0, 'U01DEE', at, at, at, at, at, at, '', '', 'Rolled back', 1, 'archived',
            1, 'CPAST' || k, 'incident-past-' || k, '1.' || k, 'C01INCIDENTS', '2.' || k FROM past""",
    "roleassignment": """
        INSERT INTO roleassignment (id, incident, role, person, since) SELECT k, k, 'ic', 'U01ANA', at FROM past""",
    "statusupdate": """
        INSERT INTO statusupdate (id, incident, number, status, text, impact, "by", at)
        SELECT k, k, 1, 'identified', 'We are rolling back', '', 'U01ANA', at FROM past""",
    "chain": """
        INSERT INTO chain (subject, n, head) SELECT 'incident:' || k, 6, 'past' FROM past""",
    "counter": """
        INSERT INTO chain (subject, n, head) SELECT 'counter:incident', max(k), '' FROM past WHERE k > 0
        ON CONFLICT (subject) DO UPDATE SET n = excluded.n""",
    "escalation": """
        INSERT INTO escalation (id, incident, kind, policy_name, policy, reason, decision, level, cycle, first_cycle,
            state, started_at, acknowledged_at, acknowledged_by, alarms)
        SELECT k, k, CASE WHEN k % 7 = 0 THEN 'asked' ELSE 'policy' END, 'critical', '{"levels": [], "repeat": 0}', '',
            '{}', 0, 0, 0, CASE WHEN k % 4 = 0 THEN 'stopped' ELSE 'acknowledged' END, at,
            CASE WHEN k % 4 = 0 THEN NULL ELSE at END, CASE WHEN k % 4 = 0 THEN NULL ELSE 'U01BO' END, 0 FROM past""",
    "page": """
        INSERT INTO page (id, escalation, incident, cycle, level, person, slack, why, decision, state, owed_at, sent_at,
            settled_at, channel, ts, note)
        SELECT 2 * k + m, k, k, 0, m, CASE m WHEN 0 THEN 'U01ANA' ELSE 'U01BO' END,
            CASE m WHEN 0 THEN 'U01ANA' ELSE 'U01BO' END, 'on call', '{}',
            CASE WHEN k % 4 = 0 THEN 'released' WHEN m = 0 THEN 'missed' ELSE 'acknowledged' END,
            at, at, at, 'D' || m, '3.' || k, '' FROM past, part WHERE m < 2""",
    "pagestep": """
        INSERT INTO pagestep (id, page, via, label, due_at, state, sent_at, settled_at, note)
        SELECT 2 * k + m, 2 * k + m, 'slack', '', at, 'sent', at, at, '' FROM past, part WHERE m < 2""",
    "delivery": """
        INSERT INTO delivery (id, key, kind, lane, priority, payload, state, created_at, not_before, attempts,
            settled_at, result, rendered)
        SELECT 6 * k + m, CASE WHEN m < 2 THEN 'page:' || (2 * k + m) || ':slack' ELSE 'past:' || k || ':' || m END,
            CASE WHEN m < 2 THEN 'page' ELSE 'card.refresh' END,
            CASE WHEN m < 2 THEN 'page:' || (2 * k + m) || ':slack' ELSE 'card:' || k END, CASE WHEN m < 2 THEN 0
            ELSE 4 END, '{}', CASE WHEN k % 9 = 0 AND m = 3 THEN 'dropped' ELSE 'sent' END, at, at, 1, at,
            '{"channel": "C1", "ts": "1.1", "digest": "past"}', 'What it showed' FROM past, part""",
    "attempt": """
        INSERT INTO attempt (id, delivery, "key", n, started_at, ended_at, at, outcome, reason)
        SELECT 6 * k + m, 6 * k + m,
            CASE WHEN m < 2 THEN 'page:' || (2 * k + m) || ':slack' ELSE 'past:' || k || ':' || m END,
            1, at, at, at, 'sent', '' FROM past, part""",
    "timelineentry": """
        INSERT INTO timelineentry (id, incident, at, recorded_at, actor, kind, text)
        SELECT 6 * k + m, k, at, at, 'U01ANA', CASE m WHEN 5 THEN 'resolved' ELSE 'note' END, 'It happened' FROM past,
            part""",
    "journalentry": """
        INSERT INTO journalentry (seq, subject, n, fact, actor, at, body, prev_hash, hash)
        SELECT 6 * k + m, 'incident:' || k, m + 1,
            CASE WHEN m IN (1, 2) THEN 'paging.paged' WHEN m = 5 THEN 'incidents.resolved'
                 WHEN m = 4 THEN CASE WHEN k % 4 = 0 THEN 'paging.escalation_stopped' ELSE 'paging.page_acknowledged'
                 END ELSE 'incidents.note_added' END, 'U01ANA', at,
            '{"page": ' || (2 * k + m - 1) || ', "escalation": ' || k || ', "offer": 0, "giver": "", "mark": ""}',
            'past', 'past' FROM past, part""",
    "oncekey": """
        INSERT INTO oncekey ("key", answer, at) SELECT 'past:' || k, '{}', at FROM past""",
    "oncallperiod": """
        INSERT INTO oncallperiod (id, schedule, people, start, "end")
        SELECT k, 'primary-oncall', '["ana"]', at, at FROM past WHERE k % 24 = 0""",
    "handoffnote": """
        INSERT INTO handoffnote (id, schedule, start, since, outgoing, incoming, words, posts)
        SELECT k, 'primary-oncall', at, at, '["ana"]', '["bo"]', '', '{}' FROM past WHERE k % 24 = 0""",
}  # fmt: skip
_NUMBERED = {"incident": "number", "journalentry": "seq"} | dict.fromkeys(
    ("roleassignment", "statusupdate", "escalation", "page", "pagestep", "delivery", "attempt", "timelineentry",
     "oncallperiod", "handoffnote"), "id")  # fmt: skip
GROWING = frozenset(_ROWS) - {"counter", "oncallperiod", "handoffnote"}
"""Tables that grow with every incident; the other two grow by a row a week."""


def lay(database: Database, count: int, now: datetime) -> None:
    """So many incidents that are over, on an empty database; the next one declared follows them."""
    with database.engine.begin() as connection:
        _NAMES.create_all(connection)
        connection.execute(insert(_PARTS), [{"m": m} for m in range(TIMES)])
        first = now - SINCE - count * BETWEEN
        for start in range(1, count + 1, COPIES):
            numbers = range(start, min(start + COPIES, count + 1))
            connection.execute(insert(_PAST), [{"k": k, "at": first + k * BETWEEN} for k in numbers])
        for statement in _ROWS.values():
            connection.execute(text(statement.replace(":", r"\:")))
        _NAMES.drop_all(connection)
        newest = connection.execute(text("SELECT max(seq) FROM journalentry")).scalar_one()
        connection.execute(insert(Setting.__table__), {"key": MARK, "value": newest})  # type: ignore[attr-defined]
        if not database.is_sqlite:
            _move_on(connection)
            connection.execute(text("ANALYZE"))  # as its own vacuum does; SQLite never has statistics


def _move_on(connection: Connection) -> None:
    """PostgreSQL numbers by sequences, which did not see these rows."""
    for table, column in _NUMBERED.items():
        named = f"pg_get_serial_sequence('{table}', '{column}')"
        connection.execute(text(f"SELECT setval({named}, (SELECT max({column}) FROM {table}))"))
