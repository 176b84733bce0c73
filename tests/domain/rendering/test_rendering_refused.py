"""Templates that are refused, and those of an installation that replace the shipped ones."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.rendering.message import Renderer
from bot.rendering.template import TemplateFault
from tests.domain.rendered import Render, sketch

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
        message = Renderer(tmp_path).message("who", {"at": None, "schedules": [], "skipped": []})
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
