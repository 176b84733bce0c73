"""The world of a story: a sandbox, the bot beside it over the wire, people with hands, and a clock to push."""

import faulthandler
import os
import sys
import zlib
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from bot.app import Application, build
from bot.engine.pacing import PER_SECOND
from bot.settings import Settings
from sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
PATIENT = 60.0  # seconds for an answer: a story is about what is said, not about how busy the machine is
ASKED_TO_REST = 30
UNPACED = 100.0  # messages per second and channel
OVER_HTTP: ContextVar[bool] = ContextVar("over_http", default=False)
"""Whether the bots of this test hear of Slack by signed HTTP instead of Socket Mode; conftest.py chooses."""
Json = dict[str, Any]


def by_turns(test: str) -> bool:
    """Whether a test of this name runs over HTTP: always the same, on every machine. TOCSIN_TRANSPORT overrules it."""
    way = os.environ.get("TOCSIN_TRANSPORT")
    return way == "http" if way else zlib.crc32(test.encode()) % 2 == 1


@dataclass
class World:
    """`world.ana.says("/incident declare ...")`, `world.forward(minutes=5)`, `world.room().expects("SEV-1")`."""

    sandbox: Sandbox
    app: Application
    http: httpx.Client
    people: dict[str, "Person"] = field(default_factory=dict)

    def __getattr__(self, name: str) -> "Person":
        if name not in ("ana", "bo", "cy", "dee", "eve", "li", "gus", "old"):
            raise AttributeError(name)
        return self.people.setdefault(name, Person(self, name))

    def do(self, deed: str, **body: Any) -> Json:
        answer: Json = self.http.post(deed, json=body).json()
        if (
            answer.get("error") == "operation_timeout"
        ):  # where that is not the point, one wants to know who waited for what
            faulthandler.dump_traceback(sys.__stderr__)
        return answer

    def look(self, path: str) -> Any:
        return self.http.get(path).json()

    def settle(self) -> None:
        """Until the bot has nothing left to do that is due."""
        self._rest(self.http.post("settle", json={}).json())

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self._rest(self.http.post("clock", json={"advance": minutes * 60 + seconds}).json())

    def _rest(self, answer: Json) -> None:
        """The sandbox waits ten seconds for the bot, which is little on a machine that does much else."""
        for _ in range(ASKED_TO_REST):
            if answer["settled"]:
                return
            answer = self.http.post("settle", json={}).json()
        raise AssertionError(f"the bot did not come to rest: {answer}")

    def channel(self, name: str) -> "Channel":
        return Channel(self, name)

    @property
    def incidents(self) -> "Channel":
        return Channel(self, "incidents")

    def rooms(self) -> list[Json]:
        return [one for one in self.look("state")["channels"] if one["name"].startswith("incident-")]

    def room(self) -> "Channel":
        """The one war room there is."""
        rooms = self.rooms()
        assert len(rooms) == 1, f"expected one war room, there are {[one['name'] for one in rooms]}"
        return Channel(self, rooms[0]["id"])

    def calls(self, *methods: str) -> list[Json]:
        """The bot's Web API calls of these methods, or all."""
        return [one for one in self.look("calls?since=0") if not methods or one["method"] in methods]


@dataclass
class Channel:
    world: World
    name: str

    def messages(self) -> list[Json]:
        listed = self.world.look(f"messages/{self.name}")
        return listed if isinstance(listed, list) else []

    def state(self) -> Json:
        channels = self.world.look("state")["channels"]
        return next(one for one in channels if self.name in (one["id"], one["name"]))

    def shown(self) -> str:
        return "\n".join(words(one) for one in self.messages())

    def expects(self, *texts: str, posted: bool = False) -> Json:
        """The newest message that holds all the texts; `posted`: that everyone in the channel sees."""
        for message in reversed([one for one in self.messages() if not (posted and one["ephemeral_for"])]):
            if all(text in words(message) for text in texts):
                return message
        raise AssertionError(f"no message in {self.name} holds {texts}; it shows:\n{self.shown()}")

    def lacks(self, text: str) -> None:
        assert text not in self.shown(), f"{text!r} should not be in {self.name}:\n{self.shown()}"


