"""What the app did, written by somebody who is not the app: recent calls in memory, applied writes on disk."""

import itertools
import json
import os
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sandbox.records import Json

REMEMBERED = 20_000


@dataclass
class Ledger:
    """`path` receives one JSON line, synced to disk, for each write that took effect."""

    path: Path | None = None
    calls: deque[Json] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _number: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _file: IO[str] | None = None

    def remember(self, entry: Json) -> None:
        """Keeps a call for GET /_sandbox/calls, numbered from 1."""
        self.calls.append({"n": next(self._number), **entry})

    def since(self, number: int) -> list[Json]:
        """The remembered calls with a number above `number`."""
        return [call for call in self.calls if call["n"] > number]

    def write(self, entry: dict[str, Any]) -> None:
        """Appends a line; it is on disk when this returns."""
        if self.path is None:
            return
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8")
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
