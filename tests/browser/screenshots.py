"""Writes docs/screenshots: `python -m tests.browser.screenshots`. The clock stands still, so pictures compare."""

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, sync_playwright

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

    def shoot(self, window: Window, name: str, seen: Locator | None = None) -> None:
        """Once the bot is at rest and the page shows it; `seen` is brought to the top."""
        self.world.settle()
        window.page.wait_for_load_state("networkidle")
        if seen is not None:
            seen.evaluate("node => node.scrollIntoView({ block: 'start' })")
        window.page.evaluate("document.activeElement?.blur()")
        window.page.mouse.move(0, 0)
        file = FOLDER / f"{name}.png"
        window.page.screenshot(path=file, animations="disabled", caret="hide")
        with Image.open(file) as taken:  # a page of few colours needs no more than a palette
            taken.convert("RGB").quantize(128).save(file, optimize=True)

    def on_both(self, who: str, name: str, show: Callable[[Window], Locator | None], *, desk: bool = True) -> None:
        """The same on a desk in the light and on a phone in the dark, or there alone; `show` returns what is brought to
        the top."""
        for dark, ending in ((False, ""), (True, "-phone"))[not desk :]:
            with self.sitting(who, dark=dark, phone=dark) as window:
                self.shoot(window, name + ending, show(window))
                for form in window.page.get_by_role("dialog").all():  # it would open again with the next window
                    form.get_by_role("button", name=re.compile("^(Cancel|Close)$")).last.click()


def story(studio: Studio) -> None:
    """One incident, photographed where it is worth it: UX 6.1 to 6.10, each as desk and as phone."""
    world = studio.world
    world.li.says(REPORT, channel="incidents")
    studio.on_both("ana", "declare", _declare)
    with studio.sitting("ana") as window:
        window.sends(_declare(window), "Declare and page")
        window.sees("Checkout returns 5xx", "no one yet")
    world.settle()
    studio.on_both("bo", "page", _page)
    world.forward(minutes=2)
    world.bo.presses("page.ack", "You are paged")
    studio.on_both("bo", "acknowledged", lambda window: _dm(window, "You acknowledged at"), desk=False)
    _work(world)
    studio.on_both("bo", "war-room", lambda window: _room(window) or window.card())
    studio.on_both("bo", "paging", _thread, desk=False)
    studio.on_both("bo", "update", _update, desk=False)
    world.bo.says("/incident update identified Release 4812 breaks payments; it is being rolled back.", _room_of(world))
    studio.on_both("bo", "announcement", _announcement)
    world.bo.says("/incident handoff @dee the replica of payments lags", _room_of(world))
    studio.on_both("dee", "hand-over", lambda window: _dm(window, "command of"), desk=False)
    world.dee.presses("command.accept", "command of")
    studio.on_both("dee", "kept", _kept)
    studio.on_both("dee", "resolve", _resolve, desk=False)
    world.cy.says("/incident triage sev3 Search answers slowly", "general")
    with studio.sitting("dee") as window:
        window.opens_home()
        window.page.get_by_text("Live incidents").wait_for()
        studio.shoot(window, "home")


def _room_of(world: World) -> str:
    return world.room().name


def _channels(window: Window) -> None:
    """A phone shows the conversation alone; the list of channels is a button away."""
    button = window.page.get_by_role("button", name="Channels")
    if button.is_visible():
        button.click()


def _declare(window: Window) -> Locator:
    _channels(window)
    window.opens("incidents")
    window.types("/incident declare")
    form = window.form("Declare an incident")
    form.get_by_label("What is happening?").fill("Checkout returns 5xx")
    window.chooses(form, "Service", "Checkout")
    form.get_by_role("radio", name="SEV-1 Critical").check()
    form.get_by_text("Pages now: Bo Lindqvist").wait_for()
    return form


def _dm(window: Window, words: str) -> Locator:
    _channels(window)
    window.opens_messages()
    return window.sees(words)


def _page(window: Window) -> Locator:
    return _dm(window, "You are paged")


def _work(world: World) -> None:
    """Some minutes in the war room."""
    room = _room_of(world)
    for typed in ("ic", "role tech @cy", "note the error rate rose with release 4812 at 14:52",
                  "decision roll back release 4812", "action @cy roll back 4812 10m"):  # fmt: skip
        world.bo.says(f"/incident {typed}", room)
    world.forward(minutes=3)
    world.ana.says("Payments sees timeouts from checkout since then.", channel=room)


def _room(window: Window) -> None:
    _channels(window)
    window.opens("incident-")
    window.sees("timeouts from checkout")


def _thread(window: Window) -> None:
    _room(window)
    window.opens_thread(window.card())


def _update(window: Window) -> Locator:
    _room(window)
    window.presses("Update", window.card())
    form = window.form("Update INC-1")
    form.get_by_role("radio", name="Identified").check()
    form.get_by_label("What changed?").fill(CAUSE)
    return form


def _announcement(window: Window) -> Locator:
    _channels(window)
    window.opens("incidents")
    return window.sees("Checkout returns 5xx", "IC")


def _kept(window: Window) -> Locator:
    _channels(window)
    window.opens("incident-")
    return window.sees("Decision D1")


def _resolve(window: Window) -> Locator:
    _channels(window)
    window.opens("incident-")
    window.presses("Resolve", window.card())
    form = window.form("Resolve INC-1")
    form.get_by_label("What fixed it?").fill("Rolled back release 4812")
    return form


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
