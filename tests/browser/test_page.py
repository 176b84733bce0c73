"""The page as people use it: modals, threads, reactions, unread marks, the clock, a phone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.browser.shared import MANIFEST, Json, message, plain, post, switch

OPTION = {"text": plain("One"), "value": "1"}
MODAL: Json = {
    "type": "modal",
    "callback_id": "declare",
    "title": plain("Declare an incident"),
    "submit": plain("Declare"),
    "blocks": [
        {
            "type": "input",
            "block_id": "title",
            "label": plain("What is happening?"),
            "element": {"type": "plain_text_input", "action_id": "v", "focus_on_load": True},
        },
        {
            "type": "input",
            "block_id": "sev",
            "optional": True,
            "label": plain("Severity"),
            "element": {"type": "static_select", "action_id": "v", "options": [OPTION]},
        },
    ],
}


@pytest.fixture
def app(slack: Sandbox, client: WebClient) -> Iterator[list[Json]]:
    """A small app: `/incident` opens the modal; short titles are refused; what was accepted is listed."""
    taken: list[Json] = []
    bolt = App(client=client, process_before_response=True)

    @bolt.command("/incident")
    def _command(ack: Any, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        ack()

    @bolt.view("declare")
    def _submitted(ack: Any, view: Json) -> None:
        if len(view["state"]["values"]["title"]["v"]["value"]) < 5:
            ack(response_action="errors", errors={"title": "Say a little more"})
            return
        taken.append(view["state"]["values"])
        ack()

    handler = SocketModeHandler(bolt, slack.app_token, web_client=client)
    handler.connect()
    yield taken
    handler.close()


def test_a_modal_is_filled_in_with_the_keyboard(page: Page, app: list[Json]) -> None:
    composer = page.get_by_role("textbox", name="Message #incidents")
    composer.fill("/incident")
    composer.press("Enter")
    dialog = page.get_by_role("dialog", name="Declare an incident")
    title = dialog.get_by_role("textbox", name="What is happening?")
    expect(title).to_be_focused()
    title.press("Enter")
    expect(dialog).to_contain_text("Please complete this required field.")
    title.fill("oh")
    title.press("Enter")
    expect(dialog).to_contain_text("Say a little more")
    expect(title).to_be_focused()
    title.fill("checkout is down")
    dialog.get_by_role("combobox", name="Severity").click()
    page.get_by_role("option", name="One").click()
    expect(dialog.get_by_role("combobox", name="Severity: One")).to_be_focused()
    dialog.get_by_role("button", name="Declare").click()
    expect(dialog).to_have_count(0)
    expect(composer).to_be_focused()
    assert app[0]["title"]["v"]["value"] == "checkout is down"
    assert app[0]["sev"]["v"]["selected_option"]["value"] == "1"


def test_escape_closes_a_modal_and_focus_returns(page: Page, app: list[Json]) -> None:
    composer = page.get_by_role("textbox", name="Message #incidents")
    composer.fill("/incident")
    composer.press("Enter")
    dialog = page.get_by_role("dialog", name="Declare an incident")
    expect(dialog).to_be_visible()
    for _ in range(9):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('dialog') || document.activeElement === document.body")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(composer).to_be_focused()
    assert app == []


def test_an_impatient_second_escape_is_the_same_one(page: Page, app: list[Json]) -> None:
    held: list[Route] = []
    page.route("**/_sandbox/close_view", lambda route: held.append(route))
    composer = page.get_by_role("textbox", name="Message #incidents")
    composer.fill("/incident")
    composer.press("Enter")
    dialog = page.get_by_role("dialog", name="Declare an incident")
    expect(dialog).to_be_visible()
    with page.expect_request("**/_sandbox/close_view"):
        page.keyboard.press("Escape")
    page.get_by_test_id("modal-close").dispatch_event("click")
    page.evaluate("fetch('/_sandbox/state')")  # whatever the second one asked for has left before this
    assert len(held) == 1
    held[0].continue_()
    expect(dialog).to_have_count(0)


def test_nobody_answers_a_command_and_the_person_is_told(page: Page) -> None:
    composer = page.get_by_role("textbox", name="Message #incidents")
    composer.fill("/incident now")
    composer.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(composer).to_have_value("/incident now")


def test_replies_reactions_and_pins_are_a_click_away(page: Page, client: WebClient) -> None:
    ts = post(client, text="the card")
    post(client, text="a reply", thread_ts=ts)
    client.pins_add(channel="C01INCIDENTS", timestamp=ts)
    card = message(page, ts)
    card.hover()
    card.get_by_role("button", name="React with pushpin").click()
    expect(card.get_by_role("button", name=re.compile("pushpin, 1: Ana Ruiz"))).to_have_attribute(
        "aria-pressed", "true"
    )
    card.get_by_role("link", name="1 reply").click()
    pane = page.get_by_role("complementary", name="Thread")
    expect(pane.get_by_role("article")).to_have_count(2)
    pane.get_by_role("textbox", name="Reply in thread").fill("on it")
    page.keyboard.press("Enter")
    expect(card.get_by_role("link", name="2 replies")).to_be_visible()
    page.get_by_test_id("pins-link").click()
    expect(page.get_by_role("complementary", name="Pinned messages")).to_contain_text("the card")


def test_unread_marks_follow_the_person(page: Page, client: WebClient) -> None:
    client.chat_postMessage(channel="C01PLATFORM", text="psst")
    mark = page.get_by_role("link", name=re.compile("#platform, 1 unread"))
    expect(mark).to_be_visible()
    mark.click()
    expect(mark).to_have_count(0)
    switch(page, "Bo Lindqvist")
    page.get_by_test_id("channel-general").click()
    expect(page.get_by_test_id("channel-platform")).to_be_visible()


def test_the_clock_is_pushed_and_traffic_is_shown(page: Page, client: WebClient) -> None:
    before = float(page.evaluate("fetch('/_sandbox/clock').then(r => r.json()).then(c => c.now)"))
    page.get_by_test_id("clock").click()
    page.get_by_role("button", name="Push the clock 30 minutes forward").click()
    expect(page.get_by_role("dialog", name="Clock")).to_contain_text("settled")
    assert float(page.evaluate("fetch('/_sandbox/clock').then(r => r.json()).then(c => c.now)")) >= before + 1800
    page.keyboard.press("Escape")
    page.get_by_test_id("traffic-button").click()
    post(client, text="look at me")
    page.get_by_role("button", name="chat.postMessage").first.click()
    expect(page.get_by_test_id("traffic")).to_contain_text('"text": "look at me"')


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_sideways_scrolling(
    browser: Browser, slack: Sandbox, client: WebClient, scheme: Any
) -> None:
    cells = [{"type": "raw_text", "text": "a rather wide cell"}] * 8
    post(
        client,
        text="x",
        blocks=[{"type": "table", "rows": [cells, cells]}, {"type": "header", "text": plain("W" * 140)}],
    )
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    phone = context.new_page()
    phone.goto(slack.url)
    phone.wait_for_selector("body[data-ready=true]")
    expect(phone.locator("article")).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.evaluate("document.querySelector('.scroller').scrollWidth") <= 390
    phone.get_by_role("button", name="Channels").tap()
    phone.get_by_test_id("channel-general").tap()
    expect(phone.get_by_role("textbox", name="Message #general")).to_be_visible()
    context.close()


CUT = "row => [...row.querySelectorAll('.place-name, .place-name *')].some(one => one.scrollWidth > one.clientWidth)"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_of_channels_shows_where_the_names_of_rooms_differ(page: Page, client: WebClient, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    names = [f"incident-20261214-payments-are-refused-by-the-gateway-of-the-bank{end}" for end in ("", "-2")]
    for name in names:
        client.conversations_create(name=name)
    if width == 390:
        page.get_by_role("button", name="Channels").click()
    for name in names:
        row = page.get_by_test_id(f"channel-{name}")
        expect(row).to_be_visible()
        assert "".join(row.inner_text().split()) == f"#{name}"
        assert not row.evaluate(CUT)


def test_a_channel_is_joined_before_one_writes_in_it(page: Page) -> None:
    page.get_by_test_id("channel-support").click()
    expect(page.get_by_role("textbox", name="Message #support")).to_have_count(0)
    page.get_by_role("button", name="Join #support").click()
    composer = page.get_by_role("textbox", name="Message #support")
    composer.fill("hello from next door")
    composer.press("Enter")
    expect(page.get_by_role("article").last).to_contain_text("hello from next door")


def test_the_page_comes_back_when_the_sandbox_does(page: Page, slack: Sandbox, client: WebClient) -> None:
    lost = page.get_by_text("The connection to the sandbox is lost")
    slack.stop()
    expect(lost).to_be_visible()
    with Sandbox(manifest=MANIFEST, port=int(slack.url.rsplit(":", 1)[1])):
        post(client, text="while you were away")
        expect(page.get_by_role("article").last).to_contain_text("while you were away")
        expect(lost).to_be_hidden()


def test_the_switcher_tells_for_whom_something_waits(page: Page, client: WebClient) -> None:
    direct = client.conversations_open(users=["U01CY"])["channel"]["id"]
    client.chat_postMessage(channel=direct, text="You are paged")
    expect(page.get_by_role("button", name="New messages for Cy Okafor")).to_be_visible()
    switch(page, "Cy Okafor, 1 new")
    page.get_by_role("link", name="app, 1 unread").click()
    page.get_by_role("link", name="Messages", exact=True).click()
    expect(page.get_by_role("article")).to_contain_text("You are paged")
    expect(page.get_by_role("button", name="You are Cy Okafor. Switch person", exact=True)).to_be_visible()
