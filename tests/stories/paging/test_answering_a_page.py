"""A page is answered from outside of Slack: by the signed link and by a reply; nothing else can be done that way."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from sandbox import Sandbox
from tests.stories.records import facts
from tests.stories.terminal import Terminal
from tests.stories.ways import TOKEN, Ways, ways

Answering = Callable[[Ways, Terminal], None]
DECLARE = "/incident declare sev1 Checkout <b>returns</b> 5xx --service checkout"


@pytest.fixture
def there(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Iterator[Ways]:
    made = ways(sandbox, database_url, tmp_path)
    yield made
    made.world.http.close()
    made.world.app.stop()


def link(there: Ways, which: int = 0) -> str:
    """The path of the link in the e-mail."""
    return there.recorder.by("email")[which].ack_url.removeprefix("https://tocsin.example")


def get(there: Ways, path: str) -> httpx.Response:
    return httpx.get(there.world.app.url + path, trust_env=False, verify=False)


def press(there: Ways, path: str, form: dict[str, str] | None = None) -> httpx.Response:
    return httpx.post(there.world.app.url + path, data=form or {}, trust_env=False, verify=False)


def answers(there: Ways, sender: str, text: str, **more: str) -> httpx.Response:
    there_is = {"from": sender, "text": text, **more}
    answer = httpx.post(f"{there.world.app.url}/replies/sms", data=there_is, trust_env=False, verify=False,
                        headers={"Authorization": f"Bearer {TOKEN}"})  # fmt: skip
    there.world.settle()
    return answer


def test_the_link_asks_first_and_acknowledges_when_pressed(there: Ways) -> None:
    there.world.li.says(DECLARE)
    shown = get(there, link(there))
    assert shown.status_code == 200
    assert "Acknowledge as Ana Ruiz" in shown.text
    assert "Checkout &lt;b&gt;returns&lt;/b&gt; 5xx" in shown.text
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert shown.headers["cache-control"] == "no-store"
    assert get(there, link(there)).status_code == 200
    assert facts(there.world, "paging.page_acknowledged") == [], "looking changes nothing"

    pressed = press(there, link(there), dict(re.findall(r'name="(press)" value="(\w+)"', shown.text)))
    assert "you have it" in pressed.text
    there.world.settle()
    assert [one["person"] for one in facts(there.world, "paging.page_acknowledged")] == ["U01ANA"]
    there.world.ana.dms().expects("You acknowledged at")
    there.world.forward(minutes=10)
    assert there.recorder.by("phone") == [], "it stops every way"


def by_button(there: Ways, tocsin: Terminal) -> None:
    there.world.ana.presses("page.ack", "You are paged")


def by_command(there: Ways, tocsin: Terminal) -> None:
    there.world.ana.says("/incident ack INC-1")


def by_link(there: Ways, tocsin: Terminal) -> None:
    press(there, link(there))


def by_reply(there: Ways, tocsin: Terminal) -> None:
    answers(there, "+15550101", "ack")


def by_command_line(there: Ways, tocsin: Terminal) -> None:
    tocsin("incident", "ack", "INC-1", "--as", "ana")


@pytest.mark.parametrize("way", [by_button, by_command, by_link, by_reply, by_command_line])
def test_whoever_was_asked_reads_in_the_page_itself_who_has_it_and_is_not_woken_again(
    there: Ways, tocsin: Terminal, database_url: str, monkeypatch: pytest.MonkeyPatch, way: Answering
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("TOCSIN_CONFIG", str(there.config))
    monkeypatch.setenv("TOCSIN_CLOCK", there.world.sandbox.url)
    there.world.li.says(DECLARE)
    there.world.forward(minutes=5)
    there.world.forward(minutes=5)
    others = (there.world.bo, there.world.cy, there.world.dee)
    everybody = (there.world.ana, *others)
    for person in everybody:
        person.expects_page("INC-1")
    before = [len(person.dms().messages()) for person in everybody]
    way(there, tocsin)
    there.world.settle()
    there.world.ana.dms().expects("You acknowledged at")
    for person in others:
        person.dms().expects("acknowledged at", there.world.ana.id, "you can stand down")
        person.dms().lacks("You are paged")
    assert [len(person.dms().messages()) for person in everybody] == before


@pytest.mark.both_databases
def test_a_link_that_comes_too_late_says_what_is_true(there: Ways) -> None:
    there.world.li.says(DECLARE)
    there.world.bo.says("/incident ack 1")
    assert "Already acknowledged by Bo Lindqvist" in get(there, link(there)).text
    assert "Already acknowledged by Bo Lindqvist" in press(there, link(there)).text
    there.world.bo.says("/incident resolve INC-1 rolled back")
    assert "INC-1 is over" in press(there, link(there)).text
    assert len(facts(there.world, "paging.page_acknowledged")) == 1
    there.world.forward(minutes=24 * 60 + 1)
    old = press(there, link(there))
    assert (old.status_code, "expired" in old.text) == (410, True)


@pytest.mark.parametrize("token", ["x", "AAAA", "a" * 64, "..%2f..%2fetc"])
def test_a_link_that_is_not_ours_is_refused_in_words(there: Ways, token: str) -> None:
    for answer in (get(there, f"/ack/{token}"), press(there, f"/ack/{token}")):
        assert answer.status_code == 404
    assert "not valid" in get(there, "/ack/AAAA").text


@pytest.mark.both_databases
def test_a_reply_acknowledges_for_whoever_wrote(there: Ways) -> None:
    there.world.li.says(DECLARE)
    assert answers(there, "+1 555 0101", "ack").text.startswith("You have INC-1")
    assert [one["person"] for one in facts(there.world, "paging.page_acknowledged")] == ["U01ANA"]
    assert "Ana Ruiz has INC-1" in answers(there, "bo@acme.example", "ack INC-1").text
    assert len(facts(there.world, "paging.page_acknowledged")) == 1


def test_a_reply_that_cannot_be_used_changes_nothing(there: Ways) -> None:
    there.world.li.says(DECLARE)
    stranger = answers(there, "+15559999", "ack INC-1")
    assert stranger.status_code == 403
    assert "no one" in stranger.text
    assert "do not understand" in answers(there, "+15550101", "what?").text
    assert "No one is waiting" in answers(there, "cy@acme.example", "ack").text
    url = f"{there.world.app.url}/replies/sms"
    assert httpx.post(url, data={"from": "+15550101", "text": "ack"}, trust_env=False, verify=False).status_code == 401
    assert httpx.post(f"{url}?key={TOKEN}", content=b"\xff", trust_env=False, verify=False).status_code == 400
    assert httpx.post(f"{url}?key={TOKEN}", json=["ack"], trust_env=False, verify=False).status_code == 400
    assert facts(there.world, "paging.page_acknowledged") == []


def test_a_page_is_passed_on_by_sms(there: Ways) -> None:
    there.world.li.says(DECLARE)
    page = there.world.ana.expects_page("INC-1")
    assert "no one was paged" in answers(there, "+15550101", "pass to zorro").text
    assert "has begun: @Li Wei." in answers(there, "+15550101", "pass to li").text
    there.world.li.expects_page("INC-1")
    assert page["ts"]
    there.world.ana.dms().expects("You couldn't take it (passed to li)")


@pytest.mark.both_databases
def test_with_two_pages_a_reply_says_which(there: Ways) -> None:
    there.world.li.says(DECLARE)
    there.world.li.says("/incident declare sev1 Payments fail --service checkout")
    assert "INC-1, INC-2" in answers(there, "+15550101", "ack").text
    assert "INC-2" in answers(there, "+15550101", "2").text
    assert answers(there, "+15550101", "decline INC-1 travelling").status_code == 200
    assert [one["reason"] for one in facts(there.world, "paging.page_declined")] == ["travelling"]


def test_a_test_page_is_acknowledged_by_its_link(there: Ways) -> None:
    there.world.ana.says("/oncall test-page")
    assert "Acknowledge, it works" in get(there, link(there)).text
    assert "It was acknowledged" in press(there, link(there)).text
    there.world.settle()
    there.world.ana.dms().expects("Your test page works")
