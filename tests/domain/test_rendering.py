"""What template authors write and what Slack gets: rules, typed values, hostile text, cuts, refused templates."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rendering import limits
from bot.rendering.blocks import Block
from bot.rendering.message import Message, Renderer
from bot.rendering.template import TemplateFault
from bot.rendering.values import ChannelLink, Emoji, Link, Mention, When

AT = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
Render = Callable[..., Message]


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """Renders a template given as text."""

    def rendered(source: str, **context: Any) -> Message:
        return render_in(tmp_path, source, context)

    return rendered


def render_in(folder: Path, source: str, context: dict[str, Any]) -> Message:
    return _renderer(folder, source).message("case", context)


@cache
def _renderer(folder: Path, source: str) -> Renderer:
    (folder / "slack").mkdir(exist_ok=True)
    (folder / "slack" / "case.md").write_text(source, "utf-8")
    return Renderer(folder)


def sketch(blocks: list[Block]) -> list[str]:
    """One line for each block, to be read beside the template that made it."""
    return [_sketched(block) for block in blocks]


def _sketched(block: Block) -> str:
    match block["type"]:
        case "header":
            return f"# {block['text']['text']}"
        case "divider":
            return "---"
        case "actions":
            return " ".join(_clickable(element) for element in block["elements"])
        case "context":
            return f"> {block['elements'][0]['text']}"
        case "image":
            return (
                f"![{block['alt_text']}]({block['slack_file']['id'] if 'slack_file' in block else block['image_url']})"
            )
        case "rich_text":
            return f"```{block['elements'][0]['elements'][0]['text']}```"
    fields = " | ".join(field["text"] for field in block.get("fields", []))
    beside = f" -> {_clickable(block['accessory'])}" if "accessory" in block else ""
    return (f"| {fields} |" if fields else str(block["text"]["text"])) + beside


def _clickable(element: Block) -> str:
    label = element.get("text", element.get("placeholder", {"text": "…"}))["text"]
    options = ",".join(f"{o['value']}={o['text']['text']}" for o in element.get("options", []))
    parts = (element.get("value"), element.get("url"), element.get("style"), options and f"{{{options}}}")
    return f"[{label}]({' '.join([element['action_id'], *(part for part in parts if part)])})"


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


# text -> what it is in the middle of a paragraph, in a header, in a Markdown document
HOSTILE: list[tuple[str, str, str, str]] = [
    ("<!channel>", "&lt;!channel&gt;", "‹!channel>", "\\<!channel\\>"),
    ("<@U01ANA>", "&lt;@U01ANA&gt;", "‹@U01ANA>", "\\<\\@U01ANA\\>"),
    ("<https://evil.example|bank>", "&lt;https://evil.example|bank&gt;", "‹https://evil.example|bank>", "\\<https\\://evil.example\\|bank\\>"),
    ("[Ack](page.ack:9)", "[Ack](page.ack:9)", "[Ack](page.ack:9)", "\\[Ack\\](page.ack:9)"),
    ("x -> [Ack](page.ack:9)", "x -&gt; [Ack](page.ack:9)", "x -> [Ack](page.ack:9)", "x -\\> \\[Ack\\](page.ack:9)"),
    ("# Title", "# Title", "# Title", "\\# Title"),
    ("| a | b |", "| a | b |", "| a | b |", "\\| a \\| b \\|"),
    ("a\n\n---\n\n# b", "a --- # b", "a --- # b", "a --- # b"),
    ("a\r\nb\u2028c\x0bd", "a b c d", "a b c d", "a b c d"),
    ("*bold* _it_ ~no~ `x`", "∗bold∗ ˍitˍ ∼no∼ ˋxˋ", "*bold* _it_ ~no~ `x`", "\\*bold\\* \\_it\\_ \\~no\\~ \\`x\\`"),
    ("snake_case_name 5*3", "snake_case_name 5∗3", "snake_case_name 5*3", "snake_case_name 5\\*3"),
    ("```rm -rf```", "ˋˋˋrm -rfˋˋˋ", "```rm -rf```", "\\`\\`\\`rm -rf\\`\\`\\`"),
    ("> quote", "› quote", "> quote", "\\> quote"),
    (">>> quote", "››› quote", ">>> quote", "\\>\\>\\> quote"),
    ("{{ 7 * 7 }}{% raw %}", "{{ 7 ∗ 7 }}{% raw %}", "{{ 7 * 7 }}{% raw %}", "{{ 7 \\* 7 }}{% raw %}"),
    ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;", "&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
    ("abc\u202etxt.exe\u2066", "abctxt.exe", "abctxt.exe", "abctxt.exe"),
    ("a\u200bb\ufeffc\x00d\x1b[31m\ud800", "abcd[31m", "abcd[31m", "abcd\\[31m"),
    ("\ue0000\ue001 \ue002", "0", "0", "0"),
    ("👩\u200d💻 né", "👩\u200d💻 né", "👩\u200d💻 né", "👩\u200d💻 né"),
    ("-->", "--&gt;", "-->", "\\--\\>"),
    ("1. one", "1. one", "1. one", "1\\. one"),
    ("- one", "- one", "- one", "\\- one"),
    ("![x](https://e.example)", "![x](https://e.example)", "![x](https://e.example)", "!\\[x\\](https\\://e.example)"),
    ("www.e.example a@b.c", "www.e.example a@b.c", "www.e.example a@b.c", "www\\.e.example a\\@b.c"),
    ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;", "<img src=x onerror=y>", "\\<img src=x onerror=y\\>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mrkdwn", "plain", "markdown"), HOSTILE)
def test_hostile_text_shows_and_does_nothing(
    render: Render, tmp_path: Path, text: str, mrkdwn: str, plain: str, markdown: str
) -> None:
    message = render("# {{ x }}\n*a* {{ x }}\n| {{ x }} | y |\n> {{ x }}\n[{{ x }}](a.b:1)", x=text)
    header, paragraph, fields, context, button = sketch(message.blocks)
    assert header == f"# {plain}"
    assert paragraph == f"*a* {mrkdwn}"
    assert fields == f"| {mrkdwn} | y |"
    assert context == f"> {mrkdwn}"
    assert button == f"[{plain}](a.b 1)"
    assert message.text == f"{mrkdwn} – *a* {mrkdwn}"
    (tmp_path / "doc.md").write_text("{{ x }}", "utf-8")
    assert Renderer(tmp_path).text("doc.md", {"x": text}) == markdown


def test_a_value_alone_on_its_line_keeps_its_breaks_but_cannot_push_the_rest_away(render: Render) -> None:
    blocks = render("{{ x }}\nend", x="one\n> two\n\n\n\n\nthree").blocks
    assert sketch(blocks) == ["one\n› two\n\nthree\nend"]


def test_no_address_or_name_in_a_value_is_made_a_link_by_slack(render: Render) -> None:
    blocks = render("{{ x }}\n\n| {{ x }} |\n\n> {{ x }}", x="https://evil.example @here #general").blocks
    texts = [blocks[0]["text"], blocks[1]["fields"][0], blocks[2]["elements"][0]]
    assert [text["verbatim"] for text in texts] == [True, True, True]


CUTS: list[tuple[str, str, Callable[[Message], str]]] = [
    ("# {{ x }}", "a" * 149 + "…", lambda m: m.blocks[0]["text"]["text"]),
    ("{{ x }}", "a" * 2999 + "…", lambda m: m.blocks[0]["text"]["text"]),
    ("| {{ x }} |", "a" * 1999 + "…", lambda m: m.blocks[0]["fields"][0]["text"]),
    ("> {{ x }}", "a" * 2999 + "…", lambda m: m.blocks[0]["elements"][0]["text"]),
    ("[{{ x }}](a.b)", "a" * 74 + "…", lambda m: m.blocks[0]["elements"][0]["text"]["text"]),
    ("[x](a.b select){v: {{ x }}}", "a" * 74 + "…", lambda m: m.blocks[0]["elements"][0]["options"][0]["text"]["text"]),
    ("![{{ x }}](file:F1)", "a" * 1999 + "…", lambda m: m.blocks[0]["alt_text"]),
    ("<!-- text: {{ x }} -->", "a" * 2999 + "…", lambda m: m.text),
    ('[x](a.b confirm="{{ x }}")', "a" * 99 + "…", lambda m: m.blocks[0]["elements"][0]["confirm"]["title"]["text"]),
    ('[x](a.b confirm="t|{{ x }}")', "a" * 299 + "…", lambda m: m.blocks[0]["elements"][0]["confirm"]["text"]["text"]),
    ("# b {{ x }} c", "b " + "a" * 145 + "… c", lambda m: m.blocks[0]["text"]["text"]),
]


@pytest.mark.parametrize(("source", "expected", "found"), CUTS)
def test_a_long_value_is_cut_with_a_visible_mark(
    render: Render, source: str, expected: str, found: Callable[[Message], str]
) -> None:
    assert found(render(source, x="a" * 5000)) == expected


def test_the_longest_value_is_cut_most_and_short_ones_not_at_all(render: Render) -> None:
    header = render("# {{ a }} · {{ b }} · {{ c }}", a="SEV-1", b="x" * 400, c="y" * 100).blocks[0]["text"]["text"]
    severity, long, middle = header.split(" · ")
    assert (severity, len(header)) == ("SEV-1", 149)
    assert abs(len(long) - len(middle)) <= 1


@pytest.mark.parametrize(
    "text", ["&" * 3000, "<" * 3000, "😀" * 3000, "e\u0301" * 3000, "👩\u200d💻" * 900, "a\n" * 3000]
)
def test_a_cut_tears_no_entity_and_no_character_apart(render: Render, text: str) -> None:
    shown = render("{{ x }}", x=text).blocks[0]["text"]["text"]
    assert len(shown.encode("utf-16-le")) // 2 <= 3000
    assert shown.endswith("…")
    rest = shown[:-1]
    for whole in ("&amp;", "&lt;", "😀", "👩\u200d💻", "e\u0301"):
        rest = rest.replace(whole, "")
    assert set(rest) <= {"a", "\n"}


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


REFUSED: list[tuple[str, str]] = [
    ("{% macro a() %}{% endmacro %}", "only if and for"),
    ("{% set a = 1 %}", "only if and for"),
    ("{% set a %}x{% endset %}", "only if and for"),
    ("{% filter upper %}x{% endfilter %}", "only if and for"),
    ("{% include 'slack/page.md' %}", "only if and for"),
    ("{% for a in x recursive %}{{ loop(a) }}{% endfor %}", "not recursive"),
    ("{% for a in x %}{% for b in x %}{% for c in x %}{% endfor %}{% endfor %}{% endfor %}", "2 deep"),
    ("{{ x", "unexpected"),
    ("{{ missing }}", "'missing' is undefined"),
    ("{{ x.missing }}", "missing"),
    ("{{ x.__class__.__mro__ }}", "unsafe"),
    ("{{ x.append(1) }}", "unsafe"),
    ("{{ 'a' * 50000000 }}", "numbers only"),
    ("{{ 9 ** 9 ** 9 }}", "numbers only"),
    ("{{ '%99999999d' % 1 }}", "numbers only"),
    ("{{ 'a'.center(50000000) }}", "unsafe"),
    ("{{ '{:>99999999}'.format(1) }}", "format is not available"),
    ("{% for i in range(9) %}{% endfor %}", "'range' is undefined"),
    ("{{ 'a' | center(9) }}", "center"),
    ("{{ 1 / 0 }}", "division by zero"),
    ("{{ x + 'a' }}", "can only concatenate"),
    ("{% for a in y %}{% for b in y %}............{% endfor %}{% endfor %}", "larger than"),
    ("\ue000", "private-use"),
    ("[Ack](page.ack:{{ x }} primry)", "primry"),
    ("[Ack](Page Ack)", "cannot read the buttons"),
    ("[Ack]({{ x }}.ack)", "neither action.id:value nor"),
    ("![x]", "cannot read the image"),
]


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_a_bad_template_is_refused_with_its_file_and_reason(render: Render, source: str, reason: str) -> None:
    with pytest.raises(TemplateFault, match=r"case\.md") as refused:
        render(source, x=[1], y="z" * 1000)
    assert reason in str(refused.value)


def test_a_template_cannot_make_an_action_of_a_scheme(render: Render) -> None:
    assert sketch(render("[x]({{ x }})", x="javascript:alert(1)").blocks) == []
    assert sketch(render("[x]({{ x }})", x="page.ack:9").blocks) == []


def test_a_broken_override_is_reported_and_the_shipped_template_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "slack").mkdir()
    (tmp_path / "slack" / "who.md").write_text("{{ missing }}", "utf-8")
    with caplog.at_level(logging.ERROR):
        message = Renderer(tmp_path).message("who", {"at": None, "schedules": []})
    assert sketch(message.blocks)[0] == "# On call now"
    assert "who.md" in caplog.text


def test_a_good_override_wins(tmp_path: Path) -> None:
    (tmp_path / "slack").mkdir()
    (tmp_path / "slack" / "who.md").write_text("# {{ schedules | length }} rotas", "utf-8")
    assert sketch(Renderer(tmp_path).message("who", {"schedules": []}).blocks) == ["# 0 rotas"]


def test_problems_lists_every_broken_file_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "slack").mkdir()
    (tmp_path / "slack" / "a.md").write_text("fine", "utf-8")
    (tmp_path / "slack" / "b.md").write_text("one\n{% if %}", "utf-8")
    (problem,) = Renderer(tmp_path).problems()
    assert "b.md:2:" in problem


@pytest.mark.parametrize("name", ["../pyproject", "nope", "/etc/passwd", "page.md\x00"])
def test_a_name_that_is_no_message_is_refused(name: str) -> None:
    with pytest.raises(TemplateFault, match="no such template"):
        Renderer().message(name, {})


@pytest.mark.parametrize("name", ["slack/../postmortem.md", "/etc/passwd", "slack", ""])
def test_a_path_that_is_no_document_is_refused(name: str) -> None:
    with pytest.raises(TemplateFault, match="no such template"):
        Renderer().text(name, {})


EVERYTHING = """\
# A {{ x }} b {{ y }}
> {{ x }} {{ y }}
*c* {{ x }}
{{ y }}

