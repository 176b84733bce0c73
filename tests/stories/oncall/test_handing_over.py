"""A rotation changes: a note goes to the team and to whoever comes, one tap says how it was, nights are made good."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.domain.core.people import TOCSIN
from bot.domain.schedules import overrides
from bot.services.oncall import shift_handoff, wellbeing
from bot.services.schedules import overrides as override_service
from bot.services.schedules.overrides import Wanted
from sandbox import Sandbox
from storage.models import Member
from storage.queries import schedules as schedule_queries
from tests.stories.records import facts, unsettled
from tests.stories.world import PATIENT, ROOT, Json, Person, World, actions, settings_for, start

NAME = "primary-oncall"


def company(folder: Path) -> Path:
    """The demo's company, with a user group that follows, and checklists."""
    written = yaml.safe_load((ROOT / "bot/catalog/demo.yml").read_text("utf-8"))
    written["schedules"][NAME]["usergroup"] = "@platform-team"
    written["on_call"] = {"wellness": {"enabled": True}, "handoff": {"tips": ["Consider a rollback <!channel>"]}}
    file = folder / "tocsin.yml"
    file.write_text(yaml.safe_dump(written))
    return file


@contextmanager
def opened(sandbox: Sandbox, database_url: str, folder: Path) -> Iterator[World]:
    made = start(sandbox, settings_for(sandbox, database_url, config=company(folder)))
    yield made
    made.http.close()
    made.app.stop()


