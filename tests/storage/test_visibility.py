"""Who takes part in an incident, and that every list that Slack shows asks the same rule."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlmodel import select

from bot.domain.core.people import TOCSIN
from bot.domain.incidents import visibility
from bot.rendering.contexts import render
from bot.services.command import roles
from storage.db import Database
from storage.models import Escalation, Incident, Page, PageState, RoleAssignment
from storage.queries import visibility as queries
from tests.storage.delivery_harness import DeliveryHarness

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    with opened.write() as session:
        for number in (1, 2, 3):
            session.add(Incident(number=number, title="x", severity="SEV-1", declared_by="U1", private=True,
                                 declared_at=NOW, started_at=NOW, detected_at=NOW))  # fmt: skip
        session.flush()
        held = Escalation(incident=1, policy_name="p", policy={}, started_at=NOW, acknowledged_by="U3")
        going = Escalation(incident=2, policy_name="p", policy={}, started_at=NOW)
        session.add_all([held, going, RoleAssignment(incident=1, role="ic", person="U2", since=NOW, until=NOW)])
        session.flush()
        session.add(Page(escalation=going.id or 0, incident=2, cycle=0, level=0, person="bo", why="", owed_at=NOW))
    yield opened
    opened.close()


def test_participants_had_a_role_were_paged_or_acknowledged(database: Database) -> None:
    with database.read() as session:
        assert queries.participants(session, [1, 2, 3]) == {1: {"U2", "U3"}, 2: {"bo"}, 3: set()}
        assert queries.participants(session, [2]) == {2: {"bo"}}
        rows = [session.get_one(Incident, number) for number in (1, 2, 3)]
        seen = visibility.known(
            rows, visibility.Viewer(frozenset({"U0BO", "bo"})), partial(queries.participants, session)
        )
        assert [row.number for row in seen] == [2]


def test_whoever_had_a_role_finds_in_the_list_what_they_may_open_by_its_number(room: DeliveryHarness) -> None:
    number = room.declare("Secret merger leaked", private=True)
    for person in ("U01LI", "U01BO"):
        room.act("U01ANA", lambda w, it, who=person: roles.take_role(w, it, "ic", who), number)
    with room.desk.read() as session:
        listed = {who: "Secret" in json.dumps(render.open_list(session, room.composer(), who).blocks)
                  for who in ("U01LI", "U01BO", "U01ZOE")}  # fmt: skip
    assert listed == {"U01LI": True, "U01BO": True, "U01ZOE": False}


def test_whoever_was_paged_for_it_earlier_finds_it_in_list_and_home(room: DeliveryHarness) -> None:
    """Decided in issue C: who took part once may know, even when their page is long over."""
    number = room.declare("Secret merger leaked", private=True, by="U01DEE", service="checkout")
    with room.desk.work(TOCSIN) as w:
        for page in w.session.exec(select(Page).where(Page.incident == number, Page.person == "U01ANA")):
            page.state = PageState.MISSED
    with room.desk.read() as session:
        listed = {who: ("Secret" in json.dumps(render.open_list(session, room.composer(), who).blocks),
                        "Secret" in json.dumps(render.home(session, room.composer(), who)))
                  for who in ("U01ANA", "U01LI")}  # fmt: skip
    assert listed == {"U01ANA": (True, True), "U01LI": (False, False)}
