"""Real processes of the bot, born quickly, that can be waited for and killed without ever naming a wrong one."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLANTED = "TORTURE_PLANTED"
"""The variable that names the bug which a process is given before it starts."""
UNPLANTED = 99
"""How a process ends that could not be given its bug: that is no verdict."""


class Bot:
    """One process, held by its pidfd. `sent`: every signal that it got from here. `ends`: where its end is written."""

    def __init__(self, pid: int, ends: Path) -> None:
        self.pid, self._ends = pid, ends
        self.sent: set[int] = set()
        try:
            self._fd: int | None = os.pidfd_open(pid)
        except ProcessLookupError:  # it came and went
            self._fd = None

    def ended(self, within: float) -> bool:
        """Waits for its end, `within` seconds at most."""
        if self._fd is None:
            return True
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        return bool(poll.poll(within * 1000))

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self._fd is None:
            return
        self.sent.add(number)
        try:
            signal.pidfd_send_signal(self._fd, number)
        except ProcessLookupError:
            return

    def end(self) -> dict[str, Any]:
        """How it ended: `status` and `at`. Its parent writes that down a moment after everybody can see it."""
        for _ in range(2000):
            lines = self._ends.read_text(encoding="utf-8").splitlines() if self._ends.exists() else []
            for line in map(json.loads, lines):
                if line["pid"] == self.pid:
                    return dict(line)
            time.sleep(0.005)
        raise RuntimeError(f"no one wrote down how {self.pid} ended")

    def stands_still(self) -> bool:
        """Was it stopped, by itself or by someone else?"""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state == "T"

    def close(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


class ForkServer:
    """Bears bots: `with Nursery() as nursery: nursery.bear(["run"], environment, log)`. Threads may share one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.fork_server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def bear(self, arguments: list[str], environment: dict[str, str], log: Path) -> Bot:
        ends = log.with_suffix(".ends")
        order = {"arguments": arguments, "environment": environment, "log": str(log), "ends": str(ends)}
        assert self._server.stdin
        assert self._server.stdout
        with self._lock:
            self._server.stdin.write(json.dumps(order) + "\n")
            self._server.stdin.flush()
            return Bot(int(self._server.stdout.readline()), ends)

    def __enter__(self) -> "ForkServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._server:
            assert self._server.stdin
            self._server.stdin.close()