@pytest.fixture
def world(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[World]:
    with opened(sandbox, database_url, tmp_path) as made:
        yield made


def now(world: World) -> datetime:
    return world.app.desk.clock.now()


def on_call(world: World) -> tuple[Person, timedelta]:
    """Who has the duty, and how long still."""
    with world.app.desk.read() as session:
        rota = overrides.rota_of(world.app.desk.catalog, *schedule_queries.overrides(session, now(world)))
    found = rota.on_call(NAME, now(world))
    assert found.until is not None
    return getattr(world, found.people[0]), found.until - now(world)


def changed(world: World) -> tuple[Person, Person]:
    """The next change has come: who went, and who came."""
    before, left = on_call(world)
    world.forward(seconds=left.total_seconds() + 5)
    shift_handoff.sweep(world.app.desk)
    world.settle()
    return before, on_call(world)[0]


def note(channel: object) -> Json:
    return channel.expects(f"Hand-off: {NAME}")  # type: ignore[attr-defined,no-any-return]


@pytest.mark.both_databases
def test_the_note_is_written_once_for_the_team_and_for_whoever_comes(world: World) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    world.ana.says("/incident resolve INC-1 rolled back")
    world.ana.says("/incident sev3 Redis answers slowly")
    _, after = changed(world)
    platform = world.channel("platform")
    shown = platform.shown()
    for text in ("INC-2", "Redis answers slowly", "INC-1", "impact isn't logged", "What paged",
                 "Platform, lead" if "Platform" in shown else "platform, lead", "Consider a rollback"):  # fmt: skip
        assert text in shown
    platform.lacks("<!channel>")
    assert "Redis answers slowly" in str(note(after.dms()))
    shift_handoff.sweep(world.app.desk)
    world.settle()
    assert len([one for one in platform.messages() if f"Hand-off: {NAME}" in str(one)]) == 1
    assert len([one for one in facts(world, "oncall.shift_handoff_due") if one["schedule"] == NAME]) == 1
    assert unsettled(world) == []


def test_whoever_comes_takes_it_and_may_add_words_and_every_copy_shows_it(world: World) -> None:
    _, after = changed(world)
    dm = after.dms()
    view = after.clicks("handoff.edit", note(dm), dm.name).view_id
    after.fills(view, words="Redis is slow at 3am <!here>")
    after.clicks("handoff.take", note(dm), dm.name)
    for place in (world.channel("platform"), dm):
        place.expects("Redis is slow at 3am", "has it since")
        place.lacks("<!here>")
        assert not any(one.startswith("handoff.take") for one in actions(note(place)))
    assert [one["person"] for one in facts(world, "oncall.shift_handoff_taken")] == [after.id]


@pytest.mark.both_databases
def test_a_second_taker_is_told_who_has_it(world: World) -> None:
    before, after = changed(world)
    first = note(world.channel("platform"))
    after.clicks("handoff.take", note(after.dms()), after.dms().name)
    before.clicks("handoff.take", first, "platform")
    assert len(facts(world, "oncall.shift_handoff_taken")) == 1


def test_one_tap_says_how_the_turn_was_and_only_whoever_went_is_asked(world: World) -> None:
    before, after = changed(world)
    dm = before.dms()
    asked = dm.expects(f"Your shift on {NAME} is over", "How was it?")
    after.dms().lacks(f"Your shift on {NAME} is over")
    number = next(one["note"] for one in facts(world, "oncall.shift_handoff_due") if one["schedule"] == NAME)
    before.clicks("handoff.rate", asked, dm.name, value=f"{number}:2")
    view = before.clicks("handoff.say", asked, dm.name).view_id
    before.fills(view, score="4", words="Too many false alarms")
    rated = facts(world, "oncall.shift_handoff_rated")
    assert [(one["score"], one["words"]) for one in rated] == [(2, ""), (4, "Too many false alarms")]
    shown = world.li.says("/oncall health primary-oncall")
    shown.says("How shifts felt", "primary-oncall: 4.0 of 5 · 1 of 1 answered", "Too many false alarms")


def test_an_override_is_no_hand_off(world: World) -> None:
    first, _ = on_call(world)
    begin = int(now(world).timestamp()) + 60
    view = world.dee.says(f"/oncall override {NAME}").view_id
    values = {"schedule": NAME, "kind": "replace", "person": first.id, "other": world.li.id, "start": begin,
              "end": begin + 3600}  # fmt: skip
    world.dee.submits(view, {name: {"override.choice": value} for name, value in values.items()})
    world.forward(minutes=10)
    assert on_call(world)[0].name == "li"
    shift_handoff.sweep(world.app.desk)
    world.settle()
    world.channel("platform").lacks("Hand-off")


def test_checklists_come_before_during_and_after_a_turn(world: World) -> None:
    before, left = on_call(world)
    world.forward(seconds=left.total_seconds() - 3600)
    for _ in range(2):
        wellbeing.sweep(world.app.desk)
    world.settle()
    _, after = changed(world)
    lists = [one for one in after.dms().messages() if "Test your paging device" in str(one) and NAME in str(one)]
    assert len(lists) == 1
    after.dms().expects("While you are on call", "Stay near a computer")
    before.dms().expects("is over", "Take recovery time if needed")


def test_the_user_group_follows_who_is_on_call(world: World) -> None:
    def members() -> list[str]:
        return [one["arguments"]["users"] for one in world.calls("usergroups.users.update") if one["answer"]["ok"]]

    first, _ = on_call(world)
    wellbeing.sweep(world.app.desk)
    world.settle()
    wellbeing.sweep(world.app.desk)
    world.settle()
    assert members() == [first.id]
    _, after = changed(world)
    wellbeing.sweep(world.app.desk)
    world.settle()
    assert members() == [first.id, after.id]


@pytest.mark.parametrize("known", [True, False], ids=["we know it", "only Slack knows it"])
def test_whoever_cannot_be_in_the_group_is_left_out_and_named(world: World, known: bool) -> None:
    """Slack refuses the whole list for one deactivated account."""
    first, _ = on_call(world)
    second = world.li
    at = world.app.desk.clock.now()
    with world.app.desk.work(TOCSIN) as w:
        override_service.add(w, Wanted(NAME, "add", at, at + timedelta(hours=9), person=second.id))
    assert world.do("company", deactivate=second.name)["ok"]
    with world.app.desk.work(TOCSIN) as w:
        w.session.get_one(Member, second.id).deleted = known
    for _ in range(2):
        wellbeing.sweep(world.app.desk)
        world.settle()
    groups = {one["handle"]: one["users"] for one in world.look("state")["usergroups"]}
    assert groups["platform-team"] == [first.id]
    told = [one for one in world.dee.dms().messages() if "doesn't include everyone who is on call" in str(one)]
    assert len(told) == 1, "the lead of the team hears it once"
    assert f"<@{second.id}> is on call but can't be in it: this Slack account is deactivated" in str(told)


def test_a_turn_with_somebody_who_has_left(sandbox: Sandbox, database_url: str, tmp_path: Path) -> None:
    file = company(tmp_path)
    written = yaml.safe_load(file.read_text())
    written["people"]["otto"] = {"name": "Otto Lang", "slack": "U01OLD"}
    written["schedules"][NAME]["layers"][0]["people"] = [["dee", "otto"]]
    file.write_text(yaml.safe_dump(written))
    made = start(sandbox, settings_for(sandbox, database_url, config=file))
    wellbeing.sweep(made.app.desk)
    made.settle()
    groups = {one["handle"]: one["users"] for one in made.look("state")["usergroups"]}
    assert groups["platform-team"] == [made.dee.id]
    made.dee.dms().expects("doesn't include everyone who is on call", "<@U01OLD> is on call but can't be in it")
    made.http.close()
    made.app.stop()


def test_without_its_scope_the_loss_is_said_once_and_nothing_else_stops(database_url: str, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text((ROOT / "manifest.yml").read_text("utf-8").replace("      - usergroups:write\n", ""))
    with Sandbox(manifest=manifest, patience=PATIENT) as poor, opened(poor, database_url, tmp_path) as world:
        poor.limits.enabled = False
        for _ in range(3):
            wellbeing.sweep(world.app.desk)
            world.settle()
        changed(world)
        wellbeing.sweep(world.app.desk)
        world.settle()
        lost = [one for one in facts(world, "core.capability_lost") if one["method"] == "usergroups.users.update"]
        assert [one["error"] for one in lost] == ["missing_scope (usergroups:write)"]
        assert len([one for one in world.calls("usergroups.users.update") if not one["answer"]["ok"]]) == 2
        note(world.channel("platform"))
        assert unsettled(world) == []


@pytest.mark.both_databases
def test_after_a_night_of_pages_rest_is_suggested_once(world: World) -> None:
    person, _ = on_call(world)
    zone = world.app.desk.catalog.people[person.name].timezone
    local = now(world).astimezone(ZoneInfo(zone or "UTC"))
    night = (local + timedelta(days=1)).replace(hour=2, minute=0, second=0)
    world.forward(seconds=(night - local).total_seconds())
    world.li.says("/incident sev1 Checkout returns 5xx --service checkout")
    person.says("/incident ack 1")
    wellbeing.sweep(world.app.desk)
    world.settle()
    person.dms().lacks("last night")
    world.forward(minutes=6 * 60)
    for _ in range(2):
        wellbeing.sweep(world.app.desk)
        world.settle()
    assert sum("last night" in str(one) for one in person.dms().messages()) == 1
    assert [one["person"] for one in facts(world, "oncall.recovery_suggested")] == [person.id]
    world.dee.dms().expects("last night", "make sure that they can recover")


def test_the_note_and_the_figures_can_be_looked_at_any_time(world: World) -> None:
    world.ana.says("/incident sev2 Search is slow --service search")
    on_call(world)[0].says("/oncall handoff").says(f"Hand-off: {NAME}", "Search is slow", "What paged")
    world.bo.says("/oncall handoff secondary-oncall").says("Hand-off: secondary-oncall")
    world.bo.says("/oncall health").says("On-call health", "below 5 pages a week")
    world.bo.says("/oncall handoff nothing").says("There is no schedule")
