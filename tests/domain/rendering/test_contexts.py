"""Every name that code uses for a message has a context, a template and a rendering within Slack's limits."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.deliveries import kinds as kind_delivery
from bot.deliveries import outcomes
from bot.domain.core.people import TOCSIN
from bot.integrations.outbound import ShowHome
from bot.rendering.contexts import messages, render
from bot.rendering.contexts.core.message import IncidentMessage, PlainMessage
from bot.rendering.contexts.core.presenter import Presenter
from bot.rendering.contexts.core.sentence import Sentence
from bot.services import nudges
from bot.services.assistance import page_by_name
from bot.services.command import roles
from bot.services.core.answer import Answer
from bot.services.incidents import lifecycle
from bot.services.paging import escalations
from bot.work import Work
from storage.models import Incident
from storage.queries.incident_view import PARTS
from tests.domain.message_values import (
    HOSTILE,
    VALUES,
    ask_a_vendor,
    change_shifts,
    go_private,
    hand_over,
    keep_a_ticket,
    leave,
    live_through,
    post_twice,
)
from tests.sources import files, tree
from tests.storage.delivery_harness import NIGHT, DeliveryHarness, violations

SURFACES = {
    "cover", "cover_again", "gaps_opened", "my_shifts", "oncall_next", "rota", "rota_edited", "rota_picture", "handoff",
    "oncall_health", "why", "preview", "reachability",
    "card", "announcement", "page", "test_page", "ladder", "exhausted", "nobody", "home", "list", "found", "who",
    "question",
}  # fmt: skip
MAKERS = ("coalesced", "set_up")
"""Functions of plans that make a delivery of the kind that they are given."""
QUICK = {
    template: row
    for template, row in messages.MESSAGES.items()
    if isinstance(row, IncidentMessage) and row.parts != PARTS
}
FILES = {"bot/services": 38, "bot/domain": 74, "handlers": 55, "templates/slack": 115, "bot/deliveries": 15}


def _nodes(folder: str, pattern: str) -> Iterator[ast.AST]:
    for path in files(folder, pattern, at_least=9 if "effect" in pattern else FILES.get(folder, 1)):
        yield from ast.walk(tree(path))


def _calls(folder: str, pattern: str) -> Iterator[tuple[str, ast.Call]]:
    for node in _nodes(folder, pattern):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def _texts(node: ast.expr) -> set[str]:
    """The texts that an expression may be: a constant, or both arms of a choice."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def _first_texts(folder: str, pattern: str, name: str, position: int) -> set[str]:
    found: set[str] = set()
    for called, node in _calls(folder, pattern):
        if called == name and len(node.args) > position:
            found |= _texts(node.args[position])
    return found


def _answers() -> list[str]:
    named = _first_texts("bot/services", "*.py", "tell", 1)
    named |= _first_texts("bot/services", "*.py", "Answer", 0) | _first_texts("handlers", "*.py", "Answer", 0)
    return sorted((named | _assigned("bot/services")) - {"nothing"})


def _assigned(folder: str) -> set[str]:
    """Names that go to an answer by way of a variable called template."""
    named = (one for one in _nodes(folder, "*.py") if isinstance(one, ast.Assign))
    return {text for one in named if getattr(one.targets[0], "id", "") == "template" for text in _texts(one.value)}


def _posts() -> list[str]:
    posts = {("post", 1), ("tell", 1), ("Supersede", 1), ("thread_line", 1), ("thread_group", 1),
             ("asking", 2), ("in_thread", 2), ("redrawn", 2), ("settled", 2)}  # fmt: skip
    named = {text for name, at in posts for text in _first_texts("bot/domain", "*effect*.py", name, at)}
    named |= {row.message for row in nudges.NUDGES.values()} | _first_texts("bot/deliveries", "*.py", "tell", 1)
    named |= {"not_delivered", "not_delivered_plain"}  # by way of a variable
    return sorted(named | {"joined", "room_moved", "room_goes_on", "digest"})  # written into their payloads