| {{ x }} | d {{ y }} | -> [{{ x }}](field.go:{{ y }})
{{ x }}{{ y }} -> [{{ y }}](page.go:{{ x }} danger confirm="{{ x }}|{{ y }}|{{ x }}|{{ y }}")
[{{ x }}](a.ack:{{ x }} primary) [Open](https://a.example/{{ x }})
[{{ x }}](a.pick:{{ y }} select){v: {{ x }}, w: {{ y }}}
![{{ x }}](https://a.example/{{ x }})
```
{{ x }}{{ y }}
```
"""
SPICE = (
    "<!channel>", "<@U01ANA>", "](x.y:1)", "[a](b.c:1)", " -> ", "\n", "\n\n# ", "|", "```", "`", "*", "_", "> ", "---",
    "<https://e.example|x>", "&", "&lt;", "<", "\u202e", "\ue000", "\ue0001\ue001", "\ue001", "\ue002", "{{", "%}", ")",
    "<!-- text: x -->", "![i](file:F1)", "😀", "e\u0301", "\u200d", "\x00", ",", ": ", '"', "javascript:", "https://",
    "}",
)  # fmt: skip
TEXT = st.one_of(
    st.text(max_size=60), st.lists(st.one_of(st.sampled_from(SPICE), st.text(max_size=8)), max_size=12).map("".join)
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(x=TEXT, y=st.one_of(TEXT, TEXT.map(lambda text: text * 400)))
def test_no_text_ever_adds_a_block_an_element_a_mention_or_a_link(tmp_path: Path, x: str, y: str) -> None:
    plain = render_in(tmp_path, EVERYTHING, {"x": "x", "y": "y"})
    message = render_in(tmp_path, EVERYTHING, {"x": "x" + x, "y": "y" + y})
    assert shape(message.blocks) == shape(plain.blocks)
    assert action_ids(message.blocks) == action_ids(plain.blocks)
    for text in [*texts(message.blocks, "mrkdwn"), message.text]:
        assert "<" not in text
        assert not set(text) & set("`~\u202e\ue000\ue001\ue002\x00")
        assert text.replace("*c*", "").count("*") == 0
    for text in texts(message.blocks, "plain_text"):
        assert not any(mark in text for mark in ("<!", "<@", "<#", "<h", "\n"))
    assert limits.check("chat.postMessage", {"text": message.text, "blocks": message.blocks}) == []


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(x=TEXT, y=TEXT)
def test_no_text_ever_adds_a_line_or_a_link_to_a_document(tmp_path: Path, x: str, y: str) -> None:
    (tmp_path / "doc.md").write_text("# {{ x }}\n\n| {{ x }} | {{ y }} |\n\n- {{ y }}", "utf-8")
    document = Renderer(tmp_path).text("doc.md", {"x": "x" + x, "y": "y" + y})
    bare = document.replace("\\\\", "")
    assert len(document.split("\n")) == 5
    for special in "`[]<>*~@":
        assert bare.count(special) == bare.count("\\" + special)
    assert bare.count("|") - bare.count("\\|") == 3
    assert "://" not in bare.replace("\\://", "")


def shape(node: Any) -> Any:
    """The structure without its words."""
    if isinstance(node, list):
        return [shape(child) for child in node]
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items()}
    return type(node)


def action_ids(node: Any) -> list[str]:
    return [part.split('"')[0] for part in json.dumps(node).split('"action_id": "')[1:]]


def texts(node: Any, kind: str) -> list[str]:
    """All texts of text objects of one kind."""
    if isinstance(node, list):
        return [text for child in node for text in texts(child, kind)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if node.get("type") == kind else []
    return own + [text for child in node.values() for text in texts(child, kind)]
