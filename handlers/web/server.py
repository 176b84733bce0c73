"""Runs the web application in a thread of its own, beside the engine."""

import os
import socket
import threading

import uvicorn
from fastapi import FastAPI


class WebServer:
    """`start()` returns when it listens; port 0 takes a free one."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        self._host, self._port = host, port
        config = uvicorn.Config(
            app, log_config=None, access_log=False, timeout_graceful_shutdown=5, timeout_keep_alive=30, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
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
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(6)

    def _run(self) -> None:
        assert self._socket is not None
        self._server.run(sockets=[self._socket])
