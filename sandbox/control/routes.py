"""The paths under /_sandbox and what each of them calls."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.control import changes, clicking, faults, members, outbox, steps, timekeeping, views
from sandbox.control import messages as message_sandbox
from sandbox.control.context import ControlContext
from sandbox.control.user_actions import Deeds
from sandbox.errors import SlackError
from sandbox.records import Json
from sandbox.shapes import canvas_json

ABSENT = {
    "user_not_found",
    "channel_not_found",
    "message_not_found",
    "view_not_found",
    "canvas_not_found",
    "execution_not_found",
}
DEEDS: dict[str, Callable[[Deeds, Json], Awaitable[Json]]] = {
    "command": message_sandbox.command,
    "message": message_sandbox.message,
    "edit": members.edit,
    "delete": members.delete,
    "rename": members.rename,
    "leave": members.leave,
    "archive": members.archive,
    "unarchive": members.unarchive,
    "reaction": message_sandbox.reaction,
    "shortcut": message_sandbox.shortcut,
    "home": message_sandbox.home,
    "dm": message_sandbox.dm,
    "read": message_sandbox.read,
    "click": clicking.click,
    "submit": clicking.submit,
    "close_view": clicking.close_view,
    "options": clicking.options,
    "function": steps.function,
    "details": steps.details,
}
ACTIONS: dict[str, Callable[[ControlContext, Json], Awaitable[Json]]] = {
    "clock": timekeeping.move,
    "clock/ack": timekeeping.ack,
    "settle": timekeeping.settle,
    "faults": faults.fault,
    "limits": faults.limits,
    "company": changes.apply,
    "outbox": outbox.arrived,
}


@dataclass
class Control:
    """The paths around a desk."""

    desk: ControlContext

    def routes(self) -> list[Route]:
        """The routes, to be mounted at the root."""
        posts = [_post(name, partial(deed, self.desk.deeds)) for name, deed in DEEDS.items()]
        more = [_post(name, partial(action, self.desk)) for name, action in ACTIONS.items()]
        gets = {
            "state": self.state,
            "messages/{channel}": self.messages,
            "canvas/{canvas}": self.canvas,
            "unread": self.unread,
            "commands": self.commands,
            "calls": self.calls,
            "outbox": self.outbox,
            "executions/{execution}": self.execution,
            "clock": self.clock,
            "stream": self.stream,
        }
        cleared = Route("/_sandbox/faults", self.no_faults, methods=["DELETE"])
        return [*posts, *more, cleared, *(Route(f"/_sandbox/{path}", work) for path, work in gets.items())]

    async def state(self, request: Request) -> Response:
        return JSONResponse(
            views.state(self.desk.world, self.desk.followers, self.desk.deeds.courier.door.connections())
        )

    async def messages(self, request: Request) -> Response:
        world, reader = self.desk.world, request.query_params.get("user", "")
        channel = world.channel(request.path_params["channel"])
        return JSONResponse(views.messages(world, channel, world.user(reader).id if reader else ""))

    async def canvas(self, request: Request) -> Response:
        canvas = self.desk.world.canvases.get(request.path_params["canvas"])
        if canvas is None or canvas.deleted:
            raise SlackError("canvas_not_found")
        return JSONResponse({"ok": True, **canvas_json(canvas)})

    async def unread(self, request: Request) -> Response:
        user = self.desk.world.user(request.query_params.get("user", ""))
        return JSONResponse({"ok": True, "channels": views.unread(self.desk.world, user.id)})

    async def commands(self, request: Request) -> Response:
        return JSONResponse(views.registered(self.desk.world))

    async def calls(self, request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        return JSONResponse(self.desk.api.ledger.since(since))

    async def outbox(self, request: Request) -> Response:
        return JSONResponse(outbox.listed(self.desk.world, int(request.query_params.get("since", "0"))))

    async def execution(self, request: Request) -> Response:
        found = self.desk.world.executions.get(request.path_params["execution"])
        if found is None:
            raise SlackError("execution_not_found")
        return JSONResponse({"ok": True, **vars(found)})

    async def clock(self, request: Request) -> Response:
        name, version = request.query_params.get("follower", ""), request.query_params.get("version")
        if version is None:
            return JSONResponse(self.desk.followers.reading())
        poll = asyncio.ensure_future(self.desk.followers.poll(name, int(version)))
        gone = asyncio.ensure_future(_hung_up(request))
        await asyncio.wait((poll, gone), return_when=asyncio.FIRST_COMPLETED)
        if not poll.done():
            self.desk.followers.lose(name)
            poll.cancel()
            return Response(status_code=499)
        gone.cancel()
        return JSONResponse(poll.result())

    async def stream(self, request: Request) -> Response:
        world, reader = self.desk.world, request.query_params.get("user", "")
        notices = views.stream(world, world.user(reader).id if reader else "")
        return StreamingResponse(notices, headers={"cache-control": "no-store"}, media_type="text/event-stream")

    async def no_faults(self, request: Request) -> Response:
        self.desk.api.faults.clear()
        self.desk.world.app.revoked = False
        return JSONResponse({"ok": True})


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _post(name: str, work: Callable[[Json], Awaitable[Json]]) -> Route:
    async def endpoint(request: Request) -> Response:
        body: Any = await request.json() if await request.body() else {}
        if not isinstance(body, dict):
            raise ValueError("the body is a JSON object")
        return JSONResponse(await work(body))

    return Route(f"/_sandbox/{name}", endpoint, methods=["POST"])


async def refused(request: Request, refusal: Exception) -> Response:
    """A SlackError as its answer: 404 for what is not there."""
    assert isinstance(refusal, SlackError)
    return JSONResponse(refusal.answer(), 404 if refusal.code in ABSENT else 200)


async def nonsense(request: Request, error: Exception) -> Response:
    """A request that cannot be understood."""
    return JSONResponse({"ok": False, "error": "invalid_request", "detail": str(error)}, 400)
