"""What is done to the bot in one trial: where it is killed or stands still, when, and what fails around it."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]

HELD = ("chat.postMessage", "conversations.create", "conversations.invite", "conversations.setTopic", "bookmarks.add",
        "pins.add", "chat.update")  # fmt: skip
BEFORE = ("429", "500", "503", "reset")
AFTER = ("500", "reset", "fin", "truncate", "badjson")
SCENARIOS = ("ladder", "everywhere", "fallback", "decline", "handover", "course", "repage")
UNHURRIED = ("ladder", "everywhere", "fallback")
"""Scenarios that have no deadline of their own, so that hours may pass at any moment."""
UNSENT = ("after_commit", "claimed", "before_send")
"""Points between the commit of a page and its first send."""
HELD_UP = ("claimed", "before_send", "sent_not_recorded", "settling", "before_commit", "after_commit", "timer_due")
"""Points at which a replica that stands still holds a lease, an answer, or locks."""
WAYS = ("/apprise/sms", "/apprise/phone", "/apprise/push", "/v2/enqueue", "/v2/alerts", "/hook")
HOURS = 3600.0


@dataclass(frozen=True)
class Plan:
    """`crashes` arms one start after the other, `lives` (seconds) ends and `stills` stops one start after the other.

    `held`: the reply to this call never comes, and the bot is killed when it has taken effect. `terminate`: the bot is
    told to stop in an orderly way right after the declare. `seats`: how many replicas; who died is started again when
    all are dead. `restarts`: seconds after the beginning at which the database is cut off and comes back. `away`: what
    the clock shows more at the second start. `step`: by how much it jumps right after the declare. `outside`: faults of
    the services beyond Slack. `limits`: Slack's rate limits are on. `planted`: a bug that the bot is given.
    """

    kind: str
    name: str
    scenario: str = "ladder"
    crashes: tuple[str, ...] = ()
    lives: tuple[float, ...] = ()
    stills: tuple[float, ...] = ()
    held: str = ""
    terminate: bool = False
    faults: tuple[Json, ...] = ()
    seats: int = 1
    restarts: tuple[float, ...] = ()
    away: float = 0.0
    step: float = 0.0
    outside: tuple[Json, ...] = ()
    limits: bool = False
    planted: str = ""

    @property
    def is_patient(self) -> bool:
        """Something makes the bot try again later, which it calls rest."""
        return bool(self.limits or self.faults or self.outside or self.held)


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


def scenarios(passed: Iterable[str], dice: random.Random, each: int) -> Iterator[Plan]:
    """Every scenario, `each` times killed at a point that the dice choose among those of the ladder."""
    counts = Counter(passed)
    for scenario in SCENARIOS:
        for name in dice.sample(sorted(counts), min(each, len(counts))):
            point = f"{name}:{dice.randint(1, counts[name])}"
            yield Plan(f"scenario {scenario}", point, scenario, crashes=(point,))


def unsent(dice: random.Random, each: int) -> Iterator[Plan]:
    """Killed between the commit of the page and its first send. The declare's is the first commit after the start's."""
    for name in UNSENT:
        for _ in range(each):
            point = f"{name}:{dice.randint(1, 6)}"
            yield Plan("before the first send", point, dice.choice(UNHURRIED), crashes=(point,))


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
        scenario = dice.choice(SCENARIOS)
        yield Plan("random moment", f"#{n} {scenario} after {_seconds(lives)}", scenario, lives=lives)


def late(dice: random.Random, number: int, length: float) -> Iterator[Plan]:
    """Killed, and started again hours later; or alive while the clock jumps."""
    for n in range(number):
        scenario, hours = dice.choice(UNHURRIED), dice.choice((0.25, 1.0, 5.0, 20.0))
        lives = (dice.uniform(0.2, length),)
        yield Plan("late start", f"#{n} {scenario} after {_seconds(lives)}, {hours} h later", scenario, lives=lives,
                   away=hours * HOURS)  # fmt: skip
    for n in range(number):
        scenario, hours = dice.choice(UNHURRIED), dice.choice((0.1, 1.0, 5.0, 20.0))
        yield Plan("clock step", f"#{n} {scenario} +{hours} h", scenario, step=hours * HOURS)


def replicas(dice: random.Random, number: int, length: float) -> Iterator[Plan]:
    """Two replicas: one stands still for longer than a lease, at a point or at random; one or both are killed."""
    for n in range(number):
        point = f"stop:{dice.choice(HELD_UP)}:{dice.randint(1, 6)}"
        yield _two("replica stands still", f"#{n} at {point}", dice, crashes=_whose(point, dice))
        stills = tuple(dice.uniform(0.0, length) for _ in range(dice.randint(1, 2)))
        yield _two("replica stands still", f"#{n} after {_seconds(stills)}", dice, stills=stills)
        lives = tuple(dice.uniform(0.0, length) for _ in range(dice.randint(1, 2)))
        yield _two("replica killed", f"#{n} after {_seconds(lives)}", dice, lives=lives)
        point = f"{dice.choice(HELD_UP)}:{dice.randint(1, 6)}"
        yield _two("replica killed", f"#{n} at {point}", dice, crashes=_whose(point, dice))


def _whose(point: str, dice: random.Random) -> tuple[str, ...]:
    """Who hears of the incident does most of the work, so both may meet it, or one alone."""
    return dice.choice(((point, point), (point, ""), ("", point)))


def _two(kind: str, name: str, dice: random.Random, **more: Any) -> Plan:
    scenario = dice.choice(SCENARIOS[:-1])
    return Plan(kind, f"{name}, {scenario}", scenario, seats=2, **more)


def database(dice: random.Random, number: int, length: float) -> Iterator[Plan]:
    """The database is cut off in the middle of everything and comes back."""
    for n in range(number):
        restarts = tuple(sorted(dice.uniform(0.0, length) for _ in range(dice.randint(1, 3))))
        yield replace(_two("database restarted", f"#{n} after {_seconds(restarts)}", dice, restarts=restarts),
                      seats=dice.choice((1, 2)))  # fmt: skip


def faults() -> Iterator[Plan]:
    """Slack itself fails, before or after it did what was asked; no one is killed."""
    for method in ("chat.postMessage", "conversations.create"):
        for phase, kinds in (("before_apply", BEFORE), ("after_apply", AFTER)):
            for kind in kinds:
                rule = {"method": method, "kind": kind, "phase": phase, "times": 2}
                yield Plan("Slack fails", f"{method} {kind} {phase}", faults=(rule,))


def ways_fail() -> Iterator[Plan]:
    """A service beyond Slack fails once: it hangs up or answers 500, before or after it took the page."""
    for path in WAYS:
        for status in (0, 500):
            for after in (False, True):
                fault = {"path": path, "status": status, "after": after}
                name = f"{path} {status or 'hangs up'} {'after' if after else 'before'} it took effect"
                yield Plan("a way fails", name, "everywhere", outside=(fault,))


def _seconds(moments: Iterable[float]) -> str:
    return ", ".join(f"{one:.3f}" for one in moments) + " s"
