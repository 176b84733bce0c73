"""Time goes on when the machine's clock is set back, and follows it when it is set forward."""

import time
from dataclasses import dataclass

import pytest

from bot import clock as clocks
from bot.clock import SLOWED, Steady, SystemClock

HOUR = 3600.0


@dataclass
class Machine:
    """Its two clocks, which a test moves."""

    wall: float = 1_000_000.0
    boot: float = 50.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.boot += seconds

    def steady(self) -> Steady:
        return Steady(lambda: self.wall, lambda: self.boot)


def test_time_is_the_machines_in_an_ordinary_hour() -> None:
    machine = Machine()
    clock = machine.steady()
    for _ in range(60):
        machine.passes(60)
        assert clock.read() == machine.wall
    assert clock.ahead() == 0


def test_a_step_forward_is_followed_at_once() -> None:
    machine = Machine()
    clock = machine.steady()
    machine.wall += HOUR
    assert clock.read() == machine.wall


@pytest.mark.parametrize("step", [10.0, 60.0, HOUR, 30 * 24 * HOUR])
def test_a_wait_that_runs_ends_although_the_clock_was_set_back(step: float) -> None:
    machine = Machine()
    clock = machine.steady()
    due = clock.read() + 300
    machine.passes(60)
    clock.read()
    machine.wall -= step
    before = clock.read()
    for _ in range(280):
        machine.passes(1)
        now = clock.read()
        assert now >= before, "never back"
        before = now
    assert clock.read() >= due, "five minutes take five and a half at most"


def test_it_meets_the_clock_again() -> None:
    machine = Machine()
    clock = machine.steady()
    machine.wall -= 60
    for _ in range(int(60 / (1 - SLOWED)) + 5):
        machine.passes(1)
        clock.read()
    assert clock.read() == pytest.approx(machine.wall, abs=clocks.STEP)
    machine.passes(30)
    assert clock.read() == machine.wall


def test_a_machine_that_slept_has_the_time_it_woke_up_to() -> None:
    machine = Machine()
    clock = machine.steady()
    machine.passes(2 * HOUR)  # the clock since boot runs on while it sleeps
    assert clock.read() == machine.wall


def test_what_is_stored_and_what_is_due_go_by_it_and_signatures_by_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = Machine()
    monkeypatch.setattr(clocks, "_STEADY", machine.steady())
    machine.wall -= HOUR
    assert clocks.real().timestamp() == pytest.approx(machine.wall + HOUR)
    assert SystemClock().now().timestamp() == pytest.approx(machine.wall + HOUR)
    assert clocks.ahead() == pytest.approx(HOUR)
    assert clocks.wall().timestamp() == pytest.approx(time.time(), abs=5)
