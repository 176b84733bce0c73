"""The same verbs and synonyms as in Slack, typed at a command line; a word that is none is asked about."""

import pytest

from bot.domain import verbs
from storage.db import Database
from tests.stories.terminal import DECLARE, Terminal


@pytest.fixture
def company(here: Terminal) -> Terminal:
    here(*DECLARE)
    return here


@pytest.mark.both_databases
def test_old_and_new_words_of_a_verb_do_the_same(company: Terminal) -> None:
    company("incident", "severity", "1", "sev2")
    assert company.json("incident", "show", "1")["severity"] == "SEV-2"
    company("incident", "sev", "1", "sev3", "--reason", "two customers")
    company("incident", "status", "1", "identified")
    shown = company.json("incident", "status", "1")
    assert (shown["severity"], shown["status"]) == ("SEV-3", "identified")
    assert company.json("incident", "ls") == company.json("incident", "list")
    assert "aws  " in company("incident", "vendors", "1")
    assert company("incident", "tl", "1") == company("incident", "timeline", "1")


@pytest.mark.both_databases
def test_what_was_known_in_slack_alone_is_here_too(company: Terminal) -> None:
    assert company.json("incident", "room", "1")["answer"] in ("room_opening", "room_exists")
    assert company("incident", "ic", "1", "--as", "ana")
    assert company.json("incident", "show", "1")["roles"]["ic"]["name"] == "Ana Ruiz"
    assert company("incident", "pm", "1").startswith("# Postmortem INC-1")
    company("incident", "fixed", "1", "rolled", "back")
    assert company.json("incident", "archive", "1")["incident"]["status"] == "closed"


@pytest.mark.both_databases
def test_what_oncall_shows_in_slack_it_shows_here(here: Terminal) -> None:
    here("migrate")
    mine = here.json("oncall", "me", "--as", "ana")
    assert mine
    assert set(mine[0]) == {"schedule", "start", "end", "now"}
    assert "primary-oncall" in here("oncall", "mine", "--as", "ana")
    assert "say who you are with --as" in here.refuses("oncall", "me", ends=2)
    assert {"schedule", "people", "at", "next"} == set(here.json("oncall", "next")[0])
    assert "primary-oncall  " in here("oncall", "next")
    table = here.json("oncall", "rota", "--schedule", "primary-oncall")
    assert (table["schedule"], table["overrides"]) == ("primary-oncall", [])
    assert "times in" in here("oncall", "schedule")
    note = here.json("oncall", "hand-off", "--schedule", "primary-oncall")
    assert (note["schedule"], note["open"]) == ("primary-oncall", [])
    assert "hands over to" in here("oncall", "handoff")
    assert here.json("oncall", "test-page", "--as", "ana") == {"page": 1}
    assert "A test page to Ana Ruiz is " in here("oncall", "test", "--as", "ana")
    assert "no Slack account" in here.refuses("oncall", "test-page")


def test_schedules_are_read_without_a_database(tocsin: Terminal) -> None:
    assert tocsin.json("oncall", "me", "--as", "ana")
    assert tocsin.json("oncall", "next")
    assert "times in" in tocsin("oncall", "schedule")


def test_a_running_bot_is_asked_by_the_same_words(tocsin: Terminal, running: Database) -> None:
    tocsin(*DECLARE)
    tocsin("incident", "severity", "1", "sev2")
    assert tocsin.json("incident", "room", "1")["incident"]["severity"] == "SEV-2"
    assert tocsin.json("oncall", "test-page", "--as", "ana")["page"] > 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("incident relsove 1", "`relsove` is not a command. Did you mean `resolve`?"),
        ("incident ring 1 bo", "`ring` is not a command."),
        ("incident frobnicate", "`frobnicate` is not a command. See `tocsin incident --help`."),
        ("oncall handover", "Did you mean `handoff`?"),
        ("incidnt list", "`incidnt` is not a command. Did you mean `incident`?"),
        ("incident ack 1 --jsn", "there is no option `--jsn`. Did you mean `--json`?"),
        ("incident update 1 x --status identifed", "Did you mean `identified`?"),
        ("incident answer 1 yse", "Did you mean `yes`?"),
        ("incident ack 1 2", '"2" is one word too many'),
        ("incident vendor 1 --answered", "--answered needs more: `tocsin incident vendor INC-1 aws CASE-7`"),
        ("oncall overide", "Did you mean `override`?"),
        ("check --efective", "Did you mean `--effective`?"),
    ],
)
def test_a_slip_is_named_with_what_was_meant(tocsin: Terminal, typed: str, sentence: str) -> None:
    assert sentence in tocsin.refuses(*typed.split(), ends=2)


def test_a_name_that_is_not_known_is_answered_with_the_nearest(company: Terminal) -> None:
    assert 'Did you mean "checkout"?' in company.refuses("incident", "declare", "x", "--service", "chekout")
    assert 'Did you mean "monitoring"?' in company.refuses("incident", "status", "1", "monitorng")
    assert 'Did you mean "comms"?' in company.refuses("incident", "role", "1", "coms")
    assert 'did you mean "primary-oncall"?' in company.refuses("oncall", "schedule", "--schedule", "primry-oncall")


def test_every_word_of_every_verb_is_understood(tocsin: Terminal) -> None:
    for command in ("incident", "oncall"):
        listed = tocsin(command, "--help")
        for verb in verbs.at(command, "cli"):
            for word in verb.words:
                if word and not word.startswith("-"):
                    assert f"tocsin {command} {verb.name}" in tocsin(command, word, "--help")
            hidden = set(re_words(listed)) & {word for word in verb.synonyms if len(word) > 6}
            assert not hidden, f"synonyms are accepted, not listed: {hidden}"


def re_words(text: str) -> list[str]:
    """The first word of every line."""
    return [line.split()[0] for line in text.splitlines() if line.strip()]
