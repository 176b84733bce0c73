"""P8 and P9: memory of an idle bot, a cold start over a slow line, and what the light commands import."""

import subprocess
import sys
from collections.abc import Iterator

from tests.benchmarks import peer
from tests.benchmarks.bench import ROOT, Json, Slack, bot, depths, program, slack
from tests.benchmarks.figure import Figure, median

PEER_MEMORY = 113.0  # MB, incidentbot idle, measured once on two shared cores; it cannot be run offline
PEER_START = 1.5  # s, the same: 0.80 s of imports and seven calls of 100 ms
IDLE, LATENCY, REPEATS = 60.0, 0.1, 5
HEAVY = ("slack_bolt", "sqlalchemy", "sqlmodel", "matplotlib")


def memory() -> Iterator[Figure]:
    """P8: resident memory after a minute in which nothing happens."""
    with slack() as where, bot(where) as running:
        where.connected(running)
        running.lives(IDLE)
        used = running.memory()
    yield Figure(
        "P8", "memory after an idle minute", used, "MB", PEER_MEMORY, "incidentbot, documented, not run here", 0.85
    )


def cold() -> Iterator[Figure]:
    """P9: from the launch of the process to the open connection; and how many calls follow one another until then."""
    ours, theirs, cpu = [], [], []
    with slack(LATENCY) as where:
        for _ in range(REPEATS):
            with bot(where) as running:
                ours.append(where.connected(running) - running.started)
                cpu.append(running.cpu())
            _gone(where)
            with program(where, *peer.script("start")) as running:
                theirs.append(where.connected(running) - running.started)
            _gone(where)
    with slack(0.5) as where, bot(where) as running:
        where.connected(running)
        calls = where.calls()
    yield Figure("P9", "cold start to connected, 100 ms per call", median(ours), "s", median(theirs),
                 "imports of such a stack, then 7 calls", 0.6, cpu=median(cpu))  # fmt: skip
    yield Figure("P9", "the same", median(ours), "s", PEER_START, "incidentbot, documented, not run here", 0.6)
    yield Figure("P9", "Slack calls in sequence until connected", _sequence(calls), "", 7, "the peer", 2, ratio=False)


def _gone(where: Slack) -> None:
    while where.look("state")["connections"]:
        continue


def _sequence(calls: list[Json]) -> int:
    """The length of the chain that ends with the opening of the connection."""
    return next(
        depth
        for call, depth in zip(calls, depths(calls, 0.5), strict=True)
        if call["method"] == "apps.connections.open"
    )


def imports() -> Iterator[Figure]:
    """P9: heavy modules that the light commands bring in."""
    demo = ROOT / "bot" / "catalog" / "demo.yml"
    for arguments in (["--help"], ["check", str(demo)]):
        probe = (
            "import sys\nfrom bot.__main__ import main\n"
            f"try: main({arguments!r})\nexcept SystemExit: pass\n"
            f"sys.stderr.write(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
        found = done.stderr.split()
        yield Figure("P9", f"heavy imports of tocsin {arguments[0]}", len(found), " ".join(found), goal=0, ratio=False)
