"""A child process of the demo: started, watched, and stopped without leaving anything behind."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.cli.console import Refusal

GRACE = 15.0
"""Seconds that a child has to stop by itself."""
SHOWN = 12


class Companion:
    """`tocsin ...` beside us. Ctrl-C reaches us alone: we decide who stops first."""

    def __init__(self, name: str, words: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self.name, self._log = name, log
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited by the child
        try:
            with log.open("wb") as errors:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "bot", *words],
                    env=dict(env),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                )
        finally:
            signal.signal(signal.SIGINT, before)

    def line(self) -> str:
        """The next line it prints. Raises Refusal when it ended instead."""
        assert self._process.stdout is not None
        text = self._process.stdout.readline().decode()
        if not text:
            self._process.wait()
            raise Refusal(self.last_words())
        return text

    def ended(self) -> bool:
        return self._process.poll() is not None

    def last_words(self) -> str:
        """The end of its log, for the sentence that says why there is nothing to see."""
        lines = self._log.read_text(errors="replace").splitlines()[-SHOWN:]
        code = self._process.poll()
        head = f"the last lines of the {self.name}:" if code is None else f"the {self.name} ended (exit {code}):"
        return "\n".join([head, *lines])

    def stop(self) -> None:
        if not self.ended():
            self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
