"""The verbs of the API: the same words as in Slack, every one described, the nearest one named for a slip."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain import verbs
from storage.models import Member
from storage.upsert import put
from tests.stories.web.test_web import World, world

__all__ = ["world"]

AS_ANA = {"Tocsin-As": "ana"}
NOW_THERE = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.mark.both_databases
def test_a_synonym_is_the_same_address(world: World) -> None:
    world.declare()
    assert world.post("/incidents/1/severity", {"severity": "sev2"}).json()["incident"]["severity"] == "SEV-2"
    assert world.post("/incidents/1/sev", {"severity": "sev3"}).json()["incident"]["severity"] == "SEV-3"
    assert world.post("/incidents/1/log", {"text": "seen"}).status_code == 200
    assert world.get("/incidents/1/show").json() == world.get("/incidents/1").json()
    assert world.get("/incidents/1/history").json() == world.get("/incidents/1/timeline").json()
    assert world.get("/incidents/1/vendor").json() == world.get("/incidents/1/vendors").json()
    assert world.get("/incidents/1/explain").json() == world.get("/incidents/1/why").json()


@pytest.mark.both_databases
def test_what_slack_alone_could_do(world: World) -> None:
    world.declare()
    assert world.post("/incidents/1/room").json()["answer"] in ("room_opening", "room_exists")
    assert world.post("/incidents/1/ic", **AS_ANA).json()["incident"]["roles"]["ic"]["name"] == "Ana Ruiz"
    assert world.post("/incidents/1/postmortem").json()["answer"] == "postmortem_coming"
    assert world.post("/oncall/test-page", **AS_ANA).status_code == 201


def test_whom_it_is_with_is_on_the_list_and_on_the_incident(world: World) -> None:
    world.declare()
    (asked,) = world.get("/incidents/1").json()["pages"]
    assert world.get("/incidents").json()[0]["assignee"] == asked["person"]
    world.post("/incidents/1/ack", **{"Tocsin-As": "li"})
    assert world.get("/incidents/1").json()["assignee"]["name"] == "Li Wei"
    assert world.get("/incidents").json()[0]["assignee"]["name"] == "Li Wei"


def test_all_hands_is_confirmed_by_a_field(world: World) -> None:
    world.declare()
    refused = world.post("/incidents/1/page", {"to": "all-hands data is lost"})
    assert refused.status_code == 409
    assert "This would page 6 people" in refused.text
    assert '\\"confirm\\": true' in refused.text
    unsaid = world.post("/incidents/1/page", {"to": "all-hands", "confirm": True})
    assert unsaid.status_code == 409
    assert world.post("/incidents/1/page", {"to": "all-hands data is lost", "confirm": True}).status_code in (200, 201)
    pages = world.get("/incidents/1").json()["pages"]
    assert len({one["person"]["name"] for one in pages}) == 5, "and the one who was asked already"


def test_a_note_tells_the_time_that_was_taken(world: World) -> None:
    world.declare()
    said = world.post("/incidents/1/note", {"text": "0 min ago deploy"}).json()
    assert said["answer"] == "note_timed"
    assert said["message"].startswith("Added to the timeline of INC-1 at ")
    odd = world.post("/incidents/1/note", {"text": "20 min ago deploy"}).json()
    assert "the time it begins with is before this incident began, so it stays in the text" in odd["message"]
    plain = world.post("/incidents/1/note", {"text": "deploy"}).json()
    assert plain["answer"] == "note_added"
    notes = [one["text"] for one in world.get("/incidents/1/timeline").json() if one["kind"] == "note"]
    assert notes == ["deploy", "20 min ago deploy", "deploy"]


def test_what_is_said_holds_no_signs_of_slack(world: World) -> None:
    """Local times and mentions are for Slack's clients; a program and a terminal read words."""
    world.declare()
    paused = world.post("/incidents/1/pause", {"until": "15m"})
    assert paused.status_code == 200, paused.text
    said = [paused.json()["message"]]
    said.append(world.post("/incidents/1/ack", **AS_ANA).json()["message"])
    said.append(world.post("/incidents/1/ic", {"person": "bo"}).json()["message"])
    times = {"start": "2030-01-01T10:00:00Z", "end": "2030-01-01T12:00:00Z"}
    over = world.post("/schedules/override", {"schedule": "ic-oncall", "kind": "add", "person": "li", **times})
    said.append(over.json()["message"])
    assert not [one for one in said if "<" in one or "^" in one or "*" in one], said
    assert " CET" in said[0]


def test_nobody_is_acted_for_who_is_not_known(world: World) -> None:
    world.declare()
    for who in ("U99", "nobody"):
        answer = world.post("/incidents/1/ack", **{"Tocsin-As": who})
        assert (answer.status_code, f'who "{who}" is' in answer.text.replace("\\", "")) == (409, True), answer.text
        look = world.http.get(
            "/api/v1/incidents", headers={"Authorization": "Bearer the-process-token", "Tocsin-As": who}
        )
        assert look.status_code == 409
    assert world.post("/incidents/1/ack", **{"Tocsin-As": "U01BO"}).status_code == 200, "an account that is known"


def read(world: World, path: str, **headers: str) -> Any:
    answer = world.http.get(f"/api/v1{path}", headers={"Authorization": "Bearer the-process-token", **headers})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.both_databases
