"""`python -m sandbox`, the page's address, and the stream of changes."""

import json
import subprocess
import sys

import httpx

from sandbox import Sandbox
from tests.sandbox.conftest import MANIFEST, People


def test_one_line_says_where_everything_is() -> None:
    command = [sys.executable, "-m", "sandbox", "--json", "--manifest", str(MANIFEST)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        line = json.loads(running.stdout.readline())
        assert httpx.get(f"{line['url']}/_sandbox/state", trust_env=False).json()["team"]["name"] == "Acme"
        running.terminate()
    assert line["api_url"] == f"{line['url']}/api/"
    assert (line["bot_token"], line["app_token"], line["signing_secret"], line["bot_url"]) == (
        "xoxb-sandbox-1",
        "xapp-sandbox-1",
        "sandbox-secret",
        None,
    )


def test_a_missing_manifest_is_one_sentence() -> None:
    command = [sys.executable, "-m", "sandbox", "--manifest", "nowhere.yml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n"), "nowhere.yml" in done.stderr) == (1, 1, True)


def test_changes_are_streamed_to_those_who_may_see_them(slack: Sandbox, people: People) -> None:
    people.do("company", create_channel={"name": "secret", "private": True, "user": "ana"})
    with httpx.stream("GET", f"{slack.url}/_sandbox/stream?user=bo", timeout=60, trust_env=False) as stream:
        lines = (json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: "))
        people.do("message", user="ana", channel="secret", text="not for Bo")
        people.do("shortcut", user="ana", callback_id="ring")  # no app is there: a toast, for Ana
        posted = people.do("message", user="ana", channel="incidents", text="for all")
        notice = next(lines)
    assert notice == {"kind": "message", "channel": "C01INCIDENTS", "ts": posted["ts"]}


def test_the_root_answers(slack: Sandbox) -> None:
    assert httpx.get(slack.url, trust_env=False).status_code == 200


def test_another_sites_page_may_not_act(slack: Sandbox) -> None:
    body = {"user": "ana", "channel": "incidents", "text": "x"}
    foreign = httpx.post(f"{slack.url}/_sandbox/message", json=body, headers={"origin": "https://evil.example"})
    own = httpx.post(f"{slack.url}/_sandbox/message", json=body, headers={"origin": slack.url})
    assert (foreign.status_code, own.status_code) == (403, 200)
