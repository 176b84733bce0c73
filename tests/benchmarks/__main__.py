"""`python -m tests.benchmarks [names]`: prints each figure beside its limit; exits 1 when a goal is missed."""

import sys
import time
from collections.abc import Callable, Iterator

from tests.benchmarks import acknowledgement, backlog, history, home, paging, processor, quiet, room, rota, start
from tests.benchmarks.figure import Figure, median, table

ALL: dict[str, Callable[[], Iterator[Figure]]] = {
    "rounds": room.rounds,
    "ready": room.ready,
    "acknowledge": acknowledgement.alone,
    "crowd": acknowledgement.crowd,
    "memory": start.memory,
    "start": start.cold,
    "imports": start.imports,
    "quiet": quiet.room,
    "history": history.growth,
    "home": home.many,
    "backlog": backlog.behind,
    "backlog2": backlog.behind_two,
    "looks": backlog.looks,
    "timers": paging.timers,
    "slow": paging.slow,
    "claims": paging.claims,
    "armed": paging.armed,
    "rota": rota.year,
    "cost": processor.cost,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    turns = [processor.loop()]
    for name in names or ALL:
        started = time.monotonic()
        figures += ALL[name]()
        turns.append(processor.loop())
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print(f"The calibrating loop took {min(turns):.2f} to {max(turns):.2f} ms of processor time.")
    print(table(figures, median(turns)))
    return 1 if any(one.reached is False for one in figures) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
