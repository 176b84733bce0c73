"""The web server by itself: it listens at once, and its application is made beside the rest of the start."""

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.catalog import load
from bot.clock import SystemClock
from bot.health import Health
from bot.rendering.message import Renderer
from bot.services import work_factory
from handlers.door import Door
from handlers.web import application, errors
from handlers.web.server import WebServer
from handlers.web.site import Site
from storage.db import Database
from tests.stories.records import until
from tests.stories.terminal import DEMO, ROOT


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    catalog, database = load(DEMO), Database(f"sqlite:///{tmp_path / 'tocsin.db'}")
    desk = work_factory.make(database, SystemClock(), lambda: catalog)
    yield Site(Door(desk, Renderer()), Health(started=True), lambda: b"", "token")
    database.close()


def test_who_asks_at_once_is_answered(site: Site) -> None:
    server = WebServer(site, "127.0.0.1", 0)
    server.start()
    assert httpx.get(f"{server.url}/livez", trust_env=False, verify=False, timeout=60).status_code == 200
    server.stop()


def test_it_can_be_stopped_before_its_application_is_made(site: Site) -> None:
    server = WebServer(site, "127.0.0.1", 0)
    server.start()
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.url}/livez", trust_env=False, verify=False, timeout=60)


def test_a_request_under_way_is_answered_before_it_stops(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopping = threading.Event(), threading.Event()

    def patient(_: Site) -> FastAPI:
        app = FastAPI()

        @app.get("/slow")
        def slow() -> str:
            begun.set()
            assert stopping.wait(60)
            return "in time"

        return app

    monkeypatch.setattr(application, "create_app", patient)
    server = WebServer(site, "127.0.0.1", 0)
    server.start()
    with ThreadPoolExecutor(2) as hands, httpx.Client(trust_env=False, verify=False, timeout=60) as http:
        http.get(f"{server.url}/livez")
        asked = hands.submit(http.get, f"{server.url}/slow")
        assert begun.wait(60)
        stopped = hands.submit(server.stop)
        until(lambda: nobody_listens(server.url), "a closed door")
        stopping.set()
        assert asked.result().json() == "in time"
        stopped.result()


def nobody_listens(url: str) -> bool:
    try:
        socket.create_connection((url.rpartition("/")[2].partition(":")[0], int(url.rpartition(":")[2]))).close()
    except OSError:
        return True
    return False


def test_a_taken_port_is_an_error_of_the_start(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError):
        WebServer(site, "127.0.0.1", taken.getsockname()[1]).start()


def test_fastapi_is_not_loaded_before_somebody_asks_for_it(tmp_path: Path) -> None:
    """Health, figures and Slack's own traffic go without; in a process of its own, as this one has it already."""
    program = """
import sys, httpx
from bot.catalog import load
from bot.clock import SystemClock
from bot.health import Health
from bot.rendering.message import Renderer
from bot.services import work_factory
from handlers.door import Door
from handlers.web.server import WebServer
from handlers.web.site import Site
from storage.db import Database
from pathlib import Path
catalog = load(Path(sys.argv[1]))
door = Door(work_factory.make(Database(f"sqlite:///{sys.argv[2]}/t.db"), SystemClock(), lambda: catalog), Renderer())
server = WebServer(Site(door, Health(started=True), lambda: b"figures", "token"), "127.0.0.1", 0)
server.start()
def asked(method, path):
    return httpx.request(method, server.url + path, trust_env=False, timeout=60).status_code, "fastapi" in sys.modules
seen = [asked("GET", "/livez"), asked("GET", "/metrics"), asked("POST", "/slack/events"), asked("GET", "/nothing")]
server.stop()
print(seen)
"""
    command = [sys.executable, "-c", program, str(DEMO), str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[(200, False), (200, False), (404, False), (404, True)]"


def test_what_nobody_expected_is_answered_and_logged_with_one_reference(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Site) -> FastAPI:
        app = FastAPI(exception_handlers=errors.ANSWERS)

        @app.get("/boom")
        def boom() -> None:
            raise ValueError("no")

        return app

    monkeypatch.setattr(application, "create_app", broken)
    server = WebServer(site, "127.0.0.1", 0)
    server.start()
    answer = httpx.get(f"{server.url}/boom", trust_env=False, verify=False, timeout=60)
    server.stop()
    assert answer.status_code == 500
    [logged] = re.findall(r"\(reference (\w+)\)", caplog.text)
    assert logged in answer.json()["error"]


def test_the_composition_root_does_not_wait_for_fastapi() -> None:
    probe = "import sys, bot.app; sys.exit('fastapi' in sys.modules or 'uvicorn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=False).returncode == 0
