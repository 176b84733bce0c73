"""Text that is not ours shows as it is and does nothing, in a message and in a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.rendering import limits
from bot.rendering.message import Renderer
from tests.domain.rendered import Render, render_in, sketch
from tests.selection import examples

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
    ("R&D & &#60;", "R&amp;D &amp; &amp;#60;", "R&D & &#60;", "R&D & &amp;#60;"),
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


@examples(60, 200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
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


@examples(60, 200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
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
