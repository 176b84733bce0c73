"""The answer to a declaration says what was understood; Change puts it right, Undo takes it back for a minute."""

import pytest

from storage.models import Incident
from tests.stories.incidents.test_words_typed import chooses
from tests.stories.world import Json, Reaction, World


def the_answer(declared: Reaction) -> Json:
    message: Json = declared.answer["ephemeral"][-1]
    return message


def status_of(world: World) -> tuple[str, str, str]:
    with world.app.desk.read() as session:
        row = session.get_one(Incident, 1)
        return str(row.status), row.severity, row.title


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("sev1: payments are down --service payments", ("SEV-1 (as you wrote)", "public", "Payments", "Paging")),
        (
            "declare high latency on checkout",
            ("SEV-3 (none was given, so this is the default)", "no service", "Paging"),
        ),
        ("declare --severity low wrong label --drill", ("SEV-4 (as you wrote)", "a drill")),
        ("declare sev2 ‘keys leaked’ —private", ("SEV-2 (as you wrote)", "private: only invited people see it")),
    ],
)
def test_the_answer_says_what_was_understood(world: World, typed: str, told: tuple[str, ...]) -> None:
    answer = world.ana.says(f"/incident {typed}").says("INC-1 is declared", "Undo works for a minute", *told)
    assert "payments" in answer.text.lower() or "service payments" not in typed


@pytest.mark.both_databases
def test_undo_withdraws_the_pages_and_says_so_everywhere(world: World) -> None:
    declared = world.ana.says("/incident sev1 checkout is down").says("INC-1 is declared")
    room = world.room()
    paged = next(one for one in (world.ana, world.bo, world.cy) if "You are paged" in one.dms().shown())
    world.forward(seconds=30)
    world.ana.clicks("declare.undo", the_answer(declared), "general")
    assert status_of(world)[0] == "cancelled"
    room.expects("INC-1", "declared by mistake and is undone")
    world.incidents.expects("INC-1", "Cancelled")
    world.incidents.expects("declared by mistake and is undone")
    paged.dms().lacks("Acknowledge")
    world.ana.says("/incident timeline INC-1").says("Cancelled: undone")
    before = world.incidents.shown().count("You are paged")
    world.forward(minutes=30)
    assert world.incidents.shown().count("You are paged") == before
    for one in (world.bo, world.cy, world.dee, world.eve):
        assert one is paged or "You are paged" not in one.dms().shown()
    world.ana.clicks("declare.undo", the_answer(declared), "general")
    world.ana.dms().expects("INC-1 is already cancelled")
    world.ana.says("/incident sev3 another thing").says("INC-2 is declared")  # the number is kept


def test_after_a_minute_the_stale_button_says_what_to_do(world: World) -> None:
    declared = world.ana.says("/incident sev1 checkout is down")
    world.forward(minutes=2)
    world.ana.clicks("declare.undo", the_answer(declared), "general")
    assert status_of(world)[0] == "investigating"
    world.ana.dms().expects("can be undone for a minute", "/incident cancel INC-1")
    world.ana.says("/incident undo INC-1").says("can be undone for a minute")


def test_undo_is_a_command_too(world: World) -> None:
    world.ana.says("/incident sev3 search is slow")
    world.ana.says("/incident undo").says("INC-1", "is cancelled")
    assert status_of(world)[0] == "cancelled"


def test_whoever_did_not_declare_it_undoes_nothing(world: World) -> None:
    world.ana.says("/incident sev1 checkout is down")
    world.bo.says("/incident ack INC-1")
    world.bo.says("/incident undo").says("INC-1 was declared by Ana Ruiz", "/incident unack INC-1", "/incident cancel")
    assert status_of(world)[0] == "investigating"
    world.ana.says("/incident undo").says("INC-1", "is cancelled")


def test_change_puts_right_what_was_declared(world: World) -> None:
    declared = world.ana.says("/incident declare high latency on search")
    opened = world.ana.clicks("declare.change", the_answer(declared), "general")
    assert "needs a title" in world.ana.submits(opened.view_id, {"title": {"title": "!!"}}).errors["title"]
    chosen: Json = {
        "title": {"title": "Checkout times out"},
        "severity": {"severity": "SEV-1"},
        "service": {"service": "checkout"},
    }
    assert world.ana.submits(opened.view_id, chosen).ok
    assert status_of(world) == ("investigating", "SEV-1", "Checkout times out")
    world.incidents.expects("SEV-1", "Checkout times out")
    world.ana.says("/incident timeline INC-1").says(
        "Title: Checkout times out (was high latency on search)", "checkout"
    )
    world.ana.says("/incident why INC-1").says("critical")
    world.ana.dms().expects("INC-1 is changed", "Checkout times out")


