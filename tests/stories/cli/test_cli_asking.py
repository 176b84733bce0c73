"""What Slack's buttons do about who is asked, at the command line and over HTTP, while Slack is away."""

import re

import pytest

from bot.cli.incident import run
from bot.domain import verbs
from handlers.changes import CHANGES
from storage.db import Database
from tests.stories.terminal import DECLARE, Terminal


@pytest.fixture
def company(here: Terminal) -> Terminal:
    here(*DECLARE)
    return here


def asked(here: Terminal) -> set[str]:
    pages = here.json("incident", "show", "1")["pages"]
    return {page["person"]["name"] for page in pages if page["state"] == "owed"}


def test_every_verb_is_one_of_slack_of_the_command_line_and_of_the_api() -> None:
    about_one = [verb for verb in verbs.INCIDENT if verb.about_one]
    assert all(verb.doors == ("slack", "cli", "rest") for verb in about_one)
    assert {verb.name for verb in about_one if not verb.reads} == set(CHANGES)
    looked_at = {verb.name for verb in verbs.INCIDENT if verb.reads or verb.shows_without} - {"help"}
    assert looked_at | {"postmortem"} == set(run.READS)


def test_whoever_cannot_take_it_hands_it_on_and_it_waits(company: Terminal) -> None:
    first = asked(company)
    (name,) = first
    who = {"Ana Ruiz": "ana", "Bo Lindqvist": "bo", "Cy Okafor": "cy"}[name]
    said = company("incident", "decline", "1", "ill", "--as", who)
    assert "is passed on" in said
    assert asked(company)
    assert not asked(company) & first
    assert "`tocsin incident escalate INC-1` pages the next level" in company.refuses(
        "incident", "decline", "1", "--as", who
    )
    assert "is paused until" in company("incident", "pause", "1", "1h")
    assert "has resumed" in company("incident", "resume", "1")
    assert "how long" in company.refuses("incident", "pause", "1", "lunch")
    company("incident", "stop", "1", "known", "and", "harmless")
    assert company.json("incident", "show", "1")["paging"] == "stopped"
    assert "to pause" in company.refuses("incident", "pause", "1")


def test_up_the_ladder_and_to_somebody_by_name(company: Terminal) -> None:
    assert "next level" in company("incident", "escalate", "1")
    assert "there is no level 9" in company.refuses("incident", "escalate", "1", "--level", "9")
    assert company.json("incident", "escalate", "1", "level", "1")["answer"] == "escalated"
    assert "either" in company.refuses("incident", "escalate", "1", "li", "--level", "2")
    assert company.json("incident", "escalate", "1", "database")["answer"] == "specialist_paged"
    assert company.json("incident", "page", "1", "li")["answer"] == "paging"
    assert "I don't know who" in company.refuses("incident", "page", "1", "nobody")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("--dry-run checkout", "critical, from"),
        ("checkout --dry-run", "critical, from"),
        ("1 --dry-run", "critical, from"),
        ("INC-1 all-hands --dry-run", "all hands, from"),
        ("--dry-run INC-1 medium", "medium, from"),
        ("INC-1 --dry-run medium", "medium, from"),
        ("medium INC-1 --dry-run", "medium, from"),
        ("li --dry-run", "Li Wei, from"),
        ("U01GUS --dry-run", "Slack is the only way to U01GUS"),
    ],
)
def test_a_dry_run_says_who_would_be_paged_whatever_the_order(company: Terminal, typed: str, told: str) -> None:
    before = asked(company)
    assert told in company("incident", "page", *typed.split())
    assert asked(company) == before


def test_a_dry_run_of_a_service_needs_no_database(tocsin: Terminal) -> None:
    levels = tocsin.json("incident", "page", "checkout", "--dry-run")["levels"]
    assert [one["to"] for one in levels][:2] == [["schedule:primary-oncall"], ["schedule:secondary-oncall"]]
    assert 'did you mean "checkout"' in tocsin.refuses("incident", "page", "chekout", "--dry-run")
    assert "name an incident" in tocsin.refuses("incident", "page", "--dry-run", ends=2)


def test_a_page_names_whom_it_is_for_and_says_who_has_slack_alone(company: Terminal) -> None:
    assert "who to page" in company.refuses("incident", "page", "1", ends=2)
    assert "Slack is the only way to U01GUS" in company("incident", "page", "1", "U01GUS")


def test_whom_it_is_with(company: Terminal) -> None:
    company("incident", "ack", "1", "--as", "ana")
    assert "with Ana Ruiz" in company("incident", "list")
    assert re.search(r"Assigned to +Ana Ruiz", company("incident", "show", "1"))


