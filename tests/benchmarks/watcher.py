"""Looks at a database as the engine's loops do, then prints its own resident memory (MB)."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.engine import timers as loop  # noqa: F401 - what the engine has in memory
from bot.services.timers import known
from storage import claims, timers
from storage.db import Database

LOOKS = 20


def main(url: str) -> None:
    database = Database(url, exclusive=False)
    now = datetime.now(UTC)
    for _ in range(LOOKS):
        with database.read() as session:
            timers.due(session, now, known())
            timers.next_due(session, known())
            claims.newer(session, claims.last(session))
    status = Path("/proc/self/status").read_text()
    print(int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024)


if __name__ == "__main__":
    main(sys.argv[1])
