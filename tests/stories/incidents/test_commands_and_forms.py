"""Commands, forms, buttons and events over the wire: what each person is told, and what changed."""

import pytest

from tests.stories.world import Json, World, words


def declared(world: World, text: str = "sev1 checkout is down") -> str:
    """An incident with a war room; answers the room's id."""
    world.ana.says(f"/incident {text}").says("is declared")
    return world.room().name


def card(world: World) -> Json:
    return world.room().expects("*Now:*")


def test_the_form_declares_and_keeps_what_was_typed_while_severity_changes(world: World) -> None:
    opened = world.ana.says("/incident declare", channel="platform")
    changed = world.do(
        "click", user="ana", view_id=opened.view_id, action_id="declare.severity", value="SEV-1",
        values={"title": {"title": "half typed"}},
    )  # fmt: skip
    assert changed["ok"]
    view = str(world.ana.view())
    assert "half typed" in view
    assert "policy critical" in view
    assert "needs a title" in world.ana.submits(opened.view_id, {"title": {"title": "  "}}).errors["title"]
    assert world.ana.submits(opened.view_id, {"title": {"title": "down " * 600}}).ok
    world.ana.dms().expects("INC-1 is declared", "SEV-1")


SOMEWHAT: Json = {"severity": {"declare.severity": "SEV-3"}}
"""What every declaration has to choose."""


def test_a_form_takes_no_title_that_the_command_refuses_or_asks_about(world: World) -> None:
    opened = world.ana.says("/incident declare", channel="platform")
    for title, told in (
        ("INC-1", "isn't a title"),
        ("help", "isn't a title"),
        ("sev1 payments down", "should be SEV-1"),
        ("keys leaked --private", "should be private"),
        ("keys leaked --privte", "Did you mean `--private`?"),
        ("payments down --service checkout", "should be about checkout"),
    ):
        assert told in world.ana.submits(opened.view_id, {**SOMEWHAT, "title": {"title": title}}).errors["title"], title
    assert "INC-1" not in world.ana.says("/incident list").text
    declared = world.ana.says("/incident sev3 mail is late")
    change = world.ana.clicks("declare.change", declared.answer["ephemeral"][-1], "general").view_id
    for title in ("INC-2", "keys leaked (private)", "sev1 mail is late"):
        assert world.ana.submits(change, {"title": {"title": title}}).errors["title"], title
    assert world.ana.submits(change, {"title": {"title": '"sev1 mail" is late'}}).ok
    world.ana.says("/incident status INC-1").says('"sev1 mail" is late', "SEV-3")


SAID = (
    ("/incident frobnicate", "nothing was declared"),
    ("/incident relsove 1", "Did you mean `/incident resolve`"),
    ("/incident ack INC-99", "There is no incident INC-99"),
    ("/incident ack", "No incident is open now"),
    ("/incident declare x --service nope", "There is no service"),
    ("/incident reopen", "No incident is resolved now"),
    (
        "/incident sev 9",
        'There is no severity "9". Use one of SEV-1, SEV-2, SEV-3, SEV-4. If you meant an incident: `/incident',
    ),
    ("/incident sev huge", 'There is no severity "huge". Use one of SEV-1'),
    ("/incident sev9 payments down", 'There is no severity "sev9"'),
    ("/incident declare sev9 payments down", 'There is no severity "sev9"'),
    ("/oncall who nobody-oncall", "There is no schedule"),
    ("/oncall frobnicate", "/oncall"),
    ("/incident help", "declare [sev1]"),
    ("/incident help", "/oncall help"),
    ("/incident help", "Asking for help"),
    ("/incident help sev", "/incident sev INC-42 sev2"),
    ("/oncall help swap", "/oncall swap"),
    ("/oncall help", "/incident help"),
    ("/incident list", "Nothing is open"),
    ("/oncall", "primary-oncall"),
)


def test_nothing_a_person_types_meets_silence(world: World) -> None:
    for typed, told in SAID:
        world.ana.says(typed).says(told)


def test_a_form_that_comes_too_late_is_said_to_be_late(world: World) -> None:
    assert world.do("faults", expire_trigger=1)["ok"]
    world.ana.says("/incident declare").says("could not be opened in time")
    assert world.ana.says("/incident declare").view_id


@pytest.mark.both_databases
def test_without_a_reference_the_only_open_incident_is_meant_and_of_several_one_is_picked(world: World) -> None:
    room = declared(world)
    world.bo.says("/incident note seen from outside").says("INC-1")
    world.ana.says("/incident sev3 search is slow")
    asked = world.bo.says("/incident note which one").says("Which incident")
    message = asked.answer["ephemeral"][-1]
    world.bo.clicks("incident.pick:1", message, "general")
    world.bo.dms().expects("INC-2")
    assert "which one" in world.bo.says("/incident timeline 2").text
    assert "which one" not in world.bo.says("/incident timeline", channel=room).text


