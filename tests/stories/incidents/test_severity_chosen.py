"""Choosing a severity: nothing is chosen for a quick tapper, *Not sure* asks five questions, a change has a reason."""

from typing import Any

import pytest

from bot.catalog import load
from storage.models import Incident
from storage.queries import incidents as incident_queries
from tests.stories.world import Json, Reaction, World, words

QUESTIONS = ["ask-users", "ask-functionality", "ask-workaround", "ask-revenue", "ask-sla"]


def row(world: World, number: int = 1) -> Incident:
    with world.app.desk.read() as session:
        return session.get_one(Incident, number)


def lines(world: World, number: int = 1) -> str:
    with world.app.desk.read() as session:
        return "\n".join(one.text for one in incident_queries.timeline(session, number))


def block(view: Json, name: str) -> Json:
    found: Json = next(one for one in view["blocks"] if one.get("block_id") == name)
    return found


def names(view: Json) -> list[str]:
    return [str(one.get("block_id")) for one in view["blocks"]]


def shown(view: Json) -> str:
    return words({"blocks": view["blocks"]})


def chooses(world: World, view_id: str, action: str, value: str, block_id: str = "") -> Json:
    """Chooses something in a form of Ana's, and the form as it is afterwards."""
    where = {"block_id": block_id} if block_id else {}
    answer = world.do("click", user="ana", view_id=view_id, action_id=action, value=value, **where)
    assert answer["ok"], answer
    world.settle()
    return world.ana.view()


def opened(world: World) -> Reaction:
    return world.ana.says("/incident declare")


def test_the_form_chooses_no_severity_and_needs_one(world: World) -> None:
    form = opened(world)
    severity = block(world.ana.view(), "severity")
    assert "initial_option" not in severity["element"]
    assert not severity["optional"]
    assert shown(world.ana.view()).count("Choose a severity to see who is paged.") == 1
    labels = [one["text"]["text"] for one in severity["element"]["options"]]
    assert labels == ["SEV-1 Critical", "SEV-2 High", "SEV-3 Medium", "SEV-4 Low", "Not sure"]
    for option in severity["element"]["options"]:
        assert 20 < len(option["description"]["text"]) <= 75
    assert not world.ana.submits(form.view_id, {"title": {"title": "Checkout is down"}}).ok or world.rooms() == []
    with world.app.desk.read() as session:
        assert session.get(Incident, 1) is None


def test_a_typed_severity_is_chosen_and_says_what_it_brings(world: World) -> None:
    form = world.ana.says("/incident declare sev2")
    view = world.ana.view()
    assert block(view, "severity")["element"]["initial_option"]["value"] == "SEV-2"
    assert "SEV-2: answer within 15 min, update every 1 h, asks you about a war room." in shown(view)
    changed = chooses(world, form.view_id, "declare.severity", "SEV-1")
    assert "SEV-1: answer within 5 min, update every 30 min, opens a war room." in shown(changed)
    assert "Pages now" in shown(changed)
    assert "Choose a severity" not in shown(changed)


def test_a_choice_made_while_the_form_was_being_drawn_is_not_lost(world: World) -> None:
    """Slack refuses the drawing, since the form changed meanwhile: by the drawing of the choice before."""
    form = opened(world)
    world.do("faults", hash_conflict=1)
    changed = chooses(world, form.view_id, "declare.severity", "SEV-1")
    assert "Pages now" in shown(changed)


def test_not_sure_asks_five_questions_and_gives_reasons(world: World) -> None:
    form = opened(world)
    view = chooses(world, form.view_id, "declare.severity", "unsure")
    assert [one for one in names(view) if one.startswith("ask-")] == QUESTIONS
    assert "One answer is enough" in shown(view)
    assert "Choose a severity to see who is paged." in shown(view)
    title: Json = {"title": {"title": "Search is odd"}}
    assert "at least one" in world.ana.submits(form.view_id, title).errors["severity"]
    chooses(world, form.view_id, "severity.answer", ">= 10", "ask-users")
    view = chooses(world, form.view_id, "severity.answer", "full", "ask-workaround")
    assert "Suggested: SEV-2 High" in shown(view)
    assert "10 to 50 % of users → SEV-2" in shown(view)
    assert "Yes, or none is needed → SEV-4" in shown(view)
    assert "SEV-2: answer within 15 min" in shown(view), "the consequence follows the suggestion"
    assert world.ana.submits(form.view_id, {"title": {"title": "Search is odd"}}).ok
    assert row(world).severity == "SEV-2"
    assert "suggested: 10 to 50 % of users → SEV-2" in lines(world)
    world.ana.dms().expects("INC-1 is declared", "as your answers suggest", "10 to 50 % of users")


