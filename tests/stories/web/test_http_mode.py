"""The same story over signed HTTP, and requests that are not Slack's."""

import time
from urllib.parse import urlencode

import httpx
import pytest

from handlers.web.guard import signature
from tests.stories.world import World, words

pytestmark = pytest.mark.transport("http")


def test_the_main_story_over_http(world: World) -> None:
    assert world.app.socket is None
    world.ana.says("/incident sev1 Checkout returns 5xx --service checkout").says("INC-1", "SEV-1")
    room = world.room()
    card = room.expects("*Now:*")
    paged = next(one for one in (world.ana, world.bo, world.cy) if "You are paged" in one.dms().shown())
    paged.presses("page.ack", "You are paged")
    paged.dms().expects("You acknowledged at")
    world.cy.says("deploy 4812 went out", channel=room.name)
    world.cy.reacts("pushpin", room.expects("deploy 4812"), room.name)
    opened = world.ana.clicks("incident.update", card, room.name)
    assert world.ana.fills(opened.view_id, status="identified", text="Rolling back").ok
    room.expects("Update 1", "Rolling back")
    world.ana.says("/incident resolve INC-1 rolled back")
    assert "🟢" in words(room.expects("Resolved after"))
    assert "deploy 4812 went out" in world.ana.says("/incident timeline 1").text


@pytest.mark.both_databases
def test_an_event_that_is_repeated_has_one_effect(world: World) -> None:
    world.ana.says("/incident sev1 Checkout is down")
    room = world.room()
    world.ana.says("seen <b>twice</b>", channel=room.name)
    world.do("faults", dup_event=3)
    world.ana.reacts("pushpin", room.expects("seen"), room.name)
    assert world.ana.says("/incident timeline 1").text.count("twice") == 1


COMMAND = {"command": "/incident", "text": "sev1 forged", "user_id": "U01ANA", "team_id": "T01ACME",
           "channel_id": "C01GENERAL", "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:1/"}  # fmt: skip
FORM = urlencode(COMMAND).encode()
KIND = "application/x-www-form-urlencoded"
REFUSED: dict[str, tuple[int, bytes, str, dict[str, str]]] = {
    "unsigned": (401, FORM, KIND, {"x-slack-signature": ""}),
    "signed with another secret": (401, FORM, KIND, {"secret": "another secret"}),
    "a signature of another body": (401, FORM + b"&more=1", KIND, {"signs": "x"}),
    "replayed after six minutes": (401, FORM, KIND, {"age": "360"}),
    "from the future": (401, FORM, KIND, {"age": "-360"}),
    "a time that is no number": (401, FORM, KIND, {"x-slack-request-timestamp": "soon"}),
    "a time of Arabic digits": (401, FORM, KIND, {"x-slack-request-timestamp": "\u0661" * 10}),
    "a time as a fraction": (401, FORM, KIND, {"x-slack-request-timestamp": "1.5e9"}),
    "a huge time": (401, FORM, KIND, {"x-slack-request-timestamp": "9" * 400}),
    "a short signature": (401, FORM, KIND, {"x-slack-signature": "v0=abc"}),
    "a signature that is not ASCII": (401, FORM, KIND, {"x-slack-signature": "v0=" + "ä" * 64}),
    "no UTF-8": (400, b"text=\xff\xfe", KIND, {}),
    "broken JSON": (400, b'{"type": ', "application/json", {}),
    "JSON that is no object": (400, b"[1]", "application/json", {}),
    "deep JSON": (400, b"[" * 100_000, "application/json", {}),
    "a broken payload": (400, urlencode({"payload": "{"}).encode(), KIND, {}),
    "another content type": (400, b"<x/>", "text/xml", {}),
    "nothing at all": (400, b"", "", {}),
    "too large": (413, b"x" * (1024 * 1024 + 1), KIND, {}),
}


def sent(world: World, body: bytes, kind: str, tweaks: dict[str, str]) -> httpx.Response:
    """A request as Slack signs it, with what the case changes."""
    stamp = str(int(time.time()) - int(tweaks.get("age", 0)))
    secret = tweaks.get("secret", world.sandbox.signing_secret)
    signed = tweaks["signs"].encode() if "signs" in tweaks else body
    headers = {"content-type": kind, "x-slack-request-timestamp": stamp,
               "x-slack-signature": signature(secret, stamp, signed)}  # fmt: skip
    headers |= {name: value for name, value in tweaks.items() if name.startswith("x-")}
    raw = [(name.encode(), value.encode("utf-8")) for name, value in headers.items()]
    return httpx.post(
        f"{world.app.url}/slack/events", content=body, headers=raw, trust_env=False, verify=False, timeout=60
    )


def test_what_is_not_slacks_is_refused_and_never_a_server_error(world: World) -> None:
    got = {}
    for case, (_, body, kind, tweaks) in REFUSED.items():
        answer = sent(world, body, kind, tweaks)
        got[case] = answer.status_code
        assert answer.json()["error"], case
        assert world.sandbox.signing_secret not in answer.text
    assert got == {case: row[0] for case, row in REFUSED.items()}
    world.ana.says("/incident list").says("Nothing is open")


def test_the_same_requests_with_the_right_signature_work(world: World) -> None:
    assert sent(world, FORM, KIND, {}).status_code == 200
    world.ana.says("/incident list").says("forged")
    strange = sent(world, b'{"type": "something_new"}', "application/json", {})
    assert strange.status_code < 500
