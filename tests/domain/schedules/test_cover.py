"""Requests for cover and swaps: when they are followed up and end, what still stands, and who would exchange what."""

from datetime import datetime, timedelta

import pytest

from bot.catalog import load
from bot.domain.core.effect import FactContext
from bot.domain.core.errors import DomainError
from bot.domain.schedules import cover_requests, effects
from bot.domain.schedules.facts import CoverExpired, CoverStillOpen
from bot.domain.schedules.overrides import Kind
from bot.domain.schedules.owner import owner
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import Override
from storage.models import CoverRequest
from tests.domain.catalogs import DEMO
from tests.domain.schedule_samples import at

NAME = "primary-oncall"
CATALOG = load(DEMO)
PLAN = Rota(CATALOG)
# Bo is on call from Mon 2 Nov 09:00 (08:00 UTC), Cy from the 9th, Ana from the 16th.
BO, CY = (at("2026-11-03 09:00"), at("2026-11-03 17:00")), (at("2026-11-10 09:00"), at("2026-11-10 17:00"))


def request(asked: str = "2026-10-20 12:00", start: str = "2026-11-03 09:00", end: str = "2026-11-03 17:00",
            **more: object) -> CoverRequest:  # fmt: skip
    slack = {name: CATALOG.people[name].slack for name in ("bo", "cy")}
    return CoverRequest(id=5, schedule=NAME, person=slack["bo"], start=at(start), end=at(end), asked_at=at(asked),
                        **more)  # type: ignore[arg-type]  # fmt: skip


def swap(asked: str = "2026-10-20 12:00") -> CoverRequest:
    cy = CATALOG.people["cy"].slack
    return request(asked, partner=cy, gives=cover_requests.kept([BO]), takes=cover_requests.kept([CY]))


def changed(kind: Kind, who: str, start: str, end: str, other: str | None = None) -> Rota:
    return PLAN.with_override(NAME, Override(at(start), at(end), kind, who, other))


STEPS = [
    # asked long before: three follow-ups, then its time begins and ends
    (request(), "2026-10-20 12:00", "2026-10-31 09:00", 3),
    (request(), "2026-10-31 09:00", "2026-11-02 09:00", 2),
    (request(), "2026-11-02 09:00", "2026-11-03 07:00", 1),
    (request(), "2026-11-03 07:00", "2026-11-03 09:00", 0),
    (request(), "2026-11-03 09:00", "2026-11-03 17:00", 0),
    # a downtime passes two of them: one step, and only the last is to come
    (request(), "2026-11-02 10:00", "2026-11-03 07:00", 1),
    # asked half an hour before the last follow-up: not twice within an hour
    (request("2026-11-03 06:30"), "2026-11-03 06:30", "2026-11-03 09:00", 0),
    (request("2026-11-03 09:00"), "2026-11-03 09:00", "2026-11-03 17:00", 0),
    # a swap ends when the first of its shifts begins
    (swap("2026-11-03 02:00"), "2026-11-03 02:00", "2026-11-03 07:00", 1),
    (swap("2026-11-03 02:00"), "2026-11-03 07:00", "2026-11-03 09:00", 0),
    # of one that runs already, the end counts
    (swap("2026-11-03 10:00"), "2026-11-03 10:00", "2026-11-03 15:00", 1),
]


@pytest.mark.parametrize(("row", "now", "moment", "left"), STEPS)
def test_when_a_request_is_looked_at_next(row: CoverRequest, now: str, moment: str, left: int) -> None:
    assert cover_requests.next_moment(row, at(now)) == at(moment)
    assert cover_requests.left(row, at(now)) == left


@pytest.mark.parametrize(
    ("row", "now", "step"),
    [
        (request(), "2026-11-02 09:00", "follow up"),
        (request(), "2026-11-03 09:00", "begun"),
        (request(), "2026-11-03 17:00", "over"),
        (swap(), "2026-11-02 09:00", "follow up"),
        (swap(), "2026-11-03 09:00", "over"),
    ],
)
def test_what_its_timer_does(row: CoverRequest, now: str, step: str) -> None:
    assert cover_requests.step(row, at(now)) == step


