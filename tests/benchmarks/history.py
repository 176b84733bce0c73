"""P13 and P19: what a bot costs beside years of past incidents, and beside one."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.acknowledgement import Sender, answering
from tests.benchmarks.bench import Program, Slack, bot, slack
from tests.benchmarks.figure import Figure, median

PAST = int(os.environ.get("TOCSIN_BENCH_PAST", "100000"))
TIMES, WARM, STARTS, IDLE, GOAL = 60, 10, 3, 30.0, 1.2
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Bot:
    """One that runs beside so many past incidents, and somebody who speaks to it."""

    where: Slack
    running: Program
    sender: Sender
    past: int

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        parts = Path(f"/proc/{self.running.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / TICK

    def peak(self) -> float:
        """The most resident memory so far, in MB."""
        status = Path(f"/proc/{self.running.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

    def home(self, n: int) -> float:
        event = {"type": "app_home_opened", "user": "U01DEE", "channel": "D1", "tab": "home", "event_ts": "1.1"}
        app = self.where.sandbox.world.app.id
        body = {"type": "event_callback", "team_id": "T01ACME", "api_app_id": app, "event": event,
                "event_id": f"Ev{n}", "event_time": int(time.time())}  # fmt: skip
        return self.sender.post(json.dumps(body), "application/json")


DEEDS: dict[str, Callable[[Bot, int], float]] = {
    "a declare": lambda one, n: one.sender.command(f"declare sev4 Number {n}"),
    "a note": lambda one, n: one.sender.command(f"note INC-{one.past + 1} still slow"),
    "an acknowledgement": lambda one, n: one.sender.command(f"ack INC-{one.past + 1 + n}"),
    "a list": lambda one, n: one.sender.command("list"),
    "a home tab": lambda one, n: one.home(n),
}


def growth() -> Iterator[Figure]:
    """Both bots run at once and are asked in turn, so that whatever else the machine does slows both."""
    by = "beside one past incident"
    with ExitStack() as stack:
        few, many = (_bot(stack, past) for past in (1, PAST))
        yield from _starts(by)
        for one in (few, many):
            one.where.do("settle")
        before = few.cpu(), many.cpu()
        many.running.lives(IDLE)
        few.running.lives(0.01)
        idle = [(one.cpu() - was) / IDLE * 100 for one, was in zip((few, many), before, strict=True)]
        yield Figure("P19", f"CPU of an idle bot, {PAST} past incidents", idle[1], "%", idle[0], by, GOAL)
        for name, deed in DEEDS.items():
            took: tuple[list[float], list[float]] = [], []
            before = few.cpu(), many.cpu()
            for n in range(TIMES):
                for one, times in zip((few, many), took, strict=True):
                    times.append(deed(one, n))
            for one in (few, many):
                one.where.do("settle")
            spent = [(one.cpu() - was) / TIMES * 1000 for one, was in zip((few, many), before, strict=True)]
            short, long = (median(times[WARM:]) * 1000 for times in took)
            yield Figure("P19", f"{name}, {PAST} past incidents, median", long, "ms", short, by, GOAL)
            yield Figure("P19", "the same, CPU with all that follows", spent[1], "ms", spent[0], by, GOAL)


def _starts(by: str) -> Iterator[Figure]:
    """From the launch to the first answer, and the most memory within the first audits."""
    took: dict[int, list[float]] = {1: [], PAST: []}
    peaks: dict[int, float] = {}
    for _ in range(STARTS):
        for past in took:
            with ExitStack() as stack:
                one = _bot(stack, past)
                took[past].append(time.monotonic() - one.running.started)
                one.running.lives(IDLE / STARTS * 2)
                peaks[past] = max(peaks.get(past, 0.0), one.peak())
    what = f"{PAST} past incidents"
    yield Figure("P19", f"a start, {what}", median(took[PAST]), "s", median(took[1]), by, GOAL)
    yield Figure("P19", f"peak memory of a start and its first audits, {what}", peaks[PAST], "MB", peaks[1], by, GOAL)


def _bot(stack: ExitStack, past: int) -> Bot:
    where = stack.enter_context(slack())
    running = stack.enter_context(bot(where, http_mode=True, past=past))
    return Bot(where, running, Sender(where, answering(where, running)), past)
