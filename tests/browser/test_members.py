"""The page for what members do with their words and their channels, and for what left by other ways than Slack."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.browser.shared import message, post

Json = dict[str, Any]
ROOM = "C01INCIDENTS"
LINK = "https://bot.example/ack/AAAAAAAAAAEAAAAAaw4OofalV29V9fhgJpIq0qtWOQgj__iWPX4meTpMivbiYh_5"
MAIL = {"service": "email", "to": "bo@acme.example", "title": "SEV-1 · Checkout", "text": f"Acknowledge: {LINK}.\n"}
CALL = {"service": "phone", "to": "+15550102", "title": "SEV-1", "text": "You are paged."}
HOOK = {"service": "webhook", "act": "page", "to": "bo", "title": "SEV-1", "body": {"key": "k1"}, "wrong": ["odd"]}


def sent(slack: Sandbox, item: Json) -> None:
    """Something leaves the app by another way than Slack."""
    answer = httpx.post(f"{slack.url}/_sandbox/outbox", json=item, trust_env=False, verify=False)
    assert answer.json()["ok"], answer.text


def says(slack: Sandbox, user: str, text: str, **more: str) -> str:
    """A person writes into #incidents."""
    body = {"user": user, "channel": "incidents", "text": text, **more}
    answer = httpx.post(f"{slack.url}/_sandbox/message", json=body, trust_env=False, verify=False)
    return str(answer.json()["ts"])


def acts(page: Page, ts: str, action: str) -> None:
    """An entry of a message's own menu."""
    message(page, ts).hover()
    message(page, ts).get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name=action).click()


def test_what_one_wrote_is_edited_and_deleted(page: Page, slack: Sandbox) -> None:
    ts = says(slack, "ana", "it is down for @bo")
    acts(page, ts, "Edit message")
    dialog = page.get_by_role("dialog", name="Edit message")
    expect(dialog.get_by_label("Message")).to_have_value("it is down for @bo")
    dialog.get_by_label("Message").fill("it is up")
    dialog.get_by_role("button", name="Save").click()
    expect(message(page, ts)).to_contain_text("it is up (edited)")
    acts(page, ts, "Delete message")
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(message(page, ts)).to_have_count(0)


def test_what_others_wrote_is_not_ones_own(page: Page, slack: Sandbox, client: WebClient) -> None:
    for ts in (says(slack, "bo", "mine"), post(client, text="the app's")):
        message(page, ts).hover()
        message(page, ts).get_by_role("button", name="More actions").click()
        expect(page.get_by_role("menuitem", name="Copy text")).to_be_visible()
        expect(page.get_by_role("menuitem", name="Edit message")).to_have_count(0)
        page.keyboard.press("Escape")


def channel_menu(page: Page, entry: str) -> None:
    page.get_by_test_id("channel-menu").click()
    page.get_by_role("menuitem", name=entry).click()


