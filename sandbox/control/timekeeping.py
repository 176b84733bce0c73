"""The sandbox's clock by hand: push it, run it faster, wait until everybody has caught up."""

import asyncio

from sandbox.control.context import ControlContext
from sandbox.records import Json

MAX_ROUNDS = 10


async def move(desk: ControlContext, body: Json) -> Json:
    """`{advance: seconds}` or `{speed: x}`; answers when every follower has settled, or after ten seconds."""
    clock = desk.world.clock
    if "advance" in body:
        seconds = float(body["advance"])
        if seconds < 0:
            raise ValueError("time does not go back: advance is 0 or more seconds")
        clock.advance(seconds)
    if "speed" in body:
        if float(body["speed"]) < 0:
            raise ValueError("speed is 0 or more")
        clock.run_at(float(body["speed"]))
    desk.world.tell("clock")
    return await _settled(desk, await desk.followers.settle())


async def ack(desk: ControlContext, body: Json) -> Json:
    """`{follower, version, settled}`: a follower has caught up."""
    desk.followers.ack(str(body["follower"]), int(body["version"]), bool(body.get("settled", True)))
    return {"ok": True}


async def settle(desk: ControlContext, body: Json) -> Json:
    """Waits until events have arrived and followers have settled, without moving time."""
    await desk.deeds.courier.quiet()
    desk.world.clock.touch()
    return await _settled(desk, await desk.followers.settle())


async def _settled(desk: ControlContext, answer: Json) -> Json:
    """Again, as long as what the followers did sends them events."""
    for _ in range(MAX_ROUNDS):
        await asyncio.sleep(0)
        if not answer["settled"] or desk.deeds.courier.idle:
            break
        await desk.deeds.courier.quiet()
        desk.world.clock.touch()
        answer = await desk.followers.settle()
    return answer
