"""What a preview shows is what paging does: the same people, levels, times and ways, for generated configurations."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import SQLModel, select

from bot.catalog import Catalog, Policy, Schedule, load
from bot.catalog.sections.notifications import Notifications, QuietHours
from bot.clock import ManualClock
from bot.domain.core.people import TOCSIN, Actor
from bot.domain.paging import policy_choice
from bot.domain.preview import policy_walk
from bot.domain.preview.policy_walk import Stop
from bot.domain.schedules import overrides as override_rules
from bot.services import timers, work_factory
from bot.services.core import incident as incidents
from bot.services.incidents import lifecycle
from bot.services.incidents.lifecycle import Declaration
from bot.services.paging import escalations
from bot.work import WorkFactory
from storage.db import Database
from storage.models import Escalation, Page, PageStep, ScheduleOverride
from storage.queries import paging as paging_queries
from storage.queries import schedules as schedule_queries
from tests.selection import examples
from tests.storage.delivery_harness import COMPANY

MAIL = (
    'integrations: {email: {server: mail.example, from: "tocsin@acme.example"}, phone: {url: "ntfys://ntfy.example/x"}}'
)
NIGHT = Notifications(quiet_hours=QuietHours())
START = datetime(2026, 3, 20, tzinfo=UTC)  # the clocks of Madrid change nine days later
PEOPLE = st.sampled_from(["ana", "bo", "cy", "dee", "eve", "li"])
WINDOWS = st.sampled_from([{}, {"from": "20:00", "to": "08:00"}, {"days": ["MO", "TU", "WE"]}])
TARGETS = st.sampled_from(
    ["schedule:one", "schedule:two", "person:li", "team:support", "team:platform", "role:manager", "role:service_team",
     "role:ic"]
)  # fmt: skip

layers = st.fixed_dictionaries(
    {
        "rotation": st.sampled_from(["daily", "weekly"]),
        "people": st.lists(PEOPLE, min_size=1, max_size=3, unique=True),
        "priority": st.integers(0, 1),
        "window": WINDOWS,
    }
)
levels = st.fixed_dictionaries(
    {
        "to": st.lists(TARGETS, min_size=1, max_size=2, unique=True),
        "via": st.sampled_from([["slack"], ["slack", "email"], ["phone"], []]),
        "wait": st.sampled_from(["5m", "45m", "13h"]),
    }
)
overrides = st.tuples(
    st.sampled_from(["one", "two"]), st.sampled_from(["add", "remove", "replace"]), PEOPLE, PEOPLE, st.integers(-20, 40)
)


def frozen(value: Any) -> Any:
    """As the configuration is read: lists are tuples."""
    if isinstance(value, dict):
        return {key: frozen(one) for key, one in value.items()}
    return tuple(frozen(one) for one in value) if isinstance(value, list) else value


def schedule(key: str, written: list[dict[str, Any]]) -> Schedule:
    rows = [
        {"name": f"layer{n}", "start": "2026-03-02T09:00", "rotation": row["rotation"], "people": row["people"],
         "priority": row["priority"], **row["window"]}
        for n, row in enumerate(written)
    ]  # fmt: skip
    return Schedule.model_validate(frozen({"key": key, "timezone": "Europe/Madrid", "layers": rows}))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    file = tmp_path_factory.mktemp("company") / "tocsin.yml"
    file.write_text(f"{COMPANY.read_text('utf-8')}\n{MAIL}\n", "utf-8")
    return load(file)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("preview")
    opened = Database(f"sqlite:///{folder}/t.db")
    SQLModel.metadata.create_all(opened.engine)
    yield opened
    opened.close()


Asked = list[tuple[int, datetime, str, tuple[tuple[str, timedelta], ...]]]


def paged(desk: WorkFactory, clock: ManualClock, severity: str) -> tuple[str, Asked]:
    """Declares an incident and lets nobody answer for one round: the policy, then level, time, person, ways."""
    with desk.work(Actor("U01GUS")) as w:
        number = lifecycle.declare(w, Declaration("Down", severity, service="checkout")).incident or 0
    if (run := _run(desk, number)).paused_until:
        clock.forward(run.paused_until - clock.now())
        timers.fire(desk, "resume", f"escalation:{run.id}")
    while (run := _run(desk, number)).state == "running" and run.cycle == 0 and run.next_at:
        clock.forward(run.next_at - clock.now())
        timers.fire(desk, "escalation", f"escalation:{run.id}")
    with desk.work(TOCSIN) as w:
        escalations.stop_all(w, incidents.find(w, number), "the test is over")
    with desk.read() as session:
        rows = session.exec(select(Page).where(Page.incident == number, Page.cycle == 0).order_by(Page.id)).all()
        found = []
        for row in rows:
            steps = session.exec(select(PageStep).where(PageStep.page == row.id).order_by(PageStep.id)).all()
            used = tuple((step.via, step.due_at - row.owed_at) for step in steps if step.state != "skipped")
            found.append((row.level + 1, row.owed_at, row.person, tuple(sorted(used))))
        return run.policy_name, sorted(found)


def _run(desk: WorkFactory, number: int) -> Escalation:
    with desk.read() as session:
        row = paging_queries.escalation_of(session, number)
        assert row is not None
        session.expunge(row)
        return row


def expected(stops: list[Stop]) -> Asked:
    return sorted(
        (stop.level, stop.at, one.slack or one.person,
         tuple(sorted((way.via, way.after) for way in one.ways if not way.unused)))
        for stop in stops for one in stop.people
    )  # fmt: skip


@examples(
    25,
    60,
    phases=set(Phase) - {Phase.shrink, Phase.explain},
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    one=st.lists(layers, min_size=1, max_size=3),
    two=st.lists(layers, min_size=1, max_size=2),
    ladder=st.lists(levels, min_size=1, max_size=5),
    changes=st.lists(overrides, max_size=3),
    hours=st.integers(0, 24 * 20),
    severity=st.sampled_from(["SEV-1", "SEV-3", "SEV-4"]),
    late=st.sampled_from([None, "low"]),
)
def test_the_preview_is_what_paging_does(
    base: Catalog,
    database: Database,
    one: Any,
    two: Any,
    ladder: Any,
    changes: Any,
    hours: int,
    severity: str,
    late: str | None,
) -> None:
    policy = Policy.model_validate(frozen({"key": "critical", "levels": ladder, "repeat": 1}))
    schedules = base.schedules | {"one": schedule("one", one), "two": schedule("two", two)}
    policies = base.policies | {"critical": policy, "low": policy.model_copy(update={"key": "low"})}
    services = base.services | {"checkout": base.services["checkout"].model_copy(update={"after_hours": late})}
    update = {"schedules": schedules, "policies": policies, "services": services, "notifications": NIGHT}
    catalog = base.model_copy(update=update)
    start = START + timedelta(hours=hours)
    clock = ManualClock(start)
    desk = work_factory.make(database, clock, lambda: catalog)
    with desk.work(TOCSIN) as w:
        w.session.execute(delete(ScheduleOverride))
        for name, kind, person, other, begins in changes:
            since = start + timedelta(hours=begins)
            w.session.add(ScheduleOverride(
                schedule=name, kind=kind, person=person, substitute=other, start=since, end=since + timedelta(hours=9),
                created_by="U01DEE", created_at=START,
            ))  # fmt: skip
    with desk.read() as session:
        rota = override_rules.rota_of(catalog, *schedule_queries.overrides(session, start))
    choice = policy_choice.choose(catalog, severity, "checkout", start)
    case = replace(policy_walk.declared(choice, start, severity, "checkout"), groups={})
    found = expected(policy_walk.walk(rota, case))
    assert (choice.policy and choice.policy.key, found) == paged(desk, clock, severity)
    assert bool(choice.waits) == (choice.begins > start)
