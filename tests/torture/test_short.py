"""The short form: every crash point once on SQLite, calls in flight, faults, late starts; on PostgreSQL two replicas
that stand still or die, and a database that is cut off. In make test-all every scenario, and kills at random."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.torture import plan as plans
from tests.torture.campaign import Campaign
from tests.torture.databases import OwnServers, Postgresql, Sqlite
from tests.torture.plan import Plan
from tests.torture.processes import ForkServer
from tests.torture.totals import rows, table

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module")
def nursery() -> Iterator[ForkServer]:
    with ForkServer() as running:
        yield running


@pytest.fixture
def dice() -> random.Random:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"SEED={seed}")  # shown by pytest when the test fails
    return random.Random(seed)


def verdict(*campaigns: Campaign) -> None:
    results = [one for campaign in campaigns for one in campaign.results]
    wrong = [
        f"{one.plan.kind}, {one.plan.name} ({one.folder}): {'; '.join(one.verdict.wrong)}"
        for one in results
        if not one.verdict.good
    ]
    assert not wrong, "\n".join([*wrong, table(rows(results))])


def test_nothing_is_lost_at_any_crash_point(nursery: ForkServer, tmp_path: Path, dice: random.Random) -> None:
    campaign = Campaign(nursery, Sqlite(tmp_path), workers=3)
    passed = campaign.explore()
    assert {"before_commit", "after_commit", "claimed", "before_send", "sent_not_recorded", "settled"} <= set(passed)
    campaign.run([*plans.once_each(passed, dice), *plans.late(dice, 1, campaign.length)])
    verdict(campaign)
    assert sum(one.kills for one in campaign.results) >= len(set(passed)) / 2, "hardly anybody was killed"


@pytest.mark.more_trials
def test_nothing_is_lost_in_any_scenario(nursery: ForkServer, tmp_path: Path, dice: random.Random) -> None:
    campaign = Campaign(nursery, Sqlite(tmp_path), workers=3)
    passed = campaign.explore()
    campaign.run([*plans.scenarios(passed, dice, 1), *plans.at_random(dice, 1, campaign.length)])
    verdict(campaign)


def test_nothing_is_lost_when_slack_or_a_call_breaks(nursery: ForkServer, tmp_path: Path, dice: random.Random) -> None:
    campaign = Campaign(nursery, Sqlite(tmp_path), workers=3)
    slack = [*dice.sample(list(plans.in_flight()), 2), *dice.sample(list(plans.faults()), 3)]
    campaign.run([*slack, *dice.sample(list(plans.ways_fail()), 2)])
    verdict(campaign)


def test_nothing_is_lost_on_postgresql(nursery: ForkServer, postgres_url: str, dice: random.Random) -> None:
    """Each trial mostly waits until a lease of 15 s runs out, so all of them run at once."""
    databases = Postgresql(postgres_url)
    shared, own = Campaign(nursery, databases, workers=4), Campaign(nursery, OwnServers(), workers=1)
    many = [_one(plans.replicas(dice, 1, shared.length), kind, dice) for kind in ("stands", "killed")]
    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(shared.run, many), both.submit(own.run, plans.database(dice, 1, own.length))]:
            done.result()
    databases.close()
    verdict(shared, own)


@pytest.mark.more_trials
def test_nothing_is_lost_at_a_random_moment_on_postgresql(
    nursery: ForkServer, postgres_url: str, dice: random.Random
) -> None:
    databases = Postgresql(postgres_url)
    campaign = Campaign(nursery, databases, workers=3)
    campaign.run(list(plans.at_random(dice, 3, campaign.length, most=1)))
    databases.close()
    verdict(campaign)


def _one(many: Iterator[Plan], kind: str, dice: random.Random) -> Plan:
    return dice.choice([plan for plan in many if kind in plan.kind])
