"""The rules of problems: what is typed about one, what is news, and who may know of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.learning import problems as rules
from bot.domain.learning.errors import NoDate, StaysPrivate, WhatProblem, WhatWorkaround
from bot.domain.learning.problems import Typed
from storage.models import Incident, Problem, ProblemState

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def incident(**more: object) -> Incident:
    known = {"number": 1, "title": "Checkout", "severity": "SEV-1", "declared_by": "U1", "started_at": AT,
             "detected_at": AT, "declared_at": AT}  # fmt: skip
    return Incident(**{**known, **more})


def problem(**more: object) -> Problem:
    return Problem(**{"id": 3, "title": "The pool", "by": "U1", "at": AT, "state": ProblemState.OPEN, **more})


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("PRB-3", Typed(3, "", "")),
        ("prb 3 fixed by 4812", Typed(3, "fixed", "by 4812")),
        ("PRB-3: workaround restart it", Typed(3, "known", "restart it")),
        ("PRB-003 owner @bo", Typed(3, "owner", "@bo")),
        ("PRB-3 due 2026-12-24", Typed(3, "due", "2026-12-24")),
        ("PRB-3 close", Typed(3, "fixed", "")),
        ("PRB-3 unlink", Typed(3, "unlink", "")),
        ("the pool has no limit", Typed(None, "", "the pool has no limit")),
        ("fixed price tables are PRB-like", Typed(None, "", "fixed price tables are PRB-like")),
    ],
)
def test_what_is_typed(text: str, typed: Typed) -> None:
    assert rules.read(text) == typed


def test_what_is_news() -> None:
    row = problem()
    assert rules.known(row, "restart it")
    assert not rules.known(row, "restart  it")
    assert rules.fixed(row, "", AT)
    assert not rules.fixed(row, "", AT + timedelta(days=1))
    assert rules.fixed(row, "by 4812", AT + timedelta(days=1))
    assert (row.state, row.fix, row.fixed_at) == (ProblemState.FIXED, "by 4812", AT)
    assert rules.opened(row)
    assert (row.state, row.fixed_at) == (ProblemState.KNOWN, None)
    assert not rules.opened(row)


def test_what_cannot_be_kept() -> None:
    with pytest.raises(WhatProblem):
        rules.begin(incident(), title=" ... ", by="U1", owner=None, now=AT, ref="INC-1")
    with pytest.raises(WhatWorkaround):
        rules.known(problem(), " ")
    with pytest.raises(NoDate):
        rules.day("24.12.")
    assert rules.day(" 2026-12-24 ") == date(2026, 12, 24)


def test_one_of_a_private_incident_stays_there() -> None:
    row = rules.begin(incident(private=True), title="Keys", by="U1", owner=None, now=AT, ref="INC-1")
    assert row.private
    assert rules.link(row, incident(private=True), by="U1", now=AT, ref="INC-1", new=True).incident == 1
    with pytest.raises(StaysPrivate):
        rules.link(row, incident(number=2), by="U1", now=AT, ref="INC-2", new=False)


@pytest.mark.parametrize(
    ("private", "there", "known", "shown"),
    [(False, 2, 1, True), (False, 1, 0, False), (False, 0, 0, True), (True, 0, 0, False), (True, 1, 1, True)],
)
def test_who_may_know_of_it(private: bool, there: int, known: int, shown: bool) -> None:
    rows = [incident(number=n) for n in range(there)]
    assert rules.is_shown(problem(private=private), rows, rows[:known]) is shown