def _kinds() -> set[str]:
    """Every kind that a plan names, in a delivery or for what makes one."""
    folders = (("bot/domain", "*.py"), ("bot/services", "*.py"), ("bot/deliveries", "*.py"), ("bot", "work.py"))
    made = [node for folder in folders for called, node in _calls(*folder) if called in ("Deliver", *MAKERS)]
    return {text for node in made for word in node.keywords if word.arg == "kind" for text in _texts(word.value)}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeliveryHarness]:
    """An incident to which everything has happened; only to be read."""
    opened = DeliveryHarness.opened(tmp_path_factory.mktemp("lived"))
    live_through(opened)
    yield opened
    opened.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeliveryHarness]:
    opened = DeliveryHarness.opened(tmp_path)
    yield opened
    opened.close()


def test_every_kind_of_delivery_that_is_planned_is_composed_and_fits(room: DeliveryHarness) -> None:
    room.set_up_mail()
    room.set_up_pagerduty()
    live_through(room)
    ask_a_vendor(room)
    room.put_mail_off()
    second = room.declare("The other one", "sev2", by="U01LI")
    room.deliver(fail=("page.way",))
    for _ in range(8):
        room.later(minutes=15)
        room.act("tocsin", lambda w, it: _give_up(w, it), second)
    room.deliver()
    room.act("U01DEE", lambda w, it: escalations.acknowledge(w, it))
    room.act("U01DEE", lambda w, it: lifecycle.resolve(w, it, lifecycle.Resolution(HOSTILE)))
    with room.desk.work(TOCSIN) as w:
        outcomes.back(w)
    room.deliver()
    room.act("U01DEE", lifecycle.close)
    go_private(room)
    change_shifts(room)
    hand_over(room)
    leave(room)
    keep_a_ticket(room)
    post_twice(room)
    assert _kinds() == set(kind_delivery.DELIVERIES)
    assert {one.kind for one in room.handled} == set(kind_delivery.DELIVERIES)


def _give_up(w: Work, incident: Incident) -> None:
    newest = escalations.newest(w, incident)
    assert newest is not None
    escalations.advance(w, incident, newest, "nobody answered")


ALOUD = "no_answer_call"
"""The one template that calls everybody who is there."""


@pytest.mark.parametrize("template", sorted({*_answers(), *_posts()} - SURFACES - {"help"}))
def test_every_message_that_code_names_can_be_said(template: str, lived: DeliveryHarness) -> None:
    about = None if isinstance(messages.MESSAGES.get(template), PlainMessage) else 1
    said = lived.say(Answer(template, about, VALUES))
    assert "<!channel>" not in said
    assert said.count("<!here>") == (template == ALOUD), "only what its own file calls for"
    assert "<@U01EVE>" not in said
    assert "page.ack:9" not in said.replace("(page.ack:9)", "")


