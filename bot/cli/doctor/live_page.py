"""The doctor's live test: a real page through the running bot, waited for until Slack has it."""

import threading

from bot import clock
from bot.catalog import Catalog
from bot.cli import installation
from bot.cli.finding import Finding, failed, ok
from bot.domain.core import people
from bot.domain.core.errors import DomainError
from bot.domain.core.people import Actor
from storage.models import Page, PageState

PATIENCE = 20.0
"""Seconds until a page must have been accepted."""
NAME = "test page"


def page(whom: str, catalog: Catalog) -> Finding:
    """Pages `whom`; the page belongs to no incident and says that it is a test."""
    try:
        person = people.identify(whom, catalog)
        with installation.changing() as office:
            if office.sent_later:
                return failed(
                    NAME, "the bot is not running, so nothing would be sent", "start `tocsin run`, then again."
                )
            number = office.changes.test_page(Actor(person, "cli"))["page"]
    except DomainError as refusal:
        return failed(NAME, str(refusal), "name someone from tocsin.yml who has a Slack id.")
    return _wait(number, people.display_name(person, catalog))


def _wait(number: int, name: str) -> Finding:
    pause, start = threading.Event(), clock.monotonic()
    with installation.database(exclusive=False) as database:
        while clock.monotonic() - start < PATIENCE:
            with database.read() as session:
                row = session.get(Page, number)
                state: str = row.state if row else "missing"
            if state != PageState.OWED:
                break
            pause.wait(0.1)
    took = clock.monotonic() - start
    if state in (PageState.SENT, PageState.ACKNOWLEDGED):
        return ok(NAME, f"Slack accepted the page to {name} after {took:.1f} s; it can be acknowledged there")
    said = "is still owed" if state == PageState.OWED else f"ended as {state}"
    return failed(NAME, f"the page to {name} {said} after {took:.0f} s", "look at the log of the bot.")
