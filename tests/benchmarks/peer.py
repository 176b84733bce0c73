"""The programs we are compared with: a stock Bolt app, calls one after the other, and a bare start of such a stack."""

import os
import sys
import threading
import time
from socketserver import TCPServer

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


def nine_calls(api_url: str, token: str) -> float:
    """Seconds that a room takes when each of the nine usual calls waits for the one before it, with slack_sdk."""
    client = WebClient(token=token, base_url=api_url)
    started = time.perf_counter()
    room = str(client.conversations_create(name=f"peer-{time.time_ns()}")["channel"]["id"])
    client.conversations_setTopic(channel=room, topic="SEV-1")
    card = str(client.chat_postMessage(channel=room, text="A card")["ts"])
    client.pins_add(channel=room, timestamp=card)
    client.bookmarks_add(channel_id=room, title="Board", type="link", link="https://example.com")
    client.chat_postMessage(channel=room, text="Welcome")
    client.chat_postMessage(channel="C01INCIDENTS", text="An announcement")
    client.chat_postMessage(channel="U01ANA", text="You are paged")
    client.conversations_invite(channel=room, users="U01ANA,U01BO")
    return time.perf_counter() - started


def stock(work: float, port: int | None) -> None:
    """A Bolt app as its guide has it: acknowledges, then works for `work` seconds. HTTP on `port`, else Socket Mode."""
    client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])

    @app.command("/incident")
    def declare(ack) -> None:  # type: ignore[no-untyped-def]
        ack("on it")
        threading.Event().wait(work)

    if port is None:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]
    else:
        TCPServer.request_queue_size = 512  # its own five places would turn most of a crowd away
        app.start(port)


def bare_start() -> None:
    """Imports what a bot of this kind is made of, asks Slack seven things one after the other, and is ready."""
    __import__("sqlmodel")
    __import__("fastapi")
    __import__("uvicorn")
    __import__("apscheduler.schedulers.background")
    __import__("jinja2")
    client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    for _ in range(6):
        client.auth_test()
    app = App(client=client, signing_secret="unused", token_verification_enabled=False)
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]


def script(*arguments: str) -> tuple[str, ...]:
    """How to run this module as a program."""
    return ("-m", "tests.benchmarks.peer", *arguments)


if __name__ == "__main__":
    if sys.argv[1] == "stock":
        stock(float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else None)
    else:
        bare_start()
