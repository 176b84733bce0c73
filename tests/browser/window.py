"""A person at the page: who they are, where they look, what they type and press. Only what hands can do."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass
class Window:
    """`window.become("Bo Lindqvist")`, `window.opens("incidents")`, `window.types("/incident list")`."""

    page: Page

    def sits_down(self, url: str, user: str) -> None:
        """Opens the page as somebody (a user id)."""
        self.page.goto(url)
        self.page.evaluate("user => localStorage.setItem('sandbox.viewer', user)", user)
        self.page.reload()
        self.page.wait_for_selector("body[data-ready=true]")

    def become(self, name: str) -> None:
        """Somebody else sits down. `name` as the switcher shows it."""
        self.page.get_by_test_id("user-switcher").click()
        self.page.get_by_role("menuitem", name=re.compile(f"^{re.escape(name)}")).click()
        expect(self.page.get_by_role("button", name=re.compile(f"^You are {re.escape(name)}"))).to_be_visible()

    def opens(self, channel: str) -> None:
        """A channel of the sidebar, by the beginning of its name."""
        self.page.locator(f"#sidebar a[data-testid^='channel-{channel}']").first.click()
        expect(self.main.locator("h1")).to_contain_text(channel)

    def opens_messages(self) -> None:
        """The conversation with the app."""
        self.opens_home()
        self.page.get_by_role("link", name="Messages", exact=True).click()
        expect(self.composer).to_be_visible()

    def opens_home(self) -> None:
        self.page.locator("#sidebar a[href='#/home']").click()
        expect(self.page.get_by_test_id("home")).to_be_visible()

    def opens_thread(self, message: Locator) -> Locator:
        """The side pane with the replies."""
        message.get_by_role("link", name=re.compile(r"repl(y|ies)")).click()
        pane = self.page.get_by_role("complementary", name="Thread")
        expect(pane.get_by_role("article").nth(1)).to_be_visible()
        return pane

    def types(self, text: str) -> None:
        """A message or a command, sent with Enter."""
        self.composer.fill(text)
        if text.startswith("/"):  # the suggestions would take the Enter
            self.composer.press("Escape")
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def sees(self, *texts: str) -> Locator:
        """The newest message here that holds all the texts."""
        found = self.main.locator("article")
        for text in texts:
            found = found.filter(has_text=text)
        expect(found.last).to_be_visible()
        return found.last

    def card(self) -> Locator:
        """The pinned first message of a war room."""
        return self.main.locator("article.pinned").first

    def presses(self, label: str, where: Locator) -> None:
        where.get_by_role("button", name=label).first.click()

    def form(self, title: str) -> Locator:
        """The modal on top."""
        dialog = self.page.get_by_role("dialog", name=title)
        expect(dialog).to_be_visible()
        return dialog

    def chooses(self, form: Locator, field: str, option: str) -> None:
        """Picks from a menu of a modal."""
        form.get_by_role("combobox", name=re.compile(f"^{re.escape(field)}")).click()
        self.page.get_by_role("option", name=option).click()

    def sends(self, form: Locator, label: str) -> None:
        """Submits a modal that is then gone."""
        form.get_by_role("button", name=label, exact=True).click()
        expect(self.page.locator("dialog[data-testid=modal]")).to_have_count(0)

    @property
    def main(self) -> Locator:
        return self.page.locator("#main")

    @property
    def composer(self) -> Locator:
        return self.main.get_by_test_id("composer-text")
