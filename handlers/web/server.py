"""Runs the web application in a thread of its own, beside the engine."""

import os
import socket
import threading
from typing import TYPE_CHECKING

from handlers.web.site import Site

if TYPE_CHECKING:
    from handlers.web.serving import Serving


class WebServer:
    """`start()` returns when it listens; who asks before the application is made waits for it. Port 0 is a free one."""

    def __init__(self, site: Site, host: str, port: int) -> None:
        self._site, self._host, self._port = site, host, port
        self._server: Serving | None = None
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._stopping = False
        self.pid = os.getpid()

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self._host in ("0.0.0.0", "") else self._host
        return f"http://{host}:{self._port}"

    def start(self) -> None:
        """Binds first, so that a taken port is an error of the caller, not of the thread."""
        self._socket = socket.create_server((self._host, self._port), backlog=512)
        self._port = self._socket.getsockname()[1]
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        if self._server:
            self._server.end()
        if self._thread.is_alive():
            self._thread.join(6)
        if self._socket:
            self._socket.close()  # nobody took it over when we were stopped before there was an application

    def _run(self) -> None:
        # Imported here, while Slack is asked for a connection.
        import uvicorn

        from handlers.web import asgi
        from handlers.web.serving import Serving

        assert self._socket is not None
        config = uvicorn.Config(
            asgi.make(self._site), ws="none", lifespan="off", log_config=None, access_log=False,
            timeout_graceful_shutdown=5, timeout_keep_alive=30, proxy_headers=False,
        )  # fmt: skip
        self._server = Serving(config)
        if not self._stopping:
            self._server.run(sockets=[self._socket])
