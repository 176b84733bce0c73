"""What template authors write and what Slack gets: the rules and the typed values."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.rendering import limits
from bot.rendering.message import Renderer
from bot.rendering.values import ChannelLink, Emoji, Link, Mention, When
from tests.domain.rendered import AT, Render, sketch

TEN = "| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |"
RULES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("# Fire in {{ x }}", {"x": "checkout"}, ["# Fire in checkout"]),
    ("# one\n# two\n---\n---", {}, ["# one", "# two", "---", "---"]),
    ("one\ntwo\n\nthree", {}, ["one\ntwo", "three"]),
    ("*{{ x }}* is `down`", {"x": "db"}, ["*db* is `down`"]),
    ("| a | {{ x }} |\n| c | d |", {"x": "b"}, ["| a | b | c | d |"]),
    ("| a | b", {}, ["| a | b |"]),
    ("> one\n> {{ x }}", {"x": "two"}, ["> one\ntwo"]),
    ("a\n---\nb", {}, ["a", "---", "b"]),
    ("[Ack](page.ack:{{ x }} primary)", {"x": 7}, ["[Ack](page.ack 7 primary)"]),
    ("[Stop](a.b primary danger)", {}, ["[Stop](a.b danger)"]),
    ("[Go](a.b) [Stop](a.c:1 danger)", {}, ["[Go](a.b) [Stop](a.c 1 danger)"]),
    ("[Go](a.b)\n[Stop](a.c)", {}, ["[Go](a.b) [Stop](a.c)"]),
    ("[Go](a.b)\n\n[Stop](a.c)", {}, ["[Go](a.b)", "[Stop](a.c)"]),
    ("[Ack](a.b:1) [Ack](a.b:2)", {}, ["[Ack](a.b 1)", "[Ack](a.b 2)"]),
    ("[Open it](https://a.example/x?b=1&c=2)", {}, ["[Open it](link:open-it https://a.example/x?b=1&c=2)"]),
    ("[Open it](https://a.example/{{ x }})", {"x": "a/b c"}, ["[Open it](link:open-it https://a.example/a%2Fb%20c)"]),
    ("[Open {{ x }}]({{ y }})", {"x": "Evil", "y": "https://a.example"}, ["[Open Evil](link:open https://a.example)"]),
    ("[Open]({{ x }})", {"x": Link("https://a.example/x")}, ["[Open](link:open https://a.example/x)"]),
    ("[Open]({{ x }})\n[Go](a.b)", {"x": None}, ["[Go](a.b)"]),
    ("nobody -> [Take it](a.b:{{ x }})", {"x": 1}, ["nobody -> [Take it](a.b 1)"]),
    ("one\ntwo -> [Go](https://a.example)", {}, ["one\ntwo -> [Go](link:go https://a.example)"]),
    ("| IC | – | -> [Take it](a.b)", {}, ["| IC | – | -> [Take it](a.b)"]),
    ("| a | b |\n| c | -> [Go](a.b)\n| d |", {}, ["| a | b |", "| c | -> [Go](a.b)", "| d |"]),
    ("| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | -> [Go](a.b)", {}, [TEN + " -> [Go](a.b)", "| 11 |"]),
    ("{{ x }} -> [Go](a.b)", {"x": ""}, ["[Go](a.b)"]),
    ("[For](a.b:{{ x }} select){1h: 1 hour, 4h: 4 hours}", {"x": 7}, ["[For](a.b {7:1h=1 hour,7:4h=4 hours})"]),
    ("[For](a.b select){yes, no: No!}", {}, ["[For](a.b {yes=yes,no=No!})"]),
    (
        "[M](a.b overflow){ {% for i in x %}{{ i }}: {{ i }}, {% endfor %} }",
        {"x": "abcdefg"},
        ["[…](a.b {a=a,b=b,c=c,d=d,e=e})"],
    ),
    ("[Who](a.b:{{ x }} options)", {"x": 7}, ["[Who](a.b)"]),
    ("![graph of {{ x }}](file:{{ y }})", {"x": "db", "y": "F01"}, ["![graph of db](F01)"]),
    ("![graph](file:{{ y }})", {"y": "../x"}, []),
    ("![graph](https://a.example/g.png)", {}, ["![graph](https://a.example/g.png)"]),
    ("```\n{{ x }}\n\n# raw\n```\nafter", {"x": "<a>\n*b*"}, ["```<a>\n*b*\n\n# raw```", "after"]),
    ("# {{ x }}\n> {{ x }}\n| {{ x }} | {{ x }} |\n{{ x }}\n```\n{{ x }}\n```", {"x": None}, []),
    ("a\n{% if x %}\nb\n{% endif %}\nc", {"x": False}, ["a\nc"]),
    ("a\n{% if x %}b{% endif %}\nc", {"x": False}, ["a\nc"]),
    ("a\n> {% if x %}b{% endif %}", {"x": False}, ["a"]),
    ("a\n> {% if x %}b{% endif %}\n> c", {"x": False}, ["a", "> c"]),
    ("a{% if x %}, b{% endif %}\nc", {"x": True}, ["a, b\nc"]),
    ("{# why #}\n{% for i in x %}\n• {{ i }}\n{% endfor %}", {"x": [1, 2]}, ["• 1\n• 2"]),
    ("{% for i in x %}\n\n• {{ i }}\n{% endfor %}", {"x": [1, 2]}, ["• 1", "• 2"]),
    ("a\n{{ x }}\nc", {"x": ""}, ["a\nc"]),
]


@pytest.mark.parametrize(("source", "context", "expected"), RULES)
def test_rule(render: Render, source: str, context: dict[str, Any], expected: list[str]) -> None:
    message = render(source, **context)
    assert sketch(message.blocks) == expected
    assert limits.check("chat.postMessage", {"text": message.text, "blocks": message.blocks}) == []


VALUES: list[tuple[Any, str, str, str]] = [
    (Mention("U01ANA", "Ana"), "<@U01ANA>", "Ana", "Ana"),
    (Mention("U01ANA"), "<@U01ANA>", "U01ANA", "U01ANA"),
    (Mention("U1> <!channel", "<!here>"), "&lt;!here&gt;", "‹!here>", "\\<!here\\>"),
    (ChannelLink("C01", "room"), "<#C01>", "#room", "\\#room"),
    (ChannelLink("x", "*"), "#∗", "#*", "\\#\\*"),
    (When(AT), "<!date^1793629800^{time}|14:30 UTC>", "14:30 UTC", "2026-11-02 14:30 UTC"),
    (When(AT, "date"), "<!date^1793629800^{date_short}|2026-11-02>", "2026-11-02", "2026-11-02"),
    (
        When(AT.astimezone(timezone(timedelta(hours=9))), "datetime"),
        "<!date^1793629800^{date_short_pretty} {time}|2026-11-02 14:30 UTC>",
        "2026-11-02 14:30 UTC",
        "2026-11-02 14:30 UTC",
    ),
    (
        Link("https://a.example/?a=1&b=<2>|3", "x|<y>"),
        "<https://a.example/?a=1&b=%3C2%3E%7C3|x¦&lt;y&gt;>",
        "x|<y>",
        "[x\\|\\<y\\>](https://a.example/?a=1&b=%3C2%3E%7C3)",
    ),
    (Link("https://a.example/(x)", "x"), "<https://a.example/%28x%29|x>", "x", "[x](https://a.example/%28x%29)"),
    (Link("javascript:alert(1)", "x"), "x", "x", "x"),
    (Link("javascript://a.example/%0aalert(1)", "x"), "x", "x", "x"),
    (Link("ftp://a.example/", "x"), "x", "x", "x"),
    (Link("https://user:pw@a.example", "x"), "x", "x", "x"),
    (Link("https://[broken", "x"), "x", "x", "x"),
    (Emoji("red_circle"), ":red_circle:", ":red_circle:", ""),
    (Emoji("x: <!channel>"), "", "", ""),
    (AT, "2026-11-02 14:30 UTC", "2026-11-02 14:30 UTC", "2026-11-02 14:30 UTC"),
    (timedelta(minutes=135), "2 h 15 min", "2 h 15 min", "2 h 15 min"),
    (42, "42", "42", "42"),
]


@pytest.mark.parametrize(("value", "mrkdwn", "plain", "markdown"), VALUES)
def test_typed_value(render: Render, tmp_path: Path, value: Any, mrkdwn: str, plain: str, markdown: str) -> None:
    blocks = render("# a {{ x }}.\nb {{ x }}.", x=value).blocks
    assert sketch(blocks) == [f"# a {plain}.", f"b {mrkdwn}."]
    (tmp_path / "doc.md").write_text("c {{ x }}.", "utf-8")
    assert Renderer(tmp_path).text("doc.md", {"x": value}) == f"c {markdown}."


def test_the_fallback_text_is_the_comment_or_else_header_and_first_paragraph(render: Render) -> None:
    assert render("<!-- text: {{ x }}\n  is down -->\n# A\nb", x="db").text == "db is down"
    assert render("# A {{ x }}\n> c\nb\n\nd", x="<db>").text == "A &lt;db&gt; – b"
    assert render("---").text == "…"


def test_a_button_carries_its_confirmation(render: Render) -> None:
    (block,) = render('[x](a.b danger confirm="Stop {{ x }}?|It ends.|Stop|Keep (on)")', x="it").blocks
    confirm = block["elements"][0]["confirm"]
    assert [confirm[key]["text"] for key in ("title", "text", "confirm", "deny")] == [
        "Stop it?",
        "It ends.",
        "Stop",
        "Keep (on)",
    ]
    assert confirm["style"] == "danger"


def test_a_select_asked_from_the_bot_names_its_subject_in_the_block(render: Render) -> None:
    (block,) = render("[Who](a.b:{{ x }} options)", x=7).blocks
    assert (block["block_id"], block["elements"][0]["type"]) == ("a.b:7", "external_select")


def test_more_buttons_than_a_block_holds_continue_in_the_next(render: Render) -> None:
    source = "\n".join(f"[B](a.b{n})" for n in range(30))
    assert [len(block["elements"]) for block in render(source).blocks] == [25, 5]


def test_fields_split_after_ten(render: Render) -> None:
    blocks = render("{% for i in x %}\n| {{ i }} |\n{% endfor %}", x=list(range(23))).blocks
    assert [len(block["fields"]) for block in blocks] == [10, 10, 3]