def chosen(*options: str, title: str = "keys leaked") -> Json:
    return {"title": {"title": title}, "severity": {"severity": "SEV-1"}, "options": {"options": list(options)}}


def test_change_makes_a_drill_of_it_and_back(world: World) -> None:
    declared = world.ana.says("/incident sev1 checkout is down")
    for ticked, said in ((("drill",), "It is a drill"), ((), "It is no drill")):
        opened = world.ana.clicks("declare.change", the_answer(declared), "general")
        assert world.ana.submits(opened.view_id, chosen(*ticked, title="checkout is down")).ok
        world.ana.says("/incident timeline INC-1").says(said)
        assert ("DRILL" in world.ana.says("/incident status INC-1").text) is bool(ticked)


@pytest.mark.both_databases
def test_change_cancels_what_was_public_and_declares_it_again_in_private(world: World) -> None:
    declared = world.ana.says("/incident sev1 keys leaked")
    world.incidents.expects("INC-1", "keys leaked")
    opened = world.ana.clicks("declare.change", the_answer(declared), "general")
    assert world.ana.submits(opened.view_id, chosen("private")).ok
    world.ana.dms().expects("INC-2 is declared", "private: only invited people see it", "It replaces INC-1",
                            "stays readable, and people may have seen it already")  # fmt: skip
    assert status_of(world) == ("cancelled", "SEV-1", "Declared again in private")
    world.incidents.expects("INC-1", "Declared again in private", "Cancelled")
    assert "INC-2" not in world.incidents.shown()
    assert "INC-2" not in world.li.says("/incident list").text
    world.ana.says("/incident list").says("INC-2", "keys leaked")
    opened = world.ana.clicks("declare.change", world.ana.dms().expects("INC-2 is declared"), world.ana.dms().name)
    assert "INC-2 is private" in world.ana.submits(opened.view_id, chosen()).errors["options"]


@pytest.mark.parametrize(
    ("acts", "offered"),
    [
        (("ic bo",), "Change the roles of INC-1"),
        (("note db is full",), "Post an update on INC-1"),
        (("ack",), "Give INC-1 back"),
        (("ack", "update we look"), "Post an update on INC-1"),
        (("monitoring",), "Post an update on INC-1"),
        (("sev sev2",), "Change the severity of INC-1"),
        (("page eve",), "Stop the paging of INC-1"),
    ],
)
def test_undo_after_another_act_asks_which_of_them_it_means(world: World, acts: tuple[str, ...], offered: str) -> None:
    world.ana.says("/incident sev1 search is slow")
    for act in acts:
        world.ana.says(f"/incident {act}")
    before = status_of(world)
    asked = world.ana.says("/incident undo").says("Nothing has changed yet", offered, "Cancel INC-1: search is slow")
    assert status_of(world) == before
    chooses(world.ana, asked, "Cancel INC-1")
    assert status_of(world)[0] == "cancelled"


def test_undo_may_give_an_acknowledgement_back(world: World) -> None:
    world.ana.says("/incident sev1 search is slow")
    world.ana.says("/incident ack")
    chooses(world.ana, world.ana.says("/incident undo"), "Give INC-1 back")
    assert status_of(world)[0] != "cancelled"
    assert "gave it back" in world.ana.says("/incident timeline INC-1").text
    world.ana.says("/incident ack")
    world.ana.says("/incident undo ack").says("INC-1", "paging again")


def test_what_somebody_else_did_leaves_undo_to_the_declarer(world: World) -> None:
    world.ana.says("/incident sev1 search is slow")
    world.bo.says("/incident note INC-1 the db is full")
    world.ana.says("/incident undo").says("INC-1", "is cancelled")


@pytest.mark.parametrize("typed", ["resolve restarted", "cancel false alarm"])
def test_what_ended_by_words_opens_again_by_one_press(world: World, typed: str) -> None:
    world.ana.says("/incident sev1 search is slow")
    ended = world.ana.says(f"/incident {typed}").says("Reopen", "paged again")
    assert status_of(world)[0] in ("resolved", "cancelled")
    world.ana.clicks("menu.reopen", the_answer(ended), "general")
    assert status_of(world)[0] in ("triage", "investigating")
    assert "Reopened" in world.ana.says("/incident timeline INC-1").text