@dataclass
class Person:
    world: World
    name: str

    @cached_property
    def id(self) -> str:
        users = self.world.look("state")["users"]
        return next(str(one["id"]) for one in users if one["name"] == self.name)

    def says(self, text: str, channel: str = "general") -> "Reaction":
        """A slash command when it starts with a slash, else a message."""
        deed = "command" if text.startswith("/") else "message"
        return self._did(self.world.do(deed, user=self.name, channel=channel, text=text))

    def clicks(self, action: str, message: Json, channel: str, value: str | None = None) -> "Reaction":
        """Presses the control whose action id begins with `action`."""
        body = {"user": self.name, "channel": channel, "ts": message["ts"], "action_id": action_of(message, action)}
        return self._did(self.world.do("click", **body, **({"value": value} if value else {})))

    def submits(self, view_id: str, values: Json) -> "Reaction":
        return self._did(self.world.do("submit", user=self.name, view_id=view_id, values=values))

    def fills(self, view_id: str, **fields: Any) -> "Reaction":
        """Submits a modal whose blocks and inputs share their names."""
        return self.submits(view_id, {name: {name: value} for name, value in fields.items()})

    def reacts(self, name: str, message: Json, channel: str) -> "Reaction":
        return self._did(self.world.do("reaction", user=self.name, channel=channel, ts=message["ts"], name=name))

    def uses(self, shortcut: str, **where: Any) -> "Reaction":
        return self._did(self.world.do("shortcut", user=self.name, callback_id=shortcut, **where))

    def view(self) -> Json:
        """The modal on top of this person's screen."""
        views = self.world.look("state")["views"].get(self.id) or []
        assert views, f"{self.name} sees no modal"
        top: Json = views[-1]
        return top

    def dms(self) -> Channel:
        """What the bot tells this person alone."""
        me = self.id
        for channel in self.world.look("state")["channels"]:
            if channel["id"].startswith("D") and me in channel["members"] and len(channel["members"]) == 2:
                return Channel(self.world, channel["id"])
        return Channel(self.world, "no direct messages")

    def expects_page(self, *texts: str) -> Json:
        return self.dms().expects("You are paged", *texts)

    def presses(self, action: str, *texts: str) -> "Reaction":
        """Presses a control of a direct message that holds the texts."""
        channel = self.dms()
        return self.clicks(action, channel.expects(*texts), channel.name)

    def presses_stale(self, action: str, message: Json, channel: str, value: str | None = None) -> "Reaction":
        """Presses a control that the message has lost meanwhile, on a screen that does not show it yet."""
        body = {"user": self.name, "channel": channel, "ts": message["ts"], "action_id": action, "stale": True}
        return self._did(self.world.do("click", **body, **({"value": value} if value else {})))

    def _did(self, answer: Json) -> "Reaction":
        self.world.settle()
        return Reaction(answer)


@dataclass
class Reaction:
    """What came back from the app."""

    answer: Json

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))

    @property
    def text(self) -> str:
        """Everything that was said to this person alone."""
        return "\n".join(words(one) for one in self.answer.get("ephemeral") or [])

    @property
    def view_id(self) -> str:
        view = self.answer.get("view_id")
        assert view, f"no modal was opened: {self.answer}"
        return str(view)

    @property
    def errors(self) -> Json:
        return dict((self.answer.get("response") or {}).get("errors") or {})

    def says(self, *texts: str) -> "Reaction":
        for text in texts:
            assert text in self.text, f"{text!r} is not in the answer: {self.answer}"
        return self


def words(message: Json) -> str:
    """Every word a person reads in a message."""
    found = [str(message.get("text") or "")]

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for name, value in node.items():
                if name == "text" and isinstance(value, str):
                    found.append(value)
                else:
                    walk(value)
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(message.get("blocks") or [])
    return "\n".join(found)


def actions(message: Json) -> list[str]:
    """The action ids of a message's controls."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("action_id"), str):
                found.append(node["action_id"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(message.get("blocks") or [])
    return found


def action_of(message: Json, action: str) -> str:
    for found in actions(message):
        if found == action or found.startswith(f"{action}:"):
            return found
    raise AssertionError(f"there is no control {action!r}, only {actions(message)}")


def settings_for(
    sandbox: Sandbox, database_url: str, *, config: Path | None = None, http_mode: bool | None = None
) -> Settings:
    """The environment of a bot beside this sandbox. `http_mode`: the way of this test unless it is said."""
    over_http = OVER_HTTP.get() if http_mode is None else http_mode
    return Settings.model_validate(
        {
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": "" if over_http else sandbox.app_token,
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": database_url,
            "TOCSIN_CONFIG": str(config or ROOT / "bot" / "catalog" / "demo.yml"),
            "TOCSIN_HTTP_PORT": 0,
            "TOCSIN_CLOCK": sandbox.url,
        }
    )


def start(sandbox: Sandbox, settings: Settings, pace: float | None = None) -> World:
    """Starts a bot and waits until it can work. Beside a Slack that counts nothing it does not count either.

    `pace`: messages per second and channel, if they are others.
    """
    usual = PER_SECOND if sandbox.limits.enabled else UNPACED
    app = build(settings, pace=usual if pace is None else pace, patience=PATIENT)
    app.start()
    if app.socket is None:
        sandbox.deliver_to(f"{app.url}/slack/events")
    else:
        assert app.socket.first.wait(PATIENT), "the bot did not connect"
    # the sandbox closes what was idle for five seconds, and so did the client: on a slow machine both at once
    limits = httpx.Limits(keepalive_expiry=1)
    base = f"{sandbox.url}/_sandbox/"
    http = httpx.Client(base_url=base, timeout=120, trust_env=False, verify=False, limits=limits)
    return World(sandbox, app, http)
