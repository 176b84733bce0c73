"""An incident lived through in the page alone: every step is a click or a key, by whoever would take it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.window import Window
from tests.stories.world import World

TITLE = "Checkout returns 5xx"
CAUSE = "Release 4812 breaks the connection to payments; it is being rolled back."
FIX = "Rolled back checkout 4812; the error rate is normal."


@pytest.fixture
def window(page: Page, world: World) -> Window:
    """Ana's, on #incidents; the bot is connected."""
    expect(page.get_by_test_id("app-connection")).to_have_text("App connected")
    return Window(page)


def test_from_declare_to_postmortem(window: Window) -> None:
    _ana_declares(window)
    _bo_answers(window)
    _bo_takes_command(window)
    _the_timeline_is_kept(window)
    _an_update_is_posted(window)
    _it_is_resolved(window)
    _everybody_can_see_that_it_is_over(window)


def _ana_declares(window: Window) -> None:
    window.types("/incident declare")
    form = window.form("Declare an incident")
    title = form.get_by_label("What is happening?")
    expect(title).to_be_focused()
    title.fill(TITLE)
    window.chooses(form, "Service", "Checkout")
    form.get_by_role("radio", name="SEV-1 Critical").check()
    expect(form).to_contain_text("Pages now: Bo Lindqvist")
    window.sends(form, "Declare and page")
    announcement = window.sees(TITLE, "SEV-1", "no one yet", "Next update")
    expect(announcement.get_by_role("button", name="Join the room")).to_be_visible()


def _bo_answers(window: Window) -> None:
    expect(window.page.get_by_role("button", name="New messages for Bo Lindqvist")).to_be_visible()
    window.become("Bo Lindqvist")
    window.opens_messages()
    page = window.sees("You are paged", TITLE, "on call for primary-oncall", "next: @cy")
    window.presses("Acknowledge", page)
    acked = window.sees("You acknowledged at", "Paging stopped", TITLE)
    expect(acked.get_by_role("button", name="Acknowledge")).to_have_count(0)


def _bo_takes_command(window: Window) -> None:
    window.opens("incident-")
    card = window.card()
    expect(card).to_contain_text("Investigating")
    expect(card).to_contain_text("@bo answered")
    window.presses("Take command", card)
    expect(card).to_contain_text("IC @bo")
    expect(card.get_by_role("button", name="Take command")).to_have_count(0)
    expect(window.opens_thread(card)).to_contain_text(re.compile("Answered.*@bo", re.DOTALL))


def _the_timeline_is_kept(window: Window) -> None:
    window.types("/incident note the gateway pool is saturated")
    window.sees("Only visible to you", "Added to the timeline")
    window.types("deploy 4812 went out just before")
    said = window.sees("deploy 4812 went out just before")
    said.hover()
    said.get_by_role("button", name="React with pushpin").click()
    expect(said.get_by_role("button", name=re.compile("pushpin, 1"))).to_be_visible()


def _an_update_is_posted(window: Window) -> None:
    window.presses("Update", window.card())
    form = window.form("Update INC-1")
    form.get_by_role("radio", name="Identified").check()
    form.get_by_label("What changed?").fill(CAUSE)
    form.get_by_label("Customer impact now").fill("About 4 in 10 checkouts fail.")
    window.sends(form, "Post update")
    window.sees("Update 1 · Identified", CAUSE, "About 4 in 10 checkouts fail.")
    expect(window.card()).to_contain_text(f"Now: {CAUSE}")


def _it_is_resolved(window: Window) -> None:
    window.presses("Resolve…", window.card())
    form = window.form("Resolve INC-1")
    form.get_by_role("button", name="Resolve", exact=True).click()
    expect(form).to_contain_text("Please complete this required field.")
    form.get_by_label("What fixed it?").fill(FIX)
    window.sends(form, "Resolve")
    window.sees("🟢", "Resolved after", FIX, "Acknowledged")
    expect(window.card()).to_contain_text(f"What fixed it: {FIX}")
    expect(window.card().get_by_role("button", name="Update")).to_have_count(0)


def _everybody_can_see_that_it_is_over(window: Window) -> None:
    draft = window.sees("Postmortem INC-1", "Preview")
    draft.get_by_text("Preview", exact=True).click()
    for line in ("the gateway pool is saturated", "deploy 4812 went out just before", FIX):
        expect(draft).to_contain_text(line)
    window.become("Eve Novak")
    window.opens("incidents")
    announcement = window.sees(TITLE, "Status Resolved", FIX)
    expect(announcement).to_contain_text("🟢")
    expect(announcement.get_by_role("button", name="Join the room")).to_have_count(0)


def test_a_form_that_was_overtaken_says_so(window: Window, world: World) -> None:
    window.types(f"/incident declare sev1 {TITLE}")
    window.opens("incident-")
    window.presses("Resolve…", window.card())
    form = window.form("Resolve INC-1")
    world.bo.says("/incident resolve INC-1 it went away")
    form.get_by_label("What fixed it?").fill(FIX)
    form.get_by_role("button", name="Resolve", exact=True).click()
    expect(form).to_contain_text("INC-1 is already resolved")


def test_nobody_answers_and_the_next_level_is_asked(window: Window) -> None:
    window.types(f"/incident declare sev1 {TITLE} --service checkout")
    window.sees(TITLE, "Next update")
    window.page.get_by_test_id("clock").click()
    window.page.get_by_role("button", name="Push the clock 5 minutes forward").click()
    window.page.keyboard.press("Escape")
    window.become("Cy Okafor")
    window.opens_messages()
    window.presses("Can't take it", window.sees("You are paged", "on call for secondary-oncall"))
    window.sends(window.form("Can't take this page?"), "Pass it on")
    window.sees("You couldn't take it")
    window.become("Bo Lindqvist")
    window.opens_messages()
    window.sees("Missed", "you are asked again below")


def test_a_bot_that_is_down_is_no_silence(window: Window, world: World) -> None:
    world.app.stop()
    window.composer.fill("/incident list")
    window.composer.press("Escape")
    window.composer.press("Enter")
    expect(window.page.get_by_role("alert")).to_contain_text(re.compile("did not|not connected"))
    expect(window.composer).to_have_value("/incident list")


def test_a_page_is_answered_on_a_phone(browser: Browser, world: World) -> None:
    world.ana.says(f"/incident declare sev1 {TITLE} --service checkout")
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    window = Window(context.new_page())
    window.sits_down(world.sandbox.url, "U01BO")
    window.page.get_by_role("button", name="Channels").tap()
    window.opens_messages()
    window.sees("You are paged").get_by_role("button", name="Acknowledge").tap()
    acked = window.sees("You acknowledged at")
    acked.get_by_role("link", name="Join").tap()
    card = window.card()
    card.get_by_role("button", name="Take command").tap()
    expect(card).to_contain_text("IC @bo")
    assert window.page.evaluate("document.documentElement.scrollWidth") == 390
    assert card.bounding_box()["height"] < 480, "the card leaves room for the conversation"  # type: ignore[index]
    context.close()
