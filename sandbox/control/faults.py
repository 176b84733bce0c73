"""Trouble by hand: faults of the Web API and of the world around it, rate limits."""

from sandbox import faults
from sandbox.control.context import ControlContext
from sandbox.delivery.socket_mode import SocketDoor
from sandbox.records import Json


async def fault(desk: ControlContext, body: Json) -> Json:
    """One rule for Web API calls (`kind`), trouble in the world, or a feature that the workspace lacks."""
    if "kind" in body:
        desk.api.faults.rules.append(faults.parse(body))
    times = int(body.get("times") or 1)
    for name in faults.COUNTED & set(body):
        _arm(desk, name, times if body[name] is True else int(body[name]))
    if "total_outage" in body:
        desk.api.faults.outage = bool(body["total_outage"])
    if "revoke" in body:
        desk.world.app.revoked = bool(body["revoke"])
    desk.world.lacking |= body.get("features") or {}
    await _cut(desk, body)
    return {"ok": True, "rules": len(desk.api.faults.rules)}


def _arm(desk: ControlContext, name: str, times: int) -> None:
    world = desk.world
    if name == "expire_trigger":
        world.expire_triggers = times
    elif name == "hash_conflict":
        world.conflict_hashes = times
    else:
        desk.api.faults.pending[name] = times


async def _cut(desk: ControlContext, body: Json) -> None:
    door = desk.deeds.courier.door
    if not isinstance(door, SocketDoor):
        return
    if body.get("total_outage"):
        await door.disconnect("abrupt")
    if body.get("revoke"):
        await door.disconnect("link_disabled")
    if body.get("disconnect"):
        reason = body["disconnect"]
        await door.disconnect(reason if isinstance(reason, str) else "abrupt")
    if body.get("refresh"):
        await door.disconnect("refresh_requested")


async def limits(desk: ControlContext, body: Json) -> Json:
    """`{enabled}`: switches the rate limits and fills every bucket."""
    desk.api.limits.enabled = bool(body.get("enabled", True))
    desk.api.limits.reset()
    return {"ok": True, "enabled": desk.api.limits.enabled}