def test_a_channel_is_renamed_archived_and_brought_back(page: Page, slack: Sandbox) -> None:
    channel_menu(page, "Rename channel")
    dialog = page.get_by_role("dialog", name="Rename #incidents")
    dialog.get_by_label("New name").fill("troubles")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("channel-troubles")).to_be_visible()
    channel_menu(page, "Archive channel")
    page.get_by_role("alertdialog").get_by_role("button", name="Archive").click()
    expect(page.get_by_placeholder("#troubles is archived")).to_be_visible()
    assert "U01SANDBOX" not in slack.world.channels[ROOM].members
    channel_menu(page, "Bring the channel back")
    expect(page.get_by_role("textbox", name="Message #troubles")).to_be_enabled()
    channel_menu(page, "Leave channel")
    page.get_by_role("alertdialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("button", name="Join #troubles")).to_be_visible()


def test_a_thread_offers_no_commands(page: Page, client: WebClient) -> None:
    ts = post(client, text="the card")
    post(client, text="a reply", thread_ts=ts)
    message(page, ts).get_by_role("link", name="1 reply").click()
    reply = page.get_by_role("textbox", name="Reply in thread")
    reply.press_sequentially("/inc")
    expect(page.get_by_role("option")).to_have_count(0)
    reply.fill("/incident list")
    reply.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("/incident is not supported in threads. Type it in the channel.")
    expect(reply).to_have_value("/incident list")


def test_somebody_of_another_company_sees_what_they_share(page: Page, slack: Sandbox) -> None:
    change = {"add_user": {"name": "zoe", "real_name": "Zoe Partner", "is_stranger": True}}
    for body in (change, {"join": {"user": "zoe", "channel": "platform"}}):
        httpx.post(f"{slack.url}/_sandbox/company", json=body, trust_env=False, verify=False)
    page.get_by_test_id("user-switcher").click()
    row = page.get_by_role("menuitem", name=re.compile("Zoe Partner"))
    expect(row).to_contain_text("External")
    row.click()
    expect(page.locator("#sidebar a[data-testid^='channel-']")).to_have_count(1)
    composer = page.get_by_role("textbox", name="Message #platform")
    composer.press_sequentially("/inc")
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_outbox_shows_mail_and_calls_with_links_to_follow(page: Page, slack: Sandbox) -> None:
    button = page.get_by_test_id("outbox-button")
    button.click()
    drawer = page.get_by_test_id("outbox")
    expect(drawer).to_contain_text("Nothing has left the app")
    button.click()
    for item in (MAIL, CALL, HOOK):
        sent(slack, item)
    expect(page.get_by_role("button", name="Outbox, 3 new")).to_be_visible()
    button.click()
    expect(page.get_by_role("button", name="Outbox", exact=True)).to_be_visible()
    items = drawer.get_by_role("article")
    expect(items).to_have_count(3)
    expect(items.nth(0)).to_contain_text("The service objects: odd")
    expect(items.nth(1)).to_contain_text("You are paged.")
    link = drawer.get_by_role("article", name="E-mail to bo@acme.example").get_by_role("link")
    expect(link).to_have_attribute("href", LINK)
    expect(link).to_have_attribute("target", "_blank")
    drawer.get_by_role("searchbox").fill("call")
    expect(items).to_have_count(1)
    page.get_by_test_id("traffic-button").click()
    expect(drawer).to_be_hidden()
    expect(page.get_by_test_id("traffic")).to_be_visible()


@pytest.mark.parametrize("width", [390, 360])
def test_a_phone_shows_the_whole_bar_however_much_there_is_to_say(
    page: Page, slack: Sandbox, client: WebClient, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    httpx.post(f"{slack.url}/_sandbox/clock", json={"speed": 0}, trust_env=False, verify=False)
    for _ in range(12):
        sent(slack, CALL)
    client.chat_postMessage(channel="U01BO", text="You are paged")
    expect(page.get_by_role("button", name="Outbox, 12 new")).to_be_visible()
    expect(page.get_by_role("button", name="New messages for Bo Lindqvist")).to_be_visible()
    expect(page.get_by_test_id("clock")).to_contain_text("paused")
    shown = "nodes => nodes.map(one => one.getBoundingClientRect()).map(r => [r.top >= 0, r.right <= innerWidth])"
    assert page.locator(".top-button").evaluate_all(shown) == [[True, True]] * 6
    assert len(set(page.locator(".top-button").evaluate_all("nodes => nodes.map(one => one.offsetTop)"))) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_in_the_outbox_is_cut_off(page: Page, slack: Sandbox, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sent(slack, {**MAIL, "to": "x" * 200, "title": "W" * 300, "text": f"{LINK}{LINK}\n{'y' * 900}"})
    page.get_by_test_id("outbox-button").click()
    expect(page.get_by_test_id("outbox").get_by_role("article")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wider = (
        "() => [...document.querySelectorAll('.outbox-item, .outbox-list')].some(n => n.scrollWidth > n.clientWidth)"
    )
    assert not page.evaluate(wider)