def test_an_acknowledgement_by_the_menu_of_incidents_is_answered_too(world: World) -> None:
    declared(world)
    world.ana.says("/incident sev3 search is slow")
    asked = world.bo.says("/incident ack").says("Which incident")
    world.bo.clicks("incident.pick:1", asked.answer["ephemeral"][-1], "general")
    world.bo.dms().expects("INC-2 is yours")


def test_declining_asks_why_and_the_next_level_is_paged(world: World) -> None:
    declared(world)
    first = next(one for one in (world.ana, world.bo, world.cy) if "You are paged" in one.dms().shown())
    page = first.expects_page()
    opened = first.clicks("page.decline", page, first.dms().name)
    assert first.submits(opened.view_id, {"reason": {"reason": "travelling"}}).ok
    first.dms().expects("travelling")
    people = (world.ana, world.bo, world.cy)
    assert len([one for one in people if one is not first and "You are paged" in one.dms().shown()]) == 1


def test_the_tray_of_a_war_room_leads_to_every_form(world: World) -> None:
    room = declared(world)
    world.ana.says("/incident ack", channel=room)
    world.ana.says("/incident sev3 mail is late")
    tray = world.ana.clicks("incident.more", card(world), room)
    for action, title in {
        "menu.note": "Note on INC-1", "menu.decision": "Decision", "menu.action": "Action",
        "menu.mitigation": "Mitigation", "menu.catchup": "INC-1 in five lines", "menu.timeline": "Timeline of INC-1",
        "menu.severity": "Severity of INC-1", "menu.checklist": "Checklists", "menu.times": "Times",
        "menu.why": "Why: INC-1", "tree.open": "Who else is needed?", "command.offer": "Hand over command",
        "command.take": "Take command", "menu.hold": "Put on hold", "menu.merge": "Merge two incidents",
        "menu.declare": "Declare an incident", "menu.list": "Open incidents",
        "menu.help": "Commands", "menu.pages": "My pages",
    }.items():  # fmt: skip
        shown = world.do("click", user="ana", view_id=tray.view_id, action_id=action)
        assert shown["ok"], (action, shown)
        assert world.ana.view()["title"]["text"] == title
        world.do("close_view", user="ana", view_id=shown["view_id"])


def test_forms_say_under_the_field_what_is_wrong(world: World) -> None:
    room = declared(world)
    world.ana.says("/incident ic INC-1 @dee")
    roles = world.ana.clicks("incident.roles", card(world), room)
    assert "already" in str(world.ana.submits(roles.view_id, {}).errors)
    page = world.ana.clicks("incident.page", card(world), room)
    assert list(world.ana.submits(page.view_id, {}).errors) == ["person"]
    done = world.ana.clicks("incident.resolve", card(world), room)
    filled: Json = {"fixed": {"fixed": "rolled back"}, "ended": {"ended": 1_000_000}}
    assert list(world.ana.submits(done.view_id, filled).errors) == ["ended"]


def test_roles_by_form_and_by_command(world: World) -> None:
    room = declared(world)
    opened = world.ana.clicks("incident.roles", card(world), room)
    assert world.ana.submits(opened.view_id, {"comms": {"comms": world.li.id}, "ic": {"ic": world.bo.id}}).ok
    world.room().expects("*Comms*", world.li.id, world.bo.id)
    world.bo.says("/incident role tech lead @cy", channel=room).says("tech lead")
    world.cy.says("/incident ic", channel=room).says("incident commander")
    world.room().expects("*IC*", world.cy.id)


@pytest.mark.both_databases
def test_a_pushpin_and_the_shortcut_are_one_entry(world: World) -> None:
    room = declared(world)
    world.ana.says("I saw <this> happen", channel=room)
    message = world.room().expects("I saw")
    world.ana.reacts("pushpin", message, room)
    assert world.ana.uses("timeline.add_message", channel=room, ts=message["ts"]).ok
    assert world.ana.says("/incident timeline", channel=room).text.count("I saw &lt;this&gt; happen") == 1


def test_the_message_shortcut_proposes_the_message(world: World) -> None:
    assert world.ana.says("checkout burns\nsince noon").ok
    message = next(one for one in world.look("messages/general") if "burns" in words(one))
    opened = world.ana.uses("incident.declare_from_message", channel="general", ts=message["ts"])
    assert world.ana.submits(opened.view_id, SOMEWHAT).ok
    entries = world.ana.says("/incident timeline 1").text
    assert "checkout burns" in entries


