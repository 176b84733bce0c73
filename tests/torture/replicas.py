"""The replicas of one trial: started, killed, made to stand still, and started again when all are dead."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture.evidence import Evidence, Exit
from tests.torture.plan import Plan
from tests.torture.processes import Bot, ForkServer

GLANCE = 0.01  # seconds between two looks while waiting for a process
MOST_STARTS = 12
PAUSE = 17.0
"""Seconds for which a replica stands still: more than a lease."""


class Stuck(Exception):
    """The bot did not come up, or did not come to rest: a loss of another kind."""


@dataclass
class Seat:
    """The place of one replica, whose lives all write one log. `armed`: it kills itself at a point of the plan's."""

    log: Path
    bot: Bot | None = None
    armed: bool = False

    @property
    def lives(self) -> bool:
        return self.bot is not None and not self.bot.ended(0)


class Seats:
    """`standing()` gives back when every replica that lives is connected, and at least one does."""

    def __init__(
        self,
        plan: Plan,
        nursery: ForkServer,
        folder: Path,
        found: Evidence,
        *,
        environment: Callable[[], dict[str, str]],
        connections: Callable[[], int],
        before_second: Callable[[], None],
        held: Callable[[], bool],
        under_way: Callable[[], frozenset[str]],
    ) -> None:
        self._plan, self._nursery, self._found = plan, nursery, found
        self._environment, self._connections, self._held = environment, connections, held
        self._under_way = under_way
        self._before_second: Callable[[], None] | None = before_second
        self._crashes, self._lives, self._stills = list(plan.crashes), list(plan.lives), list(plan.stills)
        self._seats = [Seat(folder / f"bot{n or ''}.log") for n in range(plan.seats)]
        self._orderly = False
        self._noted: set[int] = set()

    @property
    def living(self) -> list[Seat]:
        return [seat for seat in self._seats if seat.lives]

    def standing(self) -> None:
        for _ in range(MOST_STARTS):
            if not self.living:
                for seat in self._seats:
                    self._start(seat)
            if self._all_connected():
                return
        raise Stuck(f"the bot died {MOST_STARTS} times before it was connected")

    def steady(self) -> bool:
        """Everybody who lives is connected, now, and someone does."""
        living = self.living
        if self._connections() < len(living):
            _wait(living, 1.0)
            return False
        return bool(living) and all(seat.lives for seat in living)

    def terminate(self) -> None:
        """Stops all in an orderly way. Who died beside another that lived on was never missed, and counts now."""
        for seat in self._seats:
            if seat.bot and not seat.lives:
                self._bury(seat, seat.bot)
        self._orderly = True
        for seat in self.living:
            assert seat.bot
            seat.bot.kill(signal.SIGTERM)
        for seat in self._seats:
            if seat.bot and not seat.bot.ended(45):
                raise Stuck("the bot did not stop in time")
            if seat.bot and signal.SIGTERM in seat.bot.sent:
                self._note_end(seat, seat.bot)

    def end(self) -> None:
        """Whatever happened, no one is left."""
        for seat in self._seats:
            if seat.bot:
                seat.bot.kill()
                seat.bot.ended(5)
                seat.bot.close()

    def logs(self) -> list[Path]:
        """The logs of those who live."""
        return [seat.log for seat in self.living]

    def _all_connected(self) -> bool:
        """False when one died meanwhile."""
        living = self.living
        while living and all(seat.lives for seat in living):
            if self._connections() >= len(living):
                return True
            _wait(living, GLANCE)
        return False

    def _start(self, seat: Seat) -> None:
        if seat.bot:
            self._bury(seat, seat.bot)
        crash = self._crashes.pop(0) if self._crashes else ""
        environment = {**self._environment(), "TOCSIN_CRASH_AT": crash}
        self._found.births.append(time.time())
        seat.armed = bool(crash) and ":" in crash and not crash.startswith(("stop:", "record:"))
        seat.bot = bot = self._nursery.bear(["run"], environment, seat.log)
        if self._lives:
            _aside(_end_after, bot, self._lives.pop(0))
        if self._stills:
            _aside(self._still_after, bot, self._stills.pop(0))
        if crash.startswith("stop:"):
            _aside(self._still_by_itself, bot)
        if self._plan.held and not self._found.kills:
            _aside(self._end_when_held, bot)

    def _bury(self, seat: Seat, bot: Bot) -> None:
        while self._connections() > len(self.living):  # Slack notices a moment later
            bot.ended(GLANCE)
        if not self._orderly or self._plan.crashes:
            self._found.kills += 1
        self._note_end(seat, bot)
        bot.close()
        seat.bot = None
        if self._before_second:
            self._before_second()
            self._before_second = None

    def _note_end(self, seat: Seat, bot: Bot) -> None:
        """Once for each process, whoever comes by first."""
        if bot.pid in self._noted:
            return
        self._noted.add(bot.pid)
        end = bot.end()
        alone = self._plan.seats == 1 and not self._plan.restarts
        mid_air = self._under_way() if alone and end["status"] else None
        self._found.exits.append(Exit(end["status"], end["at"], _cause(seat, bot, end["status"]), mid_air))

    def _still_after(self, bot: Bot, seconds: float) -> None:
        if not bot.ended(seconds):
            bot.kill(signal.SIGSTOP)
            self._let_go_on(bot)

    def _still_by_itself(self, bot: Bot) -> None:
        while not bot.ended(GLANCE):
            if bot.stands_still():
                self._let_go_on(bot)
                return

    def _let_go_on(self, bot: Bot) -> None:
        self._found.pauses.append(time.time())
        bot.ended(PAUSE)
        bot.kill(signal.SIGCONT)

    def _end_when_held(self, bot: Bot) -> None:
        while not bot.ended(GLANCE):
            if self._held():
                bot.kill()


def _cause(seat: Seat, bot: Bot, status: int) -> str:
    """What of ours made it end that way; "" when nothing did."""
    if status == -signal.SIGKILL:
        return "killed" if signal.SIGKILL in bot.sent else "crash point" if seat.armed else ""
    return "told to stop" if status == 0 and signal.SIGTERM in bot.sent else ""


def _wait(living: list[Seat], seconds: float) -> None:
    for seat in living[:1]:
        assert seat.bot
        seat.bot.ended(seconds)


def _end_after(bot: Bot, seconds: float) -> None:
    if not bot.ended(seconds):
        bot.kill()


def _aside(target: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=target, args=arguments, daemon=True).start()
