"""Incidents named by a title, a part of it or a link, or left out: never another one than is meant is changed."""

from storage.models import Incident
from tests.stories.incidents.test_words_typed import offered, state_of, two_of_them
from tests.stories.world import World


def test_the_title_of_another_incident_names_it(world: World) -> None:
    two_of_them(world)
    for typed in ("resolve mail is late", "cancel Mail is late: false alarm", "resolve mail is late."):
        asked = world.bo.says(f"/incident {typed}").says("INC-2 is resolved already", "Which incident")
        assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-1"]
        assert state_of(world, 1) == "triage"
    world.ana.says("/incident reopen INC-2")
    asked = world.bo.says("/incident resolve mail is late").says("Nothing has changed")
    assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-2", "INC-1"]
    world.bo.says("/incident resolve INC-2 restarted")
    world.bo.says("/incident resolve search is slow").says("INC-1", "resolved")


def test_a_part_of_the_title_of_another_incident_is_asked_about(world: World) -> None:
    two_of_them(world)
    for typed in (
        "resolve mail", "resolve the mail one", "resolve mail incident, restarted", "resolve mail issue",
        "update investigating mail is late again", "update mail is back", "cancel Mail: false alarm",
        "update the restart, mail is late again, helped",
    ):  # fmt: skip
        asked = world.bo.says(f"/incident {typed}").says("INC-2 is resolved already", "Which incident")
        assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-1"], typed
        assert state_of(world, 1) == "triage"
    world.bo.says("/incident update search is fast, and no mail was lost").says("Update 1")
    world.bo.says("/incident resolve search index and mail queue restarted").says("INC-1", "resolved")


def test_in_a_room_a_subject_is_its_own_incidents(world: World) -> None:
    world.ana.says("/incident sev3 mail is late")
    world.ana.says("/incident sev1 search is slow")
    room = world.room().name
    world.ana.says("/incident update mail to customers is out, search is back", channel=room).says("Update 1")
    asked = world.ana.says("/incident resolve the mail one", channel=room).says("Nothing has changed")
    assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-1", "INC-2 (this room)"]


def test_a_link_stands_for_the_incident_that_it_leads_to(world: World) -> None:
    two_of_them(world)
    with world.app.desk.read() as session:
        second = session.get_one(Incident, 2)
        channel, ts = second.announcement_channel, second.announcement_ts or ""
    post = f"https://acme.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    for link in (
        "<https://tocsin.acme.example/incidents/2|INC-2>", "<https://wiki.example/postmortems|inc 2>", post,
        f"<{post}>", f"<{post}|the announcement>", f"<{post}?thread_ts={ts}&amp;cid=C1>",
    ):  # fmt: skip
        world.bo.says(f"/incident resolve {link} done").says("INC-2 is already resolved")
        assert state_of(world, 1) == "triage"
    world.bo.says("/incident resolve fixed by <https://wiki.example/runbook|the runbook>").says("INC-1", "resolved")


def test_what_leaves_the_only_incident_out_does_not_end_it(world: World) -> None:
    two_of_them(world)
    for typed in ("resolve not INC-1", "resolve everything except INC-1", "cancel all but INC-1"):
        world.bo.says(f"/incident {typed}").says("Nothing has changed yet")
        assert state_of(world, 1) == "triage"


def test_courtesy_after_escalate_asks_the_next_level(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    world.bo.says("/incident escalate now!").says("the next level is paged now")
