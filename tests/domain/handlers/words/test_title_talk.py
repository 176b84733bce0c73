"""Titles that may be none: whom not to wake, second thoughts, a question, good news, a placeholder."""

import pytest

from handlers.words import command_parser
from handlers.words.command import Ambiguity, Command
from tests.domain.handlers.words.reading import catalog, read


@pytest.mark.parametrize("title", [
    "checkout down - do not page anyone", "checkout down, no need to wake anybody", "please don't page: checkout slow",
    "checkout down (no page)", "checkout down, page no one", "checkout slow without paging", 
    "quiet, no pages: checkout",
    "don't wake anyone, checkout slow", "checkout slow, can wait till morning", 
    "checkout slow; nobody needs to be woken",
    "checkout slow, let them sleep", "no paging: checkout slow", "checkout slow, not urgent", "checkout slow, fyi only",
    "checkout slow don't call anyone", "checkout slow - no pages please", "but not urgent: checkout slow",
])  # fmt: skip
def test_whom_not_to_wake_is_asked_about_and_the_button_says_that_it_pages(title: str) -> None:
    for typed in (f"declare sev1 {title}", f"sev1 {title}"):
        said = command_parser.incident(typed, catalog())
        assert isinstance(said, Ambiguity)
        assert "pages the people on call" in said.question
        assert [label for label, _ in said.choices] == [f"Declare SEV-1 and page: “{title}”", "Not now"]
        assert said.choices[1][1] == Command(None)


TALK = (
    "cancel", "undo", "nevermind", "sorry wrong channel", "how do I declare an incident",
    "should we declare for checkout?", "is checkout down?", "checkout is back up", "all good again",
    "resolved: checkout", "maintenance window tonight 22:00", "ack", "resolve", "list", "false alarm", "wrong",
    "declared by mistake", "checkout resolved", "who is on call?", "what to do", "page @bo", "@bo", "thanks",
    "oops", "sorry", "my mistake", "checkout is working again", "planned downtime on sunday", "how to page bo",
)  # fmt: skip


@pytest.mark.parametrize("title", TALK)
@pytest.mark.parametrize("typed", ["declare sev1 {}", "sev1 {}"])
def test_what_is_no_title_declares_nothing_until_a_button_is_pressed(typed: str, title: str) -> None:
    assert read(typed.format(title)).startswith(("ask ", "no ", "help"))


@pytest.mark.parametrize("title", ["aaaa", "tbd", "TBD.", "n/a", "title here", "zzz", "todo"])
def test_a_placeholder_opens_the_form(title: str) -> None:
    assert read(f"declare sev1 {title}") == "declare SEV-1"
