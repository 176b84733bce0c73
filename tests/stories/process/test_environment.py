"""What `tocsin run` refuses to start with, each time in one sentence that holds no secret."""

import pytest

from tests.stories.terminal import Terminal

WORKS = {"SLACK_BOT_TOKEN": "xoxb-sandbox-1", "SLACK_SIGNING_SECRET": "hush-hush"}
REFUSED = [
    ({"SLACK_API_URL": "https://slack.example.com/api/"}, "Slack's own address or one on this machine"),
    ({"SLACK_API_URL": "http://10.0.0.5/api/"}, "Slack's own address or one on this machine"),
    ({"SLACK_API_URL": "http://127.0.0.1:1/api/", "SLACK_BOT_TOKEN": "xoxb-123-hush"}, "looks like a real one"),
    ({"TOCSIN_CLOCK": "http://example.com"}, "TOCSIN_CLOCK must be an address on this machine"),
    ({"DATABASE_URL": "mysql://tocsin:hush@127.0.0.1/tocsin"}, "neither SQLite nor PostgreSQL"),
    ({"DATABASE_URL": "tocsin.db"}, "neither SQLite nor PostgreSQL"),
    ({"SLACK_BOT_TOKEN": "", "SLACK_BOT_TOKEN_FILE": "/nowhere/token"}, "cannot read the secret in /nowhere/token"),
    ({"TOCSIN_LOG": "xml"}, "TOCSIN_LOG"),
]


@pytest.mark.parametrize(("environment", "sentence"), REFUSED)
def test_run_refuses(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str
) -> None:
    for name, value in {**WORKS, **environment}.items():
        monkeypatch.setenv(name, value)
    refusal = tocsin.refuses("run")
    assert sentence in refusal
    assert "hush" not in refusal
    assert refusal.count("\n") == 1
