"""Overrides: which may be made, what each changes for whom, and that whoever could be paged is whoever is paged."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import Catalog, load
from bot.domain.core.errors import DomainError
from bot.domain.core.people import slack_id
from bot.domain.paging import resolver
from bot.domain.schedules import overrides as override_rules
from bot.domain.schedules.rota import Rota
from bot.domain.schedules.schedule import Override
from storage.models import ScheduleOverride
from tests.domain.catalogs import DEMO, loaded
from tests.domain.schedule_samples import at

START, END = at("2026-11-02 00:00"), at("2026-11-30 00:00")
CATALOG = load(DEMO)
PEOPLE = ("ana", "bo", "cy", "dee", "eve", "li")
NAME = "primary-oncall"


def made(action: str, person: str, start: str, end: str, other: str | None = None, *people: str) -> Override:
    return Override(at(start), at(end), action, person, other, people)  # type: ignore[arg-type]


def row(number: int, override: Override, schedule: str = NAME, cancelled: datetime | None = None) -> ScheduleOverride:
    return ScheduleOverride(
        id=number, schedule=schedule, kind=override.action, person=override.person, substitute=override.substitute,
        people=list(override.people), start=override.start, end=override.end, created_by="U01DEE",
        created_at=START, cancelled_at=cancelled,
    )  # fmt: skip


def told(found: list[override_rules.Change]) -> list[str]:
    return [
        f"{one.person} {'takes' if one.gains else 'loses'} {one.start:%d %H:%M}-{one.end:%d %H:%M}" for one in found
    ]


# Bo is on call from Mon 2 Nov 09:00 (08:00 UTC), Cy from the 9th, Ana from the 16th.
CHANGES: list[tuple[Override, list[str]]] = [
    (made("replace", "bo", "2026-11-03 09:00", "2026-11-03 17:00", "ana"),
     ["bo loses 03 09:00-03 17:00", "ana takes 03 09:00-03 17:00"]),
    (made("add", "eve", "2026-11-03 09:00", "2026-11-04 09:00"), ["eve takes 03 09:00-04 09:00"]),
    (made("remove", "bo", "2026-11-03 09:00", "2026-11-03 10:00"), ["bo loses 03 09:00-03 10:00"]),
    (made("replace", "bo", "2026-11-08 00:00", "2026-11-10 00:00", "ana"),
     ["bo loses 08 00:00-09 08:00", "ana takes 08 00:00-09 08:00"]),
    (made("replace", "ana", "2026-11-03 09:00", "2026-11-03 17:00", "eve"), []),
    (made("only", "", "2026-11-08 00:00", "2026-11-10 00:00", None, "dee", "bo"),
     ["dee takes 08 00:00-10 00:00", "cy loses 09 08:00-10 00:00", "bo takes 09 08:00-10 00:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_what_an_override_changes_for_whom(change: Override, expected: list[str]) -> None:
    assert told(override_rules.changes_by(Rota(CATALOG), NAME, change)) == expected


NOW = at("2026-11-03 12:00")
BEFORE = row(7, made("replace", "bo", "2026-11-05 00:00", "2026-11-06 00:00", "ana"))
REFUSALS: list[tuple[Override, str]] = [
    (made("add", "eve", "2026-11-04 10:00", "2026-11-04 09:00"), "Wed 4 Nov 11:00 to Wed 4 Nov 10:00 is no time"),
    (made("add", "eve", "2026-11-03 09:00", "2026-11-03 11:00"), "Tue 3 Nov 12:00 is over"),
    (made("add", "eve", "2026-11-04 09:00", "2028-11-04 09:00"), "at most 366 days"),
    (made("add", "", "2026-11-04 09:00", "2026-11-05 09:00"), "An override needs someone"),
    (made("replace", "bo", "2026-11-04 09:00", "2026-11-05 09:00"), "A replacement needs someone"),
    (made("only", "", "2026-11-04 09:00", "2026-11-05 09:00"), "A temporary schedule needs someone"),
    (made("replace", "bo", "2026-11-04 09:00", "2026-11-05 09:00", "bo"), "Bo Lindqvist can't take over from Bo"),
    (made("replace", "ana", "2026-11-04 09:00", "2026-11-05 09:00", "dee"),
     "Ana Ruiz is not on call for primary-oncall from Wed 4 Nov 10:00"),
    (made("remove", "ana", "2026-11-04 09:00", "2026-11-05 09:00"), "nothing to remove"),
    (made("add", "bo", "2026-11-04 09:00", "2026-11-04 20:00"), "Bo Lindqvist is already on call for primary-oncall"),
    (made("remove", "bo", "2026-11-05 20:00", "2026-11-06 20:00"), "Override 7 already changes Bo Lindqvist"),
    (made("add", "zoe", "2026-11-04 09:00", "2026-11-05 09:00"), "zoe can't be put on call: the person is not in"),
    (made("add", "eve", "2026-11-04 09:00", "2026-11-05 09:00"), "Eve Novak can't be put on call: the person has no"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), REFUSALS)
def test_what_makes_no_sense_is_refused_with_a_sentence(change: Override, sentence: str) -> None:
    with pytest.raises(DomainError) as refusal:
        override_rules.require(Rota(CATALOG), NAME, change, [BEFORE], now=NOW, gone={"U01EVE"})
    assert sentence in refusal.value.sentence()


def test_what_began_already_is_made_from_now_on() -> None:
    change = made("replace", "bo", "2026-11-03 09:00", "2026-11-03 17:00", "ana")
    override_rules.require(Rota(CATALOG), NAME, change, [], now=NOW)
    assert override_rules.clipped(change, NOW).start == NOW


def test_one_that_was_cancelled_has_held_until_then() -> None:
    change = made("replace", "bo", "2026-11-03 09:00", "2026-11-03 17:00", "ana")
    rota = override_rules.rota_of(CATALOG, [row(1, change, cancelled=NOW)])
    assert rota.on_call(NAME, NOW - timedelta(minutes=1)).people == ("ana",)
    assert rota.on_call(NAME, NOW).people == ("bo",)


GONE: list[tuple[Override, set[str], tuple[str, ...], str]] = [
    (
        made("replace", "bo", "2026-11-03 09:00", "2026-11-04 09:00", "ana"),
        {"U01ANA"},
        ("bo",),
        "ana has no active account",
    ),
    (made("add", "zoe", "2026-11-03 09:00", "2026-11-04 09:00"), set(), ("bo",), "zoe is not in tocsin.yml"),
    (made("only", "", "2026-11-03 09:00", "2026-11-04 09:00", None, "zoe", "cy"), set(), ("cy",), "zoe is not in"),
    (made("only", "", "2026-11-03 09:00", "2026-11-04 09:00", None, "zoe"), set(), ("bo",), "zoe is not in"),
    (made("remove", "bo", "2026-11-03 09:00", "2026-11-04 09:00"), {"U01BO"}, (), ""),
]


@pytest.mark.parametrize(("change", "gone", "people", "said"), GONE)
def test_whoever_is_gone_is_never_put_on_call(
    change: Override, gone: set[str], people: tuple[str, ...], said: str
) -> None:
    rota = override_rules.rota_of(CATALOG, [row(3, change)], gone)
    assert rota.on_call(NAME, NOW).people == people
    assert [said in sentence for sentence in rota.skipped] == ([True] if said else [])


def test_the_stretches_that_would_be_left_alone() -> None:
    change = made("remove", "bo", "2026-11-08 00:00", "2026-11-10 00:00")
    assert override_rules.left_alone(Rota(CATALOG), NAME, change) == [(change.start, at("2026-11-09 08:00"))]


# properties

MOMENTS = st.integers(0, 28 * 24 * 4).map(lambda quarter: START + timedelta(minutes=15 * quarter))


@st.composite
def overrides(draw: st.DrawFn) -> Override:
    start, end = sorted(draw(st.tuples(MOMENTS, MOMENTS)))
    action = draw(st.sampled_from(["add", "remove", "replace", "only"]))
    person, other = draw(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)))
    people = tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2)))
    return Override(start, end + timedelta(minutes=15), action, person, other, people if action == "only" else ())


@given(st.lists(overrides(), max_size=6), MOMENTS)
def test_whoever_could_be_paged_is_whoever_is_paged(changes: list[Override], moment: datetime) -> None:
    """The resolver of real pages, the plan that screens and the command line show, and its single moments agree."""
    rota = override_rules.rota_of(CATALOG, [row(number, one) for number, one in enumerate(changes)])
    paged = [one.person for one in resolver.resolver(rota, moment)(f"schedule:{NAME}")]
    could = [slack_id(who, CATALOG) for who in rota.on_call(NAME, moment).people]
    shift = next(one for one in rota.shifts(NAME, START, END + timedelta(days=1)) if one.start <= moment < one.end)
    assert paged == could == [slack_id(who, CATALOG) for who in shift.people]


@given(st.lists(overrides(), max_size=6))
def test_a_plan_is_whole_whatever_is_laid_over_it(changes: list[Override]) -> None:
    plan = Rota(CATALOG, {NAME: changes}).shifts(NAME, START, END)
    assert (plan[0].start, plan[-1].end) == (START, END)
    assert all(one.end == after.start for one, after in pairwise(plan))
    assert all(one.start < one.end for one in plan)
    assert all(len(set(one.people)) == len(one.people) for one in plan)


@given(overrides().filter(lambda one: one.action == "replace"))
def test_a_replacement_keeps_exactly_one_person(change: Override) -> None:
    plan = Rota(CATALOG, {NAME: [change]}).shifts(NAME, START, END)
    assert {len(one.people) for one in plan} == {1}


@given(st.sampled_from(PEOPLE), MOMENTS, MOMENTS)
def test_added_and_removed_again_is_as_before(person: str, one: datetime, other: datetime) -> None:
    start, end = min(one, other), max(one, other) + timedelta(minutes=15)
    both = [Override(start, end, "add", person), Override(start, end, "remove", person)]
    plan, plain = Rota(CATALOG, {NAME: both}), Rota(CATALOG)
    for shift in plan.shifts(NAME, START, END):
        before = plain.on_call(NAME, shift.start).people
        inside = start <= shift.start < end
        assert shift.people == (tuple(who for who in before if who != person) if inside else before)


@given(st.lists(overrides(), max_size=3), overrides())
def test_what_is_gained_and_lost_is_the_difference_of_the_plans(changes: list[Override], more: Override) -> None:
    """Nobody loses what they did not have, and time on call after is time before, less the lost, plus the gained."""
    rota = Rota(CATALOG, {NAME: changes})
    after = rota.with_override(NAME, more)
    found = override_rules.changes_by(rota, NAME, more)
    for person in PEOPLE:
        had, has = (_time(one.stretches(NAME, person, START, END + timedelta(days=1))) for one in (rota, after))
        lost = _time([(one.start, one.end) for one in found if one.person == person and not one.gains])
        gained = _time([(one.start, one.end) for one in found if one.person == person and one.gains])
        assert lost <= had
        assert has == had - lost + gained


def _time(spans: list[tuple[datetime, datetime]]) -> timedelta:
    assert all(start < end for start, end in spans)
    return sum((end - start for start, end in spans), timedelta())


def test_a_layer_of_several_people_is_replaced_one_by_one(tmp_path: object) -> None:
    catalog: Catalog = loaded(
        tmp_path,  # type: ignore[arg-type]
        "people: {ana: {name: Ana}, bo: {name: Bo}, cy: {name: Cy}}\n"
        "schedules: {s: {timezone: UTC, layers: [{name: a, start: 2026-11-02T00:00, people: [[ana, bo]]}]}}\n",
    )
    change = made("replace", "ana", "2026-11-03 00:00", "2026-11-04 00:00", "cy")
    assert Rota(catalog, {"s": [change]}).on_call("s", NOW).people == ("cy", "bo")


HOLES: list[tuple[list[Override], str]] = [
    ([], ""),
    ([made("remove", "bo", "2026-11-03 09:00", "2026-11-03 17:00")], "03 09:00-03 17:00 bo"),
    # a turn ends within it: a hole for each who was there
    ([made("remove", "bo", "2026-11-08 00:00", "2026-11-10 00:00"),
      made("remove", "cy", "2026-11-08 00:00", "2026-11-10 00:00")], "08 00:00-09 08:00 bo, 09 08:00-10 00:00 cy"),
    ([made("remove", "bo", "2026-11-03 09:00", "2026-11-03 17:00"),
      made("add", "eve", "2026-11-03 12:00", "2026-11-03 17:00")], "03 09:00-03 12:00 bo"),
    ([made("add", "eve", "2026-11-03 12:00", "2026-11-03 17:00")], ""),
]  # fmt: skip


@pytest.mark.parametrize(("overrides", "expected"), HOLES)
def test_the_holes_that_changes_open_and_who_was_there(overrides: list[Override], expected: str) -> None:
    found = override_rules.holes(Rota(CATALOG), Rota(CATALOG, {NAME: overrides}), NAME, START, END)
    shown = [f"{one.start:%d %H:%M}-{one.end:%d %H:%M} {'+'.join(one.was)}" for one in found]
    assert ", ".join(shown) == expected
    assert override_rules.holes(Rota(CATALOG), Rota(CATALOG, {NAME: overrides}), NAME, END, START) == []


def test_a_hole_that_was_there_before_is_no_news() -> None:
    empty = Rota(CATALOG, {NAME: [made("remove", "bo", "2026-11-03 09:00", "2026-11-03 17:00")]})
    assert override_rules.holes(empty, empty, NAME, START, END) == []
