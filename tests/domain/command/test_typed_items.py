"""Which decision, action or mitigation typed words are about, and what they say; else it is a new one."""

from datetime import timedelta

import pytest

from bot.domain.command import actions, rulings, typed_items
from bot.domain.command.errors import Undecided, YesOrNoInstead
from bot.domain.command.typed_items import ACTION, DECISION, MITIGATION, About

DECISIONS = [
    ("D1 proceed", About((1,), "proceed", "")),
    ("d1: object the replica lags", About((1,), "object", "the replica lags")),
    ("D-1 drop", About((1,), "drop", "")),
    ("object D1 the replica lags", About((1,), "object", "the replica lags")),
    ("proceed D2", About((2,), "proceed", "")),
    ("drop D2", About((2,), "drop", "")),
    ("D 3 drop", About((3,), "drop", "")),
    ("3 drop", About((3,), "drop", "")),
    ("undo D3", About((3,), "drop", "")),
    ("D2 reopen", About((2,), "", "reopen")),
    ("D26 the replica lags, wait", About((26,), "", "the replica lags, wait")),
    ("D1 proceed?", About((1,), "", "proceed?")),
    ("D1", About((1,), "", "")),
    ("object the replica lags", About((), "", "object the replica lags")),
    ("i object", About((), "", "i object")),
    ("proceed", About((), "", "proceed")),
    ("drop the cache of checkout", None),
    ("go to Dublin", None),
    ("no more deploys today", None),
    ("roll back 4812", None),
    ("3 more retries, then fail over", None),
    ("Dublin takes over", None),
]
ACTIONS = [
    ("A1 done", About((1,), "done", "")),
    ("done A4", About((4,), "done", "")),
    ("drop A6", About((6,), "drop", "")),
    ("A1 and A2 done", About((1, 2), "done", "")),
    ("A8, A9 done", About((8, 9), "done", "")),
    ("A2 +10m", About((2,), "more", "+10m")),
    ("A2 10m", About((2,), "more", "10m")),
    ("A2 +10", About((2,), "more", "+10")),
    ("A2 more", About((2,), "more", "more")),
    ("A2 got it", About((2,), "got", "")),
    ("A3 not done", About((3,), "", "not done")),
    ("A3 done not yet", About((3,), "", "done not yet")),
    ("A2 give to dee", About((2,), "", "give to dee")),
    ("give A2 to dee", About((2,), "", "give to dee")),
    ("A2 reopen", About((2,), "", "reopen")),
    ("A1", About((1,), "", "")),
    ("done", About((), "", "done")),
    ("a 10 minute test of the pool", None),
    ("10 more pods", None),
    ("restart the pool", None),
    ("A record of the zone is wrong", None),
    ("check A100 GPUs", None),
]
MITIGATIONS = [
    ("M1 worked", About((1,), "worked", "")),
    ("M1 worked after the cache was cleared", About((1,), "worked", "after the cache was cleared")),
    ("M1 did not work", About((1,), "failed", "")),
    ("M1 didn't work, the pool is full", About((1,), "failed", "the pool is full")),
    ("M1 not worked", About((1,), "failed", "")),
    ("M2 made it worse", About((2,), "failed", "")),
    ("failed M2", About((2,), "failed", "")),
    ("M3 partly", About((3,), "partly", "")),
    ("m3 has no effect yet", About((3,), "", "has no effect yet")),
    ("M3 worked?", About((3,), "", "worked?")),
    ("M3: rolled back", About((3,), "", "rolled back")),
    ("worked", About((), "", "worked")),
    ("roll back checkout", None),
    ("done with half of the fleet: drain the rest", None),
    ("worker restart", None),
]


@pytest.mark.parametrize(
    ("letter", "known", "text", "expected"),
    [(letter, known, text, expected)
     for letter, known, cases in (("D", DECISION, DECISIONS), ("A", ACTION, ACTIONS), ("M", MITIGATION, MITIGATIONS))
     for text, expected in cases],
)  # fmt: skip
def test_what_is_typed(letter: str, known: typed_items.Words, text: str, expected: About | None) -> None:
    assert typed_items.about(text, letter, known) == expected


