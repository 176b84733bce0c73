"""What is drawn anew while somebody has a hand on it: a click, an open preview and an open menu survive."""

import re

import httpx
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.browser.shared import message

ROOM = "C01INCIDENTS"


def _upload(client: WebClient, text: str) -> str:
    """A text file in #incidents; returns the ts of its message."""
    client.files_upload_v2(channel=ROOM, filename="notes.md", title="Notes", content=text)
    return str(client.conversations_history(channel=ROOM, limit=1)["messages"][0]["ts"])


def _reply(client: WebClient, ts: str) -> None:
    """The message is drawn anew: it gets a line that counts its replies."""
    client.chat_postMessage(channel=ROOM, thread_ts=ts, text="looking")


def test_an_open_preview_stays_open_and_a_closed_one_closed(page: Page, client: WebClient) -> None:
    ts = _upload(client, "deploy 4812 went out")
    preview = message(page, ts).get_by_text("Preview", exact=True)
    preview.click()
    expect(message(page, ts)).to_contain_text("deploy 4812 went out")
    _reply(client, ts)
    expect(message(page, ts)).to_contain_text("1 reply")
    expect(message(page, ts)).to_contain_text("deploy 4812 went out")
    preview.click()
    _reply(client, ts)
    expect(message(page, ts)).to_contain_text("2 replies")
    expect(message(page, ts).locator("details[open]")).to_have_count(0)


def test_a_click_counts_though_the_message_changes_under_it(page: Page, client: WebClient) -> None:
    ts = _upload(client, "deploy 4812 went out")
    message(page, ts).get_by_text("Preview", exact=True).hover()
    page.mouse.down()
    with page.expect_response(re.compile("/messages/")) as fetched:
        _reply(client, ts)
    fetched.value.finished()
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    page.mouse.up()
    expect(message(page, ts)).to_contain_text("deploy 4812 went out")
    expect(message(page, ts)).to_contain_text("1 reply")


def test_an_open_menu_follows_the_company(page: Page, slack: Sandbox) -> None:
    page.get_by_test_id("user-switcher").click()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Bo Lindqvist")).to_be_focused()
    change = {"add_user": {"name": "zoe", "real_name": "Zoe Partner"}}
    httpx.post(f"{slack.url}/_sandbox/company", json=change, trust_env=False, verify=False)
    expect(page.get_by_role("menuitem", name="Zoe Partner")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Bo Lindqvist")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("user-switcher")).to_contain_text("Bo Lindqvist")
