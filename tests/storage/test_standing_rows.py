"""How the ways stand, as rows: found once, told once, and lost by no restart."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot import clock as clocks
from bot.cli.doctor import installation
from bot.deliveries import kinds, outcomes
from bot.domain.core.people import TOCSIN
from bot.services.contact import provider_health
from bot.services.workspace import configuration
from storage import outbox
from storage.models import Delivery, JournalEntry
from tests.storage.delivery_harness import DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    opened.set_up_mail()
    yield opened
    opened.close()


def attempt(room: DeliveryHarness, key: str, outcome: str, seconds_ago: float = 0) -> None:
    at = clocks.real() - timedelta(seconds=seconds_ago)
    with room.desk.work(TOCSIN) as w:
        row = w.session.exec(select(Delivery).where(Delivery.key == key)).one()
        outbox.add_attempt(w.session, row, started=at, ended=at, at=at, outcome=outcome, reason="")


def refuse(room: DeliveryHarness, key: str = "page:1:email") -> None:
    with room.desk.work(TOCSIN) as w:
        row = w.session.exec(select(Delivery).where(Delivery.key == key)).one()
        outcomes.refused(w, row, "e-mail: 535: the login is refused", clocks.real())


def look(room: DeliveryHarness, *, away: bool = False) -> dict[str, str]:
    provider_health.sweep(room.desk, clocks.real(), kinds.via, away=away)
    with room.desk.read() as session:
        return {via: one.cause for via, one in provider_health.ailments(session).items()}


def told(room: DeliveryHarness) -> list[str]:
    """The messages to one admin, in order."""
    with room.desk.read() as session:
        rows = session.exec(select(Delivery).where(Delivery.lane == "dm:U01DEE"))
        return [row.payload["template"] for row in rows if row.key.startswith("operators:")]


def facts(room: DeliveryHarness) -> list[str]:
    with room.desk.read() as session:
        rows = session.exec(select(JournalEntry).where(JournalEntry.subject == "system"))
        return [row.fact for row in rows]


def test_a_refusal_is_told_once_and_ends_with_the_first_message_that_is_taken(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    refuse(room)
    refuse(room)
    assert told(room) == ["way_refused"]
    assert look(room) == {"email": "refused"}
    (finding,) = installation._ailing(room.desk.database)
    assert finding.said.startswith("e-mail refuses our credentials, since")
    assert finding.fix
    attempt(room, "page:1:email", "auth")
    assert look(room) == {"email": "refused"}
    attempt(room, "page:1:email", "sent")
    assert look(room) == look(room) == {}
    assert told(room) == ["way_refused", "way_accepted"]
    assert facts(room) == ["workspace.provider_down", "workspace.provider_recovered"]


def test_a_way_that_is_down_is_news_for_no_admin_and_credentials_weigh_more(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    attempt(room, "page:1:email", "ambiguous")
    assert look(room) == {}
    attempt(room, "page:1:email", "not_applied")
    assert look(room) == look(room) == {"email": "down"}
    assert told(room) == []
    refuse(room)
    assert look(room) == {"email": "refused"}
    assert told(room) == ["way_refused"]
    assert look(room, away=True) == {"email": "refused", "slack": "down"}
    assert look(room) == {"email": "refused"}


def test_what_slack_itself_refuses_is_waited_for_and_marks_no_provider(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    refuse(room, "page:1:slack")
    assert look(room) == {}
    with room.desk.work(TOCSIN) as w:
        w.session.exec(select(Delivery).where(Delivery.key == "page:1:slack")).one().state = "parked"
    assert look(room) == {"slack": "down"}


A, B = "t.yml:3:1: a", "t.yml:9:1: b"


def test_each_mistake_of_a_configuration_is_told_once_until_it_is_right(room: DeliveryHarness) -> None:
    for problems in ([], [A], [A], [A, B], [B], [], [], [A]):
        with room.desk.work(TOCSIN) as w:
            configuration.seen(w, problems)
        room.later(seconds=1)
    wrong, right = "configuration_refused", "configuration_mended"
    assert told(room) == [wrong, wrong, right, wrong], "after it was right, the same mistake is news"