@pytest.mark.parametrize(
    ("words", "minutes"), [("+10", 10), ("20m", 20), ("+1h", 60), ("more", 10), ("+0", 10), ("5 min", 5)]
)
def test_how_much_more_time(words: str, minutes: int) -> None:
    assert typed_items.more_time(words, timedelta(minutes=10)) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "left", "minutes"),
    [
        ("restart the pool 10m", "restart the pool", 10),
        ("restart the pool in 10 min", "restart the pool", 10),
        ("restart the pool in ten minutes", "restart the pool", 10),
        ("restart the pool in half an hour", "restart the pool", 30),
        ("restart the pool in an hour", "restart the pool", 60),
        ("restart the pool 1h30m", "restart the pool", 90),
        ("restart the pool in 1.5h", "restart the pool", 90),
        ("restart the pool (10m)", "restart the pool", 10),
        ("restart, 10m", "restart", 10),
        ("restart the pool 10 mins please", "restart the pool", 10),
        ("call the vendor after 10m", "call the vendor after 10m", None),
        ("check every 5m", "check every 5m", None),
        ("look at the last 30 minutes", "look at the last 30 minutes", None),
        ("restart the pool", "restart the pool", None),
        ("10m", "10m", None),
        ("scale to 10", "scale to 10", None),
    ],
)
def test_a_time_box_at_the_end(text: str, left: str, minutes: int | None) -> None:
    assert typed_items.boxed(text) == (left, None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("text", "left", "minutes"),
    [
        ("10m restart the pool", "restart the pool", 10),
        ("in 1h: call", "call", 60),
        ("10 pods more", "10 pods more", None),
    ],
)
def test_a_time_box_in_front(text: str, left: str, minutes: int | None) -> None:
    assert typed_items.box_in_front(text) == (left, None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("text", "owners", "left", "minutes"),
    [
        ("@bo restart the pool 10m", ("@bo",), "restart the pool", 10),
        ("bo restart the pool", ("bo",), "restart the pool", None),
        ("bo: restart the pool", ("bo",), "restart the pool", None),
        ("for bo: restart the pool", ("bo",), "restart the pool", None),
        ("for @bo restart the pool", ("@bo",), "restart the pool", None),
        ("10m @cy restart the pool", ("@cy",), "restart the pool", 10),
        ("restart the pool @bo 10m", ("@bo",), "restart the pool", 10),
        ("<@U01BO> <@U01CY> look", ("<@U01BO>", "<@U01CY>"), "look", None),
        ("ask @bo to restart", (), "ask @bo to restart", None),
        ("restart the pool", (), "restart the pool", None),
        ("board of orders is stale", (), "board of orders is stale", None),
    ],
)
def test_whose_an_action_is(text: str, owners: tuple[str, ...], left: str, minutes: int | None) -> None:
    box = None if minutes is None else timedelta(minutes=minutes)
    assert actions.read(text, lambda word: word == "bo") == actions.Written(owners, left, box)


@pytest.mark.parametrize(
    "text",
    ["to roll back?", "should we roll back", "later whether to fail over", "nothing", "not yet", "never mind", "maybe",
     "what to do", "whether we roll back", "roll back?"],
)  # fmt: skip
def test_what_is_undecided_is_no_decision(text: str) -> None:
    with pytest.raises(Undecided):
        rulings.read(text, "INC-1")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("roll back 4812", "roll back 4812"), ("to roll back", "roll back"), ("- roll back", "roll back"),
     ("no more deploys today", "no more deploys today"), ("nothing is deployed today", "nothing is deployed today")],
)  # fmt: skip
def test_what_is_decided(text: str, kept: str) -> None:
    assert rulings.read(text, "INC-1").text == kept


def test_a_yes_answers_a_question() -> None:
    for text in ("yes", "No.", "yes!"):
        with pytest.raises(YesOrNoInstead):
            rulings.read(text, "INC-1")
