"""Puts the workspace together: one ASGI app for the Web API, Socket Mode, response_url, control and the page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox import hooks
from sandbox.api import files
from sandbox.api.door import ApiDoor
from sandbox.control.context import ControlContext
from sandbox.control.routes import Control, nonsense, refused
from sandbox.control.user_actions import Deeds
from sandbox.delivery.courier import Courier
from sandbox.delivery.envelope import Door
from sandbox.delivery.http_post import HttpDoor
from sandbox.delivery.socket_mode import SocketDoor
from sandbox.errors import SlackError
from sandbox.faults import Faults
from sandbox.followers import Followers
from sandbox.ledger import Ledger
from sandbox.world import World

PAGE = Path(__file__).with_name("page")


@dataclass
class Front:
    """The outermost layer: hands the connection itself to those who may have to break it."""

    inner: ASGIApp
    api: ApiDoor
    courier: Courier

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            cycle: Any = getattr(send, "__self__", None)
            scope["sandbox.transport"] = getattr(cycle, "transport", None)
            if _foreign(Headers(scope=scope)):
                await PlainTextResponse("another site's page may not act here", 403)(scope, receive, send)
                return
        await self.inner(scope, receive, send)


def _foreign(headers: Headers) -> bool:
    """Whether a browser sends this on behalf of a page that is not ours."""
    origin = headers.get("origin", "")
    return bool(origin) and origin.partition("://")[2] != headers.get("host")


def build(world: World, ledger: Ledger, latency: float, request_url: str | None = None) -> Front:
    """The whole server around a workspace."""
    faults = Faults()
    socket = SocketDoor(world, faults)
    manifest = world.app.manifest
    address = request_url or ("" if manifest.socket_mode else manifest.request_url)
    door: Door = HttpDoor(world, faults, address) if address else socket
    courier = Courier(world, door, faults)
    world.publish = courier.publish
    api = ApiDoor(world, socket, faults, ledger, latency=latency)
    control = Control(ControlContext(Deeds(world, courier), api, Followers(world.clock)))

    async def answer(request: Request) -> Any:
        return await api.answer(request)

    async def hook(request: Request) -> Response:
        return await hooks.receive(world, request)

    async def upload(request: Request) -> Response:
        return await files.upload(world, request)

    async def download(request: Request) -> Response:
        return await files.download(world, request)

    routes = [
        Route("/api/{method}", answer, methods=["GET", "POST"]),
        Route("/hooks/{kind}/{team}/{hook}", hook, methods=["POST"]),
        Route("/upload/{file}", upload, methods=["POST"]),
        Route("/files-pri/{file}/{name:path}", download),
        WebSocketRoute("/link/", socket.serve),
        *control.routes(),
        Route("/", _page),
    ]
    if PAGE.is_dir():
        routes.append(Mount("/page", StaticFiles(directory=PAGE)))
    answers = {SlackError: refused, ValueError: nonsense, TypeError: nonsense, KeyError: nonsense}
    return Front(Starlette(routes=routes, exception_handlers=answers), api, courier)


async def _page(request: Request) -> Response:
    index = PAGE / "index.html"
    if not index.is_file():
        return PlainTextResponse("The sandbox is running; its page is not installed.")
    return FileResponse(index, headers={"cache-control": "no-store"})
