"""What was declared in public by mistake and made private: no door tells its words to an outsider any more."""

import httpx
import pytest

from tests.stories.incidents.test_declared_and_undone import chosen, the_answer
from tests.stories.world import Json, World

SECRET = "merger leaked"
WENT = "INC-1 was declared again in private"


def make_private(world: World, declared: Json) -> None:
    opened = world.ana.clicks("declare.change", declared, "general")
    assert world.ana.submits(opened.view_id, chosen("private", title=SECRET)).ok


@pytest.fixture
def went(world: World) -> World:
    """Told as far as an incident can be: room, update, note, impact, a page by hand, a role."""
    declared = the_answer(world.ana.says(f"/incident sev1 {SECRET}"))
    room = world.room().name
    for said in (
        "note the merger leaked by mail",
        "update identified the merger leaked by mail",
        "ic me",
        "page @bo merger leaked, please come",
        "ask-manager may I tell the press of the merger leaked?",
    ):
        world.ana.says(f"/incident {said}", channel=room)
    make_private(world, declared)
    return world


def test_no_command_of_an_outsider_tells_what_went_private(went: World) -> None:
    room = went.rooms()[0]["id"]
    told = {}
    for said in (
        "status",
        "timeline",
        "catchup",
        "postmortem",
        "why",
        "export",
        "vendor",
        "reopen it goes on",
        "note x",
        "ack",
        "update x",
        "room",
        "join",
        "card",
    ):
        for where, text in (
            ("general", f"/incident {said.split()[0]} INC-1 {said.partition(' ')[2]}"),
            (room, f"/incident {said}"),
        ):
            went.do("company", join={"user": "li", "channel": room})
            answer = went.li.says(text, channel=where).text + went.li.dms().shown()
            if SECRET in answer.lower() or "wrong" in answer:
                told[text] = answer
    assert not told
    for said in ("status", "timeline", "catchup", "postmortem", "why"):
        went.li.says(f"/incident {said} INC-1").says(WENT)
        went.li.says(f"/incident {said}", channel=room).says(WENT)
    for text in ("/incident list", "/incident search merger", "/incident"):
        assert SECRET not in went.li.says(text).text.lower()
    for text in ("timeline INC-1", "what is INC-1?", "INC-1"):
        went.li.says(text, channel=went.li.dms().name)
        assert SECRET not in went.li.dms().shown().lower()


def test_no_request_in_an_outsiders_name_tells_what_went_private(went: World) -> None:
    key = {"Authorization": f"Bearer {went.app.token}", "Tocsin-As": "li"}
    http = httpx.Client(base_url=went.app.url, headers=key, trust_env=False, verify=False, timeout=60)
    for path in (one for one in http.get("/openapi.json").json()["paths"] if "{ref}" in one):
        got = http.get(path.replace("{ref}", "INC-1"))
        assert got.status_code in (404, 405), (path, got.text)
        assert SECRET not in got.text.lower()
    assert WENT in http.get("/api/v1/incidents/INC-1").text
    assert SECRET not in http.get("/api/v1/incidents?all=true").text.lower()
    http.close()


def test_what_can_be_edited_shows_the_number_and_that_it_is_over(went: World) -> None:
    went.incidents.expects("INC-1", "Declared again in private", "Cancelled")
    announced = next(one for one in went.incidents.messages() if "Declared again in private" in str(one))
    assert SECRET not in str(announced).lower()
    old = next(one for one in went.rooms() if one["name"].endswith("-inc-1"))
    assert "Cancelled" in str(old["topic"])
    assert "INC-1" in str(old["topic"])
    assert SECRET not in str(old["topic"]).lower()
    card = went.channel(old["id"]).expects("Cancelled", "INC-1", "Now:")
    assert SECRET not in str(card).lower()
    went.ana.dms().expects("It replaces INC-1", "stays readable", "is renamed", "make the channel private")
    went.ana.says("/incident timeline INC-1").says("merger leaked", "Cancelled: declared again in private")
    for said in ("postmortem INC-1", "reopen INC-1 it goes on"):
        went.ana.says(f"/incident {said}").says("INC-1 was declared again in private", "its room is still public")
    assert SECRET not in str(went.channel(old["id"]).messages()[-1]).lower()


def test_a_room_that_slack_does_not_rename_is_said(world: World) -> None:
    declared = the_answer(world.ana.says(f"/incident sev1 {SECRET}"))
    world.do("faults", method="conversations.rename", kind="ok_false:not_authorized")
    make_private(world, declared)
    world.ana.dms().expects("Not delivered", "the new name of the old room, whose name still shows the title")
