"""Incidents at the command line, with and without a running bot, and the documents they leave."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli.data.markdown_html import to_html
from storage import schema
from storage.db import Database
from tests.stories.terminal import DECLARE, Terminal

# incidents


@pytest.mark.both_databases
def test_an_incident_without_slack(here: Terminal) -> None:
    assert "INC-1 is declared" in here(*DECLARE)
    assert re.match(r"INC-1  SEV-1  investigating  .*  Checkout returns 5xx\n$", here("incident", "list"))
    here("incident", "ack", "INC-1", "--as", "bo")
    here("incident", "ic", "1", "bo")
    here("incident", "note", "1", "restarted", "the", "gateway")
    here("incident", "update", "1", "rolling", "back", "--status", "identified", "--next", "20m")
    here("incident", "severity", "1", "sev2", "--reason", "fewer customers")
    here("incident", "status", "1", "monitoring")
    shown = here.json("incident", "show", "INC-1")
    assert (shown["status"], shown["severity"], shown["focus"]) == ("monitoring", "SEV-2", "rolling back")
    assert shown["acknowledged_by"]["name"] == shown["roles"]["ic"]["name"] == "Bo Lindqvist"
    assert "IC            Bo Lindqvist" in here("incident", "show", "1")
    assert "restarted the gateway (kim)" in here("incident", "timeline", "1")
    caught = here("incident", "catchup", "1")
    assert "What: Checkout returns 5xx (SEV-2, monitoring" in caught
    assert "Who: IC Bo Lindqvist; Bo Lindqvist acknowledged" in caught
    assert "INC-1" in here("incident", "search", "checkout", "--severity", "sev2", "--since", "1d")
    assert here("incident", "search", "checkout", "--severity", "sev3") == "Nothing fits.\n"
    assert [row["ref"] for row in here.json("incident", "list", "--person", "bo", "--role", "ic")] == ["INC-1"]
    resolved = here.json("incident", "resolve", "1", "rolled back", "--impact", "4 in 10 checkouts")
    assert resolved["incident"]["status"] == "resolved"
    assert here("incident", "list") == "No open incidents.\n"
    assert [row["ref"] for row in here.json("incident", "list", "--all")] == ["INC-1"]


def test_a_command_while_the_bot_is_down_says_when_people_are_told(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = json.loads(tocsin(*DECLARE, "--json"))
    assert document["incident"]["declared_by"]["id"] == "kim"
    assert "told as soon as it starts" in tocsin.err


def test_a_severity_in_front_of_the_title_is_one_as_in_slack(here: Terminal) -> None:
    assert here.json("incident", "declare", "sev1", "Checkout", "is", "down")["incident"]["severity"] == "SEV-1"
    said = here.json("incident", "declare", "P2", "is", "slow", "--severity", "sev4")["incident"]
    assert (said["severity"], said["title"]) == ("SEV-4", "P2 is slow")
    assert here.json("incident", "declare", "critical")["incident"]["title"] == "critical"


INCIDENT_MISTAKES = [
    (["show", "INC-7"], "There is no incident INC-7"),
    (["ack", "7"], "There is no incident INC-7. `tocsin incident list` shows the open ones."),
    (["ack", "lunch"], "not an incident reference"),
    (["note", "1", " "], "There is no text"),
    (["severity", "1", "sev9"], 'severity "sev9"'),
    (["status", "1", "lunch"], 'status "lunch"'),
    (["status", "1", "lunch"], "`tocsin incident resolve` ends it"),
    (["ic", "1", "nobody"], 'who "nobody" is'),
    (["ack", "1", "--as", "nobody"], 'who "nobody" is'),
    (["update", "1", "x", "--next", "soon"], "not a length of time"),
    (["declare", "x", "--service", "lunch"], 'no service "lunch"'),
]


def test_a_mistake_about_incidents_is_a_sentence(here: Terminal) -> None:
    here(*DECLARE)
    before = here.json("incident", "show", "1")
    for words, sentence in INCIDENT_MISTAKES:
        assert sentence in here.refuses("incident", *words), words
    assert "is not a time" in here.refuses("incident", "resolve", "1", "x", "--mitigated-at", "lunch", ends=2)
    assert here.json("incident", "show", "1") == before


def test_reading_makes_no_database(tocsin: Terminal, tmp_path: Path) -> None:
    assert "there is no database tocsin.db yet" in tocsin.refuses("incident", "list")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:////no/such/folder/t.db", "cannot be opened: No such file or directory"),
        ("lunch", "DATABASE_URL is neither SQLite nor PostgreSQL"),
        ("oracle://a/b", "DATABASE_URL is neither SQLite nor PostgreSQL"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/x", "the database cannot be used: connection failed"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_sentence(
    tocsin: Terminal, monkeypatch: pytest.MonkeyPatch, url: str, sentence: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert sentence in tocsin.refuses("migrate")


def test_a_token_is_not_sent_to_a_stranger(tocsin: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "https://slack.example.com/api/")
    assert "must be Slack's own address" in tocsin.refuses("doctor")


def test_a_running_bot_is_asked_to_do_it(tocsin: Terminal, running: Database) -> None:
    assert "INC-1 is declared" in tocsin(*DECLARE)
    assert tocsin.err == ""
    tocsin("incident", "ack", "1", "--as", "ana")
    shown = tocsin.json("incident", "show", "1")
    assert shown["source"] == "cli"
    assert (shown["declared_by"]["id"], shown["acknowledged_by"]["id"]) == ("kim", "U01ANA")
    assert "already SEV-1" in tocsin.refuses("incident", "severity", "1", "sev1")
    assert "INC-9. `tocsin incident list` shows" in tocsin.refuses("incident", "ack", "9")


def test_a_holder_that_does_not_answer_is_named(tocsin: Terminal, running: Database) -> None:
    assert running.file_lock
    running.file_lock.describe({"pid": 4711, "url": "http://127.0.0.1:1", "token": "x"})
    assert "process 4711) does not answer" in tocsin.refuses(*DECLARE)
    running.file_lock.describe({"pid": 4711})
    assert "in use by another Tocsin (process 4711)" in tocsin.refuses(*DECLARE)
    assert "in use by another Tocsin (process 4711)" in tocsin.refuses("migrate")


# documents


def test_the_postmortem_in_three_forms(here: Terminal, tmp_path: Path) -> None:
    here("incident", "declare", "<script>alert(1)</script> & **bold** R&D &copy &copy;", "--severity", "sev2")
    here("incident", "resolve", "1", "rolled back")
    document = here("postmortem", "INC-1")
    assert document.startswith("# Postmortem INC-1")
    assert " & \\*\\*bold\\*\\* R&D &copy &amp;copy;" in document.splitlines()[0]
    assert json.loads(here("postmortem", "INC-1", "--format", "json"))["incident"]["ref"] == "INC-1"
    assert here("postmortem", "INC-1", "--format", "html", "-o", "out.html") == ""
    page = (tmp_path / "out.html").read_text()
    title = "<h1>Postmortem INC-1: &lt;script&gt;alert(1)&lt;/script&gt; &amp; **bold** "
    assert f"{title}R&amp;D &amp;copy &amp;copy;</h1>" in page
    assert "There is no incident INC-2" in here.refuses("postmortem", "2")
    assert "cannot be written" in here.refuses("postmortem", "1", "-o", "no/such/folder.md")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    '[x](https://a.example/"onmouseover="alert(1))',
    "`<b onclick=x>`",
    "| <iframe> | \\| |",
    "# <svg onload=alert(1)>",
    "- **<a href=//x>**",
    "> \\<b\\> \ue0000\ue001 \ue0009\ue001",
    "*<b>*" * 50,
]


@pytest.mark.parametrize("line", HOSTILE)
def test_no_text_becomes_markup(line: str) -> None:
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "br", "ul", "li", "table", "tr", "td",
               "th", "blockquote", "code", "strong", "em", "a", "hr"}  # fmt: skip
    for tag, attributes in Tags(to_html(f"# Title\n\n{line}\n")).found:
        assert tag in allowed
        assert set(attributes) <= {"lang", "charset", "http-equiv", "content", "href", "rel"}
        assert str(attributes.get("href", "https://")).startswith(("https://", "http://"))


def test_the_shapes_of_the_page() -> None:
    page = to_html(
        "# T\n\n**b** *i* `c` [l](https://x.example/a)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two\n\n---\n"
    )
    for piece in ("<h1>T</h1>", "<strong>b</strong>", "<em>i</em>", "<code>c</code>", 'href="https://x.example/a"',
                  "<th>a</th>", "<td>2</td>", "<li>two</li>", "<hr>"):  # fmt: skip
        assert piece in page
    assert "<td>---</td>" not in page


@pytest.mark.both_databases
def test_export_and_audit(here: Terminal, database_url: str) -> None:
    here(*DECLARE)
    here("incident", "note", "1", "first")
    assert json.loads(here("export", "INC-1"))["incident"]["number"] == 1
    assert "every chain holds" in here("audit", "verify")
    assert here.json("audit", "verify", "INC-1")["ok"] is True
    assert "There is no incident INC-5" in here.refuses("audit", "verify", "INC-5")
    database = Database(database_url)
    with database.write() as session:
        session.execute(text("UPDATE journalentry SET actor = 'mallory' WHERE subject = 'incident:1' AND n = 2"))
    database.close()
    assert "incident:1: entry 2" in here.refuses("audit", "verify")
    here("audit", "verify", "INC-1", "--json", ends=1)
    assert json.loads(here.out)["faults"][0].startswith("incident:1: entry 2")


@pytest.mark.both_databases
def test_migrate_twice_and_never_back(here: Terminal, database_url: str) -> None:
    assert schema.REVISIONS[-1] in here("migrate")
    assert f"is at schema {schema.REVISIONS[-1]}" in here("migrate")
    database = Database(database_url)
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.execute(text(f"UPDATE setting SET value = '\"9998\"' WHERE key = '{schema.BESIDE}'"))
    database.close()
    for words in (["migrate"], ["incident", "list"], DECLARE):
        assert "the database has schema 9999" in here.refuses(*words)


def test_what_only_served_sending_is_forgotten_by_command(here: Terminal) -> None:
    here("migrate")
    assert "0 deliveries, 0 tries and 0 keys are forgotten" in here("purge")
    assert json.loads(here("purge", "--older-than", "90d", "--json"))["deliveries"] == 0
