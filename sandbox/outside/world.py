"""All stand-ins for the services beyond Slack in one object: where they listen, what arrived, how they misbehave."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from sandbox.outside.arrival import Arrival, Book
from sandbox.outside.mailbox import Mailbox, Unmoved
from sandbox.outside.services import Answer, Keys, Request, Services
from sandbox.outside.trackers import PROJECT, USER, Trackers


@dataclass
class Fault:
    """What happens to the next requests whose path begins with `path`: this answer, or none at all (`status` 0).

    `after`: the request takes effect all the same. `echo`: the answer repeats what was sent, keys and all.
    """

    path: str
    status: int
    times: int = 1
    after: bool = False
    echo: bool = False
    headers: tuple[tuple[str, str], ...] = ()


class Outside:
    """`with Outside() as outside:` listens on free loopback ports; `outside.book` has what arrived."""

    def __init__(self, told: Callable[[Arrival], None] = lambda arrival: None, keys: Keys | None = None) -> None:
        self.book, self.services = Book(told), Services(keys or Keys())
        self.trackers = Trackers(self.services.keys.tickets_token)
        self.faults: list[Fault] = []
        self.mailbox = Mailbox(self.book)
        self._server = _Server(("127.0.0.1", 0), type("Visit", (_Visit,), {"outside": self}))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="outside", daemon=True)

    def configuration(self) -> str:
        """The section of tocsin.yml that leads here. Its secrets are in `environment`."""
        url = self.url.replace("http://", "json://")
        return f"""
integrations:
  email: {{server: 127.0.0.1, port: {self.mailbox.port}, security: none, from: tocsin@sandbox.example}}
  sms: {{url: "{url}/apprise/sms/{{address}}"}}
  phone: {{url: "{url}/apprise/phone/{{address}}"}}
  push: {{url: "{url}/apprise/push/{{person}}"}}
  pagerduty: {{service: PSANDBOX, from: tocsin@sandbox.example, events_url: "{self.url}", api_url: "{self.url}"}}
  opsgenie: {{api_url: "{self.url}"}}
  webhook: {{url: "{self.url}/hook"}}
"""

    def tickets(self, kind: str, more: str = "") -> str:
        """The line of `integrations` that leads to one of the trackers: jira, github or gitlab."""
        user = f", user: {USER}" if kind == "jira" else ""
        return f'  tickets: {{kind: {kind}, address: "{self.url}", project: {PROJECT[kind]}{user}{more}}}\n'

    def environment(self) -> dict[str, str]:
        """The secrets that the stand-ins accept, by the names of the variables that a bot reads them from."""
        keys = self.services.keys
        return {
            "TOCSIN_PAGERDUTY_ROUTING_KEY": keys.pagerduty_key,
            "TOCSIN_PAGERDUTY_TOKEN": keys.pagerduty_token,
            "TOCSIN_OPSGENIE_KEY": keys.opsgenie_key,
            "TOCSIN_WEBHOOK_SECRET": keys.webhook_secret,
            "TOCSIN_TICKETS_TOKEN": keys.tickets_token,
        }

    def fault(self, path: str, status: int, **more: Any) -> None:
        """The next requests below `path` go wrong; see Fault."""
        self.faults.append(Fault(path, status, **more))

    def start(self) -> "Outside":
        self._thread.start()
        self.mailbox.start()
        return self

    def stop(self) -> None:
        self.mailbox.stop()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> "Outside":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def serve(self, request: Request) -> tuple[Answer | None, tuple[tuple[str, str], ...]]:
        """The answer, None to hang up, and headers for it."""
        fault = next((one for one in self.faults if one.times and request.path.startswith(one.path)), None)
        if fault:
            fault.times -= 1
        if fault is None or fault.after:
            answer, arrival = self.trackers.handle(request) or self.services.handle(request)
            if arrival:
                self.book.add(arrival)
            if fault is None:
                return answer, ()
        said = {"said": _echo(request)} if fault.echo else {"error": "a fault of the sandbox"}
        return (Answer(fault.status, said) if fault.status else None), fault.headers


def _echo(request: Request) -> str:
    """What was sent, what is secret of it first."""
    return f"authorization: {request.headers.get('authorization')} {request.raw!r} {request.headers}"


class _Server(Unmoved, ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Visit(BaseHTTPRequestHandler):
    """One connection; `outside` is what it leads to."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    outside: Outside

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:  # whoever sent it died over it: half a request is none
            self.close_connection = True
            return
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = None
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer, more = self.outside.serve(Request(self.command, self.path, headers, raw, body))
        if answer is None:
            self.close_connection = True
            return
        content = b"" if answer.status == 204 else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(content))), *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_PATCH = do_POST

    def log_message(self, format: str, *args: Any) -> None:
        """What arrives stands in the book."""
