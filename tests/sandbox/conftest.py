"""A sandbox over the wire, a Slack client that talks to it, and a person's hands."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox import Sandbox

MANIFEST = Path(__file__).with_name("manifest.yml")
Json = dict[str, Any]


class Heard(list[Json]):
    """What the app's listeners received, oldest first."""


class People:
    """The control API: `people.do("command", user="ana", ...)`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._http = httpx.Client(base_url=f"{sandbox.url}/_sandbox/", timeout=60, trust_env=False, verify=False)

    def do(self, deed: str, **body: Any) -> Json:
        """Posts a deed and returns the answer."""
        answer: Json = self._http.post(deed, json=body).json()
        return answer

    def status(self, deed: str, **body: Any) -> int:
        """The HTTP status of a deed."""
        return self._http.post(deed, json=body).status_code

    def look(self, path: str) -> Any:
        """Fetches a page of the control API."""
        return self._http.get(path).json()

    def clear_faults(self) -> None:
        """No faults from here on."""
        self._http.delete("faults")

    def messages(self, channel: str) -> list[Json]:
        """Every message of the channel, oldest first."""
        listed: list[Json] = self.look(f"messages/{channel}")
        return listed

    def channel(self, name: str) -> Json:
        """A channel of the state."""
        return next(c for c in self.look("state")["channels"] if name in (c["id"], c["name"]))

    def close(self) -> None:
        """Hangs up."""
        self._http.close()


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST) as sandbox:
        sandbox.limits.enabled = False
        yield sandbox


@pytest.fixture
def people(slack: Sandbox) -> Iterator[People]:
    hands = People(slack)
    yield hands
    hands.close()


@pytest.fixture
def client(slack: Sandbox) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def bolt(client: WebClient) -> App:
    return App(client=client, process_before_response=True)


@pytest.fixture
def connect(bolt: App, slack: Sandbox, client: WebClient, people: People) -> Iterator[Callable[[], SocketModeHandler]]:
    """Connects the Bolt app by Socket Mode once its listeners are registered."""
    opened: list[SocketModeHandler] = []

    def start() -> SocketModeHandler:
        handler = SocketModeHandler(bolt, slack.app_token, web_client=client, ping_interval=1)
        opened.append(handler)
        handler.connect()
        people.do("settle")
        return handler

    yield start
    slack.stop()
    for handler in opened:
        _let_go(handler.client)


def _let_go(client: Any) -> None:
    """Ends the client's threads without waiting a second for each of them, as its own close() does."""
    client.closed, client.auto_reconnect_enabled = True, False
    client.current_session_state.terminated = True
    for runner in (client.current_session_runner, client.current_app_monitor, client.message_processor):
        runner.event.set()
    client.message_workers.shutdown(wait=False)


@pytest.fixture
def heard() -> Heard:
    return Heard()
