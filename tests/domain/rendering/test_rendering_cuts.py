"""Values that are too long: where they are cut, and that the cut is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.rendering.message import Message
from tests.domain.rendered import Render

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
