"""Which tests `make test` runs and which it leaves to `make test-all`; together they run everything.

`make test-all` sets TOCSIN_TESTS=rest and HYPOTHESIS_PROFILE=ci. It runs what repeats or widens something that
`make test` has run:

- a story on PostgreSQL, where the story is about what people see and not about locks, races, transactions or SQL
  (those are marked `both_databases`);
- a property with more examples (`more_examples`);
- kills of the torture that differ from those of `make test` only by their scenario or their moment (`more_trials`).

A test is never left out silently: the last lines of a run say how many were left to the other.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

REST = os.environ.get("TOCSIN_TESTS") == "rest"
MANY = os.environ.get("HYPOTHESIS_PROFILE") == "ci"


def examples(few: int, many: int, **more: Any) -> Callable[[Any], Any]:
    """The settings of a property that takes its time: `few` examples in make test, `many` in make test-all."""

    def chosen(test: Any) -> Any:
        return pytest.mark.more_examples(settings(max_examples=many if MANY else few, **more)(test))

    return chosen


def sifted(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests of this run, and those that are not."""
    wanted: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        later = repeats(item) or item.get_closest_marker("more_trials") is not None
        wider = REST and item.get_closest_marker("more_examples") is not None
        (wanted if later == REST or wider else others).append(item)
    return wanted, others


def repeats(item: pytest.Item) -> bool:
    """Whether the test only tells a story again on the second database."""
    given = getattr(item, "callspec", None)
    second = given is not None and given.params.get("database_url") == "postgresql"
    return second and "stories" in item.path.parts and item.get_closest_marker("both_databases") is None
