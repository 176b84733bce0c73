"""Writes docs/screenshots: `python -m tests.browser.screenshots`. The clock stands still, so pictures compare."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from sandbox import Sandbox
from tests.browser.conftest import CHROMIUM, launch
from tests.browser.window import Window
from tests.calendar import MONDAY, turn_to
from tests.stories.world import ROOT, World, settings_for, start

FOLDER = ROOT / "docs" / "screenshots"
REPORT = "Two customers write that checkout shows an error page when they pay."
CAUSE = "Release 4812 breaks the connection to payments; it is being rolled back."


@dataclass
class Studio:
    """One browser that looks at one world."""

    browser: Browser
    world: World

    @contextmanager
    def sitting(self, who: str, *, dark: bool = False, phone: bool = False) -> Iterator[Window]:
        """The page as somebody (a name of the sandbox) on a screen of their own."""
        context = self.browser.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 800},
            color_scheme="dark" if dark else "light",
            timezone_id="Europe/Madrid",
            locale="en-GB",
            reduced_motion="reduce",
            device_scale_factor=1,
        )
        window = Window(context.new_page())
        window.sits_down(self.world.sandbox.url, f"U01{who.upper()}")
        yield window
        context.close()

    def shoot(self, window: Window, name: str) -> None:
        """Once the bot is at rest and the page shows it."""
        self.world.settle()
        window.page.wait_for_load_state("networkidle")
        window.page.evaluate("document.activeElement?.blur()")
        window.page.mouse.move(0, 0)
        window.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")


def story(studio: Studio) -> None:
    """One incident, photographed where it is worth it."""
    world = studio.world
    world.li.says(REPORT, channel="incidents")
    with studio.sitting("ana") as window:
        _declare(studio, window)
    with studio.sitting("bo") as window:
        _page(studio, window)
        window.opens("incident-")
        window.presses("Take command", window.card())
        _work(world, window)
        window.page.reload()
        window.sees("timeouts from checkout")
        window.card().evaluate("node => node.scrollIntoView({ block: 'start' })")
        studio.shoot(window, "war-room")
        window.opens("incidents")
        window.opens_thread(window.sees("Checkout returns 5xx", "IC @bo"))
        studio.shoot(window, "sandbox")
        window.opens_home()
        window.page.get_by_text("Live incidents").wait_for()
        studio.shoot(window, "home")
    with studio.sitting("bo", dark=True) as window:
        window.opens("incident-")
        window.sees("timeouts from checkout")
        studio.shoot(window, "dark")


def _declare(studio: Studio, window: Window) -> None:
    window.types("/incident declare")
    form = window.form("Declare an incident")
    form.get_by_label("What is happening?").fill("Checkout returns 5xx")
    window.chooses(form, "Service", "Checkout")
    form.get_by_role("radio", name="SEV-1 Critical").check()
    form.get_by_text("Pages now: Bo Lindqvist").wait_for()
    studio.shoot(window, "modal")
    window.sends(form, "Declare and page")
    window.sees("Checkout returns 5xx", "no one yet")
    studio.world.settle()


def _page(studio: Studio, window: Window) -> None:
    """The page, on the desk and in the pocket; answered after two minutes."""
    window.opens_messages()
    window.sees("You are paged")
    studio.shoot(window, "page")
    with studio.sitting("bo", dark=True, phone=True) as phone:
        phone.page.get_by_role("button", name="Channels").click()
        phone.opens_messages()
        phone.sees("You are paged")
        studio.shoot(phone, "phone")
    studio.world.forward(minutes=2)
    window.presses("Acknowledge", window.sees("You are paged"))
    window.sees("You acknowledged at")


def _work(world: World, window: Window) -> None:
    """Some minutes in the war room."""
    world.forward(minutes=3)
    window.types("The error rate rose with the release of checkout 4812 at 14:52.")
    world.ana.says("Payments sees timeouts from checkout since then.", channel=world.room().name)
    world.bo.reacts("pushpin", world.room().expects("timeouts from checkout"), world.room().name)
    window.presses("Update", window.card())
    form = window.form("Update INC-1")
    form.get_by_role("radio", name="Identified").check()
    form.get_by_label("What changed?").fill(CAUSE)
    form.get_by_label("Customer impact now").fill("About 4 in 10 checkouts fail.")
    window.sends(form, "Post update")
    world.settle()


def main() -> int:
    if not CHROMIUM.exists():
        print(f"{CHROMIUM} is missing: install Debian's chromium to take the pictures", file=sys.stderr)  # noqa: T201
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(manifest=ROOT / "manifest.yml") as sandbox,
        sync_playwright() as playwright,
    ):
        sandbox.limits.enabled = False
        turn_to(MONDAY, sandbox, speed=0)
        world = start(sandbox, settings_for(sandbox, f"sqlite:///{Path(folder) / 'tocsin.db'}"))
        browser = launch(playwright)
        try:
            story(Studio(browser, world))
        finally:
            browser.close()
            world.http.close()
            world.app.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
