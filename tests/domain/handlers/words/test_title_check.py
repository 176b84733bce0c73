"""Titles that come without a command: a form and a program take none that the command refuses or asks about."""

from typing import Any

import pytest

from bot.domain.core.errors import DomainError
from handlers.words import title_check
from handlers.words.command import Command
from tests.domain.handlers.words.reading import catalog, read
from tests.domain.handlers.words.test_title_doubts import MARKED, PROSE

NO_TITLES = ("INC-1", "INC-1.", "#2 and #3", "help", "help me", "--help", "sev1", "sev1 INC-2", "inc 7, please")
SEV_3 = Command(None, severity="SEV-3")


def kept(title: str, chosen: Command = SEV_3) -> str:
    try:
        return title_check.from_a_form(title, chosen, catalog())
    except DomainError as refusal:
        return f"{type(refusal).__name__}: {refusal}"


def program(title: str, **fields: Any) -> Command:
    return title_check.from_a_program(title, Command(None, **fields), catalog(), list(fields))


def sent(title: str, **fields: Any) -> str:
    try:
        return program(title, **fields).text
    except DomainError as refusal:
        return f"{type(refusal).__name__}: {refusal}"


@pytest.mark.parametrize("title", NO_TITLES)
def test_no_door_takes_what_says_nothing_of_what_is_happening(title: str) -> None:
    assert "declare" not in read(f"declare {title}") or title in ("help", "help me", "--help", "sev1", "inc 7, please")
    assert kept(title).startswith("NoTitle")
    assert sent(title).startswith("NoTitle")


@pytest.mark.parametrize(("title", "chosen", "told"), [
    ("sev1 payments down", SEV_3, "NotChosen: The title reads as if it should be SEV-1."),
    ("payments down (P1)", SEV_3, "should be SEV-2"),
    ("prio 1 payments", SEV_3, "should be SEV-1 or SEV-2"),
    ("sev1 payments down --drill", SEV_3, "should be SEV-1 and a drill"),
    ("keys leaked --private", SEV_3, "should be private"),
    ("keys leaked --privte", SEV_3, "UnknownFlag"),
    ("keys leaked private", SEV_3, "should be private"),
    ("this is a test", SEV_3, "should be a drill"),
    ("x is down --service payments", SEV_3, "UnknownService"),
    ("sev9 payments down", SEV_3, "UnknownSeverity"),
])  # fmt: skip
def test_a_form_asks_for_what_its_title_says_and_its_fields_do_not(title: str, chosen: Command, told: str) -> None:
    assert told in kept(title, chosen)


@pytest.mark.parametrize("title", MARKED)
def test_a_form_makes_nothing_public_while_its_title_may_mean_private(title: str) -> None:
    assert "should be private" in kept(title)
    assert kept(title, Command(None, severity="SEV-3", private=True)) == "leak"


@pytest.mark.parametrize(("title", "chosen", "stays"), [
    ("sev1 payments down", Command(None, severity="SEV-1"), "payments down"),
    ("prio 1 payments", Command(None, severity="SEV-2"), "payments"),
    ('"sev1 payments down"', SEV_3, "sev1 payments down"),
    ("“keys leaked --private”", SEV_3, "keys leaked --private"),
    ("keys leaked --private", Command(None, severity="SEV-3", private=True), "keys leaked"),
    ("low disk space on db-1", SEV_3, "low disk space on db-1"),
    ("INC-1 is back", SEV_3, "INC-1 is back"),
    ("is checkout down?", SEV_3, "is checkout down?"),
    ("   ", SEV_3, ""),
    *((one, SEV_3, one) for one in PROSE),
])  # fmt: skip
def test_a_title_of_a_form_that_agrees_with_its_fields_is_taken(title: str, chosen: Command, stays: str) -> None:
    assert kept(title, chosen) == stays


@pytest.mark.parametrize("title", ["critical", "rsync --delete failed", "INC-1 is back", "is checkout down?",
                                   "update of db-1 failed", "https://x.example returns 502", *PROSE])  # fmt: skip
def test_the_title_of_a_program_is_its_own(title: str) -> None:
    assert sent(title) == title


@pytest.mark.parametrize("title", ["keys leaked --private", "x --drill"])
def test_a_program_has_fields_for_its_options(title: str) -> None:
    assert "Use the field" in sent(title)


@pytest.mark.parametrize(("title", "told"), [
    ("keys leaked private", "should be private, so nothing was declared. Send `private` (true or false) with it"),
    ("x (private)", "Send `private`"),
    ("sev1 keys leaked, confidentially", "Send `private`"),
    ("keys leaked --privte", "Did you mean `--private`"),
    ("sev9 payments down", "UnknownSeverity"),
])  # fmt: skip
def test_a_program_is_told_what_to_send_for_what_its_title_says(title: str, told: str) -> None:
    assert told in sent(title)
    assert "quotes" in sent(title) or "Severity" in sent(title)
    assert sent(f'"{title}"') == title


@pytest.mark.parametrize(("title", "severity"), [
    ("sev1: checkout is down", "SEV-1"),
    ("checkout is down sev1", "SEV-1"),
    ("prio 1 payments", "SEV-1"),
    ("P2 is slow", "SEV-3"),
    ("sev1 test: x is down", "SEV-1"),
    ("low disk space on db-1", None),
    ("test: checkout", None),
    ("drill: checkout", None),
])  # fmt: skip
def test_no_page_is_lost_to_a_word_in_a_programs_title(title: str, severity: str | None) -> None:
    """The highest severity that it may name counts, unless a field says which; and it is no drill."""
    assert program(title) == Command(None, text=title, severity=severity)
    assert program(title, severity="SEV-4").severity == "SEV-4"


@pytest.mark.parametrize(("title", "fields"), [
    ("sev1: checkout is down", {"severity": "SEV-1"}),
    ("sev1: checkout is down", {"severity": "SEV-3"}),
    ("keys leaked private", {"private": True}),
    ("keys leaked private", {"private": False}),
    ("drill: checkout", {"drill": False}),
])  # fmt: skip
def test_what_a_program_has_sent_is_not_doubted(title: str, fields: dict[str, Any]) -> None:
    assert sent(title, **fields) == title


@pytest.mark.parametrize("title", ["ack", "ACK!", "resolve INC-1", "resolve #2", "cancel 2", "close", "update: INC-2"])
def test_a_command_is_no_title_at_any_door(title: str) -> None:
    for said in (kept(title), sent(title)):
        assert said.startswith("ReadsAsCommand"), said
        assert f"/incident {title.split()[0].strip('!:')}" in said
    assert kept(f'"{title}"') == sent(f'"{title}"') == title


@pytest.mark.parametrize(
    "title", ["https://x.example", "<https://x.example|x>", "http://a.example https://b.example/d/1"]
)
def test_a_link_alone_is_no_title(title: str) -> None:
    for said in (kept(title), sent(title)):
        assert said.startswith("NoTitle"), said
