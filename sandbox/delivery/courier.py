"""Carries deliveries to the app: people's actions once, events again until acknowledged."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox.delivery.envelope import Door, Envelope, Kind, Outcome
from sandbox.delivery.payloads import event_callback
from sandbox.delivery.subscriptions import wanted
from sandbox.faults import Faults
from sandbox.records import Json
from sandbox.world import World

RETRY_AFTER = (0.0, 60.0, 300.0)
Done = TypeVar("Done")


@dataclass
class Courier:
    """The only sender to the app. Interactions are never repeated; events up to three times."""

    world: World
    door: Door
    faults: Faults
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _firsts: set["asyncio.Task[Outcome]"] = field(default_factory=set)
    _held: list[Json] = field(default_factory=list)
    _underway: int = 0
    _landed: asyncio.Event = field(default_factory=asyncio.Event)

    async def interact(self, kind: Kind, payload: Json, user: str, wants_answer: bool = True) -> Outcome:
        """One delivery for what `user` did; failure shows as a toast, as in Slack's client."""
        if kind == "interactive" and not self.world.app.manifest.interactivity:
            return Outcome("interactivity_disabled")
        outcome = await self._send(Envelope(kind, payload, wants_answer))
        if outcome.error:
            self.world.tell("toast", user=user, text=_complaint(self.world.app.manifest.name, outcome.error))
        return outcome

    async def announce(self, event: Json) -> Outcome:
        """Sends an event and waits for its first acknowledgement; nothing to wait for when nobody subscribed."""
        if not wanted(self.world, event):
            return Outcome()
        payload = event_callback(self.world, event, self.world.new_id("Ev"))
        return await self._event(Envelope("events_api", payload, False))

    async def heard(self, deed: Callable[[], Done]) -> tuple[Done, list[Outcome]]:
        """Does what publishes events, and waits for what becomes of the first attempt at each.

        Nothing is waited for when nobody subscribed, nobody is connected, or a fault holds the events back.
        """
        before = set(self._firsts)
        done = deed()
        return done, list(await asyncio.gather(*(self._firsts - before)))

    @property
    def idle(self) -> bool:
        """Whether no event is on its way; one that waits for its retry is not."""
        return not self._underway and not self._held

    async def quiet(self) -> None:
        """Returns when every event sent so far has been acknowledged or given up for now."""
        while not self.idle:
            await self._landed.wait()

    async def _send(self, envelope: Envelope) -> Outcome:
        if self.faults.outage:
            return Outcome("dispatch_failed", reason="connection_failed")
        return await self.door.deliver(envelope)

    async def _event(self, envelope: Envelope) -> Outcome:
        self._underway += 1
        try:
            return await self._send(envelope)
        finally:
            self._underway -= 1
            landed, self._landed = self._landed, asyncio.Event()
            landed.set()

    def publish(self, event: Json) -> None:
        """Sends an event to the app when it subscribed to it and may see it."""
        if not wanted(self.world, event):
            return
        wrapped = event_callback(self.world, event, self.world.new_id("Ev"))
        if self.faults.world("reorder"):
            self._held.append(wrapped)
            self._start(self._release_later())
            return
        copies = 2 if self.faults.world("dup_event") else 1
        for _ in range(copies):
            self._carry(wrapped)
        self._release()

    def _release(self) -> None:
        held, self._held = self._held, []
        for wrapped in held:
            self._carry(wrapped)

    async def _release_later(self) -> None:
        await asyncio.sleep(0.5)
        self._release()

    def _carry(self, payload: Json) -> None:
        first = asyncio.get_running_loop().create_task(self._event(Envelope("events_api", payload, False)))
        self._firsts.add(first)
        first.add_done_callback(self._firsts.discard)
        self._start(self._again(first, payload))

    async def _again(self, first: "asyncio.Task[Outcome]", payload: Json) -> None:
        outcome = await first
        for attempt, pause in enumerate(RETRY_AFTER, start=1):
            if not outcome.error or outcome.no_retry:
                return
            await self.world.clock.sleep(pause)
            outcome = await self._event(Envelope("events_api", payload, False, attempt, outcome.reason))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _complaint(app: str, error: str) -> str:
    if error == "dispatch_failed":
        return f"{app} is not connected, so nothing happened (dispatch_failed)"
    return f"{app} did not answer within 3 seconds ({error})"