def test_who_is_on_call_now_and_next(world: World) -> None:
    (now,) = read(world, "/oncall/who?schedule=primary-oncall")
    assert now["people"]
    following = read(world, "/oncall/next?schedule=primary-oncall")[0]
    assert following["people"] == now["people"]
    assert following["at"] == now["until"]
    later = read(world, f"/oncall/who?schedule=primary-oncall&at={now['until'].replace('+', '%2B')}")
    assert later[0]["people"] == following["next"]
    assert read(world, "/oncall/mine", **AS_ANA)
    assert read(world, "/oncall/schedule")["shifts"]
    assert read(world, "/oncall/shifts?schedule=primary-oncall")
    assert isinstance(read(world, "/oncall/gaps"), list)
    assert read(world, "/oncall/handoff?schedule=primary-oncall")["schedule"] == "primary-oncall"
    assert read(world, "/oncall/health?weeks=8")["weeks"] == 8


SLIPS = [
    ("post", "/incidents/1/relsove", 404, "`relsove` is not a command. Did you mean `resolve`?"),
    ("post", "/incidents/1/call", 404, "Did you mean `page`?"),
    ("post", "/incidents/1/timeline", 404, "`timeline` changes nothing here: use GET."),
    ("get", "/incidents/1/ack", 404, "`ack` changes something: use POST."),
    ("get", "/incidents/1/tiemline", 404, "Did you mean `timeline`?"),
    ("get", "/oncall/nxt", 404, "Did you mean `next`?"),
    ("get", "/oncall/test-page", 404, "use POST"),
    ("post", "/oncall/override", 404, "/api/v1/schedules"),
    ("post", "/schedules/overide", 404, "Did you mean `override`?"),
    ("get", "/oncall/me", 409, "can't tell who"),
    ("get", "/oncall/who?schedule=primry-oncall", 409, 'Did you mean "primary-oncall"?'),
    ("get", "/oncall/shifts", 400, 'the field "schedule" is missing'),
    ("get", "/oncall/who?at=lunch", 400, "is not a time"),
]


@pytest.mark.parametrize(("method", "path", "status", "sentence"), SLIPS)
def test_a_slip_is_named_with_what_was_meant(world: World, method: str, path: str, status: int, sentence: str) -> None:
    world.declare()
    answer = world.post(path) if method == "post" else world.get(path)
    assert (answer.status_code, set(answer.json())) == (status, {"error"}), answer.text
    assert sentence in answer.json()["error"]


def test_a_field_or_choice_that_is_none_is_named_with_the_nearest(world: World) -> None:
    world.declare()
    wrong = world.post("/incidents/1/update", {"txt": "x"})
    assert (wrong.status_code, 'there is no field "txt": did you mean "text"?' in wrong.json()["error"]) == (400, True)
    wrong = world.post("/incidents/1/update", {"text": "x", "status": "identifed"})
    assert 'status: there is no "identifed", did you mean "identified"?' in wrong.json()["error"]


def test_every_verb_is_described_with_its_body(world: World) -> None:
    paths = world.http.get("/openapi.json").json()["paths"]
    for verb in verbs.INCIDENT:
        if verb.about_one and not verb.reads:
            described = paths[f"/api/v1/incidents/{{ref}}/{verb.name}"]["post"]
            assert described["summary"] == verb.says
            body = described["requestBody"]["content"]["application/json"]["schema"]
            assert set(body.get("properties", {})) == {one.name for one in verb.told("rest")}


def test_a_program_commands_nothing_and_owns_nothing(world: World) -> None:
    world.declare()
    world.post("/incidents/1/ic", {"person": "ana"})
    for verb, body in (
        ("take-command", {"reason": "no answer"}),
        ("action", {"text": "restart the pool"}),
        ("mitigation", {"text": "roll back"}),
    ):
        refused = world.post(f"/incidents/1/{verb}", body)
        assert refused.status_code == 409, (verb, refused.text)
    assert world.get("/incidents/1").json()["roles"]["ic"]["name"] == "Ana Ruiz"
    given = world.post("/incidents/1/action", {"text": "restart the pool", "owner": "bo"})
    assert given.status_code == 200, given.text


@pytest.mark.both_databases
def test_whoever_is_named_may_do_what_they_may_do_in_slack(world: World) -> None:
    world.declare()
    world.declare(title="Payments fail")
    with world.database.write() as session:
        put(session, Member(slack="U01LI", name="li", kind="guest", seen_at=NOW_THERE))
    for verb, body in (
        ("merge", {"into": "INC-2"}),
        ("ic", {}),
        ("resolve", {"text": "it is over"}),
        ("note", {"text": "x"}),
    ):
        refused = world.post(f"/incidents/1/{verb}", body, **{"Tocsin-As": "li"})
        assert (refused.status_code, "Guests cannot do this here" in refused.text) == (409, True), verb
    assert world.post("/incidents", {"title": "x"}, **{"Tocsin-As": "li"}).status_code == 409
    assert world.get("/incidents/1").json()["status"] == "investigating"
    assert world.post("/incidents/1/note", {"text": "seen"}, **AS_ANA).status_code == 200
    assert world.post("/incidents/1/merge", {"into": "INC-2"}).status_code == 200, "the token is an admin's"


def test_nothing_is_suggested_for_what_is_over(world: World) -> None:
    world.declare()
    assert world.post("/incidents/1/classify", {"known": "users=30"}).status_code == 200
    world.post("/incidents/1/resolve", {"text": "rolled back"})
    world.post("/incidents/1/close")
    before = world.get("/incidents/1/timeline").json()
    refused = world.post("/incidents/1/classify", {"known": "users=30"})
    assert (refused.status_code, "needs an open incident" in refused.text) == (409, True), refused.text
    assert world.get("/incidents/1/timeline").json() == before
