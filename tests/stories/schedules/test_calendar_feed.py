"""Calendars to subscribe to, over HTTP: a key opens one, an override shows, nothing is sent twice."""

from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar

from bot.domain.core.people import Actor
from bot.domain.schedules import calendar_feed
from bot.services.schedules import overrides
from bot.services.schedules.overrides import Wanted
from bot.services.workspace.signing import signing_key
from tests.stories.world import World

NAME = "primary-oncall"


def get(world: World, path: str, **headers: str) -> httpx.Response:
    return httpx.get(world.app.url + path, headers=headers, trust_env=False, verify=False)


def path(world: World, kind: calendar_feed.Kind, name: str) -> str:
    return calendar_feed.path(signing_key(world.app.desk, ""), kind, name)


@pytest.mark.both_databases
def test_a_feed_shows_overrides_and_is_not_sent_twice(world: World) -> None:
    address = path(world, "schedule", NAME)
    first = get(world, address)
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(first.content).walk("VEVENT")) > 20
    again = get(world, address, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    now = world.app.desk.clock.now()
    with world.app.desk.work(Actor("U01DEE")) as w:
        overrides.add(w, Wanted(NAME, "only", now, now + timedelta(hours=4), people=("li",)))
    changed = get(world, address, **{"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert "Li Wei" in changed.text
    mine = get(world, path(world, "person", "li"))
    assert [str(one["summary"]) for one in Calendar.from_ical(mine.content).walk("VEVENT")] == [f"On call: {NAME}"]


def test_without_its_own_key_nothing_is_told(world: World) -> None:
    address = path(world, "schedule", NAME)
    wrong = [
        address.partition("?")[0],
        address[:-1] + ("0" if address[-1] != "0" else "1"),
        address.replace("primary", "secondary"),
        path(world, "schedule", "nothing"),
        path(world, "person", "nobody"),
        address.replace("/oncall/", "/oncall/person/"),
    ]
    answers = [get(world, one) for one in wrong]
    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1, "a wrong key and a wrong name look the same"
