"""States are enums in the code and plain text everywhere else: in both databases, in JSON, and in what is shown."""

import ast
import inspect
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum

import pytest
from sqlalchemy import text
from sqlmodel import col, select, update

import storage.models as models
from bot.domain.incidents import verbs
from bot.integrations.outcome import Reason
from storage.db import Database
from storage.models import AttemptOutcome, Incident, IncidentStatus, RoomState, StatusUpdate
from tests.sources import ROOT, files, tree

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ENUMS = [one for name in models.__all__ if issubclass(one := getattr(models, name), StrEnum)]
STATEFUL = ("state", "status", "room", "outcome")
OTHERS = {"bot/cli/doctor/run.py": "a finding of doctor is no record"}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    with opened.write() as session:
        session.add(Incident(number=1, title="x", severity="SEV-1", declared_by="U1", room=RoomState.ASKED,
                             declared_at=NOW, started_at=NOW, detected_at=NOW))  # fmt: skip
        session.flush()
        session.add(StatusUpdate(incident=1, number=1, status=IncidentStatus.IDENTIFIED, text="x", by="U1", at=NOW))
    yield opened
    opened.close()


def test_what_is_stored_is_plain_text_and_is_read_as_a_state(database: Database) -> None:
    with database.read() as session:
        assert session.execute(text("SELECT status, room FROM incident")).one() == ("investigating", "asked")
        row = session.get_one(Incident, 1)
        assert (type(row.status), type(row.room)) == (IncidentStatus, RoomState)
        assert session.exec(select(Incident.room).where(Incident.room == RoomState.ASKED)).one() is RoomState.ASKED
        assert session.exec(select(Incident.room).where(col(Incident.status).in_(IncidentStatus.OPEN))).one() == "asked"
        assert session.exec(select(StatusUpdate.status)).one() is IncidentStatus.IDENTIFIED


def test_a_driver_that_is_given_a_state_by_hand_takes_it_as_text(database: Database) -> None:
    with database.read() as session:
        found = session.execute(text("SELECT number FROM incident WHERE room = :room"), {"room": RoomState.ASKED})
        assert found.scalar_one() == 1


def test_a_text_of_another_release_is_read_as_it_is(database: Database) -> None:
    with database.write() as session:
        session.execute(update(Incident).values(status="postponed"))
    with database.read() as session:
        assert session.get_one(Incident, 1).status == "postponed"


def test_what_programs_and_people_read_is_the_text(database: Database) -> None:
    with database.read() as session:
        row = session.get_one(Incident, 1)
        assert row.model_dump(mode="json")["status"] == "investigating"
        assert json.dumps({"status": row.status, row.room: 1}) == '{"status": "investigating", "asked": 1}'
        assert f"{row.status} {row.room!s} %s" % row.status == "investigating asked investigating"


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_value_has_a_line_that_says_what_it_means(enum: type[StrEnum]) -> None:
    lines = [line.strip() for line in inspect.getsource(enum).splitlines()]
    values = [at for at, line in enumerate(lines) if " = " in line and "nonmember" not in line]
    assert len(values) == len(enum)
    assert all(lines[at - 1].startswith("#: ") for at in values)


def test_no_code_compares_a_state_with_a_literal() -> None:
    words = {word.value for enum in ENUMS for word in enum}
    found = set()
    for folder in ("bot", "handlers", "storage"):
        for path in files(folder, at_least=20):
            for node in ast.walk(tree(path)):
                sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
                if any(isinstance(side, ast.Attribute) and side.attr in STATEFUL for side in sides):
                    texts = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
                    found |= {str(path.relative_to(ROOT))} if texts & words else set()
    assert found == set(OTHERS)


def test_what_a_person_may_set_is_what_the_verb_offers() -> None:
    assert verbs.SETTABLE == IncidentStatus.SETTABLE


def test_an_attempt_ends_as_an_integration_says_or_was_sent_or_had_nothing_to_send() -> None:
    assert {*AttemptOutcome} == {*Reason, AttemptOutcome.SENT, AttemptOutcome.NOTHING}
