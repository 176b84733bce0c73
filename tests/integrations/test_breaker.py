"""When a failing provider is left alone: one table, then the way back."""

import pytest

from bot.integrations import breaker
from bot.integrations.breaker import OPEN, Circuit
from bot.integrations.outcome import Failed, Outcome, Reason, Retry, Sent

REFUSED = Retry(Reason.NOT_APPLIED, "no connection")
LOST = Retry(Reason.AMBIGUOUS, "no answer")
RATE = Retry(Reason.RATE, "slower", 5)
UNKNOWN = Failed(Reason.PERMANENT, "no such mailbox")
KEY = Failed(Reason.AUTH, "401")
Step = tuple[float, Outcome]


def after(*steps: Step) -> Circuit:
    circuit = Circuit()
    for at, outcome in steps:
        circuit = breaker.ended(breaker.started(circuit, at), outcome, at)
    return circuit


@pytest.mark.parametrize(("steps", "seconds"), [
    ([], 0.0),
    ([(0, REFUSED)] * 4, 0.0),
    ([(0, REFUSED)] * 5, OPEN),
    ([(0, REFUSED), (1, LOST), (2, LOST), (3, REFUSED), (4, LOST)], OPEN),
    ([(0, REFUSED), (10, REFUSED), (20, REFUSED), (30, REFUSED), (40, REFUSED)], 0.0),
    ([(0, REFUSED), (7, REFUSED), (14, REFUSED), (21, REFUSED), (28, REFUSED)], OPEN),
    ([(0, REFUSED)] * 4 + [(1, Sent())] + [(2, REFUSED)] * 4, 0.0),
    ([(0, UNKNOWN)] * 9, 0.0),
    ([(0, RATE)] * 9, 0.0),
    ([(0, KEY)] * 9, 0.0),
    ([(0, REFUSED)] * 4 + [(1, UNKNOWN), (2, REFUSED)], OPEN),
])  # fmt: skip
def test_what_opens_the_circuit(steps: list[Step], seconds: float) -> None:
    now = steps[-1][0] if steps else 0.0
    assert breaker.wait(after(*steps), now) == seconds


def opened() -> Circuit:
    return after(*[(0.0, REFUSED)] * 5)


def test_after_half_a_minute_one_message_looks_and_the_others_wait() -> None:
    circuit = opened()
    assert breaker.wait(circuit, 29.9) == pytest.approx(0.1)
    assert breaker.wait(circuit, 30.0) == 0
    looking = breaker.started(circuit, 30.0)
    assert breaker.wait(looking, 31.0) == pytest.approx(29.0)


@pytest.mark.parametrize(("found", "seconds"), [
    (Sent(), 0.0), (UNKNOWN, 0.0), (RATE, 0.0), (REFUSED, OPEN), (LOST, OPEN), (KEY, 0.0),
])  # fmt: skip
def test_what_the_one_that_looked_found(found: Outcome, seconds: float) -> None:
    circuit = breaker.ended(breaker.started(opened(), 30.0), found, 31.0)
    assert breaker.wait(circuit, 31.0) == seconds


def test_a_look_that_never_came_back_blocks_nobody_for_good() -> None:
    assert breaker.wait(breaker.started(opened(), 30.0), 60.0) == 0
