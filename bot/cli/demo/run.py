"""`tocsin demo`: a local Slack and the bot as two processes that talk over the wire, and a scripted incident."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import httpx

import bot.catalog
from bot import clock
from bot.catalog import load
from bot.cli.console import Refusal
from bot.cli.demo.child_process import Companion
from bot.cli.demo.sandbox_client import Stage, StageProblem
from bot.cli.demo.tour import Cast, Tour
from bot.cli.manifest import PATH as MANIFEST
from bot.cli.terminal import progress
from bot.domain.schedules.schedule import on_call
from sandbox.outside.arrival import Arrival
from sandbox.outside.world import Outside

CONFIG = Path(bot.catalog.__file__).parent / "demo.yml"
PATIENCE = 120.0
"""Seconds for the bot to come up."""
_OURS = ("SLACK_", "TOCSIN_", "DATABASE_URL")


def run(options: Namespace) -> int:
    """Runs until Ctrl-C, or with `--exit` until the incident is over."""
    if options.exit and options.no_tour:
        raise Refusal("--exit shows the scripted incident, which --no-tour leaves out: use one of them.", 2)
    say = (lambda text: None) if options.json else _say
    say("Starting a local Slack and the bot ...")
    stop = _stop_on_signals()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-demo-")))
        try:
            scene = stack.enter_context(_scene(options.port, folder, say))
            return _play(scene, options, say, stop)
        except KeyboardInterrupt:
            say("\nStopping ...")
            return 0


def _stop_on_signals() -> threading.Event:
    """SIGTERM acts as Ctrl-C does, and Ctrl-C too unless a script started us with `&`, which ignores it.

    The event remembers the wish: an interrupt that arrives while a destructor runs is printed and forgotten. Whoever
    started us may have blocked the signals, and a block is inherited.
    """
    stop = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        stop.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, interrupt)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
    return stop


class DemoScene:
    """The two processes, where they are, and the environment for a third."""

    def __init__(
        self, address: Mapping[str, Any], env: Mapping[str, str], companions: list[Companion], stage: Stage
    ) -> None:
        self.address, self.env, self.companions, self.stage = address, env, companions, stage

    def check(self) -> None:
        """Raises Refusal when one of them has died."""
        for one in self.companions:
            if one.ended():
                raise Refusal(one.last_words())


@contextmanager
def _scene(port: int, folder: Path, say: Callable[[str], None]) -> Iterator[DemoScene]:
    """Both processes and what stands for the world outside, the bot connected; stopped in the reverse order."""
    with ExitStack() as stack, progress() as shown:
        shown.say("Starting the local Slack")
        slack = Companion(
            "sandbox",
            ["sandbox", "--json", f"--port={port}", f"--manifest={MANIFEST}"],
            _foreign(),
            folder / "sandbox.log",
        )
        stack.callback(slack.stop)
        address = json.loads(slack.line())
        stage = Stage(address["url"])
        stack.callback(stage.close)
        outside = stack.enter_context(Outside(lambda arrival: _arrived(arrival, stage, say)))
        env = {**_environment(address, folder), **outside.environment()}
        (folder / "tocsin.yml").write_text(CONFIG.read_text("utf-8") + outside.configuration(), "utf-8")
        shown.say("Starting the bot and waiting for its connection")
        tocsin = Companion("bot", ["run"], env, folder / "bot.log")
        stack.callback(tocsin.stop)
        scene = DemoScene(address, env, [slack, tocsin], stage)
        _wait_for_connection(scene)
        scene.address = {**address, "bot_url": _bot_url(folder)}
        shown.done()
        yield scene


def _arrived(arrival: Arrival, stage: Stage, say: Callable[[str], None]) -> None:
    """What came by another way than Slack: a line of the transcript, and a card in the page's outbox."""
    say(f"  ({arrival.service} to {arrival.to}: {arrival.title})")
    with suppress(httpx.HTTPError):  # the local Slack has ended first
        stage.arrived(arrival.shown())


def _foreign() -> dict[str, str]:
    """Our environment without anybody's real tokens, database or settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


def _environment(address: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """The port is chosen here: links in mail and SMS name it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return {
        **_foreign(),
        "SLACK_API_URL": address["api_url"],
        "SLACK_BOT_TOKEN": address["bot_token"],
        "SLACK_APP_TOKEN": address["app_token"],
        "SLACK_SIGNING_SECRET": address["signing_secret"],
        "DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
        "TOCSIN_CONFIG": str(folder / "tocsin.yml"),
        "TOCSIN_CLOCK": address["url"],
        "TOCSIN_HTTP_PORT": port,
        "TOCSIN_BASE_URL": f"http://127.0.0.1:{port}",
    }


def _wait_for_connection(scene: DemoScene) -> None:
    pause, until = threading.Event(), clock.monotonic() + PATIENCE
    while not scene.stage.state()["connections"]:
        scene.check()
        if clock.monotonic() > until:
            raise Refusal(
                f"the bot did not connect within {PATIENCE:.0f} seconds.\n{scene.companions[-1].last_words()}"
            )
        pause.wait(0.05)


def _bot_url(folder: Path) -> str | None:
    """Where the bot's own HTTP doors are, as it says in its lock file."""
    holder = json.loads((folder / "demo.db.lock").read_text())
    url: str | None = holder.get("url")
    return url


def _play(scene: DemoScene, options: Namespace, say: Any, stop: threading.Event) -> int:
    if options.json:
        print(json.dumps(scene.address), flush=True)
    if not options.exit:
        say(f"Open {scene.address['url']} in a browser. Ctrl-C ends it.")
    done = options.no_tour or _tour(scene, say)
    if options.exit:
        say("\n" + _postmortem(scene.env))
        return 0 if done else 1
    if options.speed != 1.0:
        scene.stage.speed(options.speed)
    say(f"The workspace is yours: {scene.address['url']} (try /incident help)")
    while not stop.wait(0.5):
        scene.check()
    return 0


def _tour(scene: DemoScene, say: Any) -> bool:
    try:
        Tour(scene.stage, _cast(), say).play()
    except (StageProblem, httpx.HTTPError) as problem:
        scene.check()
        sys.stderr.write(f"The scripted incident stopped: {problem}\n{scene.companions[-1].last_words()}\n")
        return False
    return True


def _cast() -> Cast:
    """Somebody who is not about to be paged notices the trouble."""
    catalog, now = load(CONFIG), clock.real()
    busy = {
        name for key in ("primary-oncall", "secondary-oncall") for name in on_call(catalog.schedules[key], now).people
    }
    return Cast(
        declarer=next(name for name in catalog.schedules["primary-oncall"].people if name not in busy), witness="dee"
    )


def _postmortem(env: Mapping[str, str]) -> str:
    words = [sys.executable, "-m", "bot", "postmortem", "INC-1"]
    return subprocess.run(words, env=dict(env), capture_output=True, text=True, check=False).stdout


def _say(text: str) -> None:
    print(text, flush=True)
