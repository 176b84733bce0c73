"""Every fact is handled: it has a plan, a timeline rule, and a body that is plain JSON."""

import dataclasses
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain import consequences, facts, timeline
from bot.domain.core.fact import Fact

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ALL = sorted(Fact.all.values(), key=lambda kind: kind.__name__)


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


def test_facts_are_found_through_the_one_page_of_vocabulary() -> None:
    assert {kind.__name__ for kind in ALL} == set(facts.__all__) - {"Fact"}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_fact_has_a_plan_and_a_timeline_rule(kind: type[Fact]) -> None:
    assert kind in consequences.RULES, "what follows from it is not decided"
    assert kind in timeline.LINES, "whether the timeline shows it is not decided"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_fact_is_plain_json_in_the_journal(kind: type[Fact]) -> None:
    body = json.loads(json.dumps(sample(kind).body()))
    assert set(body) == set(kind.shape())


@pytest.mark.parametrize("kind", [kind for kind in ALL if timeline.LINES[kind]], ids=lambda kind: kind.__name__)
def test_a_timeline_line_is_one_readable_line(kind: type[Fact]) -> None:
    line = timeline.entry(sample(kind))
    assert line is not None
    assert line.text.strip()
    assert line.kind


def test_nothing_is_left_over_in_the_tables() -> None:
    assert set(consequences.RULES) == set(timeline.LINES) == set(ALL)
