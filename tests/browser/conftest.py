"""A sandbox, a window of its page in a real browser, and a client that posts as the app."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.browser.shared import MANIFEST
from tests.calendar import MONDAY, turn_to
from tests.stories.world import PATIENT, World, settings_for, start

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 60_000
"""Milliseconds for what shall appear: it says nothing of how fast the machine is."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: install Debian's chromium to run the browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        print(reason)  # noqa: T201  (a skip says why, also without -rs)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


def launch(playwright: Playwright) -> Browser:
    """Debian's chromium, without a window. Its own sandbox refuses to work for root."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=str(CHROMIUM), args=["--no-sandbox"] if root else [], timeout=2 * PATIENCE
    )


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST) as sandbox:
        sandbox.limits.enabled = False
        yield sandbox


@pytest.fixture
def client(slack: Sandbox) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def world(slack: Sandbox, tmp_path: Path) -> Iterator[World]:
    """The bot beside the sandbox, on a Monday afternoon."""
    turn_to(MONDAY, slack)
    slack.world.patience = PATIENT
    made = start(slack, settings_for(slack, f"sqlite:///{tmp_path / 'tocsin.db'}"))
    yield made
    made.http.close()
    made.app.stop()


@pytest.fixture
def page(browser: Browser, slack: Sandbox) -> Iterator[Page]:
    """Ana's window on #incidents; a failed script or a page that asks another host fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, timezone_id="UTC")
    context.set_default_timeout(PATIENCE)
    window = context.new_page()
    broken: list[str] = []
    strangers: list[str] = []
    window.on("pageerror", lambda error: broken.append(str(error)))
    window.on("request", lambda request: strangers.append(request.url) if slack.url not in request.url else None)
    window.goto(slack.url)
    window.wait_for_selector("body[data-ready=true]")
    yield window
    context.close()
    assert not broken
    assert not strangers
