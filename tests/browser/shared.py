"""Short ways to write Block Kit, to post as the app, and to find things on the page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from slack_sdk import WebClient

Json = dict[str, Any]
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def post(client: WebClient, **message: Any) -> str:
    """Post to #incidents as the app; returns the ts."""
    answer = client.chat_postMessage(channel="C01INCIDENTS", **message)
    return str(answer["ts"])


def message(page: Page, ts: str) -> Locator:
    return page.locator(f"article[data-ts='{ts}']")


def switch(page: Page, name: str) -> None:
    """Become somebody else."""
    page.get_by_test_id("user-switcher").click()
    page.get_by_role("menuitem", name=name).click()
