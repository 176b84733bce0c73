"""Whatever people type, twice or wrongly: a plain sentence, nothing lost, and no text of theirs becomes a control."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox import Sandbox
from tests.stories.records import deliveries, facts, until
from tests.stories.world import Channel, Json, World, actions, settings_for, start, words

REFUSED = {
    "an unknown verb": ("/incident frobnicate", "nothing was declared"),
    "an unknown reference": ("/incident status INC-999", "There is no incident INC-999"),
    "a reference of zeros": ("/incident ack INC-000", "There is no incident INC-000"),
    "a huge reference": ("/incident close INC-99999999999999999999999", "There is no incident"),
    "an unknown severity": ("/incident sev INC-1 sev9", "SEV-1"),
    "an unknown service": ("/incident declare it broke --service warp-drive", "There is no service"),
    "an unknown person": ("/incident page 1 nobody-at-all", "nobody-at-all"),
    "words after a verb that takes none": ("/incident ack blah", 'I didn\'t understand "blah" after'),
    "a wish after the reference": ("/incident close 1 with care", "Write the command on its own, for example"),
    "a test page for another": ("/oncall test-page bo", "/oncall test-page"),
    "an unclosed quote": ('/incident note INC-1 it "broke', ""),
    "a NUL": ("/incident note INC-1 a\x00b", ""),
    "text of nothing that shows": ("/incident note INC-1 \ufffd\u202e", ""),
}


def test_every_mistake_gets_a_plain_sentence(world: World) -> None:
    world.ana.says("/incident sev3 Search is slow")
    for case, (typed, told) in REFUSED.items():
        answer = world.ana.says(typed)
        assert answer.ok, (case, answer.answer)
        assert answer.text.strip() or answer.view_id, f"{case}: silence"
        assert told in answer.text, (case, answer.text)
        for word in ("Traceback", "reference)", "Something went wrong", "Error"):
            assert word not in answer.text, (case, answer.text)
    assert len(facts(world, "incidents.declared")) == 1
    assert facts(world, "paging.page_acknowledged") == [], "a wrong number is nobody else's number"
    assert len(facts(world, "paging.paged")) == 1, "nobody got a test page meant for another"


@pytest.mark.both_databases
def test_characters_that_no_database_keeps_are_replaced_at_every_door(world: World) -> None:
    opened = world.ana.says("/incident declare")
    assert world.ana.submits(
        opened.view_id, {"title": {"title": "one\x00two"}, "severity": {"declare.severity": "SEV-3"}}
    ).ok
    assert "one\ufffdtwo" in world.ana.says("/incident status 1").text
    body = b'{"title": "five\\u0000six \\ud800 seven", "severity": "sev3"}'
    key = {"Authorization": f"Bearer {world.app.token}", "Content-Type": "application/json"}
    answer = httpx.post(f"{world.app.url}/api/v1/incidents", content=body, headers=key, trust_env=False, verify=False)
    assert answer.status_code == 201, answer.text
    assert "five\ufffdsix \ufffd seven" in world.ana.says("/incident status 2").text


def test_an_empty_title_opens_the_form_and_the_form_asks_for_one(world: World) -> None:
    for typed in ("/incident declare", "/incident declare    ", "/incident sev1"):
        opened = world.ana.says(typed)
        blank: Json = {"title": {"title": " \u200b "}, "severity": {"declare.severity": "SEV-1"}}
        assert list(world.ana.submits(opened.view_id, blank).errors) == ["title"], typed
    assert facts(world, "incidents.declared") == []


INERT = {
    "a channel mention": "<!channel> <!here> <!everyone>",
    "a user mention": "<@U01EVE> <!subteam^S01PLATFORM>",
    "a button of the template language": "[Acknowledge](page.ack:9) [Go](https://evil.example)",
    "blocks of the template language": "# Header\n---\n| a | b\n> context\n```fence```",
    "Jinja": "{{ 7 * 7 }} {% for x in y %} {# c #}",
    "backticks": "`rm -rf /` ``` *bold* _it_ ~no~",
    "bidi": "abc \u202egnp.exe\u202c \u2066x\u2069",
    "a link": "<https://evil.example|https://bank.example>",
    "our own placeholder": "{person:U01EVE} {severity}",
    "three thousand characters": "checkout &amp; <b> " * 160,
}


@pytest.mark.parametrize("case", INERT)
def test_text_of_people_stays_text_everywhere(world: World, case: str) -> None:
    typed = INERT[case]
    plain = controls(world, "one plain title")
    strange = controls(world, typed, number=2)
    assert strange == plain
    for message in everything(world):
        blocks = str(message["blocks"])
        assert "page.ack:9" not in str(actions(message))
        for live in ("<!channel>", "<!here>", "<!everyone>", "<!subteam", "<https://evil.example"):
            assert live not in raw_text(message), (case, words(message))
        assert "'url': 'https://evil.example'" not in blocks
        assert "\u202e" not in blocks
        assert " 49 " not in words(message)
    pushed = [one for one in everything(world) if "<@U01EVE>" in raw_text(one)]
    assert pushed == [], "nobody is mentioned by somebody's text"


def controls(world: World, text: str, number: int = 1) -> list[str]:
    """Declares, notes and updates with this text; which controls the room then has, without their numbers."""
    assert world.ana.says(f"/incident sev1 {text}").ok
    assert world.ana.says(f"/incident note INC-{number} {text}").ok
    assert world.ana.says(f"/incident update INC-{number} identified {text}").ok
    assert world.ana.says(f"/incident timeline {number}").text
    room = max(world.rooms(), key=lambda one: one["id"])
    shown = [one for one in Channel(world, room["id"]).messages() if not one["ephemeral_for"]]
    return sorted({name.partition(":")[0] for one in shown for name in actions(one)})


def everything(world: World) -> list[dict[str, Any]]:
    """Every message of the bot, wherever it is."""
    found = []
    for channel in world.look("state")["channels"]:
        found += [one for one in world.channel(channel["id"]).messages() if one.get("bot_id")]
    return found


def raw_text(message: dict[str, Any]) -> str:
    """What Slack would parse: the fallback and every mrkdwn text; plain_text is never parsed."""
    found = [str(message.get("text") or "")]

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "mrkdwn":
                found.append(str(node["text"]))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for one in node:
                walk(one)

    walk(message.get("blocks") or [])
    return "\n".join(found)


def test_somebody_deactivated_on_call_does_not_hold_up_the_page(world: World) -> None:
    said = world.li.says("/oncall who primary-oncall").text
    first = next(name for name in ("ana", "bo", "cy") if getattr(world, name).id in said)
    world.do("company", deactivate=first)
    world.settle()
    world.li.says("/incident sev1 Checkout is down --service checkout").says("INC-1")
    others = [getattr(world, name) for name in ("ana", "bo", "cy") if name != first]
    assert any("You are paged" in one.dms().shown() for one in others)
    assert len(facts(world, "paging.people_passed")) == 1
    assert facts(world, "paging.page_failed") == [], "Slack would have taken the message: nothing was sent"


@pytest.fixture
def lonely(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[World]:
    """A bot whose configuration names nobody."""
    config = tmp_path / "tocsin.yml"
    config.write_text('version: 1\nincidents_channel: "#incidents"\n')
    made = start(sandbox, settings_for(sandbox, database_url, config=config))
    yield made
    made.http.close()
    made.app.stop()


def test_with_nobody_on_call_the_incident_is_declared_and_the_channel_is_told(lonely: World) -> None:
    lonely.ana.says("/incident sev1 Checkout is down").says("INC-1")
    assert lonely.ana.id in lonely.room().state()["members"]
    lonely.forward(minutes=30)
    lonely.incidents.expects("INC-1", "No one")
    assert lonely.bo.says("/incident ack 1").ok
    lonely.bo.says("/oncall who").says("")
    lonely.bo.says("/incident resolve INC-1 it healed").says("resolved")


@pytest.mark.both_databases
def test_two_replies_to_one_form_declare_once(world: World) -> None:
    opened = world.ana.says("/incident declare")
    values = {"title": {"title": "Checkout is down"}, "severity": {"declare.severity": "SEV-3"}}
    assert world.ana.submits(opened.view_id, values).ok
    second = world.do("submit", user="ana", view_id=opened.view_id, values=values)
    assert second.get("error") != "operation_timeout"
    world.settle()
    assert len(facts(world, "incidents.declared")) == 1


@pytest.mark.both_databases
def test_a_command_whose_answer_was_lost_is_there_and_can_be_looked_up(world: World) -> None:
    world.do("faults", drop_ack=1)
    lost = world.do("command", user="ana", channel="general", text="/incident sev1 Checkout is down")
    assert not lost["ok"]
    until(lambda: facts(world, "incidents.declared"), "the declaration")
    world.settle()
    assert len(facts(world, "incidents.declared")) == 1
    world.ana.says("/incident list").says("Checkout is down")
    world.incidents.expects("Checkout is down")
    assert len([one for one in deliveries(world, "room.create")]) == 1
