"""Specialists, vendors and the decision tree in the configuration: what is accepted, and each mistake with its line."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalog import load
from tests.domain.catalog.test_catalog_errors import PEOPLE, complaints
from tests.domain.catalogs import loaded

TREE = "decision_tree:\n  start: a\n  questions:\n"


def test_the_shipped_tree_asks_what_the_handbook_asks() -> None:
    tree = load(None).decision_tree
    asked, name = [], tree.start
    while name:
        asked.append(name)
        name = next((one.next for one in tree.questions[name].answers if one.next), None) or ""
    assert asked == ["primary", "able", "specialist", "manager", "team", "customer_data"]
    deeds = {name: {one.do for one in row.answers if one.do} for name, row in tree.questions.items()}
    assert deeds == {
        "primary": {"escalate"},
        "able": {"nothing"},
        "specialist": {"specialist"},
        "manager": {"manager"},
        "team": {"team"},
        "customer_data": {"security", "nothing"},
    }


def test_the_shipped_specialists_promise_what_the_handbook_promises() -> None:
    found = {name: (row.contact, row.response) for name, row in load(None).specialists.items()}
    assert found == {
        "database": ("@database-oncall", timedelta(minutes=15)),
        "security": ("@security-oncall", timedelta(0)),
        "infrastructure": ("@infra-oncall", timedelta(minutes=15)),
    }
    assert all(len(row.when) == 4 for row in load(None).specialists.values())


def test_the_shipped_vendors_promise_what_the_handbook_promises() -> None:
    vendors = load(None).vendors
    assert {name: row.response for name, row in vendors.items()} == {
        "aws": timedelta(minutes=15),
        "gcp": timedelta(hours=1),
        "mongodb-atlas": None,
    }


def test_one_answer_of_the_shipped_tree_can_be_changed_alone(tmp_path: Path) -> None:
    text = 'decision_tree: {questions: {able: {answers: [{label: "No", do: specialist, who: database}]}}}'
    tree = loaded(tmp_path, text).decision_tree
    assert [one.who for one in tree.questions["able"].answers] == ["database"]
    assert tree.questions["primary"].ask == "Has the person on call answered?"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (TREE + "    a: {ask: x, answers: [{label: y, next: b}]}", '4:44: there is no question "b"; '),
        ("decision_tree: {start: primry}", '1:24: there is no question "primry"; did you mean "primary"?'),
        (
            TREE + "    a: {ask: x, answers: [{label: y, next: b}]}\n    b: {ask: x, answers: [{label: y, next: a}]}",
            '5:44: "a" was asked before on this way, so the questions never end; lead on.',
        ),
        (TREE + "    a: {ask: x, answers: [{label: y, next: a}]}", '4:44: "a" was asked before on this way'),
        (
            TREE + "    a: {ask: x, answers: [{label: y, do: escalat}]}",
            '4:42: decision_tree.questions.a.answers[0].do: "escalat" is not one of the choices; did you',
        ),
        (
            TREE + "    a: {ask: x, answers: [{label: y}]}",
            '4:27: decision_tree.questions.a.answers[0]: the answer "y" needs either `next` (a question) or `do`',
        ),
        (
            TREE + "    a: {ask: x, answers: [{label: y, do: nothing, who: database}]}",
            '4:27: decision_tree.questions.a.answers[0]: the answer "y" names `who`, which only',
        ),
        (
            TREE + "    a: {ask: x, answers: [{label: y, do: specialist, who: databse}]}",
            '4:59: there is no specialist "databse"; did you mean "database"?',
        ),
        (
            TREE + "    a: {ask: x, answers: [{label: y, do: team, who: core}]}",
            '4:53: there is no team "core"; ',
        ),
        (
            TREE + "    a: {ask: x, answers: [{label: y, next: {}}]}",
            "4:44: decision_tree.questions.a.answers[0].next: this must be text;",
        ),
        (TREE + "    a: {ask: x, answers: []}", "4:26: decision_tree.questions.a.answers: this list is empty;"),
        ("specialists: {network: {when: [dns]}}", "1:24: specialists.network pages no one; write `to:`, such as"),
        (
            PEOPLE + "specialists: {database: {to: [person:cy]}}",
            '2:31: there is no person "cy"; known are ana, bo.',
        ),
        ("specialists: {database: {response: soon}}", '1:36: specialists.database.response: "soon" is not a length'),
        ("vendors: {aws: {tier: gold}}", "1:17: vendors.aws: `tier` is not a known key;"),
        ("vendors: {aws: {url: aws.amazon.com}}", '1:22: vendors.aws.url: "aws.amazon.com" is not a web address;'),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    found = complaints(tmp_path, text)
    assert any(one.startswith(complaint) for one in found), found