NOW = at("2026-11-01 00:00")
STANDS: list[tuple[CoverRequest, Rota, datetime, bool]] = [
    (request(), PLAN, NOW, True),
    (request(), changed("remove", "bo", "2026-11-03 09:00", "2026-11-03 12:00"), NOW, True),
    (request(), changed("replace", "bo", "2026-11-03 00:00", "2026-11-04 00:00", "ana"), NOW, False),
    (request(), changed("add", "ana", "2026-11-03 00:00", "2026-11-04 00:00"), NOW, True),
    (request(), PLAN, at("2026-11-03 17:00"), False),
    (swap(), PLAN, NOW, True),
    (swap(), PLAN, at("2026-11-03 12:00:00.250"), True),
    (swap(), changed("replace", "bo", "2026-11-03 09:00", "2026-11-03 12:00", "ana"), NOW, False),
    (swap(), changed("remove", "cy", "2026-11-10 16:00", "2026-11-10 18:00"), NOW, False),
    (swap(), changed("remove", "cy", "2026-11-11 00:00", "2026-11-12 00:00"), NOW, True),
]


@pytest.mark.parametrize(("row", "rota", "now", "expected"), STANDS)
def test_what_was_asked_stands_while_it_is_still_so(
    row: CoverRequest, rota: Rota, now: datetime, expected: bool
) -> None:
    assert cover_requests.stands(rota, row, now) is expected


def test_cover_is_taken_only_where_the_asker_is_still_on_call() -> None:
    rota = changed("replace", "bo", "2026-11-03 11:00", "2026-11-03 12:00", "ana")
    assert cover_requests.to_cover(rota, request(), at("2026-11-03 10:00")) == [
        (at("2026-11-03 10:00"), at("2026-11-03 11:00")), (at("2026-11-03 12:00"), at("2026-11-03 17:00"))
    ]  # fmt: skip


def test_what_two_people_would_exchange() -> None:
    wide = (BO[0] - timedelta(days=3), BO[1])
    made = cover_requests.swap(PLAN, NAME, "bo", "cy", wide, CY)
    assert made.gives == ((at("2026-11-02 08:00"), BO[1]),), "only what is on call"
    assert made.takes == (CY,)
    assert cover_requests.read(cover_requests.kept(made.gives)) == list(made.gives)


@pytest.mark.parametrize(
    ("rota", "who", "other", "gives", "takes", "sentence"),
    [
        (PLAN, "bo", "bo", BO, CY, "swap shifts with yourself"),
        (PLAN, "bo", "cy", CY, BO, "Bo Lindqvist is not on call"),
        (PLAN, "bo", "cy", BO, BO, "Cy Okafor is not on call"),
        (PLAN, "bo", "cy", BO, (CY[1], CY[0]), "Cy Okafor is not on call"),
        (
            changed("add", "cy", "2026-11-03 10:00", "2026-11-03 11:00"),
            "bo",
            "cy",
            BO,
            CY,
            "Cy Okafor is already",
        ),
        (
            changed("add", "bo", "2026-11-10 10:00", "2026-11-10 11:00"),
            "bo",
            "cy",
            BO,
            CY,
            "Bo Lindqvist is already",
        ),
    ],
)
def test_a_swap_that_makes_no_sense_is_refused(
    rota: Rota, who: str, other: str, gives: cover_requests.Span, takes: cover_requests.Span, sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        cover_requests.swap(rota, NAME, who, other, gives, takes)


def test_with_the_last_follow_up_the_owner_and_the_asker_hear() -> None:
    fact = CoverStillOpen(cover=5, schedule=NAME, person="U1", left=1, partner=None, owner=None)
    last = CoverStillOpen(cover=5, schedule=NAME, person="U1", left=0, partner=None, owner="U9")
    swapped = CoverStillOpen(cover=5, schedule=NAME, person="U1", left=0, partner="U2", owner=None)
    scene = FactContext(now=NOW)
    keys = [[one.key for one in effects.still_open(each, scene)] for each in (fact, last, swapped)]  # type: ignore[union-attr]
    assert keys == [
        ["cover:5:again:1"],
        ["cover:5:again:0", "dm:cover:5:nearing", "dm:cover:5:owner"],
        ["cover:5:again:0"],
    ]
    over = CoverExpired(cover=5, schedule=NAME, person="U1", partner="U2")
    assert "dm:cover:5:unanswered" in [getattr(one, "key", None) for one in effects.expired(over, scene)]


def test_who_looks_after_a_schedule_is_never_who_asks() -> None:
    lead = next(one.lead for one in CATALOG.teams.values() if one.lead)
    name = next(key for key, one in CATALOG.schedules.items() if one.team and CATALOG.teams[one.team].lead == lead)
    assert owner(CATALOG, name) == CATALOG.people[lead].slack
    assert owner(CATALOG, name, lead) != CATALOG.people[lead].slack
    assert owner(CATALOG, "no such schedule") is None
