"""The judge itself: a trial in which all went well, one thing changed in it at a time, and what the judge says."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.torture.checker import judge
from tests.torture.copies import Copy, unexcused
from tests.torture.evidence import Evidence, Exit, Step
from tests.torture.owed import Deed, course
from tests.torture.plan import Plan
from tests.torture.planted import every
from tests.torture.processes import ROOT
from tests.torture.replicas import PAUSE
from tests.torture.rota import on_call, person_at
from tests.torture.scenarios import SCENARIOS
from tests.torture.sights import Came, Shown
from tests.torture.totals import Row, keep, kept
from tests.torture.ways import surplus

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC).timestamp()  # Bo has the week, Cy is second
TITLE, OTHER = "Checkout is down, attempt 01", "Checkout is down, attempt 02"
BO, CY, LI, DEE = "U01BO", "U01CY", "U01LI", "U01DEE"
LIVE, JOIN, CARD = frozenset({"page.ack"}), frozenset({"incident.join"}), frozenset({"incident.more"})


def deed(kind: str, since: float, lasts: float = 0.0, **more: Any) -> Deed:
    """In a trial whose clock is never pushed both times are one."""
    more = {"title": TITLE, **more} if kind != "rest" else more
    return Deed(kind, NOON + since, NOON + since + lasts, NOON + since, NOON + since + lasts, **more)


def came(via: str, at: float = 2.0, **more: Any) -> Came:
    return Came(**{"person": BO, "via": via, "told": f"SEV-1 · INC-1 · {TITLE}", "at": NOON + at, **more})


def in_channel(place: str, ts: str, words: str, buttons: frozenset[str] = frozenset(), **more: Any) -> Shown:
    return Shown(place, ts, words, buttons=buttons, once=more.pop("once", buttons), **more)


def fine() -> Evidence:
    """Declared by Dee, Bo is paged by Slack and e-mail within two seconds and answers after ten."""
    found = Evidence(Plan("judged", "table", "course"))
    found.declares = {TITLE: True}
    found.births = [NOON - 5]
    found.deeds = [
        deed("declare", 0, 1, person=DEE),
        deed("rest", 1, 4, asking=frozenset({(BO, TITLE)})),
        deed("update", 6, 1, text="someone looks"),
        deed("answer", 10, 1, person=BO),
        deed("rest", 11, 1),
    ]
    found.shown = [
        in_channel("C1", "1", f"SEV-1 {TITLE}: Investigating (INC-1)", JOIN, channel="incidents"),
        in_channel("C1", "2", "Update 1 on INC-1: someone looks", channel="incidents", thread="1"),
        in_channel("C9", "3", f"SEV-1 Investigating: INC-1 {TITLE}", CARD, key="room:1:card:C9"),
        in_channel("C9", "4", f"<@{BO}> answered for INC-1"),
        in_channel("C9", "5", "Update 1 on INC-1: someone looks"),
        in_channel("D1", "6", f"You acknowledged INC-1 {TITLE}.", person=BO, once=LIVE),
    ]  # fmt: skip
    found.rooms = [{"id": "C9", "name": "incident-1", "members": [DEE, BO], "pins": ["3"], "bookmarks": []}]
    found.came = [came("slack"), came("email")]
    found.timelines = {TITLE: "someone looks"}
    found.chain = "every chain holds"
    found.exits = [Exit(0, NOON + 30, "told to stop")]
    return found


def test_a_trial_in_which_all_went_well_is_good() -> None:
    verdict = judge(fine())
    assert verdict.good, verdict.wrong
    assert (verdict.incidents, verdict.pages, verdict.ways, verdict.doubled) == (1, 1, 2, 0)


def every_came(found: Evidence, **changes: Any) -> None:
    found.came = [replace(one, **changes) for one in found.came]


def shown(found: Evidence, ts: str, **changes: Any) -> None:
    found.shown = [replace(one, **changes) if one.ts == ts else one for one in found.shown]


def without(found: Evidence, ts: str) -> None:
    found.shown = [one for one in found.shown if one.ts != ts]


CASES: dict[str, tuple[Callable[[Evidence], object], str]] = {
    "no one is paged": (lambda one: one.came.clear(), "U01BO was to be reached by slack 1 times, and was 0 times"),
    "a way is missing": (lambda one: one.came.pop(), "U01BO was to be reached by email 1 times"),
    "someone else is paged": (lambda one: every_came(one, person=LI), "U01LI was paged by slack and was not to"),
    "the page is gone again": (lambda one: every_came(one, there=False), "U01BO was to be reached by slack 1 times"),
    "it cannot be answered": (lambda one: every_came(one, answerable=False), "U01BO was to be reached by email"),
    "it comes too late": (lambda one: every_came(one, at=NOON + 45), "U01BO was reached by slack 44 s late"),
    "it comes before its time": (lambda one: every_came(one, at=NOON - 9), "U01BO was reached by slack 9 s early"),
    "it comes after all was said to be done": (
        lambda one: every_came(one, at=NOON + 7), "after the bot had said that all was done"),
    "it names another incident": (
        lambda one: every_came(one, told=f"SEV-1 · INC-7 · {TITLE}"), "names another incident"),
    "it is about nothing": (lambda one: every_came(one, told="hello"), "about nothing that there is"),
    "it comes a second time": (lambda one: one.came.append(came("email", 3)), "by email is there once too often"),
    "it comes by a way that no one wants": (lambda one: one.came.append(came("phone")), "no one is to be paged by"),
    "someone is paged after it was over": (
        lambda one: one.came.append(came("email", 100)), "U01BO was paged by email after it was over"),
    "there was nothing to press": (
        lambda one: one.deeds.__setitem__(1, deed("rest", 1, 4)), "was asked and found nothing to press"),
    "the page still asks": (lambda one: shown(one, "6", buttons=LIVE), "U01BO is still asked"),
    "the answer shows nowhere": (lambda one: without(one, "4"), "the room does not say that U01BO answered"),
    "it is announced nowhere": (lambda one: without(one, "1"), "announced nowhere"),
    "it is announced twice": (
        lambda one: one.shown.append(replace(one.shown[0], ts="9")), "announcement of Checkout is down, attempt 01"),
    "nothing leads to the room": (lambda one: shown(one, "1", buttons=frozenset()), "nothing in the announcement"),
    "the card is not pinned": (lambda one: one.rooms[0]["pins"].clear(), "has no room with its card pinned"),
    "the card is there twice": (
        lambda one: one.shown.append(replace(one.shown[2], ts="9")), "card in incident-1 is there once too often"),
    "there are two rooms": (lambda one: one.rooms.append({**one.rooms[0], "id": "C8"}), "rooms is there once too"),
    "whoever answered is not in the room": (lambda one: one.rooms[0]["members"].remove(BO), "U01BO is not in the room"),
    "an update is lost": (lambda one: without(one, "5"), "the update 'someone looks' stands in"),
    "an update is posted twice": (
        lambda one: one.shown.append(replace(one.shown[4], ts="9")), "the update 'someone looks' stands in"),
    "an update is not in the timeline": (lambda one: one.timelines.clear(), "'someone looks' is 0 times"),
    "it is in another's timeline": (
        lambda one: second(one).timelines.__setitem__(OTHER, "someone looks"), "INC-2: 'someone looks' is 1 times"),
    "the process ended by itself": (lambda one: one.exits.append(Exit(0, NOON + 8)), "a bot ended with 0"),
    "the process was killed by no one of us": (lambda one: one.exits.append(Exit(-9, NOON + 8)), "ended by signal 9"),
    "a pager was not called off": (
        lambda one: one.alerts.update({"opsgenie a": "create"}), "opsgenie a was never told"),
    "the records say more than came": (
        lambda one: one.steps.extend([Step(BO, "email", "sent", "")] * 2), "are recorded as sent, and 1 came"),
    "a way ended without a reason": (lambda one: one.steps.append(Step(BO, "email", "failed", "")), "without a reason"),
    "a way never ended": (lambda one: one.steps.append(Step(BO, "email", "owed", "")), "is still owed"),
    "the journal was changed": (lambda one: setattr(one, "chain", "broken at 7"), "the journal does not verify"),
    "no one was heard": (lambda one: unheard(one), "nothing was declared"),
}  # fmt: skip


def unheard(found: Evidence) -> None:
    found.declares[TITLE] = False
    found.shown.clear()


def second(found: Evidence) -> Evidence:
    """Another incident is announced, declared by a command that no one confirmed."""
    found.declares[OTHER] = False
    found.shown.append(replace(found.shown[0], ts="8", words=f"SEV-1 {OTHER}: Resolved (INC-2)"))
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_judge_sees(case: str) -> None:
    change, said = CASES[case]
    found = fine()
    change(found)
    wrong = judge(found).wrong
    assert any(said in line for line in wrong), wrong


KILLED = Exit(-9, NOON + 2.5, "killed", frozenset({"email"}))


@pytest.mark.parametrize(
    ("exits", "copies", "excused"),
    [
        ((), [came("email", 6)], False),
        ((KILLED,), [came("email", 6)], True),
        ((KILLED,), [came("email", 6), came("email", 7)], False),
        ((KILLED,), [came("slack", 6)], False),
        ((replace(KILLED, mid_air=frozenset()),), [came("email", 6)], False),
        ((replace(KILLED, at=NOON + 20),), [came("email", 6)], False),
        ((replace(KILLED, mid_air=None),), [came("email", 6)], True),
        ((KILLED, replace(KILLED, at=NOON + 6.5)), [came("email", 6), came("email", 8)], True),
        ((replace(KILLED, caused="told to stop"),), [came("email", 6)], False),
    ],
)
def test_a_kill_excuses_one_copy_of_what_was_under_way(
    exits: tuple[Exit, ...], copies: list[Came], excused: bool
) -> None:
    found = fine()
    found.births.append(NOON + 3)
    found.exits += exits
    found.came += copies
    assert any("once too often" in line for line in judge(found).wrong) != excused


@pytest.mark.parametrize(
    ("first", "excused"),
    [(1, 2), (-3, 2), (-12, 0), (PAUSE + 2, 0)],
    ids=["sent while one stood still", "sent just before", "sent long before", "sent when it went on"],
)
def test_a_pause_excuses_two_things_that_lay_on_it(first: float, excused: int) -> None:
    found = fine()
    found.pauses.append(NOON)
    ways = ("email", "sms", "phone", "push")
    copies = [Copy(f"page by {via}", "beyond", via, NOON + first, NOON + PAUSE + 3) for via in ways]
    assert len(list(unexcused(found, copies))) == len(ways) - excused


def asked(title: str, scenario: str, *deeds: Deed) -> list[tuple[int, float]]:
    """The levels that must have been asked, and since when."""
    found = course(title, deeds, SCENARIOS[scenario])
    return [(ask.level, ask.last - NOON) for ask, _ in found.owed]


DECLARED = deed("declare", 0, 1)


@pytest.mark.parametrize(
    ("scenario", "deeds", "owed"),
    [
        ("ladder", [DECLARED, deed("rest", 1)], [(0, 1)]),
        ("ladder", [DECLARED, deed("rest", 301)], [(0, 1), (1, 301)]),
        ("ladder", [DECLARED, deed("rest", 1), deed("answer", 5), deed("rest", 1300)], [(0, 1)]),
        ("ladder", [DECLARED, deed("answer", 5, title=OTHER), deed("rest", 301)], [(0, 1), (1, 301)]),
        ("ladder", [DECLARED, deed("rest", 1300)], [(0, 1), (1, 301), (2, 601), (3, 901), (0, 1201)]),
        ("ladder", [replace(DECLARED, done=False), deed("rest", 10)], []),
        ("decline", [DECLARED, deed("rest", 1), deed("decline", 9, 1), deed("rest", 11)], [(0, 1), (1, 10)]),
        ("handover", [DECLARED, deed("rest", 1), deed("answer", 5), deed("offer", 9, person=CY), deed("rest", 12)],
         [(0, 1), (-1, 9)]),
        ("repage", [DECLARED, deed("rest", 1), deed("answer", 5), deed("again", 4000, 800), deed("rest", 4801)],
         [(0, 1), (0, 4800)]),
        ("ladder", [DECLARED, deed("rest", 1), deed("answer", 5), deed("again", 4000, 800), deed("rest", 4801)],
         [(0, 1)]),
        ("course", [DECLARED, deed("rest", 1), deed("resolve", 9), deed("rest", 1300)], [(0, 1)]),
    ],
)  # fmt: skip
def test_what_is_owed_follows_from_what_people_did(
    scenario: str, deeds: list[Deed], owed: list[tuple[int, float]]
) -> None:
    assert asked(TITLE, scenario, *deeds) == owed


def test_who_is_on_call_is_read_from_the_company() -> None:
    week = 7 * 24 * 3600
    assert [on_call("primary-oncall", NOON + n * week) for n in range(3)] == [BO, CY, "U01ANA"]
    assert on_call("secondary-oncall", NOON) == CY
    handover = datetime(2026, 11, 30, 8, 0, tzinfo=UTC).timestamp()  # nine in Madrid
    assert [on_call("primary-oncall", handover - 1), on_call("primary-oncall", handover)] == [BO, CY]
    assert [person_at(one) for one in ("bo@acme.example", "+15550103", "tocsin:1:U01LI:x", "+1")] == [BO, CY, LI, ""]


def test_runs_add_up(tmp_path: Path) -> None:
    file = tmp_path / "runs.jsonl"
    first = Row(trials=2, kills=3, pages=5, leases=2, recovery=1.5)
    for row in (first, Row(trials=1, kills=1, lost=1, leases=3), Row(trials=1, recovery=0.5)):
        keep(file, {("SQLite", "crash point"): row}, "make torture")
    found, commands = kept(file)
    assert commands == ["make torture"] * 3
    assert found == {("SQLite", "crash point"): Row(4, 0, 4, 0, 5, 0, 1, 0, 0, 0, 3, 1.5)}


def test_enough_bugs_are_planted_and_each_has_its_own_words() -> None:
    bugs = every()
    assert len(bugs) >= 24
    text = (ROOT / "docs" / "torture.md").read_text("utf-8")
    assert f"plants {len(bugs)} bugs" in text
    assert all(f"| {one.says} |" in text for one in bugs.values())
    assert len({one.says for one in bugs.values()}) == len(bugs)


def test_every_bug_can_be_planted_in_the_bot_as_it_is(tmp_path: Path) -> None:
    """In a process of its own, which they spoil one after the other."""
    program = "from tests.torture import planted\nfor bug in planted.every().values(): bug.plant()"
    environment = {**os.environ, "TOCSIN_CONFIG": str(tmp_path / "tocsin.yml"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_page_before_its_time_is_seen_on_the_clock_that_is_pushed() -> None:
    """However quickly the clock is pushed past the moment at which it would have been due."""
    found = fine()
    found.deeds = [*found.deeds[:2], *(replace(one, since=one.since + 400, until=one.until + 400)
                                       for one in found.deeds[2:])]  # fmt: skip
    found.deeds.insert(2, replace(found.deeds[1], since=NOON + 400, until=NOON + 401, asking=frozenset({(CY, TITLE)})))
    found.jumps = [(NOON + 5.5, 395.0)]
    found.came += [came("slack", 5.4, person=CY), came("email", 5.6, person=CY)]
    wrong = judge(found).wrong
    assert "INC-1: U01CY was reached by slack 295 s early" in wrong
    assert not any("by email" in line and "early" in line for line in wrong)


@pytest.mark.parametrize(
    ("phone", "others", "early"),
    [(31, 33, False), (31, 2, True), (20, 33, True), (121, 2, False)],
)  # fmt: skip
def test_a_way_stands_in_for_one_that_has_not_left_for_half_a_minute(phone: float, others: float, early: bool) -> None:
    found = fine()
    found.plan = replace(found.plan, scenario="ladder")
    found.came = [came(via, others) for via in ("slack", "sms", "webhook")] + [came("phone", phone)]
    assert any("by phone" in line and "early" in line for line in judge(found).wrong) is early


def test_a_copy_is_looked_for_around_an_event_first() -> None:
    """What was repeated after a kill is it, although the next page that was due came sooner after that."""
    assert [surplus([2, 6, 7], 2, kills) for kills in ([2.5], [])] == [[(2, 6)], [(6, 7)]]
