"""A workspace of one's own: another company, another port, a slow network, a start within half a second."""

import time
from pathlib import Path

import httpx
import pytest

from sandbox import Sandbox
from sandbox.clock import SandboxClock
from sandbox.manifest import parse
from tests.sandbox.conftest import MANIFEST, People

COMPANY = """
team: {id: T9, name: Tiny, domain: tiny}
users: [{id: U9, name: kim, real_name: Kim Cho, timezone: Asia/Seoul}]
channels:
  - {id: C9, name: all, members: all, with: [app], general: true}
  - {id: C8, name: board, private: true, members: [kim]}
features: {pins: unknown_method}
"""


def test_scopes_that_an_admin_may_leave_out_are_granted() -> None:
    asked = {"oauth_config": {"scopes": {"bot": ["chat:write", "links:read"], "bot_optional": ["links:read"]}}}
    assert parse(asked).scopes == {"chat:write", "links:read"}
    assert parse({}).scopes == set()


def test_an_optional_scope_is_one_of_the_app_s() -> None:
    asked = {"oauth_config": {"scopes": {"bot": ["chat:write"], "bot_optional": ["links:read"]}}}
    with pytest.raises(ValueError, match="bot_optional: links:read must be listed in bot too"):
        parse(asked)


def test_another_company(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yml"
    file.write_text(COMPANY)
    with Sandbox(manifest=MANIFEST, company=file) as slack:
        people = People(slack)
        state = people.look("state")
        assert [(c["name"], c["private"], c["members"]) for c in state["channels"]] == [
            ("all", False, ["U9", "U01SANDBOX"]),
            ("board", True, ["U9"]),
        ]
        headers = {"authorization": f"Bearer {slack.bot_token}"}
        answer = httpx.post(
            f"{slack.api_url}pins.list", json={"channel": "C9"}, headers=headers, trust_env=False, verify=False
        )
        assert answer.json()["error"] == "unknown_method"
        people.close()


@pytest.mark.parametrize(
    "text", ["", "team: {}", COMPANY.replace("name: kim, ", ""), COMPANY.replace("[kim]", "[lee]")]
)
def test_a_file_that_describes_no_company(tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.yml"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"broken\.yml: "):
        Sandbox(manifest=MANIFEST, company=file)


def test_a_manifest_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "manifest.yml"
    file.write_text("- one\n- two\n")
    with pytest.raises(ValueError, match="a manifest is a mapping"):
        Sandbox(manifest=file)


def test_a_slow_network() -> None:
    with Sandbox(manifest=MANIFEST, latency=0.05) as slack:
        headers = {"authorization": f"Bearer {slack.bot_token}"}
        started = time.monotonic()
        httpx.post(f"{slack.api_url}auth.test", headers=headers, trust_env=False, verify=False)
        assert time.monotonic() - started >= 0.05, "a lower bound: it cannot be early"


def test_a_stopped_clock_can_still_be_pushed() -> None:
    clock = SandboxClock()
    clock.run_at(0)
    before = clock.now()
    clock.advance(90)
    assert clock.now() - before == 90
