"""People of the sandbox at work: says, clicks and fills in through its control API, as a browser would."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]
PATIENCE = 30.0
"""Seconds to wait for one answer; settling takes up to ten."""


class StageProblem(Exception):
    """The sandbox refused something, or the bot did not do what the script expects."""


@dataclass(frozen=True)
class Button:
    """A button that somebody can see."""

    channel: str
    ts: str
    action: str
    value: str


class Stage:
    """`url` is the sandbox's own address. Every deed returns after the bot has settled."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def state(self) -> Json:
        found: Json = self._read("state")
        return found

    def say(self, user: str, channel: str, text: str) -> Json:
        """A message, or a slash command."""
        path = "command" if text.startswith("/") else "message"
        return self._do(path, {"user": user, "channel": channel, "text": text})

    def click(self, user: str, button: Button) -> Json:
        place = {"channel": button.channel, "ts": button.ts, "action_id": button.action}
        return self._do("click", {"user": user, **place})

    def submit(self, user: str, view: str, values: Mapping[str, Any]) -> Json:
        """Fills in a modal: {block_id: value}, where the element has the name of its block."""
        typed = {block: {block: value} for block, value in values.items()}
        answer = self._do("submit", {"user": user, "view_id": view, "values": typed})
        errors = (answer.get("response") or {}).get("errors")
        if errors:
            raise StageProblem(f"the form was refused: {errors}")
        return answer

    def react(self, user: str, channel: str, ts: str, name: str) -> Json:
        return self._do("reaction", {"user": user, "channel": channel, "ts": ts, "name": name})

    def forward(self, seconds: float) -> None:
        """Moves the clock."""
        self._do("clock", {"advance": seconds})

    def arrived(self, item: Json) -> None:
        """Shows in the outbox what left the bot by another way than Slack."""
        self._send("outbox", item)

    def speed(self, factor: float) -> None:
        self._send("clock", {"speed": factor})

    def channel(self, name: str) -> Json:
        """A channel of the state, by id or name."""
        for one in self.state()["channels"]:
            if name in (one["id"], one["name"]):
                found: Json = one
                return found
        raise StageProblem(f"there is no channel {name}")

    def messages(self, channel: str) -> list[Json]:
        found: list[Json] = self._read(f"messages/{channel}")
        return found

    def buttons(self, channel: str, action: str) -> list[Button]:
        """The buttons of this kind in a channel, oldest first."""
        return [
            Button(channel, message["ts"], action, element.get("value", ""))
            for message in self.messages(channel)
            for element in _elements(message["blocks"])
            if element.get("action_id") == action
        ]

    def paged(self) -> dict[str, Button]:
        """Who has an open page in their direct messages -> its acknowledge button."""
        state, found = self.state(), {}
        for channel in state["channels"]:
            if channel["kind"] != "im":
                continue
            for button in self.buttons(channel["id"], "page.ack"):
                who = next(member for member in channel["members"] if member != state["app"]["user"])
                found[who] = button
        return found

    def _do(self, path: str, body: Json) -> Json:
        answer = self._send(path, body)
        self._send("settle", {})
        return answer

    def _send(self, path: str, body: Json) -> Json:
        return self._checked(self._http.post(f"/_sandbox/{path}", json=body), path)

    def _read(self, path: str) -> Any:
        response = self._http.get(f"/_sandbox/{path}")
        response.raise_for_status()
        return response.json()

    @staticmethod
    def _checked(response: httpx.Response, path: str) -> Json:
        answer: Json = response.json()
        if response.is_error or not answer.get("ok", True):
            raise StageProblem(f"{path}: {answer.get('error', response.status_code)}")
        return answer


def _elements(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield from block.get("elements", ())
        if accessory := block.get("accessory"):
            yield accessory
