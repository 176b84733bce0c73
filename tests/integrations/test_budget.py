"""Slack's limits for each method: one bucket, one Retry-After, pages first."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.integrations.outcome import Reason
from bot.integrations.slack.budget import KEPT, Budget
from bot.integrations.slack.web_api import SlackApi, SlackProblem
from sandbox import Sandbox
from tests.integrations.test_refused_posts import ROOT


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_a_bucket_is_for_a_method_and_a_part_of_it_is_kept_for_pages(hands: Hands) -> None:
    budget = Budget(hands)
    taken = sum(budget.take("chat.update", first=False) == 0 for _ in range(60))
    assert taken == 40, "a fifth of fifty is kept"
    assert budget.take("chat.update", first=False) > 0
    assert sum(budget.take("chat.update", first=True) == 0 for _ in range(20)) == 10
    assert budget.take("conversations.create", first=False) == 0
    hands.now += budget.take("chat.update", first=True)
    assert budget.take("chat.update", first=True) == 0, "the wait that was named is enough"


@given(calls=st.lists(st.tuples(st.booleans(), st.floats(0, 2)), max_size=900), storm=st.integers(0, 2000))
def test_whatever_pages_took_nothing_else_waits_longer_than_its_own_part_takes(
    calls: list[tuple[bool, float]], storm: int
) -> None:
    hands = Hands()
    budget = Budget(hands)
    longest = 60 * (1 / 400 + KEPT)
    for first, passed in [*((True, 0.0) for _ in range(storm)), *calls]:
        hands.now += passed
        wait = budget.take("chat.postMessage", first=first)
        assert wait == 0 if first else 0 <= wait <= longest + 1e-6


def test_a_retry_after_closes_the_method_for_all_but_a_page(hands: Hands) -> None:
    budget = Budget(hands)
    budget.close("chat.postMessage", 30)
    budget.close("chat.update", 30)
    assert budget.take("chat.postMessage", first=False) == 30
    assert budget.take("chat.postMessage", first=True) == 0, "asking too early costs a refusal, too late the night"
    assert budget.take("chat.update", first=True) == 30
    assert budget.take("pins.add", first=False) == 0
    hands.now += 31
    assert budget.take("chat.update", first=True) == 0


def test_slack_is_not_asked_again_while_it_said_to_wait(hands: Hands) -> None:
    with Sandbox(manifest=ROOT / "manifest.yml") as sandbox:
        api = SlackApi(sandbox.api_url, sandbox.bot_token, budget=Budget(hands))
        control = f"{sandbox.url}/_sandbox"
        rule = {"method": "conversations.list", "kind": "429", "retry_after": "60"}
        httpx.post(f"{control}/faults", json=rule, trust_env=False)
        for _ in range(3):
            with pytest.raises(SlackProblem) as refused:
                api.call("conversations.list")
            assert refused.value.reason is Reason.RATE
            assert 50 < (refused.value.after or 0) <= 60
        calls = httpx.get(f"{control}/calls?since=0", trust_env=False).json()
        assert len([one for one in calls if one["method"] == "conversations.list"]) == 1
        api.close()
