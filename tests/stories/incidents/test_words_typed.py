"""Commands as people type them, over the wire: what is meant is done, what could mean two things is asked about."""

import pytest

from storage.models import Incident
from tests.domain.handlers.words.test_which_incident import SPELLINGS
from tests.stories.world import Json, Person, Reaction, World, words


def state_of(world: World, number: int) -> str:
    with world.app.desk.read() as session:
        return str(session.get_one(Incident, number).status)


def offered(asked: Reaction) -> list[Json]:
    """The buttons of a question."""
    blocks = asked.answer["ephemeral"][-1]["blocks"]
    return [one for block in blocks for one in block.get("elements", []) if one.get("type") == "button"]


def chooses(person: Person, asked: Reaction, label: str, channel: str = "general") -> Reaction:
    button = next(one for one in offered(asked) if label in one["text"]["text"])
    return person.clicks(button["action_id"], asked.answer["ephemeral"][-1], channel)


def two_of_them(world: World) -> None:
    """INC-1 is open, INC-2 is resolved."""
    world.ana.says("/incident sev3 search is slow")
    world.ana.says("/incident sev3 mail is late")
    world.ana.says("/incident resolve INC-2 restarted").says("resolved")
    assert (state_of(world, 1), state_of(world, 2)) == ("investigating", "resolved")


def test_no_spelling_of_a_resolved_incident_ends_the_one_that_is_open(world: World) -> None:
    two_of_them(world)
    for spelling in SPELLINGS:
        for typed in (f"resolve {spelling} rolled back", f"resolve {spelling}, rolled back"):
            world.bo.says(f"/incident {typed}").says("INC-2 is already resolved")
    for typed, told in (
        ("cancel INC-2: false alarm", "INC-2 is resolved"),
        ("update on INC-2: all good", "INC-2 is resolved"),
        ("resolve rolled back (INC-2)", "INC-2 is resolved"),
        ("resolve the outage of INC-2 by a restart", "INC-2 is resolved"),
        ("ack inc 2.", "INC-2"),
        ("decline `INC-2`, asleep", "INC-2"),
        ("resolve INC-99 rolled back", "There is no incident INC-99"),
        ("resolve rolled back as in INC-99", "There is no incident INC-99"),
    ):
        world.bo.says(f"/incident {typed}").says(told)
    assert state_of(world, 1) == "investigating"
    assert "all good" not in world.bo.says("/incident timeline INC-1").text


