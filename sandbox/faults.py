"""Faults on demand: a Web API call that fails in a chosen way, and trouble in the world around it."""

import random
from dataclasses import dataclass, field
from typing import Any

from sandbox.records import Json

TRANSPORT = {"reset", "fin", "hang", "truncate", "badjson", "slow"}
STATUS = {"429", "500", "502", "503", "504"}
COUNTED = {"dup_event", "reorder", "drop_ack", "expire_trigger", "hash_conflict"}


@dataclass
class Fault:
    """One rule: which calls fail, how, before or after they took effect, and how many times."""

    method: str
    kind: str
    after: bool = False
    nth: int = 0
    probability: float = 1.0
    left: int | None = None
    retry_after: str = "1"
    seconds: float = 1.0
    seen: int = 0

    def strikes(self, method: str, dice: random.Random) -> bool:
        """Counts the call and says whether this one fails."""
        if self.method not in ("*", method) or self.left == 0:
            return False
        self.seen += 1
        if (self.nth and self.seen != self.nth) or dice.random() >= self.probability:
            return False
        if self.left is not None:
            self.left -= 1
        return True


@dataclass
class Faults:
    """All faults in force. `lucky` is the seeded dice of probabilities."""

    rules: list[Fault] = field(default_factory=list)
    pending: dict[str, int] = field(default_factory=dict)
    outage: bool = False
    dice: random.Random = field(default_factory=lambda: random.Random(1))

    def strike(self, method: str, after: bool) -> Fault | None:
        """The fault that hits this call in this phase, if any."""
        return next((rule for rule in self.rules if rule.after is after and rule.strikes(method, self.dice)), None)

    def world(self, name: str) -> bool:
        """Whether the world fault strikes now; uses one of its times."""
        left = self.pending.get(name, 0)
        if left:
            self.pending[name] = left - 1
        return left > 0

    def clear(self) -> None:
        """No faults any more."""
        self.rules.clear()
        self.pending.clear()
        self.outage = False


def parse(body: Json) -> Fault:
    """A rule from its JSON form. Raises ValueError with the sentence to show."""
    kind, phase = str(body.get("kind", "")), body.get("phase", "before_apply")
    if kind not in TRANSPORT | STATUS and not kind.startswith("ok_false:"):
        raise ValueError(f"kind is one of {', '.join(sorted(TRANSPORT | STATUS))} or ok_false:ERROR, not {kind!r}")
    if phase not in ("before_apply", "after_apply"):
        raise ValueError(f"phase is before_apply or after_apply, not {phase!r}")
    when: Any = body.get("when", "always")
    when = {} if when == "always" else when
    if not isinstance(when, dict) or not set(when) <= {"nth", "prob"}:
        raise ValueError('when is "always", {"nth": n} or {"prob": p}')
    times = body.get("times")
    return Fault(
        method=str(body.get("method", "*")),
        kind=kind,
        after=phase == "after_apply",
        nth=int(when.get("nth", 0)),
        probability=float(when.get("prob", 1.0)),
        left=None if times is None else int(times),
        retry_after=str(body.get("retry_after", 1)),
        seconds=float(body.get("seconds", 1.0)),
    )