def test_a_level_chosen_after_all_counts_and_the_answers_do_not(world: World) -> None:
    form = opened(world)
    chooses(world, form.view_id, "declare.severity", "unsure")
    chooses(world, form.view_id, "severity.answer", "breached", "ask-sla")
    view = chooses(world, form.view_id, "declare.severity", "SEV-4")
    assert not [one for one in names(view) if one.startswith("ask-")]
    assert world.ana.submits(form.view_id, {"title": {"title": "Wrong label"}}).ok
    assert row(world).severity == "SEV-4"
    assert "suggested" not in lines(world)


def test_sev_alone_shows_what_each_level_means(world: World) -> None:
    told = world.ana.says("/incident sev").text
    catalog = load(None)
    for key, level in catalog.severities.items():
        for text in (key, level.definition, level.impact, level.response, *level.examples):
            assert text, key
            assert text in told, f"{key}: {text}"
        assert len(level.examples) >= 4
    assert "…" not in told
    world.ana.says("/incident sev3 Search is slow")
    world.ana.says("/incident sev")
    in_form = shown(world.ana.view())
    assert world.ana.view()["title"]["text"] == "Severity of INC-1"
    for level in catalog.severities.values():
        assert level.definition in in_form
        assert level.examples[3] in in_form


def test_the_reasons_follow_the_direction_of_the_change(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow --service search")
    form = world.ana.says("/incident sev INC-1")
    assert "why-raise" not in names(world.ana.view())
    raised = chooses(world, form.view_id, "severity.level", "SEV-1")
    reasons = [one["text"]["text"] for one in block(raised, "why-raise")["element"]["options"]]
    assert len(reasons) == 5
    assert "More customers complain" in reasons
    assert "People are paged again" in shown(raised)
    lowered = chooses(world, form.view_id, "severity.level", "SEV-4")
    assert len(block(lowered, "why-lower")["element"]["options"]) == 4
    chooses(world, form.view_id, "severity.level", "SEV-1")
    picked: Json = {"why-raise": {"why-raise": "more-complaints"}, "reason": {"reason": "twelve tickets"}}
    assert world.ana.submits(form.view_id, picked).ok
    assert row(world).severity == "SEV-1"
    world.ana.says("/incident timeline INC-1").says("SEV-3 → SEV-1: More customers complain: twelve tickets")


def test_the_form_that_changes_nothing_says_so(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow")
    form = world.ana.says("/incident sev INC-1")
    assert "already SEV-3" in world.ana.submits(form.view_id, {}).errors["severity"]


def test_classify_asks_about_the_incident_or_about_one_to_declare(world: World) -> None:
    form = world.ana.says("/incident classify")
    assert world.ana.view()["title"]["text"] == "Declare an incident"
    assert [one for one in names(world.ana.view()) if one.startswith("ask-")] == QUESTIONS
    world.do("close_view", user="ana", view_id=form.view_id)
    world.ana.says("/incident sev3 Search is slow")
    form = world.ana.says("/incident classify")
    assert world.ana.view()["title"]["text"] == "Severity of INC-1"
    view = chooses(world, form.view_id, "severity.answer", "core", "ask-functionality")
    assert "Suggested: SEV-1 Critical" in shown(view)
    assert world.ana.submits(form.view_id, {"why-raise": {"why-raise": "impact-worse"}}).ok
    assert row(world).severity == "SEV-1"
    assert "The impact is worse than first thought: A core function doesn't work → SEV-1" in lines(world)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("users=30 error_rate=6", ("SEV-2 is suggested", "30 % of users → SEV-2", "error rate 6")),
        ("data_loss", ("SEV-1 is suggested", "data loss → SEV-1")),
        ("users=5-20", ("SEV-2 is suggested", "could be SEV-3 too, so the higher one is suggested")),
        ("users=2", ("suggested, and it is SEV-3 already",)),
        ("users=some", ('"some" is no answer',)),
        ("colour=red", ('Nothing is decided by "colour"',)),
    ],
)
def test_what_is_known_can_be_typed(world: World, typed: str, told: tuple[str, ...]) -> None:
    world.ana.says("/incident sev3 Search is slow")
    world.ana.says(f"/incident classify INC-1 {typed}").says(*told)
    assert row(world).severity == "SEV-3", "a suggestion changes nothing"


def test_the_button_of_a_suggestion_sets_it_once(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow")
    said: Any = world.ana.says("/incident classify INC-1 data_loss").answer["ephemeral"][-1]
    world.ana.clicks("severity.set", said, "general")
    assert row(world).severity == "SEV-1"
    world.ana.clicks("severity.set", said, "general")
    world.ana.dms().expects("already SEV-1")
    assert lines(world).count("SEV-3} → {severity:SEV-1}") == 1