def test_all_hands_says_how_many_first_and_is_confirmed(company: Terminal) -> None:
    said = company.refuses("incident", "page", "1", "all-hands", "data", "is", "lost")
    assert re.search(r"This would page 6 people, \d of them in their sleeping hours|none of them at night", said)
    assert "--confirm" in said
    assert len(asked(company)) == 1
    assert "why everyone is needed" in company.refuses("incident", "page", "1", "all-hands", "--confirm")
    assert "has begun" in company("incident", "page", "1", "all-hands", "data", "is", "lost", "--confirm")
    assert len(asked(company)) == 5, "and the one who was asked already"


@pytest.mark.both_databases
def test_what_is_held_is_confirmed_offered_and_given_back(company: Terminal) -> None:
    company("incident", "ack", "1", "--as", "ana")
    assert company.json("incident", "confirm", "1", "--as", "ana")["answer"] == "confirmed"
    assert company.json("incident", "confirm", "1", "--as", "bo")["answer"] == "already_acknowledged"
    offered = company.json("incident", "pass", "1", "bo", "--as", "ana")
    assert offered["answer"] == "handover_offered"
    company("incident", "ack", "1", "--as", "bo")
    assert company.json("incident", "show", "1")["acknowledged_by"]["name"] == "Bo Lindqvist"
    assert company.json("incident", "unack", "1", "--as", "bo")["answer"] == "unacknowledged"
    assert "`tocsin incident ack INC-1` takes it" in company.refuses("incident", "unack", "1")


def test_a_manager_decides(company: Terminal) -> None:
    company("incident", "ask-manager", "1", "may", "we", "fail", "over?")
    (question,) = company.json("incident", "show", "1")["questions"]
    who = question["asked"][0]
    assert (question["text"], question["answer"]) == ("may we fail over?", None)
    assert f"asked: {who['name']}" in company("incident", "show", "1")
    words = ["incident", "answer", "1", "yes", "it", "is", "in", "step"]
    assert "was not put to you" in company.refuses(*words)
    assert "No decision is pending" in company.refuses(*words, "--question", "77")
    company(*words, "--as", who["id"])
    assert "yes, said" in company("incident", "show", "1")
    assert company.json("incident", "answer", "1", "no", "--as", who["id"])["answer"] == "already_decided"
    (question,) = company.json("incident", "show", "1")["questions"]
    assert (question["answer"], question["reason"]) == ("yes", "it is in step")


def test_a_vendor_is_asked_until_they_answer(company: Terminal) -> None:
    assert "aws  " in company("incident", "vendors", "1")
    assert "No case with" in company.refuses("incident", "vendor", "1", "aws", "--answered")
    said = company("incident", "vendor", "1", "aws", "CASE-7")
    assert "ticket CASE-7" in said
    assert "due by" in said
    assert "ticket CASE-7, waiting" in company("incident", "show", "1")
    company("incident", "vendor", "1", "aws", "--escalated")
    company("incident", "vendor", "1", "aws", "--answered")
    assert [one["state"] for one in company.json("incident", "vendors", "1")["cases"]] == ["answered"]
    assert 'no vendor "lunch"' in company.refuses("incident", "vendor", "1", "lunch")


def test_the_questions_lead_to_a_deed(company: Terminal) -> None:
    said = company("incident", "tree", "1")
    assert re.search(r"^  1  ", said, re.MULTILINE)
    first = company.json("incident", "tree", "1")
    assert "answers: say the number" in company.refuses("incident", "tree", "1", "9")
    end = company.json("incident", "tree", "1", "2")
    assert end["deed"]["do"] == "escalate"
    assert "end after 1 answers" in company.refuses("incident", "tree", "1", "2", "1")
    before = asked(company)
    command = re.search(r"Do it: tocsin (.*)", company("incident", "tree", "1", "2"))
    assert command is not None
    assert "were changed" in company.refuses("incident", "tree", "1", "2", "--do", "other")
    assert asked(company) == before
    company(*command[1].split())
    assert asked(company) > before
    assert first["mark"] in command[1]
    lines = [line["text"] for line in company.json("incident", "timeline", "1")]
    assert any("page the next level" in line for line in lines)


def test_a_running_bot_is_asked_the_same(tocsin: Terminal, running: Database) -> None:
    tocsin(*DECLARE)
    mark = tocsin.json("incident", "tree", "1")["mark"]
    assert tocsin.json("incident", "tree", "1", "2", "--do", mark)["answer"] == "escalated"
    assert tocsin.json("incident", "vendor", "1", "aws")["incident"]["vendor_cases"][0]["state"] == "open"
    assert "end after 1 answers" in tocsin.refuses("incident", "tree", "1", "2", "2", "--do", mark)