@pytest.mark.both_databases
def test_in_a_room_another_incident_is_asked_about_and_counts_once(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room().name
    world.ana.says("/incident sev3 mail is late")
    asked = world.ana.says("/incident resolve INC-2: fixed", channel=room).says("Which incident", "Nothing has changed")
    assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-2", "INC-1 (this room)"]
    assert (state_of(world, 1), state_of(world, 2)) == ("investigating", "investigating")
    chooses(world.ana, asked, "INC-2", room)
    assert (state_of(world, 1), state_of(world, 2)) == ("investigating", "resolved")
    chooses(world.ana, asked, "INC-1", room)  # the question was answered
    assert state_of(world, 1) == "investigating"


def test_a_number_in_front_of_a_sentence_may_count_something(world: World) -> None:
    for title in ("one", "two", "three", "four"):
        world.ana.says(f"/incident sev3 number {title}")
    for number in (2, 3):
        world.ana.says(f"/incident resolve INC-{number} done")
    asked = world.bo.says("/incident note 4 of 5 nodes are back").says("Is the number an incident")
    labels = [one["text"]["text"] for one in offered(asked)]
    assert labels == [
        "INC-4: “of 5 nodes are back”",
        "INC-4: “4 of 5 nodes are back”",
        "INC-1: “4 of 5 nodes are back”",
    ]
    assert all("5 nodes" not in world.bo.says(f"/incident timeline INC-{one}").text for one in (1, 4))
    chooses(world.bo, asked, "INC-1")
    world.bo.says("/incident timeline INC-1").says("4 of 5 nodes are back")
    asked = world.bo.says("/incident resolve 4 nodes restarted").says("Nothing has changed")
    assert (state_of(world, 1), state_of(world, 4)) == ("investigating", "investigating")
    chooses(world.bo, asked, "INC-4: “nodes restarted”")
    assert (state_of(world, 1), state_of(world, 4)) == ("investigating", "resolved")


def test_a_question_keeps_more_words_than_a_button_holds(world: World) -> None:
    two_of_them(world)
    long = "the index was rebuilt " * 120
    asked = world.bo.says(f"/incident note {long} unlike INC-2")
    assert len(offered(asked)) == 2
    chooses(world.bo, asked, "INC-1")
    told = world.bo.says("/incident timeline INC-1").text
    assert told.count("the index was rebuilt") > 10
    pressed = world.do("click", user="li", channel="general", ts=asked.answer["ephemeral"][-1]["ts"],
                       action_id="incident.pick:0", value="cmd:nothing:ask|0", stale=True)  # fmt: skip
    assert "INC-2" not in str(pressed)


def test_everyday_words_declare_nothing_until_the_button_is_pressed(world: World) -> None:
    asked = world.bo.says("/incident low disk space on db-1").says("nothing was declared")
    assert [one["text"]["text"] for one in offered(asked)] == ["Declare “low disk space on db-1”"]
    world.bo.says("/incident list").says("Nothing is open")
    chooses(world.bo, asked, "Declare")
    world.bo.says("/incident list").says("SEV-3", "low disk space on db-1")


def test_what_is_no_command_and_no_title_is_told_what_there_is(world: World) -> None:
    for typed, told in (
        ("thanks!", "nothing was done"),
        ("who is on call", "/oncall who"),
        ("hndoff @bo", "Did you mean `/incident handoff`"),
        ("assign @bo", "What should"),
        ("assign <@U01BO>", "/incident role tech"),
        ("can you resolve INC-2", "Did you mean `/incident resolve`"),
        ("relsove INC-2 x", "Did you mean `/incident resolve`"),
        ("is anyone looking at checkout?", "/incident list"),
        ("declare 42", "isn't a title"),
        ("declare !!!", "isn't a title"),
        ("declare INC-7", "isn't a title"),
        ("declare sev1 <@U01ANA>", "isn't a title"),
        ("declare P4 printer", "Use one of SEV-1, SEV-2, SEV-3, SEV-4"),
        ("declare sev1 leak --privte", "Did you mean `--private`"),
        ("declare sev3 exercise --drills", "Did you mean `--drill`"),
        ("declare sev3 slow --svc checkout", "Did you mean `--service`"),
        ("sev1 leak —privat", "Did you mean `--private`"),
    ):
        answer = world.bo.says(f"/incident {typed}").says(told)
        assert offered(answer) == [], typed
    world.bo.says("/incident list").says("Nothing is open")
    world.ana.dms().lacks("You are paged")


def test_in_a_war_room_a_severity_changes_it_and_a_number_is_minutes(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room().name
    world.ana.says("/incident sev2 less customers than thought", channel=room).says("SEV-2")
    world.ana.says("/incident timeline", channel=room).says("less customers than thought")
    for typed in ("pause 7", "pause 15 minutes", "pause for 1 hour"):
        world.ana.says(f"/incident {typed}", channel=room).says("INC-1")
        assert world.ana.says("/incident resume", channel=room).ok
    assert len([one for one in words({"blocks": world.incidents.messages()}).splitlines() if "INC-2" in one]) == 0


def test_words_after_oncall_are_read_as_a_phone_writes_them(world: World) -> None:
    for typed in (
        "who primary",
        "who primary-oncall",
        "schedule “primary-oncall”",
        "schedule primary",
        "who ‘primary’.",
    ):
        world.li.says(f"/oncall {typed}").says("primary-oncall")
    for typed in ("test page", "test-page", "Test page!", "testpage"):
        world.li.says(f"/oncall {typed}").says("on its way")
    world.li.says("/oncall who nobody").says("There is no schedule")


def test_what_people_ask_about_on_call_is_answered(world: World) -> None:
    everything, primary = ("primary-oncall", "secondary-oncall", "ic-oncall"), ("primary-oncall",)
    asked = {
        "who is on call": everything, "who is on call?": everything, "who's on call now please": everything,
        "who is primary": primary, "who is on call for checkout?": primary, "who checkout": primary,
        "who platform": primary, "who tomorrow": everything, "who is secondary tonight": ("secondary-oncall",),
        "who bo": ("The shifts of Bo Lindqvist",), "who <@U01BO|bo>": ("The shifts of Bo Lindqvist",),
        "who at 03:00": everything, "who 2027-01-01": everything, "who was on call yesterday": everything,
        "who primary tomorrow 9am": primary,
    }  # fmt: skip
    for typed, told in asked.items():
        said = world.li.says(f"/oncall {typed}").says(*told).text
        assert told == everything or "ic-oncall" not in said or "Bo" in told[0], f"{typed}: {said}"
    world.li.says("/oncall who lunch").says('There is no schedule "lunch"')
    for typed in ("next me", "who is next"):
        assert "next" in world.li.says(f"/oncall {typed}").says("primary-oncall").text.lower()
    world.li.says("/oncall test me").says("on its way")
    world.li.says("/oncall testpage please").says("on its way")
    for typed in ("who me", "am I on call", "when am I on call?", "me"):
        world.bo.says(f"/oncall {typed}").says("Your shifts")
    for typed in ("cover me", "cover my shift tonight", "swap", "override me", "override for checkout", "sick",
                  "I am sick", "off next week", "cover me tomorrow 18:00-20:00"):  # fmt: skip
        assert world.bo.says(f"/oncall {typed}").view_id, typed


def test_a_mention_of_a_war_room_names_its_incident(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room()
    world.ana.says("/incident sev3 mail is late")
    mention = f"<#{room.name}|{room.state()['name']}>"
    world.ana.says(f"/incident resolve {mention}: rolled back").says("INC-1")
    with world.app.desk.read() as session:
        assert [session.get_one(Incident, number).status for number in (1, 2)] == ["resolved", "investigating"]


def test_a_mention_of_a_private_room_tells_an_outsider_nothing(world: World) -> None:
    world.ana.says("/incident declare sev1 a key has leaked --private")
    room = world.room().name
    for typed in ("resolve {} done", "note {} hello", "cancel {}", "{}"):
        of_room, of_any = (
            world.li.says(f"/incident {typed.format(f'<#{one}|x>')}").text.replace(one, "C")
            for one in (room, "C0NOROOM1")
        )
        assert of_room == of_any
        assert "INC-1" not in of_room
    world.ana.says(f"/incident status <#{room}|x>").says("INC-1")


def test_words_about_a_severity_change_it_only_when_pressed(world: World) -> None:
    world.ana.says("/incident sev3 mail is late")
    asked = world.ana.says("/incident make it sev2").says("Do you mean the severity")
    world.ana.says("/incident status INC-1").says("SEV-3")
    chooses(world.ana, asked, "Change the severity to SEV-2")
    world.ana.says("/incident status INC-1").says("SEV-2")
    world.ana.says("/incident list").says("1 open incident")


def test_second_thoughts_and_a_call_for_help_end_nothing(world: World) -> None:
    two_of_them(world)
    for verb in ("resolve", "cancel", "update"):
        for typed in ("not yet", "wait no", "don't", "INC-1 not yet"):
            world.bo.says(f"/incident {verb} {typed}").says("second thoughts", "nothing was done")
        for typed in ("help", "?", "INC-1 help"):
            told = world.bo.says(f"/incident {verb} {typed}").says(f"{verb} [INC-42]").text
            assert "postmortem" not in told, typed  # the help of that verb alone
    world.bo.says("/incident resolve is it over?").says("sounds like a question")
    assert state_of(world, 1) == "investigating"
    assert "wait no" not in world.bo.says("/incident timeline INC-1").text


def test_words_that_stand_for_an_incident_are_asked_about_though_only_one_is_open(world: World) -> None:
    two_of_them(world)
    for typed in ("both", "all", "last", "it", "the other one", "both: rolled back"):
        asked = world.bo.says(f"/incident cancel {typed}").says("Which incident", "Nothing has changed")
        assert [one["text"]["text"] for one in offered(asked)] == ["INC-1: search is slow"], typed
    assert state_of(world, 1) == "investigating"
    chooses(world.bo, asked, "INC-1")
    assert state_of(world, 1) == "cancelled"


def test_in_a_room_a_number_alone_may_be_another_incident(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    room = world.room().name
    world.ana.says("/incident sev3 mail is late")
    for typed in ("resolve 2", "cancel 2", "resolve 2: rolled back"):
        asked = world.ana.says(f"/incident {typed}", channel=room).says("Nothing has changed")
        assert [one["text"]["text"].split(":")[0] for one in offered(asked)] == ["INC-2", "INC-1 (this room)"]
    world.ana.says("/incident resolve INC-2 done")
    asked = world.ana.says("/incident close 2", channel=room).says("Nothing has changed")
    assert (state_of(world, 1), state_of(world, 2)) == ("investigating", "resolved")
    chooses(world.ana, asked, "INC-2", room)
    assert (state_of(world, 1), state_of(world, 2)) == ("investigating", "closed")


def test_several_numbers_behind_one_reference_are_asked_about(world: World) -> None:
    two_of_them(world)
    for typed in ("INC-1,2", "INC-1 & 2", "INC-1-2 done"):
        world.bo.says(f"/incident resolve {typed}").says("Nothing has changed")
        assert (state_of(world, 1), state_of(world, 2)) == ("investigating", "resolved"), typed


def test_what_may_mean_private_or_a_drill_is_asked_before_anyone_hears_of_it(world: World) -> None:
    for typed in ("sev1 leak (private)", "sev1 leak--private", "sev1 leak private", "sev1 x drill", "`prio 1` x"):
        asked = world.bo.says(f"/incident declare {typed}").says("Nothing is declared yet")
        assert len(offered(asked)) >= 2
    world.bo.says("/incident list").says("Nothing is open")
    asked = world.bo.says("/incident declare sev1 leak (private)")
    assert [one["text"]["text"] for one in offered(asked)] == [
        "Declare SEV-1, private: “leak”",
        "Declare SEV-1, public: “leak (private)”",
    ]
    chooses(world.bo, asked, "private: “leak”")
    with world.app.desk.read() as session:
        made = session.get_one(Incident, 1)
        assert (made.title, made.severity, made.private) == ("leak", "SEV-1", True)


def test_words_against_paging_declare_nothing_until_it_is_pressed(world: World) -> None:
    asked = world.ana.says("/incident declare sev1 checkout is slow, no pages").says("Declaring pages", "Not now")
    chooses(world.ana, asked, "Not now")
    world.ana.dms().expects("Nothing was declared")
    with world.app.desk.read() as session:
        assert session.get(Incident, 1) is None
    asked = world.ana.says("/incident declare sev1 checkout is slow, please don't wake anyone").says("Not now")
    chooses(world.ana, asked, "and page")
    assert state_of(world, 1) == "investigating"
