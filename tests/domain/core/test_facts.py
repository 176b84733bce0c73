"""Every fact is handled: it has a plan, a timeline rule, and a body that is plain JSON."""

import dataclasses
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain import consequences, timeline
from bot.domain.core.effect import Disarm
from bot.domain.core.fact import Fact, of_entry, stored_names
from bot.domain.core.former_names import FORMER
from bot.domain.paging.facts import PageSent

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ALL = sorted(Fact.all.values(), key=lambda kind: kind.name)


def sample(kind: type[Fact]) -> Fact:
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        text = str(field.type)
        if "datetime" in text:
            values[field.name] = AT
        elif "dict" in text:
            values[field.name] = {"U1": "is a guest"}
        elif "list" in text:
            values[field.name] = ["U1"]
        elif "bool" in text:
            values[field.name] = True
        elif "int" in text:
            values[field.name] = 1
        else:
            values[field.name] = "ic" if field.name == "role" else "word"
    return kind(**values)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_fact_has_a_plan_and_a_timeline_rule(kind: type[Fact]) -> None:
    """Each says at its definition whether anything follows from it; a row that was forgotten is noticed."""
    assert (kind in consequences.CONSEQUENCES) == kind.has_reaction, "what follows from it is not decided"
    assert (kind in timeline.LINES) == kind.has_line, "whether the timeline shows it is not decided"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_a_fact_is_plain_json_in_the_journal(kind: type[Fact]) -> None:
    body = json.loads(json.dumps(sample(kind).body()))
    assert set(body) == set(kind.shape())


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind.has_line], ids=lambda kind: kind.name)
def test_a_timeline_line_is_one_readable_line(kind: type[Fact]) -> None:
    line = timeline.entry(sample(kind))
    assert line is not None
    assert line.text.strip()
    assert line.kind


def test_nothing_is_left_over_in_the_tables() -> None:
    assert {*consequences.CONSEQUENCES, *timeline.LINES} <= set(ALL)


def test_no_two_nouns_word_the_line_of_one_fact() -> None:
    assert sum(len(noun.LINES) for noun in timeline.NOUNS) == len(timeline.LINES)


def test_a_name_begins_with_the_noun_that_owns_the_fact() -> None:
    for kind in ALL:
        noun = kind.__module__.removeprefix("bot.domain.").partition(".")[0]
        assert re.fullmatch(rf"{noun}\.[a-z_]+", kind.name), f"{kind.__name__} of {noun} is called {kind.name}"


def test_every_former_name_leads_to_a_fact_of_today() -> None:
    assert {of_entry(former) for former in FORMER} <= set(ALL)
    assert len(FORMER) == 87, "f5317fa wrote 87 kinds of facts under the names of their classes"


def test_whoever_reads_the_journal_looks_for_the_former_name_too() -> None:
    assert stored_names([PageSent]) == ["PageSent", "paging.page_sent"]


def test_two_facts_cannot_have_one_name() -> None:
    with pytest.raises(TypeError, match="two facts"):
        type("Again", (Fact,), {}, name="paging.page_sent")


def test_all_consequences_of_a_fact_follow_in_the_order_of_the_nouns() -> None:
    """A status page or a metric reacts to a fact of incidents without a line in the tables of incidents."""
    first, second = (lambda fact, scene: [Disarm("a", "1")]), (lambda fact, scene: [Disarm("b", "1")])
    assert consequences.merged([{PageSent: (first,)}, {PageSent: (second,)}]) == {PageSent: [first, second]}