def test_a_message_that_not_everybody_can_read_is_declared_in_private(world: World) -> None:
    world.do("company", create_channel={"name": "merger", "private": True, "user": "ana"})
    for place in ("merger", world.ana.dms().name if world.ana.dms().messages() else "merger"):
        said = world.ana.says("the merger leaked", channel=place).answer["message"]
        opened = world.ana.uses("incident.declare_from_message", channel=place, ts=said["ts"])
        shown = str(world.ana.view())
        assert "Private is ticked" in shown
        assert "everyone in #incidents reads these words" in shown
        assert world.ana.submits(opened.view_id, SOMEWHAT).ok
        world.incidents.lacks("merger leaked")
    said = world.ana.says("checkout burns").answer["message"]
    world.ana.uses("incident.declare_from_message", channel="general", ts=said["ts"])
    assert "Private is ticked" not in str(world.ana.view())


def test_an_announcement_and_a_card_are_no_news(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    for place, words_of_it in ((world.incidents, "checkout is down"), (world.room(), "checkout is down")):
        message = place.expects("INC-1", words_of_it)
        world.ana.uses("incident.declare_from_message", channel=place.name, ts=message["ts"])
        assert not world.look("state")["views"].get(world.ana.id)
        world.ana.dms().expects("That message is INC-1, which is declared already")


def test_people_in_a_title_have_names(world: World) -> None:
    said = world.ana.says("cannot pay, see @bo and @gus").answer["message"]
    opened = world.ana.uses("incident.declare_from_message", channel="general", ts=said["ts"])
    shown = str(world.ana.view())
    assert "cannot pay, see @Bo Lindqvist and @Gus Guest" in shown
    assert "<@" not in shown
    assert world.ana.submits(opened.view_id, SOMEWHAT).ok
    world.incidents.expects("cannot pay, see @Bo Lindqvist and @Gus Guest")
    world.ana.says("/incident declare sev4 only @gus knows why").says("INC-2")
    world.incidents.expects("only @Gus Guest knows why")


@pytest.mark.both_databases
def test_a_private_incident_is_not_known_to_others(world: World) -> None:
    world.ana.says("/incident declare --private the secret thing").says("INC-1")
    stranger = world.li
    for typed in ("status 1", "timeline 1", "note INC-1 hello", "list", "status"):
        assert "secret" not in stranger.says(f"/incident {typed}").text, typed
    stranger.says("/incident status 1").says("There is no incident INC-1")
    assert "secret" in world.ana.says("/incident status 1").text


def test_a_guest_may_answer_and_not_command(world: World) -> None:
    declared(world)
    place = world.do("dm", user="gus", **{"with": "ana"})["channel"]
    world.gus.says("/incident resolve INC-1 done", channel=place).says("full member")
    assert "Resolved" not in words(card(world))


@pytest.mark.both_databases
def test_the_home_tab_is_drawn_and_follows_its_buttons(world: World) -> None:
    declared(world)
    first = next(one for one in (world.ana, world.bo, world.cy) if "You are paged" in one.dms().shown())
    world.do("home", user=first.name)
    world.settle()
    home = world.look("state")["homes"][first.id]
    assert "You are paged for INC-1" in words(home)
    assert world.do("click", user=first.name, view_id=home["id"], action_id="page.ack")["ok"]
    world.settle()
    assert "You are paged for INC-1" not in words(world.look("state")["homes"][first.id])


@pytest.mark.both_databases
def test_an_incident_ends_comes_back_and_is_filed_away(world: World) -> None:
    world.ana.says("/incident sev3 search is slow")
    world.ana.says("/incident resolve restarted the index").says("INC-1", "resolved")
    world.ana.says("/incident resolve INC-1 again").says("already resolved")
    world.ana.says("/incident reopen not yet").says("second thoughts", "nothing was done")
    world.ana.says("/incident reopen it is back").says("open again")
    world.ana.says("/incident cancel INC-1 a false alarm").says("cancelled")
    world.ana.says("/incident reopen 1").says("open again")
    world.ana.says("/incident resolve INC-1 now really")
    world.ana.says("/incident close").says("closed")


def test_a_test_page_reaches_whoever_asks_and_nobody_else(world: World) -> None:
    world.li.says("/oncall test-page").says("on its way")
    world.li.presses("page.ack", "test page")
    world.incidents.lacks("test page")
    world.li.dms().lacks("You are paged")


def test_a_word_of_the_other_command_is_answered_with_where_it_belongs(world: World) -> None:
    for word, told in (("calendar", "/oncall schedule"), ("pages", "My pages"), ("why", "`/incident why`")):
        world.ana.says(f"/oncall {word}").says("Nothing was done", told)
