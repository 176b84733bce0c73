"""Whom words mean: parts of a sentence, and spellings of names."""

import pytest

from bot.catalog import Catalog, load
from bot.domain.paging import whom
from bot.services.workspace import directory
from storage.models import Member
from tests.domain.catalogs import DEMO
from tests.domain.core.test_eligibility import AT


@pytest.fixture
def catalog() -> Catalog:
    return load(DEMO)


@pytest.mark.parametrize(("text", "parts"), [
    ("@ana", ["@ana"]),
    ("<@U1> and <@U2>", ["<@U1>", "<@U2>"]),
    ("<@U1><@U2>", ["<@U1>", "<@U2>"]),
    ("<@U1> <@U2>", ["<@U1>", "<@U2>"]),
    ("<@U1>, <@U2>, and <@U3>", ["<@U1>", "<@U2>", "<@U3>"]),
    ("to @ana & @bo please", ["@ana", "@bo"]),
    ("Ana Ruiz and Bo Lindqvist.", ["Ana Ruiz", "Bo Lindqvist"]),
    ("R&D", ["R&D"]),
    ("trust and safety", ["trust and safety"]),
    ("ana+pager@acme.example", ["ana+pager@acme.example"]),
    ("the platform team now", ["platform team"]),
    ("Andy Sands", ["Andy Sands"]),
    ("@ana and @ana", ["@ana"]),
    (" and ", ["and"]),
    ("", []),
])  # fmt: skip
def test_parts(text: str, parts: list[str]) -> None:
    known = ("trust and safety", "@ana", "@bo", "Ana Ruiz", "Bo Lindqvist", "R&D")
    assert whom.read(text, lambda one: one in known) == (parts, "")


@pytest.mark.parametrize(("text", "names", "why"), [
    ("ana please wake up", ["ana"], "wake up"),
    ("ana now the db is down", ["ana"], "the db is down"),
    ("*ana*", ["ana"], ""),
    ("(ana)", ["ana"], ""),
    ("~ana~, _cy_", ["ana", "cy"], ""),
    ("<@U1> the db is on fire", ["<@U1>"], "the db is on fire"),
    ("<@U1>: the db is on fire", ["<@U1>"], "the db is on fire"),
    ("<@U1>, ana is asleep", ["<@U1>"], "ana is asleep"),
    ("<@U1> - db down", ["<@U1>"], "db down"),
    ("<@U1> because ana, bo and cy are asleep", ["<@U1>"], "ana, bo and cy are asleep"),
    ("<@U1> pls", ["<@U1>"], ""),
    ("<@U1> asap pls!", ["<@U1>"], ""),
    ("bo pls", ["bo"], ""),
    ("bo, please", ["bo"], ""),
    ("bo: db is down", ["bo"], "db is down"),
    ("bo because db is down", ["bo"], "db is down"),
    ("bo the db is down", ["bo"], "the db is down"),
    ("bo and ana the db is down", ["bo", "ana"], "the db is down"),
    ("bo, ana", ["bo", "ana"], ""),
    ("bo, ana, db is down", ["bo", "ana"], "db is down"),
    ("<@U1> and <@U2>: db is down", ["<@U1>", "<@U2>"], "db is down"),
    ("<@U1> <@U2> db is down", ["<@U1>", "<@U2>"], "db is down"),
    ("trust and safety: db is down", ["trust and safety"], "db is down"),
    ("<@U1> and frobnicate", ["<@U1>", "frobnicate"], ""),
    ("<@U1>, frobnicate", ["<@U1>", "frobnicate"], ""),
    ("<@U1>, Jane Doe", ["<@U1>", "Jane Doe"], ""),
    ("<@U1> @frobnicate", ["<@U1>", "@frobnicate"], ""),
    ("bo smith", ["bo smith"], ""),
    ("bo Smith db is down", ["bo Smith db is down"], ""),
    ("frobnicate the db is down", ["frobnicate the db is down"], ""),
])  # fmt: skip
def test_words_behind_whoever_is_certain_are_a_reason(text: str, names: list[str], why: str) -> None:
    assert whom.read(text, lambda one: one in ("bo", "ana", "trust and safety")) == (names, why)


@pytest.mark.parametrize(("text", "name"), [
    ("platform", "platform"), ("Platform team", "platform"), ("team platform", "platform"),
    ("primary oncall", "primary-oncall"), ("Primary On-Call", "primary-oncall"), ("primary_oncall", "primary-oncall"),
    ("schedule primary-oncall", "primary-oncall"), ("DB team", None), ("plat", None),
    ("platform-team", "@platform-team"),
])  # fmt: skip
def test_spellings_of_what_is_configured(catalog: Catalog, text: str, name: str | None) -> None:
    found = [one for one in whom.spellings(text, catalog, ["platform-team"]) if one != whom.bare(text) or one == name]
    assert (name in found) if name else found == []


def test_what_works_here_names_nothing_that_stands_for_nobody(catalog: Catalog) -> None:
    said = whom.works_here(catalog, ["sre"], lambda targets: "person:cy" in targets)
    assert "specialists database;" in said
    assert "@sre" in said
    assert "api-service" not in said


def members() -> list[Member]:
    rows = [
        ("U1", "ana", "Ana Ruiz", "ana@acme.example", False), ("U2", "ana2", "Ana Ruiz", None, True),
        ("U3", "zoe", "Zoë Sanz", None, False), ("U4", "sam", "Sam A", None, False),
        ("U5", "sam2", "Sam A", None, False),
    ]  # fmt: skip
    found = [Member(slack=a, name=b, real_name=c, email=d, deleted=e, seen_at=AT) for a, b, c, d, e in rows]
    found[2].display_name = "Zozo the  Great"
    return found


@pytest.mark.parametrize(("text", "found"), [
    ("@ana", ["U1"]), ("Ana Ruiz", ["U1"]), ("ANA@acme.example", ["U1"]), ("ana2", ["U2"]), ("zoë sanz", ["U3"]),
    ("Sam A", ["U4", "U5"]), ("@zozo the great", ["U3"]), ("Zozo", []),
    ("Ana", ["U1"]), ("Zo", []), ("", []), ("nobody", []),
])  # fmt: skip
def test_the_directory_is_asked_by_handle_name_and_address(text: str, found: list[str]) -> None:
    assert directory.in_directory(text, members()) == found
