"""Is it alive, and is it able to work? The answers behind /livez and /readyz."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot import clock as clocks

STALE = 60.0


@dataclass
class Health:
    """Loops report by their `beat` (monotonic seconds); checks return a sentence when something is wrong.

    `ailing` is what does not work although we do: said, and no reason to send us nothing.
    """

    loops: dict[str, Callable[[], tuple[bool, float]]] = field(default_factory=dict)
    checks: dict[str, Callable[[], str]] = field(default_factory=dict)
    ailing: Callable[[], dict[str, str]] = dict
    started: bool = False

    def dead_loops(self) -> list[str]:
        """Loops that ended, or have not turned for a minute."""
        now = clocks.monotonic()
        return [name for name, look in self.loops.items() if not look()[0] or now - look()[1] > STALE]

    def problems(self) -> dict[str, str]:
        """What keeps us from working, by name; empty when ready."""
        found = {name: "does not turn" for name in self.dead_loops()}
        if not self.started:
            found["start"] = "still starting"
        for name, check in self.checks.items():
            if sentence := check():
                found[name] = sentence
        return found
