"""The known slips of others, each as a case: what went wrong elsewhere, and is not to go wrong here."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.catalog import load
from bot.catalog.sections.company import Contact
from bot.catalog.sections.integrations import Mail
from bot.deliveries import kinds
from bot.domain.contact import methods, planning
from bot.domain.contact.methods import WAYS, Contactee, Occasion
from bot.domain.core import people
from bot.domain.core.errors import UnknownPerson
from bot.domain.schedules.rota import Rota
from bot.integrations.outbound import NoAddress
from bot.services import timers as clockwork
from bot.services.paging import escalations
from storage.models import Delivery, Page, PageStep, Timer
from tests.domain.catalogs import loaded
from tests.sources import files, tree
from tests.storage.delivery_harness import COMPANY, DeliveryHarness


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    opened.set_up_mail()
    yield opened
    opened.close()


def steps(room: DeliveryHarness) -> dict[str, tuple[str, str]]:
    with room.desk.read() as session:
        return {one.via: (one.state, one.note) for one in session.exec(select(PageStep).where(PageStep.page == 1))}


def fire_all(room: DeliveryHarness) -> None:
    """Every timer there is, whenever it is due."""
    with room.desk.read() as session:
        armed = [(one.kind, one.subject) for one in session.exec(select(Timer))]
    for kind, subject in armed:
        clockwork.fire(room.desk, kind, subject)


def test_a_severity_that_came_after_the_person_reaches_them(room: DeliveryHarness) -> None:
    """Elsewhere rules are kept for each severity, and a new one has none: silence."""
    who = Contactee.of("U01ANA", "U01ANA", room.catalog)
    for severity in ("SEV-1", "SEV-9", "catastrophe", None):
        plan = planning.plan(who, Occasion(severity), methods.hindrances(room.catalog))
        assert {way.via for way in plan} == set(WAYS), "each way is a send or a reason"
        assert [way.via for way in plan if not way.unused][:2] == ["slack", "email"]


def test_a_contact_method_that_is_deleted_under_way_is_a_reason_and_the_others_go(
    room: DeliveryHarness, tmp_path: Path
) -> None:
    room.declare("Search is slow", "sev3", service="search")
    company = tmp_path / "tocsin.yml"
    company.write_text(COMPANY.read_text("utf-8").replace("email: ana@acme.example, ", ""), "utf-8")
    catalog = load(company).model_copy(update={"integrations": room.catalog.integrations})
    room.desk._catalog = lambda: catalog
    with room.desk.read() as session:
        row = session.exec(select(Delivery).where(Delivery.key == "page:1:email")).one()
        with pytest.raises(NoAddress, match="has no e-mail address"):
            kinds.compose(session, row, room.composer())
    room.deliver()
    assert steps(room)["email"][0] == "failed"
    assert steps(room)["slack"][0] == "sent"


def test_a_provider_that_is_switched_off_under_way_is_a_reason(room: DeliveryHarness) -> None:
    late = (Contact(via="slack"), Contact(via="email", after=timedelta(minutes=5)))
    room._change(notifications=room.catalog.notifications.model_copy(update={"contact": late}))
    room.declare("Search is slow", "sev3", service="search")
    room.deliver()
    off = Mail.model_validate({"server": "mail.example", "from": "tocsin@acme.example", "enabled": False})
    room._change(integrations=room.catalog.integrations.model_copy(update={"email": off}))
    room.later(minutes=6)
    clockwork.fire(room.desk, "contact", "page:1")
    assert steps(room)["email"] == ("skipped", "e-mail is switched off (integrations.email.enabled)")
    assert room.of("page.way") == []


MIDNIGHT = """
version: 1
people: {ana: {name: Ana, slack: U01ANA}, bo: {name: Bo, slack: U01BO}}
schedules:
  late:
    timezone: UTC
    layers: [{name: a, rotation: daily, start: 2026-11-02T00:00, people: [ana, bo], from: FROM, to: TO}]
"""


@pytest.mark.parametrize(("begins", "ends"), [("20:00", "24:00"), ("20:00", "00:00")])
def test_midnight_may_be_written_as_24(tmp_path: Path, begins: str, ends: str) -> None:
    text = MIDNIGHT.replace("FROM", f'"{begins}"').replace("TO", f'"{ends}"')
    rota = Rota(loaded(tmp_path, text))
    day = datetime(2026, 11, 9, tzinfo=UTC)
    on_duty = [bool(rota.on_call("late", day + timedelta(hours=hour)).people) for hour in range(24)]
    assert on_duty == [hour >= 20 for hour in range(24)]


def test_an_acknowledgement_stops_the_escalation_whatever_the_clock_does_afterwards(room: DeliveryHarness) -> None:
    room.declare(service="checkout")
    room.deliver()
    room.act("U01ANA", lambda w, it: escalations.acknowledge(w, it))
    with room.desk.read() as session:
        before = len(session.exec(select(Page)).all())
        left = {one.kind for one in session.exec(select(Timer))}
    assert not left & {"escalation", "contact", "alarm"}
    room.later(minutes=55)  # the holder is asked after an hour whether they are still on it
    fire_all(room)
    with room.desk.read() as session:
        assert len(session.exec(select(Page)).all()) == before


@pytest.mark.parametrize("name", ["an", "anna", "U", "ana ruiz-lopez", "", "@", "bo lind"])
def test_an_unknown_name_is_nobody_and_never_the_nearest(room: DeliveryHarness, name: str) -> None:
    with pytest.raises(UnknownPerson):
        people.identify(name, room.catalog)


def test_an_unknown_account_has_no_address_of_anybody(room: DeliveryHarness) -> None:
    who = Contactee.of("U0STRANGER", "U0STRANGER", room.catalog)
    assert who.person is None
    plan = planning.plan(who, Occasion("SEV-1", WAYS), methods.hindrances(room.catalog))
    assert [way.via for way in plan if not way.unused] == ["slack"]
    assert {way.label for way in plan} == {""}


def test_no_address_that_is_only_looked_at_changes_anything() -> None:
    """Elsewhere a mail scanner unsubscribed people by opening a link. That a link acknowledges only by its button is
    told in tests/stories/paging/test_answering_a_page.py; here no door opened with GET may lead to a use case."""
    opened = []
    for path in files("handlers/web", at_least=18):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            calls = {one.func.attr for deco in node.decorator_list for one in [deco]
                     if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)}  # fmt: skip
            if "get" in calls:
                opened.append(node.name)
                done = {one.func.attr for one in ast.walk(node)
                        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)}  # fmt: skip
                assert not done & {"do", "work", "run", "carry_out", "record"}, f"GET {node.name} in {path.name}"
    assert len(opened) > 5, opened