@pytest.mark.parametrize("template", sorted(QUICK))
def test_an_answer_from_a_part_of_the_record_says_what_the_whole_would(
    template: str, lived: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = lived.say(Answer(template, 1, VALUES))
    monkeypatch.setattr(messages, "MESSAGES", {**messages.MESSAGES, template: replace(QUICK[template], parts=PARTS)})
    assert lived.say(Answer(template, 1, VALUES)) == quick


def test_every_template_has_a_context_and_every_context_a_template() -> None:
    shipped = {path.stem for path in files("templates/slack", "*.md", at_least=FILES["templates/slack"])} - {"README"}
    assert shipped == {*messages.MESSAGES, *SURFACES}


def test_no_context_is_kept_for_a_message_that_nothing_says() -> None:
    seen = {*_answers(), *_posts()} | {"help", "timeline", "status", "refusal", "links", "problems"}
    assert messages.MESSAGES.keys() - seen == set()


def test_a_message_about_nothing_known_is_refused(lived: DeliveryHarness) -> None:
    with lived.desk.read() as session:
        for template, number in (("declared", None), ("declared", 7), ("poem", None)):
            with pytest.raises(LookupError):
                render.answer(session, lived.composer(), template, number)


# who sees what

LISTS: list[tuple[str, str, bool]] = [
    ("U01ANA", "declared it", True),
    ("U01DEE", "is an admin", True),
    ("U01CY", "was paged for it", True),
    ("U01LI", "has nothing to do with it", False),
]


@pytest.mark.parametrize(("viewer", "reason", "sees"), LISTS)
def test_a_private_incident_is_listed_for_those_who_take_part(
    viewer: str, reason: str, sees: bool, room: DeliveryHarness
) -> None:
    room.declare("Secret merger leaked", private=True)
    room.act("U01ANA", lambda w, it: page_by_name.page(w, it, "cy"))
    with room.desk.read() as session:
        listed = json.dumps(render.open_list(session, room.composer(), viewer).blocks)
        at_home = json.dumps(render.home(session, room.composer(), viewer))
    assert ("Secret" in listed, "Secret" in at_home) == (sees, sees), reason


def test_the_home_of_somebody_who_is_paged_asks_for_the_answer(room: DeliveryHarness) -> None:
    room.declare()
    room.act("U01ANA", lambda w, it: roles.take_role(w, it, "ic", "U01ANA"))
    room.deliver()
    with room.desk.read() as session:
        view = render.home(session, room.composer(), "U01ANA")
    assert violations(ShowHome("U01ANA", view)) == []
    shown = json.dumps(view, ensure_ascii=False)
    assert "You are on call: *primary-oncall* until" in shown
    assert "You are paged for INC-1" in shown
    assert "Update due " in shown
    assert "Your next shifts: " in shown
    assert "secondary-oncall" in shown


def test_who_is_on_call_is_shown_for_all_schedules_or_one(lived: DeliveryHarness) -> None:
    with lived.desk.read() as session:
        everybody = json.dumps(render.who(session, lived.composer()).blocks)
        one = json.dumps(render.who(session, lived.composer(), schedule="ic-oncall").blocks)
    assert ("<@U01ANA>" in everybody, "<@U01BO>" in everybody) == (True, True)
    assert ("<@U01ANA>" in one, "primary-oncall" in one) == (False, False)


# texts

SENTENCES: list[tuple[str, str]] = [
    ("Use `/incident list`.", "Use `/incident list`."),
    ("`a` and `b`", "`a` and `b`"),
    ("no <!channel> *bold* <@U01>", "no &lt;!channel&gt; ∗bold∗ &lt;@U01&gt;"),
    ("code `<!channel>`", "code `&lt;!channel&gt;`"),
    ("one ` alone", "one ˋ alone"),
    ("two\nlines", "two lines"),
]


@pytest.mark.parametrize(("text", "shown"), SENTENCES)
def test_a_sentence_shows_commands_as_code_and_nothing_else_as_markup(text: str, shown: str) -> None:
    assert Sentence(text).mrkdwn() == shown


WORDS: list[tuple[str, str]] = [
    ("{person:U01ANA} is IC", "Ana Ruiz is IC"),
    ("{person:ana}", "Ana Ruiz"),
    ("{person:U09NEW} joined", "Nina New joined"),
    ("{person:U0UNKNOWN}", "U0UNKNOWN"),
    ("ask <@U01BO> or <@U01CY|cy>", "ask @Bo Lindqvist or @Cy Okafor"),
    ("see <#C01OPS|ops>", "see #ops"),
    ("<https://x.example/a|the graph> and <https://x.example>", "the graph and https://x.example"),
    ("5 &lt; 6 &amp;&amp; 7", "5 < 6 && 7"),
    ("&amp;lt; stays", "&lt; stays"),
]


@pytest.mark.parametrize(("stored", "shown"), WORDS)
def test_stored_text_is_shown_with_names_for_ids(stored: str, shown: str, lived: DeliveryHarness) -> None:
    show = Presenter(lived.catalog, NIGHT, names={"U09NEW": "Nina New"})
    assert show.words(stored) == shown
