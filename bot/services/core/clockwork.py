"""What a noun says of what time does by itself: timers that fall due, and sweeps that look now and then.

A timer is a row that somebody armed; a sweep finds by itself what there is to do. Both may run twice without harm.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.work import Work, WorkFactory


@dataclass(frozen=True)
class TimerKind:
    """One kind of timer, about the record whose number its subject ends with."""

    #: Holds what the rule will hold, in the usual order, before the timer itself is held. Whoever acknowledges holds
    #: the incident and then deletes its timer: the other way round, both would wait for ever.
    lock: Callable[[Work, int], object]
    #: The rule: the number, and the moment for which the timer was armed.
    fire: Callable[[Work, int, datetime], None]


Timers = Mapping[str, TimerKind]


def lock_nothing(w: Work, number: int) -> None:
    """The timer itself is what is held."""


@dataclass(frozen=True)
class Sweep:
    """A round that finds what there is to do; cheap while there is nothing, in as many transactions as it needs."""

    every: timedelta
    run: Callable[[WorkFactory], object]


Sweeps = Mapping[str, Sweep]
