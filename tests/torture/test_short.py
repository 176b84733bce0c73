"""The short form: every crash point once on SQLite, calls in flight, and a few random kills on both databases."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture import plan as plans
from tests.torture.campaign import Campaign, table
from tests.torture.databases import Postgresql, Sqlite
from tests.torture.nursery import Nursery

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


@pytest.fixture
def dice() -> random.Random:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"SEED={seed}")  # shown by pytest when the test fails
    return random.Random(seed)


def verdict(campaign: Campaign) -> None:
    wrong = [
        f"{one.plan.kind}, {one.plan.name} ({one.folder}): {'; '.join((*one.verdict.lost, *one.verdict.excess))}"
        for one in campaign.results
        if not one.verdict.good
    ]
    assert not wrong, "\n".join([*wrong, table(campaign.results)])


def test_nothing_is_lost_at_any_crash_point(nursery: Nursery, tmp_path: Path, dice: random.Random) -> None:
    campaign = Campaign(nursery, Sqlite(tmp_path), workers=3)
    passed = campaign.explore()
    assert {"before_commit", "after_commit", "claimed", "before_send", "sent_not_recorded", "settled"} <= set(passed)
    campaign.run([*plans.once_each(passed, dice), *plans.at_random(dice, 3, campaign.length)])
    verdict(campaign)
    assert sum(one.kills for one in campaign.results) >= len(set(passed)) / 2, "hardly anybody was killed"


def test_nothing_is_lost_when_slack_or_a_call_breaks(nursery: Nursery, tmp_path: Path, dice: random.Random) -> None:
    campaign = Campaign(nursery, Sqlite(tmp_path), workers=3)
    campaign.run([*dice.sample(list(plans.in_flight()), 2), *dice.sample(list(plans.faults()), 3)])
    verdict(campaign)


def test_nothing_is_lost_on_postgresql(nursery: Nursery, postgres_url: str, dice: random.Random) -> None:
    databases = Postgresql(postgres_url)
    campaign = Campaign(nursery, databases, workers=3)
    campaign.run(plans.at_random(dice, 3, campaign.length, most=1))  # a lease takes 15 s to run out
    databases.close()
    verdict(campaign)
