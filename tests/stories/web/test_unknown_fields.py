"""Fields that no route reads, and titles and words that say another thing than the fields: refused with a sentence."""

import pytest

from tests.stories.web.test_web import World, world

__all__ = ["world"]
AS_BO = {"Tocsin-As": "bo"}
GETS = ["/incidents", "/incidents/1", "/incidents/1/timeline", "/incidents/1/why", "/incidents/1/vendors",
        "/incidents/1/tree", "/incidents/1/postmortem", "/incidents/1/export", "/incidents/1/history", "/overrides",
        "/covers", "/oncall/who", "/oncall/next", "/oncall/schedule", "/oncall/gaps", "/oncall/health",
        "/oncall/shifts?schedule=primary-oncall"]  # fmt: skip
POSTS = ["/incidents", "/incidents/1/note", "/test-pages", "/oncall/test-page", "/schedules/override",
         "/oncall/primary-oncall/calendar"]  # fmt: skip


@pytest.mark.parametrize("path", GETS)
def test_a_field_in_the_address_that_is_not_read_is_refused(world: World, path: str) -> None:
    world.declare()
    assert world.get(path).status_code == 200
    refused = world.get(f"{path}{'&' if '?' in path else '?'}nonsense=1")
    assert refused.status_code == 400
    assert 'there is no field \\"nonsense\\"' in refused.text


@pytest.mark.parametrize("path", POSTS)
def test_a_field_of_a_body_that_is_not_read_is_refused(world: World, path: str) -> None:
    world.declare()
    for refused in (world.post(path, {"nonsense": "x"}, **AS_BO), world.post(f"{path}?nonsense=1", {}, **AS_BO)):
        assert refused.status_code == 400
        assert 'there is no field \\"nonsense\\"' in refused.text
    assert len(world.get("/incidents").json()) == 1


def test_a_field_of_another_look_is_refused(world: World) -> None:
    assert "weeks" in world.get("/oncall/who?weeks=3").json()["error"]
    assert world.get("/oncall/health?weeks=3").status_code == 200
    assert "did you mean" in world.get("/oncall/who?shedule=primary-oncall").json()["error"]


def test_a_test_page_for_somebody_is_asked_in_a_header(world: World) -> None:
    for path in ("/oncall/test-page", "/test-pages"):
        refused = world.post(path, {"person": "cy"}, **AS_BO)
        assert refused.status_code == 400
        assert "Tocsin-As" in refused.json()["error"]
        assert world.post(path, {}, **AS_BO).status_code == 201


@pytest.mark.parametrize("title", ["keys leaked private", "keys leaked, confidentially"])
def test_a_title_that_may_be_for_few_eyes_declares_nothing(world: World, title: str) -> None:
    refused = world.post("/incidents", {"title": title})
    assert refused.status_code == 409
    assert "Send `private`" in refused.json()["error"]
    assert "in quotes" in refused.json()["error"]
    assert world.get("/incidents").json() == []
    assert world.post("/incidents", {"title": title, "private": True}).status_code == 201
    assert world.post("/incidents", {"title": f'"{title}"'}).status_code == 201
    assert {one["title"] for one in world.get("/incidents?all=true").json()} <= {title}


@pytest.mark.parametrize("title", ["sev1: checkout is down", "checkout is down sev1", "test: prio 1 checkout"])
def test_the_severity_in_a_programs_title_counts(world: World, title: str) -> None:
    made = world.post("/incidents", {"title": title})
    assert made.status_code == 201
    (shown,) = world.get("/incidents").json()
    assert (shown["title"], shown["severity"], shown["drill"]) == (title, "SEV-1", False)


@pytest.mark.parametrize("title", ["ack", "resolve INC-1", "https://x.example", "INC-1"])
def test_what_is_no_title_declares_nothing(world: World, title: str) -> None:
    refused = world.post("/incidents", {"title": title})
    assert refused.status_code == 409
    assert "nothing was declared" in refused.json()["error"]


@pytest.mark.parametrize("severity", ["1", "sev1", "SEV-1", "critical"])
def test_a_severity_is_spelled_as_behind_the_flag_in_slack(world: World, severity: str) -> None:
    assert world.declare(severity=severity)["severity"] == "SEV-1"


@pytest.mark.parametrize("text", ["not yet", "if bo agrees", "half of it", "rolling back", "maybe fixed"])
def test_words_that_tell_of_no_end_resolve_nothing(world: World, text: str) -> None:
    world.declare()
    refused = world.post("/incidents/1/resolve", {"text": text}, **AS_BO)
    assert refused.status_code == 409
    assert "nothing was changed" in refused.json()["error"]
    assert world.get("/incidents/1").json()["status"] != "Resolved"
    assert world.post("/incidents/1/resolve", {"text": "rolled back"}, **AS_BO).status_code == 200
    assert "needs an open incident" in world.post("/incidents/1/escalate", {}, **AS_BO).json()["error"]


@pytest.mark.parametrize("text", ["private: customer X", "(internal) customer X", "draft: maybe the db"])
def test_an_update_that_is_not_for_everyone_is_not_published(world: World, text: str) -> None:
    world.declare()
    refused = world.post("/incidents/1/update", {"text": text}, **AS_BO)
    assert refused.status_code == 409
    assert "nothing was published" in refused.json()["error"]
    assert world.post("/incidents/1/update", {"text": "customer X is back"}, **AS_BO).status_code == 200
