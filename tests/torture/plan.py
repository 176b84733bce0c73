"""What is done to the bot in one trial: where it is killed, when, and which of Slack's answers go wrong."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

HELD = ("chat.postMessage", "conversations.create", "conversations.invite", "conversations.setTopic", "bookmarks.add",
        "pins.add", "chat.update")  # fmt: skip
BEFORE = ("429", "500", "503", "reset")
AFTER = ("500", "reset", "fin", "truncate", "badjson")


@dataclass(frozen=True)
class Plan:
    """`crashes` arms one start after the other, `lives` (seconds) ends one start after the other.

    `held`: the reply to this call never comes, and the bot is killed when it has taken effect. `terminate`: the bot is
    told to stop in an orderly way right after the declare.
    """

    kind: str
    name: str
    crashes: tuple[str, ...] = ()
    lives: tuple[float, ...] = ()
    held: str = ""
    terminate: bool = False
    faults: tuple[Json, ...] = ()


def undisturbed(record: str) -> Plan:
    """Nothing happens to this one; it writes down which crash points there are."""
    return Plan("undisturbed", "undisturbed", crashes=(record,))


def sweep(passed: Iterable[str]) -> Iterator[Plan]:
    """One kill for each crash point and each time it was passed."""
    for name, count in sorted(Counter(passed).items()):
        for n in range(1, count + 1):
            yield Plan("crash point", f"{name}:{n}", crashes=(f"{name}:{n}",))


def once_each(passed: Iterable[str], dice: random.Random) -> Iterator[Plan]:
    """One kill for each crash point, at an occurrence that the dice choose."""
    for name, count in sorted(Counter(passed).items()):
        n = dice.randint(1, count)
        yield Plan("crash point", f"{name}:{n}", crashes=(f"{name}:{n}",))


def relapses() -> Iterator[Plan]:
    """Killed again while it repairs what the first kill left, and while it stops."""
    for n in (1, 2, 3):
        first = f"sent_not_recorded:{n}"
        for second in ("reconciling:1", "sent_not_recorded:1", "before_commit:3"):
            yield Plan("killed in recovery", f"{first} then {second}", crashes=(first, second))
    yield Plan("orderly stop", "SIGTERM", terminate=True)
    yield Plan("orderly stop", "killed while it stops", crashes=("draining:1",), terminate=True)


def in_flight() -> Iterator[Plan]:
    """Killed while Slack has done what was asked and has not said so."""
    for method in HELD:
        yield Plan("call in flight", method, held=method)


def at_random(dice: random.Random, number: int, length: float, most: int = 3) -> Iterator[Plan]:
    """Killed once to `most` times at moments of a trial that takes `length` seconds."""
    for n in range(number):
        lives = tuple(dice.uniform(0.0, length) for _ in range(dice.randint(1, most)))
        shown = ", ".join(f"{life:.3f}" for life in lives)
        yield Plan("random moment", f"#{n} after {shown} s", lives=lives)


def faults() -> Iterator[Plan]:
    """Slack itself fails, before or after it did what was asked; nobody is killed."""
    for method in ("chat.postMessage", "conversations.create"):
        for phase, kinds in (("before_apply", BEFORE), ("after_apply", AFTER)):
            for kind in kinds:
                rule = {"method": method, "kind": kind, "phase": phase, "times": 2}
                yield Plan("Slack fails", f"{method} {kind} {phase}", faults=(rule,))
